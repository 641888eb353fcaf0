/** What figures are made of: weeks of the Dutch calendar, measures, mandaten, CSV and charts. */
import { describe, expect, test } from 'vitest';
import { alsCsv, tekstcel } from '#src/ketendata/inzicht/csv.ts';
import { INDICATOREN } from '#src/ketendata/inzicht/regels/indicatoren.ts';
import { bereken, type Maat, type Telling } from '#src/ketendata/inzicht/regels/maat.ts';
import { deelnames, ledenOp, MIN_GEMEENTEN } from '#src/ketendata/inzicht/regels/samenwerking.ts';
import {
  aantalWeken,
  alleWeken,
  blokkenVan,
  blokVan,
  laatsteGesloten,
  maandagVan,
  maandVan,
  vergelijkingVan,
  weeknummer,
  zondagVan,
} from '#src/ketendata/inzicht/regels/weken.ts';
import { balkgrafiek, lijngrafiek, staafgrafiek } from '#src/portaal/grafiek/grafieken.ts';

describe('weeks', () => {
  test.each([
    ['2026-01-01', '2025-12-29', 1, 2026],
    ['2027-01-03', '2026-12-28', 53, 2026],
    ['2024-12-30', '2024-12-30', 1, 2025],
    ['2026-03-29', '2026-03-23', 13, 2026],
  ])('%s lies in the week of %s', (dag, maandag, week, jaar) => {
    expect(maandagVan(dag)).toBe(maandag);
    expect(weeknummer(maandag)).toEqual({ week, jaar });
  });

  test('a week is over on its Monday after, and is of the month of its Thursday', () => {
    expect(laatsteGesloten('2026-11-29')).toBe('2026-11-16');
    expect(laatsteGesloten('2026-11-30')).toBe('2026-11-23');
    expect(maandVan('2026-06-29')).toBe('2026-07');
  });

  test('the period before is as long; a year before has the same numbers, also when that year has no week 53', () => {
    const weken = { eerste: '2026-03-02', laatste: '2026-03-30' };
    expect(vergelijkingVan(weken, 'vorige')).toEqual({ eerste: '2026-01-26', laatste: '2026-02-23' });
    expect(vergelijkingVan(weken, 'jaar')).toEqual({ eerste: '2025-03-03', laatste: '2025-03-31' });
    expect(vergelijkingVan({ eerste: '2026-12-28', laatste: '2026-12-28' }, 'jaar').eerste).toBe('2025-12-22');
  });

  test('blocks of four follow each other, over new year too', () => {
    const blokken = blokkenVan({ eerste: '2025-10-01', laatste: '2026-04-01' });
    for (const [nr, blok] of blokken.entries()) {
      expect(blokVan(blok)).toBe(blok);
      if (nr > 0) expect(aantalWeken({ eerste: blokken[nr - 1] ?? '', laatste: blok })).toBe(5);
    }
    expect(alleWeken({ eerste: '2026-01-05', laatste: '2025-12-29' })).toEqual([]);
  });
});

describe('a measure', () => {
  const rij = (meting: string, sleutel: string, aantal: number, som = 0): Telling => ({ meting, sleutel, aantal, som });
  const reken = (maat: Maat, ...rijen: readonly Telling[]) => bereken(maat, rijen, '2026-06-10');

  test('a share of nothing is not known; a count of nothing is none', () => {
    const maat: Maat = { soort: 'aandeel', teller: { meting: 'a', past: /^x$/ }, noemer: { meting: 'a' } };
    expect(reken(maat)).toEqual({ waarde: null, teller: 0, noemer: 0 });
    expect(reken(maat, rij('a', 'x', 1), rij('a', 'y', 3), rij('b', 'x', 9)).waarde).toBe(0.25);
    expect(reken({ soort: 'aantal', van: { meting: 'a' } }).waarde).toBe(0);
  });

  test('a percentile goes by the number of the key, not by its letters', () => {
    const maat: Maat = { soort: 'percentiel', meting: 'd', deel: 0.5 };
    expect(reken(maat, rij('d', '10', 5), rij('d', '2', 5), rij('d', '100', 1)).waarde).toBe(10);
    expect(reken({ ...maat, deel: 0.95 }, rij('d', '1', 95), rij('d', '500', 5)).waarde).toBe(1);
    expect(reken(maat).waarde).toBeNull();
  });

  test('on its last day an answer is not late yet; the day after it is', () => {
    const maat: Maat = { soort: 'optijd', norm: 'R1' };
    expect(reken(maat, rij('norm-R1', '3', 3), rij('norm-R1', '4', 1)).waarde).toBe(0.75);
    expect(reken(maat, rij('norm-R1', '3', 3), rij('norm-R1-open', '2026-06-10', 9)).waarde).toBe(1);
    expect(reken(maat, rij('norm-R1', '3', 3), rij('norm-R1-open', '2026-06-09', 1)).waarde).toBe(0.75);
  });

  test('every indicator has its own name and plain words', () => {
    expect(new Set(INDICATOREN.map(({ id }) => id)).size).toBe(INDICATOREN.length);
    expect(new Set(INDICATOREN.map(({ titel }) => titel)).size).toBe(INDICATOREN.length);
    for (const { uitleg, titel } of INDICATOREN) {
      expect(uitleg, titel).toMatch(/^[A-Z].{20,}\.$/);
      for (const zin of uitleg.split(/(?<=\.) /)) expect(zin.split(' ').length, zin).toBeLessThan(26);
    }
  });
});

describe('a mandaat', () => {
  const van = (gemeente: string, vanaf: string, tot: string | null = null, ingetrokkenOp: Date | null = null) => ({
    gemeente,
    vanaf,
    tot,
    ingetrokkenOp,
  });

  test('holds from its first day to before its last, and not at all once withdrawn', () => {
    const mandaten = [van('a', '2026-06-01', '2026-07-01'), van('b', '2026-06-01', null, new Date())];
    expect([...ledenOp(mandaten, '2026-05-31')]).toEqual([]);
    expect([...ledenOp(mandaten, '2026-06-01')]).toEqual(['a']);
    expect([...ledenOp(mandaten, '2026-07-01')]).toEqual([]);
  });

  test('a week with too few gemeenten has none, and twice the same gemeente is one', () => {
    const mandaten = ['a', 'a', 'b', 'c'].map((wie, nr) => van(wie, nr === 3 ? '2026-06-08' : '2026-06-01'));
    const weken = { eerste: '2026-06-01', laatste: '2026-06-08' };
    expect(MIN_GEMEENTEN).toBe(3);
    expect(deelnames(mandaten, weken)).toEqual(['a', 'b', 'c'].map((gemeente) => ({ gemeente, week: '2026-06-08' })));
  });
});

describe('CSV', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+31', "'+31"],
    ['-1', "'-1"],
    ['@som', "'@som"],
    ['\tx', "'\tx"],
    ['a;b', '"a;b"'],
    ['zegt "ja"', '"zegt ""ja"""'],
    ['0363', '0363'],
  ])('%j is one cell and no formula', (tekst, cel) => {
    expect(tekstcel(tekst)).toBe(cel);
  });

  test('a number of ours keeps its minus, and has a comma', () => {
    const weken = { eerste: '2026-06-01', laatste: '2026-06-08' };
    const cijfer = { indicator: 'geld-toegekend', deel: '=x', waarde: -1.5, teller: null, noemer: null };
    const csv = alsCsv({ weken, vergelijking: null, cijfers: [cijfer] }, zondagVan);
    expect(csv.split('\r\n')[1]).toBe("geld-toegekend;'=x;2026-06-01;2026-06-14;-1,5;;;;;;");
  });
});

describe('a chart', () => {
  const kop = { id: 'g', titel: 'Titel <b>', omschrijving: 'Wat er staat & meer' };
  const grafieken = {
    lijn: (waarden: readonly (number | null)[]) =>
      lijngrafiek({
        ...kop,
        namen: waarden.map(String),
        reeksen: [
          { naam: 'een', waarden },
          { naam: 'twee', waarden },
        ],
        schrijf: String,
      }),
    staaf: (waarden: readonly (number | null)[]) =>
      staafgrafiek({
        ...kop,
        namen: waarden.map(String),
        reeksen: [
          { naam: 'een', waarden },
          { naam: 'twee', waarden },
        ],
        schrijf: String,
      }),
    balk: (waarden: readonly (number | null)[]) =>
      balkgrafiek({
        ...kop,
        balken: waarden.map((waarde) => ({ naam: '<i>', waarde: waarde ?? 0 })),
        schrijf: String,
        grens: { naBalk: 1, naam: 'de norm' },
      }),
  };

  describe.each(Object.entries(grafieken))('%s', (_, teken) => {
    test.each([
      ['nothing', []],
      ['zeros', [0, 0]],
      ['gaps', [1, null, 3]],
      ['one', [5]],
      ['large', [1e12, 1]],
    ])('of %s is a drawing without impossible numbers, with its words, and no markup of others', (_naam, waarden) => {
      const svg = String(teken(waarden));
      expect(svg).not.toMatch(/NaN|Infinity|undefined| style=|<script|<b>|<i>/);
      expect(svg).toContain('Titel &lt;b&gt;');
      expect(svg).toMatch(/role="img" aria-labelledby="g-titel g-uitleg"/);
    });
  });

  test('series differ without colour: in pattern, or in class of the line, and by name', () => {
    const staaf = String(grafieken.staaf([1, 2]));
    expect(staaf).toContain('fill="url(#g-p1)"');
    expect(staaf).toMatch(/kp-legenda[\s\S]*een[\s\S]*twee/);
    expect(String(grafieken.lijn([1, 2]))).toMatch(/kp-lijn-1[\s\S]*kp-lijn-2/);
  });
});
