/** One PostgreSQL and one Redis for the whole test run: real ones, with fsync on, in a folder that goes away after. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Ingebed, startIngebedPostgres } from '#src/opslag/ingebed.ts';
import { startIngebedRedis } from '#src/wachtrij/ingebed.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Database of the whole run; a test makes its own beside it. */
    readonly databaseUrl: string;
    readonly redisUrl: string;
  }
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

    process.env.TEST_DATABASE_URL = postgres.url;
    process.env.TEST_REDIS_URL = redis.url;
    project.provide('databaseUrl', postgres.url);
    project.provide('redisUrl', redis.url);
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
