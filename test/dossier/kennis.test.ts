/** What a dossier can know, from the day it begins: where a rule may say that something is missing, and where it may trust what it has. */
import { describe, expect, test } from 'vitest';
import type { Herkomst } from '#src/dossier/feiten.ts';
import { type Dossierbegin, kennisVan } from '#src/dossier/kennis.ts';

const NIETS: Dossierbegin = { volledigVanaf: null, lopendeIngevoerd: false, eersteDagtekening: null, blindTot: null };
const HEEL: Dossierbegin = { ...NIETS, volledigVanaf: '2026-03-01', lopendeIngevoerd: true };

describe('a day is known', () => {
  const kent = (begin: Dossierbegin, dag: string): boolean => kennisVan(begin).kent(dag);

  test('from the first day on when what ran was imported', () => {
    expect(kent(HEEL, '2026-02-28')).toBe(false);
    expect(kent(HEEL, '2026-03-01')).toBe(true);
    expect(kent(HEEL, '2031-01-01')).toBe(true);
  });

  test('not when nobody said where the dossier begins, however old it is', () => {
    for (const begin of [NIETS, { ...NIETS, eersteDagtekening: '2020-01-01' }, { ...NIETS, lopendeIngevoerd: true }])
      expect(kent(begin, '2026-03-01')).toBe(false);
  });

  test('not when what ran was not imported: it may still run', () => {
    expect(kent({ ...HEEL, lopendeIngevoerd: false }, '2030-01-01')).toBe(false);
  });

  test.each([
    [null, false],
    ['2026-02-01', false],
    ['2027-02-28', false],
    ['2027-03-01', true],
    ['2028-01-01', true],
  ])('without an import, when the first message of the lane is of %s: %s', (eersteDagtekening, verwacht) => {
    const begin = { ...HEEL, lopendeIngevoerd: false, eersteDagtekening };
    expect(kent(begin, '2026-03-01')).toBe(verwacht);
    expect(kent(begin, '2026-02-28')).toBe(false);
  });

  test('not once something passed unread, also not afterwards', () => {
    const begin = { ...HEEL, blindTot: '2026-04-01' };
    for (const dag of ['2026-03-01', '2026-04-01', '2026-04-02', '2031-01-01']) expect(kent(begin, dag)).toBe(false);
  });

  test('by its value, whatever the number of digits of its year', () => {
    expect(kent(HEEL, '10000-01-01')).toBe(true);
    expect(kent(HEEL, '-0001-01-01')).toBe(false);
  });
});

describe('every message from a day on passed here', () => {
  const zagVanaf = (begin: Dossierbegin, dag: string): boolean => kennisVan(begin).zagVanaf(dag);

  test('from the first day on, whether what ran was imported or not', () => {
    for (const lopendeIngevoerd of [true, false]) {
      expect(zagVanaf({ ...HEEL, lopendeIngevoerd }, '2026-02-28')).toBe(false);
      expect(zagVanaf({ ...HEEL, lopendeIngevoerd }, '2026-03-01')).toBe(true);
    }
  });

  test('only after the last one that passed unread', () => {
    const begin = { ...HEEL, blindTot: '2026-04-01' };
    expect(zagVanaf(begin, '2026-04-01')).toBe(false);
    expect(zagVanaf(begin, '2026-04-02')).toBe(true);
  });

  test('never when nobody said where the dossier begins', () => {
    expect(zagVanaf({ ...NIETS, eersteDagtekening: '2020-01-01' }, '2026-03-01')).toBe(false);
  });
});

describe('a version of a toewijzing is the last one of its day', () => {
  const isActueel = (
    begin: Dossierbegin,
    toewijzingsdatum: string,
    dagtekening: string,
    berichtId: Herkomst['berichtId'] = 'een bericht',
  ): boolean => kennisVan(begin).isActueel({ toewijzingsdatum, herkomst: { volgorde: 1, berichtId, dagtekening } });

  test('when its message is of a day that the dossier has whole', () => {
    expect(isActueel(HEEL, '2026-01-15', '2026-03-01')).toBe(true);
    expect(isActueel(HEEL, '2026-03-01', '2026-02-28')).toBe(true);
    expect(isActueel(HEEL, '2026-01-15', '2026-02-28')).toBe(false);
  });

  test('whether what ran was imported or not: a newer one would have come through here', () => {
    expect(isActueel({ ...HEEL, lopendeIngevoerd: false }, '2026-03-01', '2026-03-01')).toBe(true);
  });

  test('from the first message on when nobody said where the dossier begins', () => {
    expect(isActueel(NIETS, '2026-03-01', '2026-03-01')).toBe(false);
    const begin = { ...NIETS, eersteDagtekening: '2026-03-01' };
    expect(isActueel(begin, '2026-03-01', '2026-03-01')).toBe(true);
    expect(isActueel(begin, '2026-02-28', '2026-02-28')).toBe(false);
  });

  test('when it was imported as what runs', () => {
    expect(isActueel(HEEL, '2019-01-01', '2019-01-01', null)).toBe(true);
    expect(isActueel(NIETS, '2019-01-01', '2019-01-01', null)).toBe(true);
  });

  test('not when something passed unread on that day or later', () => {
    const begin = { ...HEEL, blindTot: '2026-04-01' };
    expect(isActueel(begin, '2026-03-15', '2026-03-15')).toBe(false);
    expect(isActueel(begin, '2026-04-01', '2026-04-01')).toBe(false);
    expect(isActueel(begin, '2026-04-02', '2026-04-02')).toBe(true);
    expect(isActueel(begin, '2019-01-01', '2019-01-01', null)).toBe(false);
  });
});
