/**
 * A Knooppunt inside the test process: the real roles on a database and a Redis prefix of their own, each as its own user of the database with
 * no more rights than it needs, with everything they log kept in memory. For what happens when processes die there is test/storing.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { type Config, leesConfig, ROLLEN, type Rol } from '#src/config.ts';
import { foutVoorLog, type Log, maakLog } from '#src/log.ts';
import type { Database } from '#src/opslag/database.ts';
import type { Databaserol } from '#src/opslag/rechten/tabel.ts';
import { verleenRechten } from '#src/opslag/rechten/verleen.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import type { Sleutels } from '#src/opslag/sleutels.ts';
import { startApi } from '#src/rollen/api.ts';
import { startPlanner } from '#src/rollen/planner.ts';
import type { Draaiend, Rolopties } from '#src/rollen/rol.ts';
import { startVerwerker } from '#src/rollen/verwerker.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import type { Wachtrijopties } from '#src/wachtrij/banen.ts';
import { type Client, maakClient } from './client.ts';
import { alsRol, openAlsRol, PROEFROLLEN } from './databaserol.ts';
import { maakGegevensbank } from './gegevensbank.ts';

export interface Opstellingkeuze {
  /** Which roles run from the start; api must be among them to have an address. */
  readonly rollen?: readonly Rol[];
  /** Extra configuration, by the names of the environment. */
  readonly omgeving?: Readonly<Record<string, string>>;
  /** Does something on the database before the roles start. */
  readonly bereid?: (database: Database) => Promise<unknown>;
}

export interface Opstelling {
  /** Base address, http://127.0.0.1:PORT. */
  readonly adres: string;
  readonly config: Config;
  /** As its owner, to look into it with; the roles have users of their own. */
  readonly database: Database;
  /** The address of the database for a user of it. */
  urlVan(rol: Databaserol): string;
  readonly sleutels: Sleutels;
  readonly wachtrij: Wachtrijopties;
  /** A connection to look into Redis with. */
  readonly redis: Redis;
  /** A client of the demo: an organisation, or `beheer`. */
  client(code: string): Client;
  /** One more process' worth of a role; ends with the rest if it was not stopped before. */
  start(rol: Rol): Promise<Draaiend>;
  /** All that the roles logged so far, down to debug. */
  log(): string;
  /** Removes every key of this Knooppunt from Redis: what FLUSHALL does, without harm to the tests next door. */
  leegRedis(): Promise<void>;
  stop(): Promise<void>;
}

/** As many as the processes have; see src/rollen/kind.ts. */
const VERBINDINGEN: Readonly<Record<Rol, number>> = { api: 16, verwerker: 6, planner: 6 };
const START: Readonly<Record<Rol, (opties: Rolopties) => Promise<Draaiend & { readonly poort?: number }>>> = {
  api: startApi,
  verwerker: startVerwerker,
  planner: startPlanner,
};

/** All keys under a prefix. */
export async function sleutelsVan(redis: Redis, prefix: string): Promise<readonly string[]> {
  const gevonden: string[] = [];
  for await (const deel of redis.scanStream({ match: `${prefix}:*`, count: 1000 }))
    gevonden.push(...(deel as string[]));
  return gevonden;
}

function maakGeheugenlog(regels: string[]): (rol: string) => Log {
  const bestemming = new Writable({
    write(stuk: Buffer, _codering, klaar) {
      regels.push(stuk.toString('utf8'));
      klaar();
    },
  });
  return (rol) => maakLog('debug', rol, bestemming);
}

/** Starts a Knooppunt for one test file; the demo's organisations take part. */
export async function startOpstelling({
  rollen = ROLLEN,
  omgeving = {},
  bereid,
}: Opstellingkeuze = {}): Promise<Opstelling> {
  const map = await mkdtemp(join(tmpdir(), 'knooppunt-opstelling-'));
  const { url, database, weg } = await maakGegevensbank();
  const redis = new Redis(inject('redisUrl'), { maxRetriesPerRequest: 1 });
  const config = leesConfig({
    DATABASE_URL: url,
    REDIS_URL: inject('redisUrl'),
    KNOOPPUNT_DATA: map,
    KNOOPPUNT_DEMO: '1',
    KNOOPPUNT_POORT: '0',
    ...omgeving,
  });
  const regels: string[] = [];
  const logVan = maakGeheugenlog(regels);
  const testlog = logVan('wachtrij');
  const wachtrij = {
    url: inject('redisUrl'),
    prefix: `proef-${randomBytes(8).toString('hex')}`,
    opFout: (fout: Error) => testlog.warn({ fout: foutVoorLog(fout) }, 'verbinding verbroken'),
  };
  const sleutels = await Sleutelring.open(config, database);
  const geweigerd: string[] = [];
  const databases = Object.fromEntries(
    ROLLEN.map((rol) => [rol, openAlsRol(url, rol, VERBINDINGEN[rol], geweigerd)]),
  ) as Record<Rol, Database>;
  const draaiend = new Set<Draaiend>();
  const start = async (rol: Rol): Promise<Draaiend & { readonly poort?: number }> => {
    const alsRolZelf = { config: { ...config, databaseUrl: alsRol(url, rol) }, database: databases[rol] };
    const nieuw = await START[rol]({ ...alsRolZelf, log: logVan(rol), wachtrij });
    const eenmalig = {
      ...nieuw,
      async stop() {
        if (draaiend.delete(eenmalig)) await nieuw.stop();
      },
    };
    draaiend.add(eenmalig);
    return eenmalig;
  };
  const leegRedis = async (): Promise<void> => {
    const weer = await sleutelsVan(redis, wachtrij.prefix);
    if (weer.length > 0) await redis.del(...weer);
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...draaiend].map((rol) => rol.stop()));
    await sleutels.sluit();
    await leegRedis();
    redis.disconnect();
    await Promise.all(ROLLEN.map((rol) => databases[rol].sluit()));
    await weg();
    await rm(map, { recursive: true, force: true });
    if (geweigerd.length > 0) throw new Error(`the database refused ${[...new Set(geweigerd)].join('; ')}`);
  };
  try {
    // The tables of the copy have theirs; what is on a database itself is not copied.
    await verleenRechten(database, PROEFROLLEN, true);
    await registreer(database, demoOrganisaties());
    await bereid?.(database);
    let poort: number | undefined;
    for (const rol of rollen) poort = (await start(rol)).poort ?? poort;
    const adres = `http://127.0.0.1:${poort}`;
    const client = (code: string): Client => maakClient(adres, code);
    const log = (): string => regels.join('');
    const urlVan = (rol: Databaserol): string => alsRol(url, rol);
    return { adres, config, database, urlVan, sleutels, wachtrij, redis, client, start, log, leegRedis, stop };
  } catch (fout) {
    await stop();
    throw fout;
  }
}
