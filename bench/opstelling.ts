/**
 * What is measured, on one machine: PostgreSQL and Redis as Knooppunt runs them (fsync on), in a temporary folder; Knooppunt with one
 * api, one verwerker and one planner; the bare pipe with one api and one worker. All of it is gone at the end, also after a failure.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startIngebedPostgres } from '../src/opslag/ingebed.ts';
import { wachtTot } from '../src/proces.ts';
import { startIngebedRedis } from '../src/wachtrij/ingebed.ts';
import { bijBreuk } from './opruimen.ts';
import type { Context, Omstandigheden } from './types.ts';

const CLI = join(import.meta.dirname, '../src/cli.ts');
/** A cold start of Knooppunt on a busy machine. */
const START_MS = 120_000;

export interface Diensten extends AsyncDisposable {
  readonly map: string;
  readonly redisUrl: string;
  readonly pids: { readonly postgres: number; readonly redis: number };
  /** Makes an empty database and gives its address. */
  nieuweDatabase(naam: string): Promise<string>;
  /** Versions and settings, for the report. */
  omstandigheden(): Promise<Omstandigheden>;
}

/** Starts PostgreSQL and Redis in a temporary folder. Every user may enter it, because PostgreSQL refuses to run as root. */
export async function startDiensten({ meld }: Context): Promise<Diensten> {
  await using tijdelijk = new AsyncDisposableStack();
  const map = await realpath(await mkdtemp(join(tmpdir(), 'knooppunt-bench-')));
  await chmod(map, 0o755);
  tijdelijk.defer(() => rm(map, { recursive: true, force: true, maxRetries: 10 }));
  const wachtwoord = randomBytes(12).toString('hex');
  const postgres = await startIngebedPostgres({ map: join(map, 'postgres'), wachtwoord });
  tijdelijk.defer(() => postgres.stop());
  const redis = await startIngebedRedis({ map: join(map, 'redis'), wachtwoord, meld });
  tijdelijk.defer(() => redis.stop());
  tijdelijk.use(bijBreuk([postgres.pid, redis.pid], map));
  const alles = tijdelijk.move();

  return {
    map,
    redisUrl: redis.url,
    pids: { postgres: postgres.pid, redis: redis.pid },
    async nieuweDatabase(naam) {
      await metDatabase(postgres.url, (client) => client.query(`create database ${naam}`));
      const adres = new URL(postgres.url);
      adres.pathname = naam;
      return adres.href;
    },
    omstandigheden: () => beschrijf(postgres.url, redis.url),
    [Symbol.asyncDispose]: () => alles.disposeAsync(),
  };
}

/** Does something over a connection of its own. */
export async function metDatabase<T>(url: string, werk: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await werk(client);
  } finally {
    await client.end();
  }
}

async function beschrijf(databaseUrl: string, redisUrl: string): Promise<Omstandigheden> {
  const postgres = await metDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<Record<string, string>>(`select current_setting('server_version') as versie,
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as fpw`);
    return rows[0] ?? {};
  });
  const redis = new Redis(redisUrl);
  try {
    const versie = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1];
    const [, fsync] = (await redis.config('GET', 'appendfsync')) as string[];
    return {
      postgres: postgres.versie,
      redis: versie,
      fsync: `PostgreSQL fsync ${postgres.fsync}, synchronous_commit ${postgres.commit}, full_page_writes ${postgres.fpw}; Redis AOF ${fsync}`,
    };
  } finally {
    redis.disconnect();
  }
}

/** What can be measured end to end. */
export interface Doelwit extends AsyncDisposable {
  readonly naam: 'knooppunt' | 'kale pijp';
  readonly poort: number;
  readonly databaseUrl: string;
  /** Its processes by role, for their memory. */
  readonly pids: Readonly<Record<string, number>>;
  /** Has everything that was accepted reached its end? */
  isLeeg(): Promise<boolean>;
  /** How many messages reached their end, ever. */
  aangekomen(): Promise<number>;
}

interface Processen {
  readonly supervisor: number;
  readonly api: readonly (number | null)[];
  readonly verwerker: readonly (number | null)[];
}

export interface Knooppuntopties {
  readonly database?: string;
  /** A second Knooppunt on the same Redis takes a database of its own there. */
  readonly redisNummer?: number;
  /** Extra environment for all its processes. */
  readonly omgeving?: Readonly<Record<string, string>>;
}

/** Starts Knooppunt as a user does (`start --demo`), on these services. */
export async function startKnooppunt(diensten: Diensten, opties: Knooppuntopties = {}): Promise<Doelwit> {
  await using stapel = new AsyncDisposableStack();
  const naam = opties.database ?? 'knooppunt_keten';
  const databaseUrl = await diensten.nieuweDatabase(naam);
  const redisUrl = `${diensten.redisUrl}/${opties.redisNummer ?? 0}`;
  const data = join(diensten.map, naam);
  await mkdir(data);
  const logboek = openSync(join(data, 'bench.log'), 'a');
  const kind = spawn(process.execPath, [CLI, 'start', '--demo', '--poort', '0', '--data', data], {
    stdio: ['ignore', 'pipe', logboek],
    env: { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...opties.omgeving },
  });
  stapel.use(bijBreuk([kind.pid ?? 0]));
  stapel.defer(() => beeindigKind(kind));
  let uitvoer = '';
  kind.stdout?.setEncoding('utf8').on('data', (stuk: string) => {
    uitvoer += stuk;
  });
  const poort = await wachtTot(
    () => {
      if (kind.exitCode !== null) throw new Error(`Knooppunt ended at its start, see ${data}/bench.log`);
      return Number(/^gereed http:\/\/[^:]+:(\d+)$/m.exec(uitvoer)?.[1] ?? 0) || undefined;
    },
    { ms: START_MS, wat: 'de start van Knooppunt' },
  );
  const { supervisor, api, verwerker } = JSON.parse(await readFile(join(data, 'processen.json'), 'utf8')) as Processen;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  stapel.defer(() => client.end());
  const alles = stapel.move();
  const vraag = async <T>(sql: string): Promise<T> => (await client.query<{ x: T }>(sql)).rows[0]?.x as T;
  return {
    naam: 'knooppunt',
    poort,
    databaseUrl,
    pids: { supervisor, api: api[0] ?? 0, verwerker: verwerker[0] ?? 0 },
    // What is unfinished is a small table of its own, so it may be asked often.
    isLeeg: () => vraag('select not exists (select from te_doen) as x'),
    aangekomen: () => vraag('select count(*)::int as x from postbus_item'),
    [Symbol.asyncDispose]: () => alles.disposeAsync(),
  };
}

/** Starts the bare pipe on these services. */
export async function startKalePijp(diensten: Diensten): Promise<Doelwit> {
  await using stapel = new AsyncDisposableStack();
  const databaseUrl = await diensten.nieuweDatabase('kale_pijp');
  const env = { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: diensten.redisUrl };
  const start = async (bestand: string): Promise<{ kind: ChildProcess; poort: number }> => {
    const kind = fork(join(import.meta.dirname, bestand), { env });
    stapel.defer(() => beeindigKind(kind));
    const [bericht] = (await once(kind, 'message')) as [{ poort?: number }];
    return { kind, poort: bericht.poort ?? 0 };
  };
  const api = await start('kale-pijp.ts');
  const werker = await start('kale-pijp-werker.ts');
  const redis = new Redis(diensten.redisUrl);
  stapel.defer(() => redis.disconnect());
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  stapel.defer(() => client.end());
  const alles = stapel.move();
  return {
    naam: 'kale pijp',
    poort: api.poort,
    databaseUrl,
    pids: { api: api.kind.pid ?? 0, werker: werker.kind.pid ?? 0 },
    // A job that is done is removed; so no job waiting and none running means that all were handled.
    isLeeg: async () => (await redis.llen('bull:kale-pijp:wait')) + (await redis.llen('bull:kale-pijp:active')) === 0,
    aangekomen: async () => (await client.query<{ x: number }>('select count(*)::int as x from pijp')).rows[0]?.x ?? 0,
    [Symbol.asyncDispose]: () => alles.disposeAsync(),
  };
}

async function beeindigKind(kind: ChildProcess): Promise<void> {
  if (kind.exitCode !== null || kind.signalCode !== null) return;
  const einde = once(kind, 'exit');
  kind.kill('SIGTERM');
  const hard = setTimeout(() => kind.kill('SIGKILL'), 30_000);
  await einde;
  clearTimeout(hard);
}
