/** The sweep: whatever Redis lost comes back, and what it still has is left alone. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meldStoring, wisStoring } from '#src/verwerking/storing.ts';
import { veeg } from '#src/verwerking/veger.ts';
import { Banen } from '#src/wachtrij/banen.ts';
import { baanVan, neemIn, onverwerkt } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { sleutelsVan, startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
const { database, redis, wachtrij } = knooppunt;
const banen = new Banen(wachtrij);
afterAll(async () => {
  await banen.sluit();
  await knooppunt.stop();
});

let volgende = 98000050;
let baanId = 0;

/** A lane with old work, that nobody was told of. */
beforeEach(async () => {
  await expect.poll(() => banen.bereikbaar).toBe(true);
  volgende += 1;
  const bytes = maakBericht('WMO301', { ontvanger: String(volgende) });
  const [id = ''] = await neemIn(knooppunt, [{ afzender: '0363', bytes }]);
  baanId = await baanVan(database, id);
  await database.pool.query(`update te_doen set ontvangen_op = now() - interval '1 minute'`);
});
afterEach(async () => {
  await database.pool.query('delete from te_doen');
  await knooppunt.leegRedis();
});

/** How many turns are on the list. */
const wachtend = async (): Promise<number> =>
  (await redis.llen(`${wachtrij.prefix}:banen:wait`)) + (await redis.zcard(`${wachtrij.prefix}:banen:delayed`));

describe('brings back', () => {
  test('a baan Redis knows nothing of', async () => {
    expect(await veeg(database, banen)).toBe(1);
    expect(await banen.plaats(baanId)).toBe('wacht');
  });

  test('everything, after Redis was emptied', async () => {
    await banen.voegToe([baanId]);
    await knooppunt.leegRedis();
    expect([await veeg(database, banen), await wachtend()]).toEqual([1, 1]);
  });

  test('a baan of which only the key against duplicates is left', async () => {
    await banen.voegToe([baanId]);
    const weg = (await sleutelsVan(redis, wachtrij.prefix)).filter((sleutel) => !sleutel.includes(':de:'));
    await redis.del(...weg);
    expect(await banen.plaats(baanId)).toBe('weg');
    expect([await veeg(database, banen), await wachtend(), await banen.plaats(baanId)]).toEqual([1, 1, 'wacht']);
  });

  test('a baan whose job is "running" with someone who is gone', async () => {
    await banen.voegToe([baanId]);
    const [taak = ''] = await redis.lrange(`${wachtrij.prefix}:banen:wait`, 0, -1);
    await redis.lrem(`${wachtrij.prefix}:banen:wait`, 0, taak);
    await redis.lpush(`${wachtrij.prefix}:banen:active`, taak);
    expect(await banen.plaats(baanId)).toBe('loopt');
    expect([await veeg(database, banen), await banen.plaats(baanId)]).toEqual([1, 'wacht']);
  });

  test('a baan that may go again after a storing', async () => {
    await meldStoring(database.pool, baanId, new Error());
    expect(await veeg(database, banen)).toBe(0);
    await database.pool.query('update baan_storing set volgende_poging = now() where baan_id = $1', [baanId]);
    expect(await veeg(database, banen)).toBe(1);
    await wisStoring(database.pool, [baanId]);
  });
});

describe('leaves alone', () => {
  test('a baan that really waits: there is no second beurt', async () => {
    await banen.voegToe([baanId]);
    for (let keer = 0; keer < 3; keer += 1) expect([await veeg(database, banen), await wachtend()]).toEqual([0, 1]);
  });

  test('a baan that someone holds', async () => {
    await database.transactie(async (client) => {
      await client.query('select pg_advisory_xact_lock(4201, $1)', [baanId]);
      expect(await veeg(database, banen)).toBe(0);
    });
    expect(await veeg(database, banen)).toBe(1);
  });

  test('work that has only just come in: it is still on its way', async () => {
    await database.pool.query('update te_doen set ontvangen_op = now()');
    expect(await veeg(database, banen)).toBe(0);
  });

  test('a baan without work', async () => {
    await database.pool.query('delete from te_doen');
    expect(await veeg(database, banen)).toBe(0);
  });
});

describe('without end', () => {
  test('a thousand banen that Redis forgot come back in one round', async () => {
    await database.pool.query(
      `with b as (insert into baan (gemeente, aanbieder, domein) select '0000', n::text, 'iwmo' from generate_series(1, 1000) n returning id)
       insert into te_doen select id, 1, gen_random_uuid(), 1, now() - interval '1 minute' from b`,
    );
    expect(await veeg(database, banen)).toBe(1001);
    expect(await veeg(database, banen)).toBe(0);
    expect(await wachtend()).toBe(1001);
  });

  test('Redis is emptied time and again during the work: every bericht gets its outcome', async () => {
    await database.pool.query(`delete from te_doen; update bericht set toestand = 'verwerkt'`);
    const rollen = [await knooppunt.start('verwerker'), await knooppunt.start('planner')];
    const lever = (nr: number) => {
      const bytes = maakBericht('WMO301', { ontvanger: String(98000101 + (nr % 20)) });
      return knooppunt.client('0363').leverAan(bytes, randomUUID());
    };
    for (let ronde = 0; ronde < 10; ronde += 1) {
      await Promise.all([...Array.from({ length: 20 }, (_, nr) => lever(nr)), knooppunt.leegRedis()]);
    }
    await expect.poll(() => onverwerkt(database), { timeout: 40_000 }).toBe(0);
    for (const rol of rollen) await rol.stop();
  });
});
