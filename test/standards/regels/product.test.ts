/** What may be agreed, in each of the four classes: with a product code, for a category, or generic. */
import { describe, expect, test } from 'vitest';
import { oordeel } from './persoon.ts';
import { AFSPRAKEN, GENERIEK, PER_MAAND, type Plaats, type Stand, zet } from './product.ts';

const klassen = Object.entries(AFSPRAKEN).map(([klasse, plaats]): readonly [string, Plaats] => [klasse, plaats]);
const metFrequentie = (Eenheid: string, Frequentie: string): Stand => ({
  product: 'met code',
  omvang: { ...PER_MAAND, Eenheid, Frequentie },
  budget: null,
  einde: '2026-12-31',
});

describe.each(klassen)('%s', (klasse, plaats) => {
  const bevindingen = (stand: Stand): readonly string[] =>
    oordeel(plaats.nummer, (bericht) => zet(plaats, bericht as never, stand));

  test('generic, with a budget and an end, passes', () => {
    expect(bevindingen(GENERIEK)).toEqual([]);
  });

  test.each(['01', '04', '82'])('unit %s passes with any frequency', (eenheid) => {
    for (const frequentie of ['1', '2', '4', '6']) expect(bevindingen(metFrequentie(eenheid, frequentie))).toEqual([]);
  });

  test.each(['14', '16', '83', '84'])('unit %s passes per week, per month and in total', (eenheid) => {
    for (const frequentie of ['2', '4', '6']) expect(bevindingen(metFrequentie(eenheid, frequentie))).toEqual([]);
  });

  test('a volume per month passes without an end', () => {
    expect(bevindingen({ ...metFrequentie('04', '4'), einde: null })).toEqual([]);
  });

  test('a product code with a budget never passes', () => {
    const gevonden = bevindingen({ ...GENERIEK, product: 'met code' });
    expect(gevonden.map((regel) => regel.slice(0, 5))).toEqual(klasse === 'TeWijzigenProduct' ? [] : ['CD041']);
  });
});
