/** Questions about figures go down the key, however many figures there are: no plan walks through all of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bron, leesRijen } from '#src/ketendata/inzicht/lees.ts';
import { leesPublicatie } from '#src/ketendata/inzicht/publicatie.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { gebruikt, gelezen, zonderVoorwaarde } from '../hulp/plannen.ts';
import { aanbiedercode, gemeentecode, vulKetencijfer } from './vulling.ts';

const { database, weg } = await maakGegevensbank({ max: 4 });
const LAATSTE = '2026-11-16';
beforeAll(() => vulKetencijfer(database, { gemeenten: 8, aanbieders: 20, weken: 12, laatste: LAATSTE, dichtheid: 5 }));
afterAll(weg);

const weken = { eerste: '2026-10-26', laatste: LAATSTE };
const ALLES = { domeinen: ['iwmo', 'ijw'] as const };
const METINGEN = ['volume', 'uitkomst', 'retour'];
const VEEL = [...METINGEN, 'fo01', 'geld', 'doorlooptijd', 'norm-R1'];
const [gemeente, aanbieder] = [gemeentecode(3), aanbiedercode(7)];

const GEVALLEN: readonly (readonly [string, Bron, readonly string[], number])[] = [
  ['of a gemeente', { gemeente, aanbieder: '', weken }, METINGEN, 300],
  ['of an aanbieder', { gemeente: '', aanbieder, weken }, METINGEN, 300],
  ['of a gemeente with one aanbieder', { gemeente, aanbieder, weken }, METINGEN, 300],
  ['of a gemeente by aanbieder', { gemeente, aanbieder: null, weken }, METINGEN, 1500],
  ['of a gemeente by aanbieder, of many metingen', { gemeente, aanbieder: null, weken }, VEEL, 3000],
  ['of an aanbieder by gemeente', { gemeente: null, aanbieder, weken }, METINGEN, 1500],
];

describe.each(GEVALLEN)('figures %s', (_, bron, metingen, hoogstens) => {
  const vraag = (db: typeof database) => leesRijen(db.pool, [bron], metingen, ALLES, undefined);

  test('are found by their key', async () => {
    const knopen = await gebruikt(database, vraag);
    expect(zonderVoorwaarde(knopen, ['ketencijfer'])).toEqual([]);
    expect(knopen.some((knoop) => knoop['Index Name'] === 'ketencijfer_pkey')).toBe(true);
  });

  test('cost no more rows than they are made of', async () => {
    expect((await vraag(database)).length).toBeGreaterThan(0);
    expect(await gelezen(database, 'ketencijfer', vraag)).toBeLessThan(hoogstens);
  });
});

test('national figures are read from what was published, by its key', async () => {
  const knopen = await gebruikt(database, (db) => leesPublicatie(db.pool, ['iwmo'], ['2026-08-03', '2026-08-31']));
  expect(zonderVoorwaarde(knopen, ['landelijkcijfer'])).toEqual([]);
  expect(knopen.some((knoop) => knoop['Relation Name'] === 'ketencijfer')).toBe(false);
});
