/** Applying contributions: nothing is counted twice, nothing stays that counts no more, and what retention removes stays counted. */
import { afterAll, expect, test } from 'vitest';
import { CIJFERSLOT, houdVast, pasToe } from '#src/ketendata/toepassen.ts';
import { BERICHT, type Bijdrage } from '#src/ketendata/types.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const { database, weg } = await maakGegevensbank({ max: 2 });
afterAll(weg);

const id = (nr: number): string => `00000000-0000-4000-8000-${String(nr).padStart(12, '0')}`;
const bijdrage = (anders: Partial<Bijdrage> = {}): Bijdrage => ({
  ...{ week: '2026-02-02', domein: 'iwmo', gemeente: '0363', aanbieder: '98000001', berichtsoort: 'WMO301' },
  ...{ release: '3.2', meting: 'volume', sleutel: '', aantal: 1, som: 100 },
  ...anders,
});
const pas = (nieuw: Readonly<Record<number, readonly Bijdrage[]>>): Promise<number> =>
  database.transactie(
    (client) =>
      pasToe(
        client,
        BERICHT,
        Object.keys(nieuw).map((nr) => id(Number(nr))),
        new Map(Object.entries(nieuw).map(([nr, lijst]) => [id(Number(nr)), lijst])),
      ),
    CIJFERSLOT,
  );
const rijen = async (): Promise<readonly string[]> => {
  const { rows } = await database.pool.query(
    `select gemeente, aanbieder, meting, sleutel, aantal, som from ketencijfer order by gemeente collate "C", aanbieder collate "C", meting, sleutel`,
  );
  return rows.map((rij) => Object.values(rij).join('|'));
};

test('a contribution counts at four levels, and a second time the same counts for nothing', async () => {
  expect(await pas({ 1: [bijdrage()], 2: [bijdrage({ som: 50 })] })).toBe(2);
  const eerst = await rijen();
  expect(eerst).toEqual([
    '||volume||2|150',
    '|98000001|volume||2|150',
    '0363||volume||2|150',
    '0363|98000001|volume||2|150',
  ]);
  expect(await pas({ 1: [bijdrage()], 2: [bijdrage({ som: 50 })] })).toBe(0);
  expect(await rijen()).toEqual(eerst);
});

test('who has no aanbieder is not counted twice', async () => {
  await pas({ 3: [bijdrage({ aanbieder: '', meting: 'wlz', sleutel: 'ja', som: 0 })] });
  expect((await rijen()).filter((rij) => rij.includes('wlz'))).toEqual(['||wlz|ja|1|0', '0363||wlz|ja|1|0']);
  await pas({ 3: [] });
  expect((await rijen()).filter((rij) => rij.includes('wlz'))).toEqual([]);
});

test('what changes comes off where it was, and no empty row is left', async () => {
  await pas({ 4: [bijdrage({ meting: 'norm-R1-open', sleutel: '2026-02-06', som: 0 })] });
  await pas({ 4: [bijdrage({ meting: 'norm-R1', sleutel: '2', som: 2 })] });
  expect((await rijen()).filter((rij) => rij.startsWith('||norm'))).toEqual(['||norm-R1|2|1|2']);
  await pas({ 4: [] });
  expect((await rijen()).filter((rij) => rij.includes('norm'))).toEqual([]);
});

test('what retention removes stays counted, and what rests on it stays as it was', async () => {
  const r2 = bijdrage({ meting: 'norm-R2', sleutel: '3', som: 3, steuntOp: [id(2)] });
  await pas({ 5: [r2] });
  const eerst = await rijen();
  await database.transactie((client) => houdVast(client, [id(2)]), CIJFERSLOT);
  // 2 is gone, so nothing says any more when 5 was answered: seen from the messages it is open.
  expect(await pas({ 5: [bijdrage({ meting: 'norm-R2-open', sleutel: '2026-02-09' })] })).toBe(0);
  expect(await rijen()).toEqual(eerst);
  const { rows } = await database.pool.query(
    `select sum(aantal)::int as aantal, sum(vast_aantal)::int as vast, sum(vast_som)::int as som from ketencijfer where gemeente = '' and aanbieder = ''`,
  );
  expect(rows).toEqual([{ aantal: 3, vast: 1, som: 50 }]);
});
