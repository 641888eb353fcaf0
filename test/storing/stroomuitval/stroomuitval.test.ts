/**
 * Is the imitated power loss a real one? A tool that takes nothing away would prove any switch safe, so first it must
 * lose what PostgreSQL does not promise to keep, and then it must not lose what PostgreSQL does promise.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { maakToeval } from '../../hulp/toeval.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import { maakWankelePostgres, type WankelePostgres } from './stroomuitval.ts';

const toeval = maakToeval(ZAAD);
let map: string;
let postgres: WankelePostgres | undefined;
let reden = '';

beforeAll(async () => {
  map = mkdtempSync(join(tmpdir(), 'knooppunt-stroom-'));
  chmodSync(map, 0o755);
  const uitkomst = await maakWankelePostgres(map);
  if ('reden' in uitkomst) reden = uitkomst.reden;
  else postgres = uitkomst;
});
beforeEach((proef) => {
  if (postgres === undefined) {
    console.log(`stroomuitval: skipped, ${reden}`);
    proef.skip(reden);
  }
});
afterEach(() => postgres?.stop());
afterAll(async () => {
  await postgres?.dood();
  rmSync(map, { recursive: true, force: true });
});

function server(): WankelePostgres {
  if (postgres === undefined) throw new Error(reden);
  return postgres;
}

async function metClient<T>(werk: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server().url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await werk(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A table that stands on disk whatever happens: the server was stopped in order after it was made. */
async function metTabel(naam: string): Promise<void> {
  await server().start();
  await metClient((client) => client.query(`create table ${naam} (id bigint primary key, vulling text)`));
  await server().stop();
}

/** Inserts rows one by one, each its own transaction, until the server dies or `hoeveel` were acknowledged. */
async function schrijf(tabel: string, van: number, hoeveel: number, bevestigd: Set<number>): Promise<void> {
  await metClient(async (client) => {
    for (let id = van; id < van + hoeveel; id++) {
      await client.query(`insert into ${tabel} values ($1, repeat('x', 2000))`, [id]);
      bevestigd.add(id);
    }
  }).catch(() => undefined);
}

/** The rows that are left, once by the table and once by the index: a broken recovery makes these differ. */
async function overgebleven(tabel: string): Promise<Set<number>> {
  return metClient(async (client) => {
    const lees = async (uit: string): Promise<number[]> => {
      await client.query(`set enable_seqscan = ${uit === 'index' ? 'off' : 'on'}`);
      await client.query(`set enable_indexonlyscan = off`);
      const { rows } = await client.query<{ id: string }>(`select id, length(vulling) from ${tabel} order by id`);
      return rows.map((rij) => Number(rij.id));
    };
    const [tabelrijen, indexrijen] = [await lees('tabel'), await lees('index')];
    expect(indexrijen).toEqual(tabelrijen);
    return new Set(tabelrijen);
  });
}

test('the server really syncs in the way the journal can see', async () => {
  await server().start();
  const { rows } = await metClient((client) =>
    client.query<{ name: string; setting: string }>(
      "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'io_method', 'wal_sync_method')",
    ),
  );
  expect(Object.fromEntries(rows.map((rij) => [rij.name, rij.setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    io_method: 'sync',
    wal_sync_method: 'fdatasync',
  });
});

describe('what PostgreSQL does not promise is lost', () => {
  test('kill -9 is no power loss: even with fsync off every row is still there', async () => {
    await metTabel('gedood');
    await server().start({ fsync: 'off' });
    await schrijf('gedood', 0, 200, new Set());
    await server().dood();
    await server().start({ fsync: 'off' });
    expect((await overgebleven('gedood')).size).toBe(200);
  });

  test('the imitated power loss takes those same rows away', async () => {
    await metTabel('zonder_fsync');
    await server().start({ fsync: 'off' });
    const bevestigd = new Set<number>();
    await schrijf('zonder_fsync', 0, 200, bevestigd);
    const verlies = await server().stroomuitval();
    // With fsync off even its lock file was never synced, and an empty one needs an operator. With fsync on it is.
    rmSync(join(server().gegevens, 'postmaster.pid'), { force: true });
    await server().start();
    const over = await overgebleven('zonder_fsync');
    console.log(`fsync=off: ${bevestigd.size} acknowledged, ${over.size} left; ${verlies.wijzigingen} writes undone`);
    expect(verlies.wijzigingen).toBeGreaterThan(200);
    expect([bevestigd.size, over.size]).toEqual([200, 0]);
  });

  test('synchronous_commit off: the newest rows are gone', async () => {
    await metTabel('zonder_wachten');
    await server().start({ synchronous_commit: 'off', wal_writer_delay: '10s' });
    const bevestigd = new Set<number>();
    await schrijf('zonder_wachten', 0, 200, bevestigd);
    await server().stroomuitval();
    await server().start();
    const over = await overgebleven('zonder_wachten');
    console.log(`synchronous_commit=off: ${bevestigd.size} acknowledged, ${over.size} left`);
    expect(over.size).toBeLessThan(bevestigd.size);
  });
});

describe('what PostgreSQL promises is kept', () => {
  const schijven = [
    ['all unsynced blocks gone', {}],
    ['unsynced blocks survive by chance', { bewaar: { kans: 0.5, toeval: toeval.tak('schijf') } }],
  ] as const;
  test.each(schijven)('every acknowledged row is there after each of 3 power cuts, %s', async (naam, schijf) => {
    const tabel = `met_fsync_${schijven.findIndex(([andere]) => andere === naam)}`;
    await metTabel(tabel);
    const bevestigd = new Set<number>();
    for (let ronde = 0; ronde < 3; ronde++) {
      await server().start({ checkpoint_timeout: '30s', max_wal_size: '64MB' });
      const begin = bevestigd.size;
      const doel = begin + toeval.geheel(100, 600);
      const schrijvers = [0, 1, 2, 3].map((wie) => schrijf(tabel, (ronde * 4 + wie) * 100_000, 100_000, bevestigd));
      await wachtTot(() => bevestigd.size > begin + 50, { ms: 20_000, wat: 'the first rows' });
      // A checkpoint under way: data pages are being written and are not synced yet.
      const controlepunt = metClient((client) => client.query('checkpoint')).catch(() => undefined);
      await wachtTot(() => bevestigd.size >= doel, { ms: 20_000, wat: `row ${doel}` });
      const verlies = await server().stroomuitval(schijf);
      await Promise.all([...schrijvers, controlepunt]);
      await server().start();
      const over = await overgebleven(tabel);
      const kwijt = [...bevestigd].filter((id) => !over.has(id));
      console.log(
        `power cut ${ronde + 1} (${naam}, seed ${ZAAD}): ${bevestigd.size} acknowledged, ${over.size} left, ` +
          `${verlies.wijzigingen} writes in ${verlies.bestanden} files undone, ${verlies.bewaard} blocks kept`,
      );
      expect(kwijt, `acknowledged and lost (seed ${ZAAD})`).toEqual([]);
      await server().stop();
    }
  });
});
