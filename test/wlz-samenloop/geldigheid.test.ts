/** When an indicatiebesluit counts: the edges of its dates, in both readings of vervaldatum. */
import { describe, expect, test } from 'vitest';
import { dagEerder, type Looptijd, laatsteDag, telt, teltOoit } from '#src/wlz-samenloop/geldigheid.ts';

const besluit = (anders: Partial<Looptijd> = {}): Looptijd => ({
  ingangsdatum: '2026-03-01',
  einddatum: null,
  vervaldatum: null,
  ...anders,
});
const ZONDER = 'eerste-dag-zonder';
const MET = 'laatste-dag-met';

test.each<readonly [string, Partial<Looptijd>, string, boolean]>([
  ['open end, day before', {}, '2026-02-28', false],
  ['open end, first day', {}, '2026-03-01', true],
  ['open end, far later', {}, '2099-12-31', true],
  ['last day', { einddatum: '2026-03-31' }, '2026-03-31', true],
  ['day after the last', { einddatum: '2026-03-31' }, '2026-04-01', false],
  ['one day only', { einddatum: '2026-03-01' }, '2026-03-01', true],
  ['day before vervaldatum', { vervaldatum: '2026-04-01' }, '2026-03-31', true],
  ['vervaldatum itself', { vervaldatum: '2026-04-01' }, '2026-04-01', false],
  [
    'vervaldatum after einddatum changes nothing',
    { einddatum: '2026-03-31', vervaldatum: '2026-05-01' },
    '2026-04-01',
    false,
  ],
  ['vervaldatum on ingangsdatum: never', { vervaldatum: '2026-03-01' }, '2026-03-01', false],
  ['vervaldatum before ingangsdatum: never', { vervaldatum: '2025-01-01' }, '2026-03-01', false],
])('%s', (_wat, anders, dag, verwacht) => {
  expect(telt(besluit(anders), dag, ZONDER)).toBe(verwacht);
});

describe('vervaldatum', () => {
  test('in the other reading counts itself', () => {
    const ingetrokken = besluit({ vervaldatum: '2026-04-01' });
    expect(laatsteDag(ingetrokken, ZONDER)).toBe('2026-03-31');
    expect(laatsteDag(ingetrokken, MET)).toBe('2026-04-01');
    expect(telt(ingetrokken, '2026-04-01', MET)).toBe(true);
  });

  test('on ingangsdatum leaves one day in the other reading, and none in ours', () => {
    const ingetrokken = besluit({ vervaldatum: '2026-03-01' });
    expect([teltOoit(ingetrokken, ZONDER), teltOoit(ingetrokken, MET)]).toEqual([false, true]);
  });
});

test('the day before a date passes the ends of months and years', () => {
  expect(['2026-03-01', '2024-03-01', '2026-01-01', '2000-03-01'].map(dagEerder)).toEqual([
    '2026-02-28',
    '2024-02-29',
    '2025-12-31',
    '2000-02-29',
  ]);
});
