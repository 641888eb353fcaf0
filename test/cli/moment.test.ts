/** Moments of the command line are Dutch, in winter and summer, and what does not exist is refused. */
import { describe, expect, test } from 'vitest';
import { leesMoment } from '#src/cli/moment.ts';

const iso = (tekst: string, kant: 'vanaf' | 'tot'): string | undefined => leesMoment(tekst, kant)?.toISOString();

describe('a moment', () => {
  test.each([
    ['2026-03-26T13:00', '2026-03-26T12:00:00.000Z'],
    ['2026-03-30 08:00', '2026-03-30T06:00:00.000Z'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
  ])('%s is that minute on the clock', (tekst, verwacht) => {
    expect([iso(tekst, 'vanaf'), iso(tekst, 'tot')]).toEqual([verwacht, verwacht]);
  });

  test.each([
    ['2026-01-01', '2025-12-31T23:00:00.000Z', '2026-01-01T23:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
    ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-12-31', '2026-12-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ])('%s as a day begins at midnight, and as an end is part of it', (tekst, vanaf, tot) => {
    expect([iso(tekst, 'vanaf'), iso(tekst, 'tot')]).toEqual([vanaf, tot]);
  });

  test.each([
    '',
    'morgen',
    '2026-02-30',
    '2026-13-01',
    '2026-2-1',
    '2026-03-29T02:30',
    '2026-03-26T24:01',
    '2026-03-26T13:00:30',
    '2026-03-26T13:00Z',
    '2026-02-30T13:00',
    ' 2026-03-26',
  ])('%j is none', (tekst) => {
    expect([iso(tekst, 'vanaf'), iso(tekst, 'tot')]).toEqual([undefined, undefined]);
  });
});
