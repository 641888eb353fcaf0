/** How figures are written: what somebody reads in them must be what they say. */
import { expect, test } from 'vitest';
import { indicatorVan } from '#src/ketendata/inzicht/regels/indicatoren.ts';
import type { Uitkomst } from '#src/ketendata/inzicht/regels/vraag.ts';
import { tijdstipLang } from '#src/portaal/opmaak.ts';
import { BLADEN } from '#src/portaal/paginas/ketendata/bladen.ts';
import { betekenis, sleutelnaam } from '#src/portaal/paginas/ketendata/sleutels.ts';
import { asschrijver, verschil } from '#src/portaal/paginas/ketendata/waarde.ts';

const vergelijk = (id: string, waarde: number, toen: number): string | undefined => {
  const indicator = indicatorVan(id);
  return indicator && verschil(indicator, { indicator: id, waarde, vergelijking: { waarde: toen } } as Uitkomst)?.tekst;
};
/** The space after a euro sign does not break. */
const gewoon = (tekst: string | undefined): string | undefined => tekst?.replaceAll('\u00a0', ' ');

test.each([
  ['berichten', 753, 716, '5,2% meer (was 716)'],
  ['berichten', 7206, 417, 'ruim 17 keer zo veel (was 417)'],
  ['berichten', 9, 1, '8 meer (was 1)'],
  ['berichten', 4, 0, '4 meer (was 0)'],
  ['berichten', 400, 0, 'meer (was 0)'],
  ['berichten', 5, 5, 'gelijk gebleven'],
  ['R1-op-tijd', 0.874, 0.878, '0,4 procentpunt lager (was 87,8%)'],
  ['wachttijd', 17, 5, '12 dagen langer (was 5 dagen)'],
  ['R1-mediaan', 1, 2, '1 werkdag korter (was 2 werkdagen)'],
  ['geld-toegekend', 3_687_300, 5_576_600, '33,9% minder (was € 55.766)'],
])('a difference says how much in words that fit: %s %i %i', (id, waarde, toen, tekst) => {
  expect(gewoon(vergelijk(id, waarde, toen))).toBe(tekst);
});

test('an axis has whole numbers as Dutch people write them, of money in euros', () => {
  const [aantal, geld] = [indicatorVan('berichten'), indicatorVan('geld-toegekend')];
  expect(aantal && [0, 2500, 1_500_000].map(asschrijver(aantal)).map(gewoon)).toEqual(['0', '2.500', '1,5 mln.']);
  expect(geld && asschrijver(geld)(2_000_000)).toBe('20.000');
});

test('a part of a figure has a name of its own, and a code of the norm says what should have been so', () => {
  expect(sleutelnaam('NIEUW:afgehandeld:onjuist')).toBe('Nieuwe samenloop, afgehandeld: het signaal klopt niet');
  expect(sleutelnaam('NIEUW:in_behandeling')).toBe('Nieuwe samenloop, in behandeling');
  expect([sleutelnaam('2025-11:IB014'), sleutelnaam('9338'), sleutelnaam('301')]).toEqual([
    'IB014 (2025-11)',
    '9338',
    'Toewijzing',
  ]);
  expect(betekenis('2025-11:IB014')).toContain('XSD');
  expect(betekenis('9338')).toContain('toewijzing');
  expect(betekenis('0001')).toContain('als geheel afgewezen');
  expect(betekenis('afgewezen')).toBeUndefined();
});

test('everything on a page of figures is a figure that there is', () => {
  const ids = BLADEN.flatMap(({ blokken }) =>
    blokken.flatMap((blok) =>
      'ids' in blok ? blok.ids : blok.soort === 'staaf' ? blok.delen.map(({ id }) => id) : [],
    ),
  );
  expect(ids.filter((id) => indicatorVan(id) === undefined)).toEqual([]);
});

test('a moment in a sentence is written in full', () => {
  expect(tijdstipLang('2026-11-03T19:00:00Z')).toBe('3 november 2026 om 20:00 uur');
});
