/**
 * What each step of the trip costs per message, one after the other, in one process: the price list to look at before tuning.
 *
 * The processor time is what counts on a busy machine: elapsed time that is not processor time can be used by other messages.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as slaap } from 'node:timers/promises';
import { type NieuwBericht, slaStapelOp } from '../src/aanlevering/opslaan.ts';
import { nieuwBerichtId } from '../src/identiteit.ts';
import { type Database, openDatabase } from '../src/opslag/database.ts';
import { migreer } from '../src/opslag/migratie.ts';
import { leesSleutels, type Sleutels } from '../src/opslag/sleutels.ts';
import { ontsleutel, pseudoniem, versleutel } from '../src/opslag/versleuteling.ts';
import { bepaalAdres } from '../src/routering/adres.ts';
import { demoOrganisaties, registreer } from '../src/routering/organisaties.ts';
import { Routering } from '../src/routering/routering.ts';
import { GEMEENTEN_2026 } from '../src/standards/codelijsten/gemeenten.ts';
import { type Controle, controleer } from '../src/standards/controle.ts';
import { neemBeurt } from '../src/verwerking/beurt.ts';
import { Controleur } from '../src/verwerking/controleur.ts';
import { Banen, neemBanenAf } from '../src/wachtrij/banen.ts';
import { leesVoorblad } from '../src/xml/voorblad.ts';
import { valideer } from '../src/xml/xsd.ts';
import { type Sjabloon, toewijzingen } from './berichten.ts';
import { Klok, type Stap } from './klok.ts';
import { omstandigheden } from './omstandigheden.ts';
import { startDiensten } from './opstelling.ts';
import type { Context } from './types.ts';

const BRONNEN = { gemeenten: GEMEENTEN_2026, peildatum: '2026-12-31' };
const STAPELS = [1, 8, 64] as const;
const BANEN = 200;
const SJABLONEN = toewijzingen(BANEN);
const kies = <T>(uit: readonly T[], nr: number): T => uit[nr % uit.length] as T;

function nieuw(sleutels: Sleutels, { bytes }: Sjabloon): NieuwBericht {
  const id = nieuwBerichtId();
  return {
    id,
    adres: bepaalAdres(leesVoorblad(bytes)),
    indiener: 'bench',
    referentienummer: crypto.randomUUID(),
    kruisreferentie: null,
    heenberichtId: null,
    dagtekening: null,
    sha256: createHash('sha256').update(bytes).digest(),
    omvang: bytes.length,
    ontvangenOp: new Date(),
    inhoud: versleutel(sleutels, id, bytes),
    betrokkenen: [Buffer.alloc(32, 3)],
    spoor: null,
  };
}

/** Steps that need nothing but the processor: a warm-up, then as many messages again, with the clock running. */
async function rekenwerk(sleutels: Sleutels, keren: number): Promise<readonly Stap[]> {
  const id = nieuwBerichtId();
  const soorten = SJABLONEN.map(({ bytes }) => bepaalAdres(leesVoorblad(bytes)).soort);
  const cijfers = SJABLONEN.map(({ bytes }) => versleutel(sleutels, id, bytes));
  const bytes = (nr: number): Buffer => kies(SJABLONEN, nr).bytes;
  const stappen: Readonly<Record<string, (nr: number) => void>> = {
    'lezen: welgevormd, kop en BSNs': (nr) => void leesVoorblad(bytes(nr)),
    sha256: (nr) => void createHash('sha256').update(bytes(nr)).digest(),
    'HMAC van een BSN': () => void pseudoniem(sleutels, '999900006'),
    versleutelen: (nr) => void versleutel(sleutels, id, bytes(nr)),
    ontsleutelen: (nr) => void ontsleutel(sleutels, id, kies(cijfers, nr)),
    'XSD: ontleden en valideren': (nr) => {
      const uitslag = valideer(bytes(nr), kies(soorten, nr).xsd);
      if (!uitslag.geldig) throw new Error('the example is not valid');
      uitslag.document.dispose();
    },
    'controle, niveau 1 en 2': (nr) => void controleer(bytes(nr), kies(soorten, nr), { niveau: 2, bronnen: BRONNEN }),
  };
  const uitslagen: Stap[] = [];
  for (const [stap, werk] of Object.entries(stappen)) {
    for (let nr = 0; nr < keren; nr += 1) werk(nr);
    const klok = new Klok();
    await klok.tijd(keren, () => {
      for (let nr = 0; nr < keren; nr += 1) werk(nr);
    });
    uitslagen.push(klok.uitslag(stap));
  }
  return uitslagen;
}

interface Opslag {
  readonly database: Database;
  /** For what is read beside the turn. */
  readonly ernaast: Database;
  readonly backend: number;
  readonly sleutels: Sleutels;
  readonly keren: number;
}

/** So many new messages, each of another lane, beginning with lane `vanaf`. */
const stapelVan = (sleutels: Sleutels, aantal: number, vanaf: number): readonly NieuwBericht[] =>
  Array.from({ length: aantal }, (_, nr) => nieuw(sleutels, kies(SJABLONEN, vanaf + nr)));

/** Intake: messages of different lanes in one statement and one commit. */
async function opslagwerk({ database, backend, sleutels, keren }: Opslag): Promise<readonly Stap[]> {
  const uitslagen: Stap[] = [];
  for (const stapel of STAPELS) {
    const klok = new Klok(backend);
    for (let keer = 0; keer < keren; keer += 1) {
      const berichten = stapelVan(sleutels, stapel, keer * stapel);
      await klok.tijd(stapel, () => slaStapelOp(database, berichten));
    }
    uitslagen.push(klok.uitslag(`aanlevering opslaan, ${stapel} per commit`));
  }
  return uitslagen;
}

/** A turn without the control, which has its own line: taking, decrypting, verdict, writing, commit. */
async function beurtwerk({ database, ernaast, backend, sleutels, keren }: Opslag): Promise<readonly Stap[]> {
  const goed: Controle = { geldig: true, niveau: 1, bevindingen: [] };
  const controleur = new Controleur(BRONNEN);
  controleur.controleer = async () => goed;
  const werkplaats = { database, sleutels, controleur, routering: new Routering(ernaast) };
  const uitslagen: Stap[] = [];
  // Append-only holds for an installation; here every batch begins empty.
  await database.pool.query('alter table logboek disable trigger user');
  for (const stapel of STAPELS) {
    await database.pool.query('truncate bericht, te_doen, inhoud, postbus_item, bevinding, logboek cascade');
    const klok = new Klok(backend);
    for (let keer = 0; keer < keren; keer += 1) {
      const banen = [...(await slaStapelOp(database, stapelVan(sleutels, stapel, keer))).values()];
      const { verwerkt } = await klok.tijd(stapel, () => neemBeurt(werkplaats, banen));
      if (verwerkt.length !== stapel) throw new Error(`the turn took ${verwerkt.length} instead of ${stapel}`);
    }
    uitslagen.push(klok.uitslag(`beurt zonder controle, ${stapel} per commit`));
  }
  return uitslagen;
}

/** BullMQ: putting lanes on the list, and taking them off with a turn that does nothing. */
async function wachtrijwerk(url: string, redis: number, keren: number): Promise<readonly Stap[]> {
  const opties = { url, prefix: 'stappen', opFout: (fout: Error) => console.error(fout) };
  const banen = new Banen(opties);
  while (!banen.bereikbaar) await slaap(10);
  const uitslagen: Stap[] = [];
  let geplaatst = 0;
  for (const stapel of STAPELS) {
    const klok = new Klok(redis);
    for (let keer = 0; keer < keren; keer += 1) {
      const nieuwe = Array.from({ length: stapel }, () => geplaatst++);
      await klok.tijd(stapel, () => banen.voegToe(nieuwe));
    }
    uitslagen.push(klok.uitslag(`BullMQ: ${stapel} banen per stoot`));
  }
  const klok = new Klok(redis);
  await klok.tijd(geplaatst, async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let gedaan = 0;
    const afnemer = neemBanenAf({ ...opties, tegelijk: 6 }, async () => {
      gedaan += 1;
      if (gedaan === geplaatst) resolve();
    });
    await promise;
    await afnemer.sluit();
  });
  await banen.sluit();
  return [...uitslagen, klok.uitslag('BullMQ: een beurt nemen en afmelden')];
}

/** Prints the price list and writes results/stappen.json. */
export async function stappen(context: Context): Promise<void> {
  const keren = context.kort ? 20 : 200;
  await using stapel = new AsyncDisposableStack();
  const diensten = stapel.use(await startDiensten(context));
  // One connection, so that one backend does all the work.
  const adres = await diensten.nieuweDatabase('stappen');
  const database = stapel.adopt(openDatabase(adres, { max: 1 }), (open) => open.sluit());
  await migreer(database);
  await registreer(database, demoOrganisaties());
  // Routering reads its tables again in the middle of a turn, which holds that one connection.
  const ernaast = stapel.adopt(openDatabase(adres, { max: 1 }), (open) => open.sluit());
  const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const sleutels = leesSleutels({ data: diensten.map, sleutelbestand: undefined });
  const opslag = { database, ernaast, backend: rows[0]?.pid ?? 0, sleutels, keren };
  const lijst = [
    ...(await rekenwerk(sleutels, context.kort ? 200 : 5000)),
    ...(await opslagwerk(opslag)),
    ...(await beurtwerk(opslag)),
    ...(await wachtrijwerk(diensten.redisUrl, diensten.pids.redis, keren)),
  ];
  const verslag = {
    ...omstandigheden(),
    ...(await diensten.omstandigheden()),
    eenheid: 'µs per bericht',
    stappen: lijst,
  };
  const bestand = context.kort ? 'stappen-kort.json' : 'stappen.json';
  writeFileSync(join(import.meta.dirname, 'results', bestand), `${JSON.stringify(verslag, null, 2)}\n`);
  const kop = [
    '| stap (µs per bericht) | doorlooptijd | processor Node | processor PostgreSQL of Redis |',
    '|---|---|---|---|',
  ];
  console.log(
    [
      ...kop,
      ...lijst.map(
        ({ stap, doorlooptijd, node, dienst }) => `| ${stap} | ${doorlooptijd} | ${node} | ${dienst || '–'} |`,
      ),
    ].join('\n'),
  );
}
