/** docs/dreigingen.md names proofs that exist, covers the trip with all of STRIDE, and has a line for every door. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const WORTEL = path.resolve(import.meta.dirname, '..');
const tekst = readFileSync(path.join(WORTEL, 'docs/dreigingen.md'), 'utf8');

interface Dreiging {
  readonly plek: string;
  readonly letter: string;
  readonly wat: string;
  readonly maatregel: string;
  readonly bewijs: string;
}

const PLEKKEN = tekst
  .split(/^## /m)
  .slice(1)
  .map((deel) => ({ plek: deel.split('\n', 1)[0] ?? '', deel }));
const dreigingen: readonly Dreiging[] = PLEKKEN.flatMap(({ plek, deel }) =>
  deel
    .split('\n')
    .filter((regel) => regel.startsWith('| ') && !regel.startsWith('| | '))
    .map((regel) => {
      const [, letter = '', wat = '', maatregel = '', bewijs = ''] = regel.split(' | ').join('|').split('|');
      return { plek, letter: letter.trim(), wat, maatregel, bewijs };
    }),
);
const BEWIJS = /`(test\/[\w./-]+\.ts)` "([^"]+)"/g;

/** The words stand in a text of the program, not in a comment. */
const heeftTitel = (bron: string, titel: string): boolean =>
  bron
    .split('\n')
    .filter((regel) => !/^\s*(?:\/?\*|\/\/)/.test(regel))
    .some((regel) => [`'${titel}`, `"${titel}`, `\`${titel}`].some((begin) => regel.includes(begin)));

describe.each(dreigingen)('$plek: $wat', ({ letter, wat, maatregel, bewijs }) => {
  test('is a whole line, with proof that exists', () => {
    expect(letter).toMatch(/^[STRIDE]$/);
    expect([wat.trim().length > 10, maatregel.trim().length > 2]).toEqual([true, true]);
    const bewijzen = [...bewijs.matchAll(BEWIJS)];
    expect(bewijzen.length).toBeGreaterThan(0);
    // Nothing but proofs, so that one that is written wrongly is not passed over.
    expect(bewijs.replaceAll(BEWIJS, '').replace(/[,\s]/g, '')).toBe('');
    for (const [, bestand = '', titel = ''] of bewijzen) {
      const pad = path.join(WORTEL, bestand);
      expect(existsSync(pad), bestand).toBe(true);
      expect(heeftTitel(readFileSync(pad, 'utf8'), titel), `${bestand}: ${titel}`).toBe(true);
    }
  });
});

test('the whole of STRIDE is there, and every part of the trip has lines', () => {
  expect(new Set(dreigingen.map(({ letter }) => letter))).toEqual(new Set('STRIDE'));
  for (const { plek } of PLEKKEN) expect(dreigingen.filter((een) => een.plek === plek).length, plek).toBeGreaterThan(3);
  expect(dreigingen.length).toBeGreaterThan(50);
});

test('no threat is there twice', () => {
  const namen = dreigingen.map(({ plek, wat }) => `${plek}: ${wat}`);
  expect(new Set(namen).size).toBe(namen.length);
});
