/** Our own PostgreSQL: what was committed stays, whoever is killed, and whoever owns the folders on the way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ingebed, type PostgresOpties, startIngebedPostgres } from '#src/opslag/ingebed.ts';
import { draait, wachtTot } from '#src/proces.ts';
import { startInKind } from '../hulp/kind.ts';

const wachtwoord = `p@ss/'"\\ ${'é'}`;
let ouder: string;
let map: string;
let gestart: Ingebed[];

beforeEach(async () => {
  ouder = await mkdtemp(join(tmpdir(), 'knooppunt-pg-'));
  map = join(ouder, 'postgres');
  gestart = [];
});

afterEach(async () => {
  for (const server of gestart) await server.stop();
  await rm(ouder, { recursive: true, force: true });
});

async function start(opties: Partial<PostgresOpties> = {}): Promise<Ingebed> {
  const server = await startIngebedPostgres({ map, wachtwoord, instellingen: { shared_buffers: '16MB' }, ...opties });
  gestart.push(server);
  return server;
}

async function vraag(server: Ingebed, sql: string): Promise<unknown[][]> {
  const verbinding = new pg.Client({ connectionString: server.url });
  await verbinding.connect();
  try {
    return (await verbinding.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await verbinding.end();
  }
}

async function kill9(server: Ingebed): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  await wachtTot(() => !draait(server.pid, map), { ms: 10_000, wat: 'einde van de server' });
}

describe('an ordinary day', () => {
  test('stopping and starting keeps the data and the port', async () => {
    const eerste = await start();
    await vraag(eerste, 'create table t as select 42 as n');
    await eerste.stop();
    await eerste.stop();
    expect(draait(eerste.pid, map)).toBe(false);

    const tweede = await start();
    expect(await vraag(tweede, 'select n from t')).toEqual([[42]]);
    expect(tweede.poort).toBe(eerste.poort);
  });

  test('a receipt is durable, and only this machine can reach it', async () => {
    const server = await start();
    const namen = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories'];
    const waarden = await vraag(server, `select ${namen.map((naam) => `current_setting('${naam}')`).join(', ')}`);
    expect(waarden).toEqual([['on', 'on', 'on', '127.0.0.1', '']]);
    const kenmerken = 'select pg_encoding_to_char(encoding), datlocprovider, datlocale from pg_database';
    expect(await vraag(server, `${kenmerken} where datname = current_database()`)).toEqual([['UTF8', 'b', 'C.UTF-8']]);
    expect(await readFile(join(map, 'pg_hba.conf'), 'utf8')).not.toMatch(/^host.*trust/m);
  });

  test('the log names no values from statements', async () => {
    const server = await start();
    await vraag(server, "create table t (n text primary key); insert into t values ('999900006')");
    await expect(vraag(server, "insert into t values ('999900006')")).rejects.toThrow('duplicate key');
    await expect(vraag(server, "select '999900006'::uuid")).rejects.toThrow('999900006');
    await server.stop();
    expect(await readFile(join(ouder, 'postgres.log'), 'utf8')).not.toContain('999900006');
  });

  test('a different password is reported', async () => {
    await start();
    await expect(start({ wachtwoord: 'anders' })).rejects.toThrow('Het wachtwoord past niet bij de database');
  });

  test('a directory with something else in it stays as it is', async () => {
    await mkdir(map);
    await writeFile(join(map, 'brief.txt'), 'van een ander');
    await expect(start()).rejects.toThrow('niet leeg');
    expect(await readdir(map)).toEqual(['brief.txt']);
  });

  test('an impossible setting is reported with the reason', async () => {
    await expect(start({ instellingen: { shared_buffers: 'veel' } })).rejects.toThrow(
      /start niet:[\s\S]*shared_buffers/,
    );
  });
});

describe('who is in charge', () => {
  test('two that start at once in an empty directory get the same server', async () => {
    const [een, twee] = await Promise.all([start(), start()]);
    expect(een.pid).toBe(twee.pid);
    expect(await readdir(ouder)).toEqual(['postgres', 'postgres.log']);
  });

  test('kill -9 of whoever started it: the next takes it over', async () => {
    const { kind, pid } = await startInKind('src/opslag/ingebed.ts', 'startIngebedPostgres', { map, wachtwoord });
    process.kill(-Number(kind.pid), 'SIGKILL');
    await once(kind, 'exit');

    const server = await start();
    expect(server.pid).toBe(pid);
    expect(await vraag(server, 'select 1')).toEqual([[1]]);
  });

  test('a server that is stopping is waited for', async () => {
    const oud = await start();
    const verbinding = new pg.Client({ connectionString: oud.url });
    verbinding.on('error', () => undefined);
    await verbinding.connect();
    // SIGTERM waits for clients to leave, so we decide when it ends.
    process.kill(oud.pid, 'SIGTERM');
    const stopt = async () => (await readFile(join(map, 'postmaster.pid'), 'utf8')).includes('stopping');
    await wachtTot(stopt, { ms: 10_000, wat: 'begin van het stoppen' });
    const nieuw = start();
    await verbinding.end();
    expect((await nieuw).pid).not.toBe(oud.pid);
    expect(await vraag(await nieuw, 'select 1')).toEqual([[1]]);
  });
});

describe('after a crash', () => {
  test('kill -9 of the server: what was committed is still there', async () => {
    const eerste = await start();
    await vraag(eerste, 'create table t (n int)');
    await vraag(eerste, 'insert into t select generate_series(1, 1000)');
    await kill9(eerste);

    const tweede = await start();
    expect(tweede.pid).not.toBe(eerste.pid);
    expect(await vraag(tweede, 'select count(*)::int from t')).toEqual([[1000]]);
  });

  test('the number of the fallen server now belongs to another process', async () => {
    const eerste = await start();
    await vraag(eerste, 'create table t as select 42 as n');
    await kill9(eerste);
    const { uid, gid } = await stat(map);
    const ander = spawn('tail', ['-f', '/dev/null'], { uid, gid, stdio: 'ignore' });
    try {
      await once(ander, 'spawn');
      const bestand = join(map, 'postmaster.pid');
      await writeFile(bestand, (await readFile(bestand, 'utf8')).replace(/^\d+/, String(ander.pid)));
      expect(await vraag(await start(), 'select n from t')).toEqual([[42]]);
    } finally {
      ander.kill();
    }
  });

  test('an empty postmaster.pid, as a power loss leaves it, does not block the start for ever', async () => {
    const eerste = await start();
    await vraag(eerste, 'create table t as select 42 as n');
    await kill9(eerste);
    await writeFile(join(map, 'postmaster.pid'), '');
    expect(await vraag(await start(), 'select n from t')).toEqual([[42]]);
  });

  test('kill -9 during creation leaves nothing half done', async () => {
    const begonnen = startInKind('src/opslag/ingebed.ts', 'startIngebedPostgres', { map, wachtwoord }, (kind) =>
      wachtTot(
        async () => {
          const namen = await readdir(ouder, { recursive: true });
          return (
            namen.some((naam) => naam.endsWith('/gegevens/PG_VERSION')) && process.kill(-Number(kind.pid), 'SIGKILL')
          );
        },
        { ms: 20_000, wat: 'begin van het aanmaken' },
      ),
    );
    await expect(begonnen).rejects.toThrow('SIGKILL');
    expect(await readdir(ouder)).not.toContain('postgres');

    expect(await vraag(await start(), 'select 1')).toEqual([[1]]);
    expect(await readdir(ouder)).toEqual(['postgres', 'postgres.log']);
  });
});

describe.each([
  ['a directory only its owner may enter', 0o700],
  ['a directory anyone may pass through', 0o755],
])('%s', (_naam, rechten) => {
  test('runs, stores, and passes the environment on to the server', async () => {
    await chmod(ouder, rechten);
    // A library of the C library itself that nothing uses: harmless, and visible in the memory map.
    const server = await start({ omgeving: { LD_PRELOAD: 'libBrokenLocale.so.1' } });
    expect(await vraag(server, "select pg_read_file('/proc/self/maps') like '%libBrokenLocale%'")).toEqual([[true]]);
    expect((await stat(ouder)).mode & 0o777).toBe(rechten);
    expect((await stat(map)).mode & 0o777).toBe(0o700);
  });
});
