/** Every change of a signal, also the ones that may not be. */
import { describe, expect, test } from 'vitest';
import { WERKINGEN } from '#src/wlz-samenloop/signalen/gevolgen.ts';
import {
  magNaar,
  UITKOMSTEN,
  type Uitkomst,
  type Wie,
  WORKFLOWOVERGANGEN,
  WORKFLOWSTANDEN,
  type Workflow,
} from '#src/wlz-samenloop/signalen/regels/workflow.ts';

const WIE: readonly Wie[] = ['gemeente', 'knooppunt'];
/** What may be, in words of its own. */
const MAG = new Set([
  'gemeente: nieuw > in_behandeling',
  'gemeente: in_behandeling > afgehandeld als gestopt',
  'gemeente: in_behandeling > afgehandeld als terecht_samen',
  'gemeente: in_behandeling > afgehandeld als onjuist',
  'knooppunt: nieuw > afgehandeld als gestopt',
  'knooppunt: nieuw > afgehandeld als vervallen',
  'knooppunt: in_behandeling > afgehandeld als gestopt',
  'knooppunt: in_behandeling > afgehandeld als vervallen',
]);
const zin = (wie: Wie, van: Workflow, naar: Workflow, uitkomst: Uitkomst | undefined): string =>
  `${wie}: ${van} > ${naar}${uitkomst === undefined ? '' : ` als ${uitkomst}`}`;
const alle = WIE.flatMap((wie) =>
  WORKFLOWSTANDEN.flatMap((van) =>
    WORKFLOWSTANDEN.flatMap((naar) => [undefined, ...UITKOMSTEN].map((uitkomst) => ({ wie, van, naar, uitkomst }))),
  ),
);

test.each(alle)('$wie: $van > $naar ($uitkomst)', ({ wie, van, naar, uitkomst }) => {
  expect(magNaar(van, naar, wie, uitkomst)).toBe(MAG.has(zin(wie, van, naar, uitkomst)));
});

test('what is handled stays handled, and only what is handled has an outcome', () => {
  expect(WORKFLOWOVERGANGEN.filter(({ van }) => van === 'afgehandeld')).toEqual([]);
  for (const { naar, uitkomsten } of WORKFLOWOVERGANGEN) expect(uitkomsten.length > 0).toBe(naar === 'afgehandeld');
});

describe('what the comparison does keeps to the same table', () => {
  test.each(Object.entries(WERKINGEN))('%s', (_, { sluit, nieuweRij, vervalt, bericht, type }) => {
    if (sluit !== null)
      for (const van of ['nieuw', 'in_behandeling'] as const)
        expect(magNaar(van, 'afgehandeld', 'knooppunt', sluit)).toBe(true);
    // An end closes; a beginning does not; what changes the type is told, unless nobody needs to hear of it.
    expect(vervalt && sluit === null).toBe(false);
    expect(nieuweRij && sluit !== null).toBe(false);
    if (type !== null) expect(bericht).toBe(true);
  });
});
