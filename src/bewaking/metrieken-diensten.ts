/** The metrics of what the switch runs on: processes, PostgreSQL, Redis, keys and certificates. */
import type { Redisveld } from '../wachtrij/controle.ts';
import type { Redisstand } from '../wachtrij/stand.ts';
import { type Metriekrij, perLabel, tijdstip, uitStand } from './metriekrij.ts';
import type { Stand } from './stand.ts';
import { TELLERS } from './tellers.ts';

const perRol = (naam: string, help: string, van: (rol: Stand['processen'][number]) => number): Metriekrij =>
  perLabel(naam, help, ['rol'], ({ stand }) => (stand?.processen ?? []).map((rol) => [{ rol: rol.rol }, van(rol)]));
const VERBINDINGEN = [
  ['in gebruik', 'inGebruik'],
  ['wachtend', 'wachtend'],
  ['hoogstens', 'max'],
] as const;
export const PROCESSEN: readonly Metriekrij[] = [
  perRol('processen', 'Processen die leven', ({ processen }) => processen),
  perRol('processen_zonder_redis', 'Processen die Redis niet bereiken', ({ zonderRedis }) => zonderRedis),
  perRol(
    'lus_vertraging_seconden',
    'Vertraging van de event loop, 99e percentiel van het traagste proces',
    ({ lus }) => lus,
  ),
  perRol('geheugen_bytes', 'Geheugen van het grootste proces', ({ geheugen }) => geheugen),
  perLabel(
    'postgres_verbindingen',
    'Verbindingen met PostgreSQL; wachtend: werk dat op een verbinding wacht',
    ['rol', 'stand'],
    ({ stand }) =>
      (stand?.processen ?? []).flatMap((rol) =>
        VERBINDINGEN.map(([naam, veld]) => [{ rol: rol.rol, stand: naam }, rol[veld]] as const),
      ),
  ),
  ...Object.entries(TELLERS).map(([naam, { help, labels }]) =>
    perLabel(
      `${naam}_total`,
      help,
      labels,
      ({ stand }) =>
        (stand?.tellingen ?? [])
          .filter((telling) => telling.naam === naam)
          .map(({ reeks, aantal }) => [
            Object.fromEntries(labels.map((label, nr) => [label, reeks[nr] ?? ''])),
            aantal,
          ]),
      'counter',
    ),
  ),
];

const INSTELLINGEN: readonly Redisveld[] = ['redis_version', 'maxmemory_policy', 'aof_enabled'];
const LIJST = ['wacht', 'loopt', 'uitgesteld'] as const;
const uitRedis = (naam: string, help: string, van: (redis: Redisstand) => number): Metriekrij =>
  perLabel(naam, help, [], ({ redis }) => (redis ? [[{}, van(redis)]] : []));
export const DIENSTEN: readonly Metriekrij[] = [
  perLabel('postgres_bereikbaar', '1: PostgreSQL antwoordt dit proces op tijd', [], ({ stand }) => [
    [{}, Number(stand !== undefined)],
  ]),
  perLabel('redis_bereikbaar', '1: Redis antwoordt dit proces op tijd', [], ({ redis }) => [
    [{}, Number(redis !== undefined)],
  ]),
  perLabel('redis_instelling_fout', '1: deze instelling van Redis deugt niet', ['instelling'], ({ redis }) =>
    redis
      ? INSTELLINGEN.map((instelling) => [{ instelling }, Number(redis.fouteInstellingen.includes(instelling))])
      : [],
  ),
  perLabel('redis_lijst', 'Banen op de lijst in Redis', ['stand'], ({ redis }) =>
    redis ? LIJST.map((stand) => [{ stand }, redis[stand]]) : [],
  ),
  uitRedis('redis_geheugen_bytes', 'Geheugen dat Redis gebruikt', ({ geheugen }) => geheugen),
  uitRedis(
    'redis_geheugen_hoogstens_bytes',
    'Geheugen dat Redis mag gebruiken; 0: geen grens',
    ({ maxGeheugen }) => maxGeheugen,
  ),
  uitRedis('redis_aof_goed', '1: Redis kon zijn bestand de laatste keer schrijven', ({ aofGoed }) => Number(aofGoed)),
  uitStand('wal_archief_tijdstip_seconden', 'Wanneer PostgreSQL voor het laatst WAL archiveerde', ({ momenten }) =>
    tijdstip(momenten.walOp),
  ),
  uitStand(
    'wal_archief_mislukt_total',
    'Hoe vaak het archiveren van WAL mislukte',
    ({ momenten }) => momenten.walMislukt,
    'counter',
  ),
  perLabel(
    'sleutel_sinds_tijdstip_seconden',
    'Sinds wanneer de gegevenssleutel versleutelt die dat nu doet',
    ['doel'],
    ({ stand }) =>
      stand
        ? (
            [
              [{ doel: 'inhoud' }, tijdstip(stand.momenten.inhoudsleutelSinds)],
              [{ doel: 'vast' }, tijdstip(stand.momenten.vasteSleutelSinds)],
            ] as const
          ).flatMap(([labels, waarde]) => (waarde === undefined ? [] : [[labels, waarde] as const]))
        : [],
  ),
  perLabel(
    'certificaat_tot_tijdstip_seconden',
    'Wanneer een TLS-certificaat van het knooppunt verloopt; gebruik: server, of client bij het bezorgen over StUF',
    ['gebruik'],
    ({ certificatenTot }) => certificatenTot.map(([gebruik, tot]) => [{ gebruik }, tot.getTime() / 1000]),
  ),
  uitStand('wlz_register_tijdstip_seconden', 'Van wanneer het Wlz-register is', ({ momenten }) =>
    tijdstip(momenten.wlzPeilmoment),
  ),
  uitStand(
    'bewaking_seconden',
    'Hoe lang het duurde om deze cijfers uit de database te lezen',
    ({ seconden }) => seconden,
  ),
];
