/** Knooppunt's own PostgreSQL, for whoever has none: a real server on 127.0.0.1, in a folder, with fsync on. */
import pg from 'pg';
import { gegevensmap, type Ingebed, neemOverOfStart, type Server } from '../ingebed.ts';
import { beeindig, startLos, vrijePoort } from '../proces.ts';
import { maakCluster } from './ingebed/aanmaken.ts';
import { alsArgumenten, INSTELLINGEN } from './ingebed/instellingen.ts';
import { zoekProgrammas } from './ingebed/programmas.ts';
import { isOpen, vindServer, vorigePoort } from './ingebed/server.ts';
import { KALE_OMGEVING, kiesUitvoerder } from './ingebed/uitvoerder.ts';

export type { Ingebed } from '../ingebed.ts';

export interface PostgresOpties {
  /** Data folder, made when missing. The log is written beside it, as `postgres.log`. */
  readonly map: string;
  readonly wachtwoord: string;
  /** Extra environment of the server, for crash tests. */
  readonly omgeving?: Readonly<Record<string, string>>;
  /** Server settings that go before ours. */
  readonly instellingen?: Readonly<Record<string, string>>;
  /** Default: the port of the previous run when it is free, else any free one. */
  readonly poort?: number;
}

const GEBRUIKER = 'knooppunt';
const DATABASE = 'knooppunt';
/**
 * Refusals that pass: the children of a killed server are still leaving, another process of ours starts it at this very
 * moment, or somebody took the port since we looked.
 */
const VOORBIJGAAND = /pre-existing shared memory|lock file "postmaster.pid"|Address already in use/;

/**
 * Starts PostgreSQL in a folder, or takes over the one that runs there (whose port and settings then stay as they are).
 * @returns the address of the database `knooppunt`, made when missing, once it accepts connections
 * @throws Error with a Dutch sentence: no programs for this machine, folder unusable, wrong password, server won't start
 */
export async function startIngebedPostgres(opties: PostgresOpties): Promise<Ingebed> {
  const { wachtwoord } = opties;
  const map = await gegevensmap(opties.map);
  const programmas = await zoekProgrammas();
  const uitvoerder = kiesUitvoerder(map, programmas);
  await maakCluster(map, wachtwoord, programmas, uitvoerder);

  const start = async (logboek: number): Promise<Server> => {
    const poort = opties.poort ?? (await vrijePoort(await vorigePoort(map)));
    const instellingen = alsArgumenten({ ...INSTELLINGEN, ...opties.instellingen });
    const argumenten = [programmas.postgres, '-D', map, '-p', String(poort), ...instellingen];
    return { poort, ...(await startLos(uitvoerder.opdracht(argumenten, opties.omgeving), logboek, KALE_OMGEVING)) };
  };
  const { pid, poort } = await neemOverOfStart({
    naam: 'PostgreSQL',
    map,
    logboek: 'postgres.log',
    voorbijgaand: VOORBIJGAAND,
    vind: () => vindServer(map),
    start,
    antwoordt: (server) => antwoordt(server, map, wachtwoord),
  });
  await maakDatabase(poort, wachtwoord);
  // SIGINT is the "fast" shutdown: it breaks off connections, writes a checkpoint and leaves nothing to replay.
  return { url: adres(poort, wachtwoord), poort, pid, stop: () => beeindig(pid, map, 'SIGINT') };
}

async function antwoordt(server: Server, map: string, wachtwoord: string): Promise<boolean> {
  if (!(await isOpen(server, map))) return false;
  try {
    await metVerbinding(server.poort, wachtwoord, async () => undefined);
    return true;
  } catch (oorzaak) {
    if ((oorzaak as { code?: string }).code !== '28P01') return false;
    throw new Error(`Het wachtwoord past niet bij de database in ${map}.`, { cause: oorzaak });
  }
}

async function maakDatabase(poort: number, wachtwoord: string): Promise<void> {
  await metVerbinding(poort, wachtwoord, async (verbinding) => {
    const { rowCount } = await verbinding.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 1) return;
    await verbinding.query(`create database ${DATABASE}`).catch((fout: { code?: string }) => {
      // Another process of ours was first: 42P04 when it is there, 23505 when both were at it.
      if (fout.code !== '42P04' && fout.code !== '23505') throw fout;
    });
  });
}

/** Does something over a connection to `postgres`, the database that is always there. */
async function metVerbinding(
  poort: number,
  wachtwoord: string,
  werk: (verbinding: pg.Client) => Promise<void>,
): Promise<void> {
  const verbinding = new pg.Client({ connectionString: adres(poort, wachtwoord, 'postgres') });
  // Without a listener a connection that breaks while idle would end the process.
  verbinding.on('error', () => undefined);
  try {
    await verbinding.connect();
    await werk(verbinding);
  } finally {
    await verbinding.end().catch(() => undefined);
  }
}

function adres(poort: number, wachtwoord: string, database = DATABASE): string {
  return `postgresql://${GEBRUIKER}:${encodeURIComponent(wachtwoord)}@127.0.0.1:${poort}/${database}`;
}
