/**
 * One PostgreSQL and one Redis for the whole test run: real ones, with fsync on, in a folder that goes away after. Beside them a
 * database that every other begins as a copy of, and the compiled code of our own, which every process that a test starts would
 * otherwise compile again.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#src/opslag/database.ts';
import { type Ingebed, startIngebedPostgres } from '#src/opslag/ingebed.ts';
import { migreer } from '#src/opslag/migratie.ts';
import { verleenRechten } from '#src/opslag/rechten/verleen.ts';
import { startIngebedRedis } from '#src/wachtrij/ingebed.ts';
import { PROEFROLLEN } from './databaserol.ts';
import { kiesZaad } from './zaad.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Database of the whole run; a test makes its own beside it. */
    readonly databaseUrl: string;
    /** Name of the database with all migrations, which nobody may be connected to. */
    readonly sjabloon: string;
    readonly redisUrl: string;
  }
}

const SJABLOON = 'sjabloon';
/** Outlives the run: processes still write in it when they end. */
const CODE = resolve(import.meta.dirname, '../../node_modules/.cache/code');

/** To copy a database takes a fraction of what all migrations take. */
async function maakSjabloon(serverUrl: string): Promise<void> {
  const server = openDatabase(serverUrl, { max: 1 });
  await server.pool.query(`create database ${SJABLOON}`).finally(() => server.sluit());
  const adres = new URL(serverUrl);
  adres.pathname = `/${SJABLOON}`;
  const database = openDatabase(adres.href, { max: 1 });
  try {
    await migreer(database);
    for (const rol of Object.values(PROEFROLLEN))
      await database.pool.query(`create role ${rol} login password '${adres.password}'`);
    await verleenRechten(database, PROEFROLLEN, true);
  } finally {
    await database.sluit();
  }
}

/** What the tests can be told. The switch refuses a setting that it does not know, also when a test starts it: so they go by another name from here on. */
function hernoem(): void {
  const { KNOOPPUNT_NORM: norm, KNOOPPUNT_PROEVEN: proeven } = process.env;
  if (norm) process.env.TEST_NORM = resolve(norm);
  if (proeven) process.env.TEST_PROEVEN = proeven;
  delete process.env.KNOOPPUNT_NORM;
  delete process.env.KNOOPPUNT_PROEVEN;
}

/** Vitest calls this once, before the first test; what it returns, after the last. */
export default async function diensten(project: TestProject): Promise<() => Promise<void>> {
  const map = await mkdtemp(join(tmpdir(), 'knooppunt-test-'));
  const wachtwoord = randomBytes(12).toString('hex');
  const gestart: Ingebed[] = [];
  const ruimOp = async (): Promise<void> => {
    await Promise.all(gestart.map((dienst) => dienst.stop()));
    await rm(map, { recursive: true, force: true });
  };
  try {
    const postgres = await startIngebedPostgres({ map: join(map, 'postgres'), wachtwoord });
    gestart.push(postgres);
    const redis = await startIngebedRedis({ map: join(map, 'redis'), wachtwoord, meld: console.error });
    gestart.push(redis);
    const laatLos = waak(postgres.pid, redis.pid, map);

    await maakSjabloon(postgres.url);
    process.env.ZAAD = kiesZaad(process.env.ZAAD);
    console.info(`ZAAD=${process.env.ZAAD}`);
    process.env.NODE_COMPILE_CACHE ??= CODE;
    hernoem();
    process.env.TEST_DATABASE_URL = postgres.url;
    process.env.TEST_REDIS_URL = redis.url;
    project.provide('databaseUrl', postgres.url);
    project.provide('redisUrl', redis.url);
    project.provide('sjabloon', SJABLOON);
    return async () => {
      laatLos();
      await ruimOp();
    };
  } catch (fout) {
    await ruimOp();
    throw fout;
  }
}

/**
 * The services outlive whoever starts them, and a test run that is broken off calls no teardown. This child reads from
 * us: when we are gone without a word, it ends them and removes the folder.
 */
function waak(postgres: number, redis: number, map: string): () => void {
  const script = `read _ && exit
    kill -INT $0; kill -TERM $1
    for i in $(seq 100); do kill -0 $0 2>/dev/null || kill -0 $1 2>/dev/null || break; sleep 0.1; done
    rm -rf "$2"`;
  const kind = spawn('sh', ['-c', script, String(postgres), String(redis), map], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  kind.unref();
  return () => kind.stdin.end('klaar\n');
}
