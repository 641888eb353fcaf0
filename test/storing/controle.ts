/** After each round: waits until all is quiet, then gathers what the verdict needs, over REST and from the database. */
import pg from 'pg';
import { herbouw } from '#src/dossier/herbouw/herbouw.ts';
import { openDatabase } from '#src/opslag/database.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import { wachtTot } from '#src/proces.ts';
import { BRONNEN } from '../hulp/controle.ts';
import type { Knooppunt } from '../hulp/knooppunt.ts';
import { toetsInvarianten } from './invarianten.ts';
import { bewijzenGehouden, juistUitgereikt, nietsVerzonnen, type Rij, volgordeVanZenders } from './oordeel.ts';
import type { Pollers } from './pollers.ts';
import type { Zending } from './types.ts';

export interface Bevinding {
  readonly verwerkt: number;
  readonly afgekeurd: number;
  readonly antwoorden: number;
  readonly problemen: readonly string[];
}

/** A short recovery is not what these tests measure; standing still for ever is what they must find. */
const STIL_MS = 45_000;

/** Runs `werk` with a connection of its own to the database of this Knooppunt. */
export async function metDatabase<T>(knooppunt: Knooppunt, werk: (database: pg.Client) => Promise<T>): Promise<T> {
  const database = new pg.Client({ connectionString: knooppunt.processen().databaseUrl });
  database.on('error', () => undefined);
  await database.connect();
  try {
    return await werk(database);
  } finally {
    await database.end();
  }
}

/** Waits until no lane has work and every item is confirmed; the invariants tell what is left when that takes too long. */
export async function wachtTotStil(knooppunt: Knooppunt): Promise<void> {
  await metDatabase(knooppunt, (database) =>
    wachtTot(
      async () => {
        const { rows } = await database.query<{ stil: boolean }>(
          `select not exists (select from te_doen) and not exists
             (select from postbus_item where bezorging in ('te_bezorgen', 'opgehaald', 'onbestelbaar')) as stil`,
        );
        return rows[0]?.stil;
      },
      { ms: STIL_MS, wat: 'all lanes empty and all items confirmed' },
    ),
  ).catch(() => undefined);
}

/**
 * Checks a round that has come to rest.
 * @param zendingen all that was sent since this Knooppunt was set up
 * @param sinds index in `zendingen` from which on they belong to this round
 */
export async function controleer(
  knooppunt: Knooppunt,
  zendingen: readonly Zending[],
  sinds: number,
  pollers: Pollers,
): Promise<Bevinding> {
  const dezeRonde = zendingen.slice(sinds);
  const { rijen, problemen } = await metDatabase(knooppunt, async (database) => ({
    problemen: await toetsInvarianten(database),
    rijen: (
      await database.query<Rij>(
        `select id, referentienummer, oorsprong, toestand, baan_id as "baanId", baan_nummer as "baanNummer",
                encode(sha256, 'hex') as sha256 from bericht`,
      )
    ).rows,
  }));
  const opId = new Map(rijen.map((rij) => [rij.id, rij]));
  const eigen = new Map(
    dezeRonde.flatMap((zending) => (zending.berichtId === undefined ? [] : [[zending.berichtId, zending] as const])),
  );
  const refs = new Set(dezeRonde.map((zending) => zending.referentienummer));
  const van = rijen.filter((rij) => rij.oorsprong === 'aanlevering' && refs.has(rij.referentienummer));
  return {
    verwerkt: van.filter((rij) => rij.toestand === 'verwerkt').length,
    afgekeurd: van.filter((rij) => rij.toestand === 'afgekeurd').length,
    antwoorden: pollers.bevestigd.size - van.filter((rij) => pollers.bevestigd.has(rij.id)).length,
    problemen: [
      ...problemen,
      ...bewijzenGehouden(eigen, opId),
      ...nietsVerzonnen(rijen, zendingen),
      ...volgordeVanZenders(dezeRonde, opId),
      ...(await zelfdeOverRest(knooppunt, dezeRonde)),
      ...(await dossiersGelijk(knooppunt)),
      ...juistUitgereikt(pollers, van, opId, eigen),
    ],
  };
}

/** What the dossiers say is what the messages say: every message counts in them once, or not at all. */
async function dossiersGelijk(knooppunt: Knooppunt): Promise<string[]> {
  const database = openDatabase(knooppunt.processen().databaseUrl, { max: 2 });
  const sleutels = await Sleutelring.open({ sleutelbestand: undefined, data: knooppunt.map }, database);
  try {
    const problemen: string[] = [];
    let gelezen = 0;
    for await (const baan of herbouw({ database, sleutels, bronnen: BRONNEN, actor: 'proef' }, {}, false)) {
      const { gemeente, aanbieder, domein, verschillen } = baan;
      gelezen += baan.gelezen;
      if (verschillen.length > 0)
        problemen.push(
          `dossier ${gemeente} ${aanbieder} ${domein} differs: ${JSON.stringify(verschillen.slice(0, 3))}`,
        );
    }
    return gelezen > 0 ? problemen : [...problemen, 'no dossier was there to compare'];
  } finally {
    await sleutels.sluit();
    await database.sluit();
  }
}

/** Track and trace tells the sender the same. */
async function zelfdeOverRest(knooppunt: Knooppunt, zendingen: readonly Zending[]): Promise<string[]> {
  const problemen: string[] = [];
  const teDoen = zendingen.values();
  const vraag = async (): Promise<void> => {
    for (const { berichtId, afzender, geldig } of teDoen) {
      if (berichtId === undefined) continue;
      const { status, lichaam } = await knooppunt.client(afzender).bericht(berichtId);
      const verwacht = geldig ? 'verwerkt' : 'afgekeurd';
      if (status !== 200 || lichaam.status !== verwacht) {
        problemen.push(`REST says of ${berichtId}: ${status} ${lichaam.status}, expected ${verwacht}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, vraag));
  return problemen;
}
