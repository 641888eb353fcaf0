/** Links are made while others write: no line is left out because it became visible late, and nobody who writes waits for it. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { setTimeout as wacht } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import { controleerKeten } from '#src/logboek/controle.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import { schrijfLogboek } from '#src/logboek/logboek.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const { database, weg } = await maakGegevensbank();
const { pool } = database;
afterAll(weg);

const SLEUTEL = zegelsleutel(createSecretKey(randomBytes(32)));
const REGEL = {
  gebeurtenis: 'berichten gezocht',
  actor: 'proef',
  namens: null,
  resultaat: 'x',
  berichtId: null,
} as const;
const controleer = () => controleerKeten(database, SLEUTEL, []);
const aantal = async (): Promise<number> =>
  (await pool.query<{ aantal: number }>('select count(*)::int as aantal from logboek')).rows[0]?.aantal ?? 0;

test('a line that becomes visible after a later one is waited for, and is in the link', async () => {
  const traag = await pool.connect();
  await traag.query('begin');
  await schrijfLogboek(traag, [REGEL]);
  await schrijfLogboek(pool, [REGEL]);
  expect(await werkKetenBij(database, SLEUTEL, { ms: 100 })).toBeUndefined();
  // Whoever comes while it waits is not waited for.
  const bezig = werkKetenBij(database, SLEUTEL, { ms: 30_000 });
  const later = await pool.connect();
  await wacht(50);
  await later.query('begin');
  await schrijfLogboek(later, [REGEL]);
  await traag.query('commit');
  traag.release();
  expect(await bezig).toMatchObject({ nr: 1, totRegel: 2 });
  await later.query('commit');
  later.release();
  expect(await controleer()).toMatchObject({ regels: 2, zonderSchakel: 1, aantalBevindingen: 0 });
});

test('two that make links at the same time make one chain', async () => {
  await schrijfLogboek(pool, Array(20).fill(REGEL));
  await Promise.all([1, 2, 3].map(() => werkKetenBij(database, SLEUTEL, { ms: 10_000 })));
  expect(await controleer()).toMatchObject({ regels: await aantal(), zonderSchakel: 0, aantalBevindingen: 0 });
});

test('under many writers, some of which change their mind, every line ends up in the chain once', async () => {
  let klaar = false;
  const schrijvers = Array.from({ length: 8 }, async (_, wie) => {
    for (let keer = 0; keer < 40; keer += 1)
      await database
        .transactie(async (client) => {
          await schrijfLogboek(client, Array(1 + (keer % 3)).fill({ ...REGEL, actor: `schrijver ${wie}` }));
          if (keer % 5 === 0) await client.query('select pg_sleep(0.01)');
          if (keer % 7 === 0) throw new Error('undone');
        })
        .catch((fout: Error) => expect(fout.message).toBe('undone'));
  });
  const smeden = (async () => {
    while (!klaar) await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
  })();
  await Promise.all(schrijvers);
  klaar = true;
  await smeden;
  await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
  const rapport = await controleer();
  expect(rapport).toMatchObject({ regels: await aantal(), zonderSchakel: 0, aantalBevindingen: 0 });
  expect(rapport.schakels).toBeGreaterThan(3);
});

test('a check sees one moment, whatever is written and linked meanwhile', async () => {
  let klaar = false;
  const schrijft = (async () => {
    while (!klaar) {
      await schrijfLogboek(pool, [REGEL]);
      await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
    }
  })();
  for (let keer = 0; keer < 5; keer += 1) expect((await controleer()).aantalBevindingen).toBe(0);
  klaar = true;
  await schrijft;
});
