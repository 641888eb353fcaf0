/** `knooppunt regels`: one JSON array for machines, one line per rule for people. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { regeltabel } from '#src/cli/regels.ts';
import { alleRegels } from '#src/regeltabel.ts';

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
const knooppunt = (...argumenten: readonly string[]) =>
  spawnSync(process.execPath, [CLI, ...argumenten], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });

const rijen = alleRegels();

test('--json prints one array with a row per rule', () => {
  const { status, stdout, stderr } = knooppunt('regels', '--json');
  expect([status, stderr]).toEqual([0, '']);
  const gelezen: unknown = JSON.parse(stdout);
  expect(gelezen).toEqual(rijen);
  const sleutels = ['code', 'soort', 'niveau', 'retourcode', 'status', 'reden', 'domeinen', 'berichten', 'klassen'];
  for (const rij of gelezen as readonly object[])
    expect(Object.keys(rij)).toEqual([...sleutels, 'elementen', 'tekst', 'twijfel']);
});

test('the table has a line per rule, and says how many are checked', () => {
  const { status, stdout, stderr } = knooppunt('regels');
  expect([status, stderr]).toEqual([0, '']);
  const [kop, ...regels] = stdout.trimEnd().split('\n');
  expect(kop).toMatch(/^code +niveau +retour +status +berichten +wat de regel vraagt$/);
  expect(regels.slice(0, -2).map((regel) => regel.split(' ')[0])).toEqual(rijen.map(({ code }) => code));
  for (const [nr, rij] of rijen.entries()) {
    expect(regels[nr]).toContain(rij.tekst);
    expect(regels[nr]).toMatch(new RegExp(`^${rij.code} +${rij.niveau} +${rij.retourcode ?? '-'} +${rij.status} `));
    expect(regels[nr]?.endsWith(' een waarschuwing]')).toBe(rij.twijfel !== null);
  }
  expect(regels.at(-1)).toMatch(new RegExp(`^${rijen.length} regels: \\d+ gecontroleerd, `));
});

test('on a screen the texts stay within it, under their own heading', () => {
  const breed = regeltabel(rijen, Number.POSITIVE_INFINITY).split('\n');
  const smal = regeltabel(rijen, 120).split('\n');
  const begin = breed[0]?.indexOf('wat de regel vraagt') ?? 0;
  expect(Math.max(...smal.map(({ length }) => length))).toBeLessThanOrEqual(120);
  expect(smal.length).toBeGreaterThan(breed.length);
  const samen = smal.join('\n').replaceAll(`\n${' '.repeat(begin)}`, ' ');
  expect(samen.split('\n')).toEqual(breed);
});

test.each([
  ['an option that does not exist', ['regels', '--snel']],
  ['an argument', ['regels', 'TR302']],
])('exit code 2 with wrong use: %s', (_naam, argumenten) => {
  const { status, stdout } = knooppunt(...argumenten);
  expect([status, stdout]).toEqual([2, '']);
});
