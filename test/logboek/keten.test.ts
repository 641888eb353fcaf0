/** The chain of the audit log: whatever is done to its lines or its links is found, and where; and what nobody touched stays right. */
import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import type { Anker } from '#src/logboek/ankers.ts';
import { type Bevinding, controleerKeten } from '#src/logboek/controle.ts';
import { type Gesmeed, werkKetenBij } from '#src/logboek/keten.ts';
import { type Logregel, schrijfLogboek } from '#src/logboek/logboek.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';

const { database, weg } = await maakGegevensbank();
const { pool } = database;
afterAll(weg);

const SLEUTEL = zegelsleutel(createSecretKey(randomBytes(32)));
const GEDULD = { ms: 10_000 };
const smeed = () => werkKetenBij(database, SLEUTEL, GEDULD);
const controleer = (ankers: readonly Anker[] = [], sleutel = SLEUTEL) => controleerKeten(database, sleutel, ankers);
const ankerVan = ({ nr, totRegel, keten, zegel }: Gesmeed): Anker => ({
  tijdstip: new Date().toISOString(),
  schakel: nr,
  regel: totRegel,
  keten: keten.toString('hex'),
  zegel: zegel.toString('hex'),
});

const regel = (resultaat: string): Logregel => ({
  gebeurtenis: 'berichten gezocht',
  actor: 'proef',
  namens: null,
  resultaat,
  berichtId: null,
  betrokkenen: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)],
  details: { aantal: 2, tekst: 'é "\\' },
});
const schrijf = (aantal: number) =>
  schrijfLogboek(
    pool,
    Array.from({ length: aantal }, (_, nr) => regel(`regel ${nr}`)),
  );

/** Three links: lines 1 to 5, 6 to 10, 11 to 15. */
async function begin(): Promise<readonly Gesmeed[]> {
  await pool.query('truncate logboek, logboek_schakel restart identity');
  const schakels: Gesmeed[] = [];
  for (let keer = 0; keer < 3; keer += 1) {
    await schrijf(5);
    const schakel = await smeed();
    if (!schakel) throw new Error('no link was made');
    schakels.push(schakel);
  }
  return schakels;
}

await laatLogboekLos(database);
let schakels: readonly Gesmeed[];
beforeEach(async () => {
  schakels = await begin();
});

const bevindingen = async (
  ankers?: readonly Anker[],
): Promise<readonly (readonly [Bevinding['soort'], number | null])[]> =>
  (await controleer(ankers)).bevindingen.map(({ soort, schakel, regel: nr }) => [soort, nr ?? schakel]);

test('what nobody touched is right, and all of it was looked at', async () => {
  await schrijf(2);
  expect(await controleer(schakels.map(ankerVan))).toEqual({
    schakels: 3,
    regels: 15,
    zonderSchakel: 2,
    ankers: 3,
    bevindingen: [],
    aantalBevindingen: 0,
  });
});

describe('a line', () => {
  const velden: readonly (readonly [string, string])[] = [
    ['gebeurtenis', `'bericht ingezien'`],
    ['actor', `'iemand anders'`],
    ['namens', `''`],
    ['resultaat', `'niets'`],
    ['tijdstip', `tijdstip + interval '1 microsecond'`],
    ['bericht_id', 'gen_random_uuid()'],
    ['details', `details || '{"aantal": 3}'`],
    ['betrokkenen', 'betrokkenen[1:1]'],
    ['betrokkenen', 'array[betrokkenen[2], betrokkenen[1]]'],
    ['spoor', `decode(repeat('01', 24), 'hex')`],
  ];
  test.each(velden)('of which %s was changed to %s is found', async (veld, waarde) => {
    await pool.query(`update logboek set ${veld} = ${waarde} where nr = 7`);
    expect(await bevindingen()).toEqual([['regelGewijzigd', 7]]);
  });

  test.each([1, 7, 10, 15])('that was removed is found: %i', async (nr) => {
    await pool.query('delete from logboek where nr = $1', [nr]);
    expect(await bevindingen()).toEqual([['regelVerdwenen', nr]]);
  });

  test.each([-3, 0, 16])('that was put in at %i is found, when a link covers its place', async (nr) => {
    if (nr === 16) {
      // A number that was given out and not used: the only place where a line fits between others.
      await pool.query(`select nextval('logboek_nr_seq')`);
      await schrijf(1);
      await smeed();
    }
    await pool.query(
      `insert into logboek (nr, gebeurtenis, actor, resultaat) overriding system value values ($1, 'bericht ingezien', 'x', 'y')`,
      [nr],
    );
    expect(await bevindingen()).toEqual([['regelIngevoegd', nr]]);
  });

  test('that changed places with another is found, both of them', async () => {
    await pool.query(
      `update logboek l set resultaat = a.resultaat from logboek a where (l.nr, a.nr) in ((6, 13), (13, 6))`,
    );
    expect(await bevindingen()).toEqual([
      ['regelGewijzigd', 6],
      ['regelGewijzigd', 13],
    ]);
  });

  test('that was changed together with its fingerprint shows in the link', async () => {
    await pool.query(`update logboek set actor = 'x' where nr = 7`);
    await pool.query(
      `update logboek_schakel set afdrukken = set_byte(afdrukken, 40, get_byte(afdrukken, 40) # 1) where nr = 2`,
    );
    expect(await bevindingen()).toContainEqual(['schakelGewijzigd', 2]);
  });
});

describe('a link', () => {
  test.each([
    'aantal = 6',
    `laatste = laatste + interval '1 second'`,
    `samenvatting = sha256('')`,
    `keten = sha256('')`,
  ])('of which somebody said %s is found', async (wijziging) => {
    await pool.query(`update logboek_schakel set ${wijziging} where nr = 2`);
    expect(await bevindingen()).toContainEqual(['schakelGewijzigd', 2]);
  });

  test.each([1, 2])('that was removed with its lines is found: %i', async (nr) => {
    await pool.query('delete from logboek where nr > $1 and nr <= $2', [(nr - 1) * 5, nr * 5]);
    await pool.query('delete from logboek_schakel where nr = $1', [nr]);
    expect(await bevindingen()).toContainEqual(['schakelVerdwenen', nr]);
  });

  test('made by somebody without the key has no seal, whatever else is right', async () => {
    await pool.query('delete from logboek_schakel where nr = 3');
    await pool.query(`update logboek set actor = 'x' where nr = 12`);
    await werkKetenBij(database, zegelsleutel(createSecretKey(randomBytes(32))), GEDULD);
    expect(await bevindingen()).toEqual([['zegelOnjuist', 3]]);
    await pool.query(`update logboek_schakel set sleutel = $1 where nr = 3`, [SLEUTEL.id]);
    expect(await bevindingen()).toEqual([['zegelOnjuist', 3]]);
  });

  test('of a key that is gone counts when an anchor knows it, or one after it', async () => {
    const later = zegelsleutel(createSecretKey(randomBytes(32)));
    const [, tweede, derde] = schakels.map(ankerVan);
    const onder = async (ankers: readonly Anker[]) =>
      (await controleer(ankers, later)).bevindingen.map(({ soort, schakel }) => [soort, schakel]);
    expect(await onder(derde ? [derde] : [])).toEqual([]);
    expect(await onder(tweede ? [tweede] : [])).toEqual([['zegelOnjuist', 3]]);
  });
});

describe('the end', () => {
  test('cut off with its links is found by an anchor of it', async () => {
    await pool.query('delete from logboek where nr > 10');
    await pool.query('delete from logboek_schakel where nr = 3');
    expect(await bevindingen(schakels.slice(0, 2).map(ankerVan))).toEqual([]);
    expect(await bevindingen(schakels.map(ankerVan))).toEqual([['ketenIngekort', 3]]);
  });

  test('replaced by another one, even with the key, is found by an anchor', async () => {
    await pool.query('delete from logboek_schakel where nr >= 2');
    await pool.query(`update logboek set actor = 'x' where nr = 8`);
    await smeed();
    await schrijf(1);
    await smeed();
    expect(await bevindingen()).toEqual([]);
    expect(await bevindingen(schakels.map(ankerVan))).toEqual([
      ['ankerAnders', 2],
      ['ankerAnders', 3],
    ]);
  });

  test('that no link was made for in a long time is said', async () => {
    await pool.query(
      `insert into logboek (tijdstip, gebeurtenis, actor, resultaat) values (now() - interval '1 hour', 'bericht ingezien', 'x', 'y')`,
    );
    expect(await bevindingen()).toEqual([['ketenAchter', 16]]);
  });
});

test('of very many findings the first are told and all are counted', async () => {
  await schrijf(300);
  await smeed();
  await pool.query(`update logboek set actor = 'x' where nr > 15`);
  const rapport = await controleer();
  expect([rapport.bevindingen.length, rapport.aantalBevindingen]).toEqual([100, 300]);
});

test('whatever happens to one line, it is found; and undone, all is right again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 15 }),
      fc.constantFrom(
        'delete from logboek where nr = $1',
        `update logboek set actor = actor || ' ' where nr = $1`,
        `update logboek set details = details || '{"x": null}' where nr = $1`,
        `update logboek set betrokkenen = betrokkenen || '\\x00'::bytea where nr = $1`,
        `update logboek set namens = coalesce(namens, '') where nr = $1`,
        `update logboek set tijdstip = tijdstip - interval '1 microsecond' where nr = $1`,
      ),
      async (nr, daad) => {
        const rij = (await pool.query('select to_jsonb(l) as rij from logboek l where nr = $1', [nr])).rows[0]
          ?.rij as object;
        await pool.query(daad, [nr]);
        const { bevindingen: gevonden } = await controleer();
        expect(gevonden.map(({ regel: gemeld }) => gemeld)).toEqual([nr]);
        await pool.query('delete from logboek where nr = $1', [nr]);
        await pool.query(
          'insert into logboek overriding system value select (jsonb_populate_record(null::logboek, $1)).*',
          [rij],
        );
        expect((await controleer()).aantalBevindingen).toBe(0);
      },
    ),
    { numRuns: 25 },
  );
});

test('whatever is written, in whatever order it commits, the chain stays right and leaves nothing out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.record({
            soort: fc.constant('schrijf' as const),
            aantal: fc.integer({ min: 1, max: 4 }),
            tekst: fc.string(),
          }),
          fc.record({ soort: fc.constant('maak ongedaan' as const) }),
          fc.record({ soort: fc.constant('smeed' as const) }),
        ),
        { maxLength: 12 },
      ),
      async (daden) => {
        for (const daad of daden) {
          if (daad.soort === 'smeed') await smeed();
          else if (daad.soort === 'schrijf')
            await schrijfLogboek(
              pool,
              Array(daad.aantal).fill({ ...regel('x'), details: { tekst: daad.tekst.replaceAll('\0', '') } }),
            );
          else
            await database
              .transactie(async (client) => {
                await schrijfLogboek(client, [regel('nooit gebeurd')]);
                throw new Error('undone');
              })
              .catch(() => undefined);
        }
        await smeed();
        const rapport = await controleer();
        const { rows } = await pool.query<{ aantal: number }>('select count(*)::int as aantal from logboek');
        expect(rapport).toMatchObject({ aantalBevindingen: 0, zonderSchakel: 0, regels: rows[0]?.aantal });
      },
    ),
    { numRuns: 20 },
  );
});
