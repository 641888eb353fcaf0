/** Freezes: to the minute, of what they name, and never in the way of an answer that is still due. */
import { describe, expect, test } from 'vitest';
import type { Rijen } from '#src/routering/feiten.ts';
import { BEGIN, bevroren, EINDE, feiten, ms, oordeel, uitkomst, vensters } from './wereld.ts';

describe('a freeze', () => {
  test('begins and ends on the minute', () => {
    const wereld = feiten({ bevriezingen: bevroren() });
    expect([BEGIN - 1, BEGIN, EINDE - 1, EINDE].map((moment) => uitkomst(wereld, 'WMO301', moment))).toEqual([
      'mag',
      'berichtsoortBevroren',
      'berichtsoortBevroren',
      'mag',
    ]);
  });

  test.each<readonly [string, Partial<Rijen['bevriezingen'][number]>, readonly string[]]>([
    ['everything', {}, ['WMO301', 'WMO305', 'JW301', 'JW305']],
    ['a domein', { domein: 'ijw' }, ['JW301', 'JW305']],
    ['berichtsoorten', { berichtsoorten: ['WMO301', 'JW305'] }, ['WMO301', 'JW305']],
    ['berichtsoorten of a domein', { domein: 'iwmo', berichtsoorten: ['WMO301'] }, ['WMO301']],
  ])('of %s refuses that, and nothing else', (_naam, anders, verwacht) => {
    const wereld = feiten({ bevriezingen: bevroren(anders) });
    const codes = ['WMO301', 'WMO305', 'JW301', 'JW305'];
    expect(codes.filter((code) => uitkomst(wereld, code, BEGIN) === 'berichtsoortBevroren')).toEqual(verwacht);
  });

  test('of two that hold, the sender hears of the one that ends last', () => {
    const twee = [...bevroren(), ...bevroren({ tot: EINDE + 3_600_000 })];
    expect(oordeel(feiten({ bevriezingen: twee }), 'WMO301', BEGIN)?.uitleg).toMatch(/30 maart 2026 om 09:00/);
  });

  describe('lets answers go on until the window of their heenbericht ends', () => {
    const HEEN_DICHT = ms('2026-03-26T13:00:00+01:00');
    const heen = ['301', '305', '323'].map((nummer): [string, [null, string][]] => [
      `WMO${nummer}`,
      [[null, '2026-03-26T13:00:00+01:00']],
    ]);
    const wereld = (anders = {}) =>
      feiten({ bevriezingen: bevroren(anders), vensters: vensters(Object.fromEntries(heen)) });

    test.each([
      ['WMO302', 'WMO301'],
      ['WMO306', 'WMO305'],
      ['WMO325', 'WMO323'],
    ])('%s, on %s', (antwoord, vraag) => {
      for (const anders of [{}, { domein: 'iwmo' }, { berichtsoorten: [vraag] }]) {
        const stand = [BEGIN, HEEN_DICHT - 1, HEEN_DICHT, EINDE - 1, EINDE].map((moment) =>
          uitkomst(wereld(anders), antwoord, moment),
        );
        expect(stand).toEqual(['mag', 'mag', 'berichtsoortBevroren', 'berichtsoortBevroren', 'mag']);
        expect(uitkomst(wereld(anders), vraag, BEGIN)).toBe('berichtsoortBevroren');
      }
    });

    test('also when the freeze never ends, or the window does not', () => {
      const open = feiten({ bevriezingen: bevroren({ tot: null }) });
      expect(uitkomst(open, 'WMO302')).toBe('mag');
      expect(uitkomst(open, 'WMO301')).toBe('berichtsoortBevroren');
    });

    test('an answer that is a heenbericht itself is frozen: a 301 on a 315', () => {
      expect(uitkomst(feiten({ bevriezingen: bevroren() }), 'WMO319', BEGIN)).toBe('berichtsoortBevroren');
    });
  });
});
