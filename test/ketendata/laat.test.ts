/** Events that come late, planners that get in each other's way, and versions: nothing is missed, doubled, or undone. */
import { afterAll, expect, test } from 'vitest';
import { EMMERS, emmer } from '#src/ketendata/emmer.ts';
import { beginHerbouw, herbouwPortie } from '#src/ketendata/herbouw.ts';
import { HOOGSTENS, werkdagen } from '#src/ketendata/metingen/dagen.ts';
import { METINGEN, VERSIE } from '#src/ketendata/metingen.ts';
import { isErWerk, volg } from '#src/ketendata/volgen.ts';
import { werkBij } from '#src/ketendata/volger.ts';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { maakKalender } from '#src/koppeling/kalender.ts';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import { schrijfLogboek } from '#src/logboek/logboek.ts';
import type { Verbinding } from '#src/opslag/database.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { leg, SLEUTELS } from '../koppeling/opzet.ts';

const { database, weg } = await maakGegevensbank({ max: 6 });
afterAll(weg);
const zegel = zegelsleutel(SLEUTELS.hmac);
const smeed = (ms = 5000): Promise<unknown> => werkKetenBij(database, zegel, { ms });

const noteer = (verbinding: Verbinding, berichtId: string): Promise<void> =>
  schrijfLogboek(verbinding, [
    { gebeurtenis: 'bericht verwerkt', actor: 'proef', namens: null, resultaat: 'verwerkt', berichtId },
  ]);
const legMetRegel = async (): Promise<string> => {
  const { id } = await leg(database, maakBericht('WMO305'));
  await noteer(database.pool, id);
  return id;
};
const volume = async (): Promise<number> => {
  const { rows } = await database.pool.query<{ n: number }>(
    `select coalesce(sum(aantal), 0)::int as n from ketencijfer where meting = 'volume' and gemeente = '' and aanbieder = ''`,
  );
  return rows[0]?.n ?? 0;
};

test('a message whose transaction commits late is counted, though later lines were there before it', async () => {
  await werkBij(database);
  const laat = await leg(database, maakBericht('WMO305'));
  const client = await database.pool.connect();
  await client.query('begin');
  await noteer(client, laat.id);
  await legMetRegel();
  // The log is not final while that transaction runs, so nothing is followed past it.
  expect(await smeed(50)).toBeUndefined();
  await werkBij(database);
  expect(await volume()).toBe(0);
  await client.query('commit');
  client.release();
  await smeed();
  await werkBij(database);
  expect([await volume(), await isErWerk(database)]).toEqual([2, false]);
});

test('planners at the same time count everything once', async () => {
  const voor = await volume();
  for (let nr = 0; nr < 12; nr += 1) await legMetRegel();
  await smeed();
  const standen = await Promise.all(Array.from({ length: 5 }, () => volg(database, METINGEN, 4)));
  expect(standen.some(({ stand }) => stand === 'meer')).toBe(true);
  await Promise.all([werkBij(database), werkBij(database), werkBij(database)]);
  await werkBij(database);
  expect(await volume()).toBe(voor + 12);
});

test('lines that come while all is made anew are followed after it, and what was made is not made twice', async () => {
  const voor = await volume();
  await beginHerbouw(database);
  await herbouwPortie(database, METINGEN, 5);
  await legMetRegel();
  await smeed();
  expect(await volg(database)).toMatchObject({ stand: 'herbouw', regels: 0 });
  await werkBij(database);
  expect(await volume()).toBe(voor + 1);
});

test('an import of a dossier, which changes what messages count for and touches none, makes all anew by itself', async () => {
  const voor = await volume();
  // In place of what an import does: something of a message is otherwise, and no line says so of that message.
  await database.pool.query(`delete from ketenbijdrage where id = (select id from ketenbijdrage limit 1)`);
  const regel = (resultaat: string) =>
    ({ gebeurtenis: 'dossier herbouwd', actor: 'proef', namens: null, resultaat, berichtId: null }) as const;
  await schrijfLogboek(database.pool, [regel('gelijk')]);
  await smeed();
  await werkBij(database);
  expect(await volume()).toBe(voor);
  await schrijfLogboek(database.pool, [{ ...regel('aanvullend'), gebeurtenis: 'dossier ingevoerd' }]);
  await smeed();
  await werkBij(database);
  // What had lost its contribution counts (twice, as nothing took it off): every message was looked at.
  expect([await volume(), await isErWerk(database)]).toEqual([voor + 1, false]);
});

test('an older planner leaves the figures of a newer one alone, and a newer one makes them all anew', async () => {
  const voor = await volume();
  await database.pool.query('update ketenstand set versie = $1', [VERSIE + 1]);
  await legMetRegel();
  await smeed();
  await werkBij(database);
  expect([await volume(), await beginHerbouw(database)]).toEqual([voor, false]);
  await database.pool.query('update ketenstand set versie = $1, herbouwd_op = null', [VERSIE - 1]);
  await werkBij(database);
  expect(await volume()).toBe(voor + 1);
  const { rows } = await database.pool.query('select versie, herbouwd_op is not null as klaar from ketenstand');
  expect(rows).toEqual([{ versie: VERSIE, klaar: true }]);
});

test('days: what comes on a day on which nobody works counts as of the next working day', async () => {
  const kalender = await laadKalender();
  const gevallen = [
    ['2026-03-02', '2026-03-02', 0],
    ['2026-03-02', '2026-03-05', 3],
    ['2026-03-03', '2026-03-07', 4],
    ['2026-03-07', '2026-03-07', 0],
    ['2026-03-07', '2026-03-08', 1],
    // Good Friday is a working day, Easter Monday is none.
    ['2026-04-02', '2026-04-07', 2],
    // Two clocks that do not agree.
    ['2026-03-02', '2026-03-01', 0],
  ] as const;
  for (const [begin, eind, dagen] of gevallen) {
    expect(werkdagen(begin, eind, kalender), `${begin} ${eind}`).toBe(dagen);
    if (begin <= eind) {
      expect(eind <= kalender.naWerkdagen(begin, dagen)).toBe(true);
      if (dagen > 0) expect(eind <= kalender.naWerkdagen(begin, dagen - 1)).toBe(false);
    }
  }
});

test('days since the year 1: more than any figure has, and not from all those calendars', () => {
  const gevraagd: number[] = [];
  const kalender = maakKalender((jaar) => {
    gevraagd.push(jaar);
    return [];
  });
  expect(werkdagen('0001-01-01', '2026-03-02', kalender)).toBeGreaterThan(HOOGSTENS);
  expect(gevraagd.length).toBeLessThan(5);
});

test('a duration is in the smallest bucket that holds it', () => {
  for (const grens of EMMERS) expect([emmer(grens), emmer(grens - 0.5)]).toEqual([String(grens), String(grens)]);
  expect([emmer(0), emmer(3), emmer(1e15)]).toEqual(['1', '5', String(EMMERS.at(-1))]);
});
