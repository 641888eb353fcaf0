/** Working days: the holidays of the law, at their edges, and arithmetic that a naive walk over the days agrees with. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { maakKalender, plusDagen } from '#src/koppeling/kalender.ts';

const nederland = await laadKalender();

/** Easter Sunday, by the rule of the Gregorian calendar (Meeus, Jones, Butcher). */
function pasen(jaar: number): string {
  const a = jaar % 19;
  const [b, c] = [Math.floor(jaar / 100), jaar % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const som = h + l - 7 * m + 114;
  return `${jaar}-${String(Math.floor(som / 31)).padStart(2, '0')}-${String((som % 31) + 1).padStart(2, '0')}`;
}
/** 0 is Sunday. */
const weekdag = (dag: string): number => new Date(`${dag}T12:00:00Z`).getUTCDay();
/** Art. 3 lid 1 of the Algemene termijnenwet, written out. */
function feestdagenVanDeWet(jaar: number): readonly string[] {
  const koningsdag = weekdag(`${jaar}-04-27`) === 0 ? `${jaar}-04-26` : `${jaar}-04-27`;
  const vast = ['01-01', '05-05', '12-25', '12-26'].map((dag) => `${jaar}-${dag}`);
  return [...vast, koningsdag, ...[1, 39, 50].map((na) => plusDagen(pasen(jaar), na))];
}
const isVrij = (dag: string): boolean =>
  [0, 6].includes(weekdag(dag)) || feestdagenVanDeWet(Number(dag.slice(0, 4))).includes(dag);
const isLoopdag = (dag: string): boolean => !isVrij(dag);

/** Walks day by day. */
function loop(dag: string, aantal: number): string {
  let hier = dag;
  for (let rest = aantal; rest > 0; ) {
    hier = plusDagen(hier, 1);
    if (isLoopdag(hier)) rest -= 1;
  }
  return hier;
}
function telLopend(van: string, tot: string): number {
  let aantal = 0;
  for (let dag = plusDagen(van, 1); dag <= tot; dag = plusDagen(dag, 1)) if (isLoopdag(dag)) aantal += 1;
  return aantal;
}

test('every day from 2020 to 2060 is a working day exactly when the law leaves it one', () => {
  const anders: string[] = [];
  for (let dag = '2020-01-01'; dag < '2061-01-01'; dag = plusDagen(dag, 1))
    if (nederland.isWerkdag(dag) !== isLoopdag(dag)) anders.push(dag);
  expect(anders).toEqual([]);
});

describe('days on which nobody works, and their neighbours', () => {
  const VRIJ = [
    ['New Year', '2026-01-01'],
    ['Easter Monday', '2026-04-06'],
    ['Easter Monday in March', '2027-03-29'],
    ['the latest Easter Monday of these years', '2038-04-26'],
    ['Koningsdag', '2026-04-27'],
    ['Bevrijdingsdag, of any year', '2026-05-05'],
    ['Ascension Day', '2026-05-14'],
    ['Whit Monday', '2026-05-25'],
    ['Christmas', '2026-12-25'],
    ['the second day of Christmas on a Monday', '2022-12-26'],
    ['Saturday', '2026-11-21'],
    ['Sunday', '2026-11-22'],
  ] as const;
  test.each(VRIJ)('%s: %s', (_naam, dag) => expect(nederland.isWerkdag(dag)).toBe(false));

  const GEWOON = [
    ['Good Friday, no holiday in this law', '2026-04-03'],
    ['4 May', '2026-05-04'],
    ['the Friday after Ascension Day', '2026-05-15'],
    ['the Monday after a Koningsdag on Saturday', '2025-04-28'],
    ['the Monday after a Christmas on Saturday and Sunday: no day is made up for', '2021-12-27'],
    ['Christmas Eve', '2026-12-24'],
    ['New Year’s Eve', '2026-12-31'],
    ['Sinterklaas', '2025-12-05'],
  ] as const;
  test.each(GEWOON)('not %s: %s', (_naam, dag) => expect(nederland.isWerkdag(dag)).toBe(true));

  test('Koningsdag on a Sunday is kept the day before, so the week loses nothing', () => {
    expect(nederland.isWerkdag('2025-04-27')).toBe(false);
    expect(nederland.werkdagenTussen('2025-04-25', '2025-05-02')).toBe(5);
    expect(nederland.werkdagenTussen('2026-04-24', '2026-05-01')).toBe(4);
  });
});

describe('counting', () => {
  const GEVALLEN = [
    ['over a weekend', '2026-11-20', 3, '2026-11-25'],
    ['from a Saturday', '2026-11-21', 3, '2026-11-25'],
    ['from a Sunday', '2026-11-22', 3, '2026-11-25'],
    ['over Easter', '2026-04-02', 3, '2026-04-08'],
    ['from Easter Monday', '2026-04-06', 1, '2026-04-07'],
    ['over Koningsdag and Bevrijdingsdag', '2026-04-24', 10, '2026-05-12'],
    ['over Christmas on Friday and Saturday', '2026-12-24', 3, '2026-12-30'],
    ['over Christmas on Saturday and Sunday', '2021-12-24', 3, '2021-12-29'],
    ['over New Year', '2026-12-31', 1, '2027-01-04'],
    ['over the beginning of summer time', '2026-03-27', 1, '2026-03-30'],
    ['over the end of summer time', '2026-10-23', 1, '2026-10-26'],
    ['over 29 February', '2028-02-28', 1, '2028-02-29'],
    ['no day at all', '2026-11-21', 0, '2026-11-21'],
  ] as const;
  test.each(GEVALLEN)('%s: from %s, %i working days later is %s', (_naam, van, aantal, tot) => {
    expect(nederland.naWerkdagen(van, aantal)).toBe(tot);
    expect(nederland.werkdagenTussen(van, tot)).toBe(aantal);
  });

  const dag = fc.integer({ min: 0, max: 365 * 25 }).map((aantal) => plusDagen('2024-01-01', aantal));

  test('so many working days later: as a walk over the days finds it', () => {
    fc.assert(
      fc.property(dag, fc.integer({ min: 0, max: 300 }), (van, aantal) => {
        expect(nederland.naWerkdagen(van, aantal)).toBe(loop(van, aantal));
      }),
      { numRuns: 1000 },
    );
  });

  test('how many working days in between: as a walk counts them, and back is as far', () => {
    fc.assert(
      fc.property(dag, fc.integer({ min: 0, max: 1000 }), (van, dagen) => {
        const tot = plusDagen(van, dagen);
        expect(nederland.werkdagenTussen(van, tot)).toBe(telLopend(van, tot));
        expect(nederland.werkdagenTussen(tot, van)).toBe(0 - telLopend(van, tot));
      }),
      { numRuns: 1000 },
    );
  });

  test('the first working day: the day itself, or what a walk comes to', () => {
    fc.assert(
      fc.property(dag, (van) => {
        expect(nederland.eersteWerkdag(van)).toBe(isLoopdag(van) ? van : loop(van, 1));
      }),
      { numRuns: 1000 },
    );
  });

  test('whatever the holidays are: a walk agrees, also when a whole month is free, and over the end of a year', () => {
    const vrijeDagen = fc.uniqueArray(fc.integer({ min: 0, max: 800 }), { maxLength: 120 });
    fc.assert(
      fc.property(
        vrijeDagen,
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 0, max: 60 }),
        (vrij, begin, aantal) => {
          const dagen = vrij.map((nr) => plusDagen('2026-01-01', nr));
          const kalender = maakKalender((jaar) => dagen.filter((een) => een.startsWith(`${jaar}-`)));
          let hier = plusDagen('2026-01-01', begin);
          const van = hier;
          for (let rest = aantal; rest > 0; ) {
            hier = plusDagen(hier, 1);
            if (![0, 6].includes(weekdag(hier)) && !dagen.includes(hier)) rest -= 1;
          }
          expect(kalender.naWerkdagen(van, aantal)).toBe(hier);
        },
      ),
      { numRuns: 500 },
    );
  });
});
