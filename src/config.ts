/**
 * The one configuration: read once from the environment, checked, frozen.
 *
 * An unknown KNOOPPUNT_ key refuses to start (a typing error must not silently mean the default), and there are no
 * default secrets: keys and client tokens come from files named here, or are made at the first start of an own data folder.
 */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { PORTAAL_SLEUTELS, type Portaalconfig, portaalconfig } from './config-portaal.ts';
import { TOEGANG_SLEUTELS, type Toegangconfig, toegangconfig } from './config-toegang.ts';
import { VERHARDING_SLEUTELS, type Verharding, verhardingVan } from './config-verharding.ts';
import { ConfiguratieFout } from './fouten.ts';

export const ROLLEN = ['api', 'verwerker', 'planner'] as const;
export type Rol = (typeof ROLLEN)[number];

const MIB = 1024 * 1024;
const geheelGetal = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const schakelaar = z.enum(['0', '1']).transform((waarde) => waarde === '1');

const SLEUTELS = {
  /** Folder for the own PostgreSQL and Redis, and for the keys made at the first start. */
  KNOOPPUNT_DATA: z.string().min(1).default('./data'),
  KNOOPPUNT_POORT: geheelGetal(0, 65535).default(8080),
  KNOOPPUNT_HOST: z.string().min(1).default('127.0.0.1'),
  KNOOPPUNT_DEMO: schakelaar.default(false),
  KNOOPPUNT_ROLLEN: z
    .string()
    .default(ROLLEN.join(','))
    .transform((lijst) => lijst.split(','))
    .pipe(z.array(z.enum(ROLLEN)).min(1)),
  /** How many verwerker processes `start` runs. */
  KNOOPPUNT_VERWERKERS: geheelGetal(1, 16).default(1),
  /** How many lanes one verwerker takes from the list at the same time; they share turns. */
  KNOOPPUNT_BANEN_TEGELIJK: geheelGetal(1, 256).default(64),
  /** JSON file with the encryption and HMAC keys; see opslag/sleutels.ts. */
  KNOOPPUNT_SLEUTELBESTAND: z.string().optional(),
  /** The same JSON itself, in place of a file. */
  KNOOPPUNT_SLEUTELS: z.string().optional(),
  /** JSON file with the terms of retention; see bewaren/termijnen.ts. */
  KNOOPPUNT_BEWAARTERMIJNEN: z.string().optional(),
  /** JSON file with the clients that may use the API; see toegang/clients.ts. */
  KNOOPPUNT_CLIENTS: z.string().optional(),
  /** CSV file with the gemeenten, in place of the list that ships; see standards/codelijsten/gemeenten-csv.ts. */
  KNOOPPUNT_GEMEENTEN: z.string().optional(),
  /** CSV file with the agreed product codes; see standards/codelijsten/productcodes-csv.ts. Without it TR381 is not judged. */
  KNOOPPUNT_PRODUCTCODES: z.string().optional(),
  /** Base URI, with a version, of the register of processing activities that lines of the audit log refer to. */
  KNOOPPUNT_LOGBOEK_REGISTER: z
    .string()
    .regex(/^[a-z][a-z0-9+.-]*:[!-~]{1,300}$/i)
    .default('urn:knooppunt:verwerkingsregister:1:'),
  /** Who keeps the audit log: name or URI of this installation. */
  KNOOPPUNT_LOGBOEK_BRON: z
    .string()
    .regex(/^[!-~]{1,200}$/)
    .default('knooppunt'),
  /** File for the daily anchors of the audit log; default in the data folder. */
  KNOOPPUNT_LOGBOEK_ANKERS: z.string().min(1).optional(),
  KNOOPPUNT_LOGNIVEAU: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** The limit of the norm: 25 MB per message (IB003). */
  KNOOPPUNT_MAX_BERICHT_BYTES: geheelGetal(1024, 25 * MIB).default(25 * MIB),
  /** Percent that the Wlz register may lose, and that may be rejected, in one delivery. */
  KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT: geheelGetal(0, 100).default(5),
  /** Hours after its peilmoment that the Wlz register still answers a toets. */
  KNOOPPUNT_WLZ_REGISTER_GELDIG_UREN: geheelGetal(1, 720).default(48),
  /** What vervaldatum means; see wlz-samenloop/geldigheid.ts. */
  KNOOPPUNT_WLZ_VERVALDATUM: z.enum(['eerste-dag-zonder', 'laatste-dag-met']).default('eerste-dag-zonder'),
  /** So many days after its end an overlap that was not known before is still told. */
  KNOOPPUNT_WLZ_TERUGWERKEND_DAGEN: geheelGetal(0, 3650).default(365),
  /** When everything is compared each day, in the Netherlands. */
  KNOOPPUNT_WLZ_VERGELIJK_OM: z
    .string()
    .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/)
    .default('05:30'),
  KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT: geheelGetal(1, 10_000).default(60),
  KNOOPPUNT_WLZ_MAX_LEVERING_MB: geheelGetal(1, 65_536).default(4096),
  ...TOEGANG_SLEUTELS,
  ...PORTAAL_SLEUTELS,
  ...VERHARDING_SLEUTELS,
} as const;

export interface Config {
  readonly productie: boolean;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly data: string;
  readonly poort: number;
  readonly host: string;
  readonly demo: boolean;
  readonly rollen: readonly Rol[];
  readonly verwerkers: number;
  readonly banenTegelijk: number;
  readonly sleutelbestand: string | undefined;
  /** Holds keys: never shown. */
  readonly sleuteldocument: string | undefined;
  readonly bewaartermijnenbestand: string | undefined;
  readonly clientsbestand: string | undefined;
  readonly gemeentenbestand: string | undefined;
  readonly productcodesbestand: string | undefined;
  readonly logniveau: string;
  readonly maxBerichtBytes: number;
  readonly wlz: Wlzconfig;
  readonly logboek: Logboekconfig;
  readonly toegang: Toegangconfig;
  readonly portaal: Portaalconfig;
  readonly verharding: Verharding;
}

export interface Logboekconfig {
  readonly register: string;
  readonly bron: string;
  /** Path of the file with anchors. */
  readonly ankers: string;
}

export interface Wlzconfig {
  readonly maxKrimpProcent: number;
  readonly registerGeldigUren: number;
  readonly vervaldatum: 'eerste-dag-zonder' | 'laatste-dag-met';
  readonly terugwerkendDagen: number;
  /** UU:MM. */
  readonly vergelijkOm: string;
  readonly toetsenPerMinuut: number;
  readonly maxLeveringBytes: number;
}

/**
 * Reads the configuration.
 * @param omgeving environment variables; only DATABASE_URL, REDIS_URL, NODE_ENV and KNOOPPUNT_* are looked at
 * @returns the frozen configuration, paths absolute
 * @throws ConfiguratieFout with one Dutch sentence per problem; the sentence never holds a value
 */
export function leesConfig(omgeving: Readonly<Record<string, string | undefined>>): Config {
  const onbekend = Object.keys(omgeving).filter((naam) => naam.startsWith('KNOOPPUNT_') && !(naam in SLEUTELS));
  if (onbekend.length > 0) throw new ConfiguratieFout(`Onbekende instelling: ${onbekend.join(', ')}.`);
  const uitkomst = z.object(SLEUTELS).safeParse(omgeving);
  if (!uitkomst.success) {
    const namen = [...new Set(uitkomst.error.issues.map((fout) => String(fout.path[0])))];
    throw new ConfiguratieFout(`Ongeldige waarde voor instelling: ${namen.join(', ')}.`);
  }
  const gelezen = uitkomst.data;
  const productie = omgeving.NODE_ENV === 'production';
  if (productie && gelezen.KNOOPPUNT_DEMO) {
    throw new ConfiguratieFout('De demo-instellingen zijn niet toegestaan met NODE_ENV=production.');
  }
  const { KNOOPPUNT_SLEUTELBESTAND: sleutelbestand, KNOOPPUNT_SLEUTELS: sleuteldocument } = gelezen;
  if (productie && !sleutelbestand && !sleuteldocument) {
    throw new ConfiguratieFout('Met NODE_ENV=production is KNOOPPUNT_SLEUTELBESTAND of KNOOPPUNT_SLEUTELS verplicht.');
  }
  if (sleutelbestand && sleuteldocument) {
    throw new ConfiguratieFout('Geef KNOOPPUNT_SLEUTELBESTAND of KNOOPPUNT_SLEUTELS, niet beide.');
  }
  const demo = gelezen.KNOOPPUNT_DEMO;
  const data = resolve(gelezen.KNOOPPUNT_DATA);
  const verharding = verhardingVan(gelezen);
  if (!('stufToegestaan' in verharding))
    throw new ConfiguratieFout(`Deze instellingen horen bij elkaar: ${verharding.join(', ')}.`);
  return Object.freeze({
    productie,
    databaseUrl: omgeving.DATABASE_URL || undefined,
    redisUrl: omgeving.REDIS_URL || undefined,
    data,
    poort: gelezen.KNOOPPUNT_POORT,
    host: gelezen.KNOOPPUNT_HOST,
    demo,
    rollen: Object.freeze([...new Set(gelezen.KNOOPPUNT_ROLLEN)]),
    verwerkers: gelezen.KNOOPPUNT_VERWERKERS,
    banenTegelijk: gelezen.KNOOPPUNT_BANEN_TEGELIJK,
    sleutelbestand,
    sleuteldocument: sleuteldocument || undefined,
    bewaartermijnenbestand: gelezen.KNOOPPUNT_BEWAARTERMIJNEN,
    clientsbestand: gelezen.KNOOPPUNT_CLIENTS,
    gemeentenbestand: gelezen.KNOOPPUNT_GEMEENTEN,
    productcodesbestand: gelezen.KNOOPPUNT_PRODUCTCODES,
    logniveau: gelezen.KNOOPPUNT_LOGNIVEAU,
    maxBerichtBytes: gelezen.KNOOPPUNT_MAX_BERICHT_BYTES,
    wlz: Object.freeze({
      maxKrimpProcent: gelezen.KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT,
      registerGeldigUren: gelezen.KNOOPPUNT_WLZ_REGISTER_GELDIG_UREN,
      vervaldatum: gelezen.KNOOPPUNT_WLZ_VERVALDATUM,
      terugwerkendDagen: gelezen.KNOOPPUNT_WLZ_TERUGWERKEND_DAGEN,
      vergelijkOm: gelezen.KNOOPPUNT_WLZ_VERGELIJK_OM,
      toetsenPerMinuut: gelezen.KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT,
      maxLeveringBytes: gelezen.KNOOPPUNT_WLZ_MAX_LEVERING_MB * MIB,
    }),
    logboek: Object.freeze({
      register: gelezen.KNOOPPUNT_LOGBOEK_REGISTER,
      bron: gelezen.KNOOPPUNT_LOGBOEK_BRON,
      ankers: resolve(gelezen.KNOOPPUNT_LOGBOEK_ANKERS ?? join(gelezen.KNOOPPUNT_DATA, 'logboek-ankers.jsonl')),
    }),
    toegang: toegangconfig(gelezen, { productie, demo, data }),
    portaal: portaalconfig(gelezen, { productie }),
    verharding,
  });
}
