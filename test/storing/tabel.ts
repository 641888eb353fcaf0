/** The outcome of rounds as a Markdown table: one line per round. */
import type { Uitslag } from './types.ts';

const KOLOMMEN: readonly (readonly [kop: string, waarde: (uitslag: Uitslag) => string | number])[] = [
  ['scenario', ({ scenario }) => `(${scenario.letter}) ${scenario.naam}`],
  ['storingen', ({ storingen }) => storingen],
  ['pogingen', ({ pogingen }) => pogingen],
  ['ontvangstbewijzen', ({ bewijzen }) => bewijzen],
  ['zonder bewijs', ({ zonderBewijs }) => zonderBewijs],
  ['verwerkt', ({ verwerkt }) => verwerkt],
  ['afgekeurd', ({ afgekeurd }) => afgekeurd],
  ['retouren en Fo01', ({ antwoorden }) => antwoorden],
  ['uitgereikt', ({ uitgereikt }) => uitgereikt],
  ['bevestigd', ({ bevestigd }) => bevestigd],
  ['langste stilte (s)', ({ langsteStilte }) => langsteStilte.toFixed(1)],
  ['naloop (s)', ({ naloop }) => naloop.toFixed(1)],
  ['gebroken beloften', ({ problemen }) => problemen.length],
];

export function kop(): string {
  return `| ${KOLOMMEN.map(([naam]) => naam).join(' | ')} |\n|${KOLOMMEN.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`;
}

export function regel(uitslag: Uitslag): string {
  return `| ${KOLOMMEN.map(([, waarde]) => waarde(uitslag)).join(' | ')} |`;
}
