/** The documentation points at things that exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from './storing/rondes.ts';

const WORTEL = path.resolve(import.meta.dirname, '..');
const paginas = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(WORTEL, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((naam) => naam.endsWith('.md'))
    .map((naam) => path.join('docs', naam)),
];

describe.each(paginas)('%s', (pagina) => {
  const tekst = readFileSync(path.join(WORTEL, pagina), 'utf8');

  test('has no link that leads nowhere', () => {
    const doelen = [...tekst.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, doel = '']) => doel);
    expect(doelen.filter((doel) => !existsSync(path.resolve(WORTEL, path.dirname(pagina), doel)))).toEqual([]);
  });

  test('names no file of the project that is not there', () => {
    const genoemd = [...tekst.matchAll(/`((?:src|test|bench|xsd|docs|voorbeelden)\/[\w./-]+\.\w+)`/g)].map(
      ([, naam = '']) => naam,
    );
    expect(genoemd.filter((naam) => !existsSync(path.join(WORTEL, naam)))).toEqual([]);
  });
});

test('every crash scenario is in the page of failures, and every letter there is a scenario', () => {
  const tekst = readFileSync(path.join(WORTEL, 'docs/wat-gebeurt-er-als.md'), 'utf8');
  const letters = [...tekst.matchAll(/rondes\.ts` ((?:[a-z]\d?(?:, )?)+)/g)].flatMap(([, lijst = '']) =>
    lijst.split(', ').filter(Boolean),
  );
  expect([...new Set(letters)].sort()).toEqual(SCENARIOS.map(({ letter }) => letter).sort());
});
