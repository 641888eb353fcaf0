/** Watching must not lie and must not hurt: no old figure, no zero for what is not known, no question twice, no count lost or doubled. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Bewaking } from '#src/bewaking/bewaking.ts';
import { Kort } from '#src/bewaking/kort.ts';
import { leesProcessen, Procesmelder } from '#src/bewaking/processen.ts';
import { isTeLaat, leesTaken, noteerTaak, Taakboek } from '#src/bewaking/taken.ts';
import { leesTellingen, Tellers } from '#src/bewaking/tellers.ts';
import { maakMetriek } from '#src/http/metriek.ts';
import { openDatabase } from '#src/opslag/database.ts';
import { wachtTot } from '#src/proces.ts';
import { maakCertificaat } from '../hulp/certificaat.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';
import { reeksenIn } from './promql.ts';

const { database, weg } = await maakGegevensbank({ max: 6 });
const map = await maakTijdelijkeMap();
afterAll(async () => {
  await weg();
  await map.weg();
});

describe('a figure that is asked often', () => {
  test('is asked once at a time, and not again while it is fresh', async () => {
    let keren = 0;
    const kort = new Kort(async () => ++keren, { versMs: 60_000, geduldMs: 1000 });
    expect(await Promise.all([kort.geef(), kort.geef(), kort.geef()])).toEqual([1, 1, 1]);
    expect(await kort.geef()).toBe(1);
  });

  test('is not there when it cannot be read or takes too long: an old one would say that all is well', async () => {
    let goed = true;
    const fouten: unknown[] = [];
    const lees = async (): Promise<number> => {
      if (!goed) throw new Error('away');
      return 1;
    };
    const kort = new Kort(lees, { versMs: 0, geduldMs: 1000, opFout: (fout) => fouten.push(fout) });
    expect(await kort.geef()).toBe(1);
    goed = false;
    expect(await kort.geef()).toBeUndefined();
    expect(fouten).toHaveLength(1);
    const nooit = new Kort(() => new Promise<number>(() => undefined), { versMs: 0, geduldMs: 5 });
    expect(await nooit.geef()).toBeUndefined();
  });
});

describe('the metrics while PostgreSQL and Redis are away', () => {
  test('come in time, say so, and have no figure of the whole switch', async () => {
    const dood = openDatabase('postgresql://127.0.0.1:1/niets', { max: 1 });
    const klachten: string[] = [];
    const banen = { bereikbaar: false, stand: () => Promise.reject(new Error('away')) };
    const bewaking = new Bewaking({ database: dood, banen, opFout: (melding) => klachten.push(melding) });
    const reeksen = reeksenIn(await maakMetriek(bewaking).register.metrics());
    const eigen = reeksen.filter(({ metriek }) => metriek.startsWith('knooppunt_'));
    expect(Object.fromEntries(eigen.map(({ metriek, waarde }) => [metriek, waarde]))).toMatchObject({
      knooppunt_postgres_bereikbaar: 0,
      knooppunt_redis_bereikbaar: 0,
    });
    expect(new Set(eigen.map(({ metriek }) => metriek))).toEqual(
      new Set(['knooppunt_postgres_bereikbaar', 'knooppunt_redis_bereikbaar', 'knooppunt_taak_hoogstens_seconden']),
    );
    expect(klachten).toEqual(['stand niet gelezen']);
    await dood.sluit();
  });

  test('know when our certificates end, and leave out one that cannot be read', async () => {
    const tot = new Date(Math.ceil(Date.now() / 1000) * 1000 + 86_400_000);
    const pad = join(map.pad, 'server.pem');
    writeFileSync(pad, maakCertificaat({ voor: 'localhost', tot }).cert);
    const banen = { bereikbaar: false, stand: () => Promise.reject(new Error('away')) };
    const certificaten = { server: join(map.pad, 'weg.pem'), client: pad };
    const bewaking = new Bewaking({ database, banen, certificaten, opFout: () => undefined });
    expect(await bewaking.certificatenTot()).toEqual([['client', tot]]);
  });
});

describe('counters of several processes', () => {
  test('add up, survive their process, and lose nothing when they cannot be written for a while', async () => {
    const [een, twee] = [new Tellers(), new Tellers()];
    for (let nr = 0; nr < 5; nr += 1) een.tel('verwerkt', ['WMO301', 'verwerkt']);
    een.tel('beurt_seconden', [], 0.25);
    twee.tel('verwerkt', ['WMO301', 'verwerkt']);
    const dood = openDatabase('postgresql://127.0.0.1:1/niets', { max: 1 });
    await expect(een.schrijf(dood.pool)).rejects.toThrow();
    await dood.sluit();
    een.tel('verwerkt', ['WMO301', 'verwerkt']);
    await Promise.all([een.schrijf(database.pool), twee.schrijf(database.pool)]);
    await een.schrijf(database.pool);
    expect(await leesTellingen(database.pool)).toEqual([
      { naam: 'beurt_seconden', reeks: [], aantal: 0.25 },
      { naam: 'verwerkt', reeks: ['WMO301', 'verwerkt'], aantal: 7 },
    ]);
  });
});

describe('a process', () => {
  test('is seen while it lives, together with others of its role, and gone when it stops or is no longer heard', async () => {
    const nieuw = (redis: boolean) =>
      new Procesmelder({ database, rol: 'verwerker', redisBereikbaar: () => redis, meldMs: 10 }).start();
    const [een, twee] = [nieuw(true), nieuw(false)];
    const stand = async () => (await leesProcessen(database.pool))[0];
    await wachtTot(async () => (await stand())?.processen === 2, { ms: 5000, wat: 'both' });
    expect(await stand()).toMatchObject({ rol: 'verwerker', zonderRedis: 1, max: 12 });
    await een.stop();
    expect(await stand()).toMatchObject({ processen: 1, zonderRedis: 1 });
    await twee.stop();
    expect(await stand()).toBeUndefined();
    await database.pool.query(
      `insert into procesmeting values (gen_random_uuid(), 'planner', now() - interval '30 seconds', '{"redis": true}')`,
    );
    expect(await stand()).toBeUndefined();
  });
});

describe('what happens by the clock', () => {
  test('keeps when it last went well, also when it fails since; never done is too late', async () => {
    await noteerTaak(database.pool, 'bewaren', false);
    expect((await leesTaken(database.pool)).map((rij) => [rij.taak, isTeLaat(rij, new Date())])).toEqual([
      ['bewaren', true],
    ]);
    await noteerTaak(database.pool, 'bewaren');
    await noteerTaak(database.pool, 'bewaren', false);
    const [rij] = await leesTaken(database.pool);
    if (!rij?.geluktOp) throw new Error('never');
    expect(isTeLaat(rij, new Date())).toBe(false);
    expect(isTeLaat(rij, new Date(rij.geluktOp.getTime() + 7_201_000))).toBe(true);
  });

  test('is written at once when it changes, and not for every round', async () => {
    const meld = new Taakboek(database).voor('vegen');
    const gelezen = async () => (await leesTaken(database.pool)).find(({ taak }) => taak === 'vegen');
    meld(true);
    await wachtTot(async () => (await gelezen())?.geluktOp ?? undefined, { ms: 5000, wat: 'the first' });
    const eerste = (await gelezen())?.geluktOp;
    meld(true);
    meld(false);
    await wachtTot(async () => (await gelezen())?.misluktOp ?? undefined, { ms: 5000, wat: 'the failure' });
    expect((await gelezen())?.geluktOp).toEqual(eerste);
  });
});
