/** What the project is delivered with may be delivered, comes from the registry, and can be listed. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bezwaren, leesSlot, magLicentie, type Pakket } from '../gereedschap/licenties.ts';

const WORTEL = path.resolve(import.meta.dirname, '..');

test('every package in the lock has a licence that is allowed, and bytes that are vouched for', () => {
  expect(bezwaren(leesSlot())).toEqual([]);
  expect(Object.keys(leesSlot()).length).toBeGreaterThan(50);
});

describe('a licence', () => {
  test.each([
    'MIT',
    'MIT OR GPL-3.0-only',
    '(MIT AND CC-BY-3.0)',
    '(GPL-2.0-only OR (MIT AND ISC))',
    'MIT AND ISC OR X',
  ])('%s is allowed', (licentie) => {
    expect(magLicentie(licentie)).toBe(true);
  });

  test.each([
    ...['', 'GPL-3.0-only', 'AGPL-3.0-only', 'MIT AND GPL-3.0-only', '(MIT OR ISC) AND SSPL-1.0', 'BUSL-1.1'],
    ...['UNLICENSED', 'SEE LICENSE IN LICENSE', 'MIT OR', 'AND MIT', '(MIT', 'MIT)', 'MIT ISC', 'mit', 'MIT WITH x'],
  ])('%j is not', (licentie) => {
    expect(magLicentie(licentie)).toBe(false);
  });
});

describe('is found:', () => {
  const goed: Pakket = { license: 'MIT', version: '1.0.0', integrity: 'sha512-x' };
  test.each<readonly [string, object, string]>([
    ['no licence', { license: undefined }, 'no licence'],
    ['another licence', { license: 'AGPL-3.0-only' }, 'licence AGPL-3.0-only'],
    ['a package from git', { resolved: 'git+ssh://git@github.com/x/y.git#abc' }, 'does not come from the registry'],
    ['a package over http', { resolved: 'http://registry.npmjs.org/x.tgz' }, 'does not come from the registry'],
    ['a package from next door', { link: true }, 'does not come from the registry'],
    ['no hash', { integrity: undefined }, 'no hash of its content'],
  ])('%s', (_naam, anders, melding) => {
    expect(bezwaren({ '': {}, 'node_modules/x': { ...goed, ...anders } })).toEqual([`x 1.0.0: ${melding}`]);
  });
});

test('npm run sbom lists every package of the product, in CycloneDX', () => {
  const uitvoer = execFileSync('npm', ['run', '--silent', 'sbom'], {
    cwd: WORTEL,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const { bomFormat, components } = JSON.parse(uitvoer) as {
    readonly bomFormat: string;
    readonly components: readonly { readonly name: string; readonly version: string }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const gevonden = new Set(components.map(({ name, version }) => `${name} ${version}`));
  const inSlot = Object.entries(leesSlot()).filter(
    ([pad, pakket]) => pad !== '' && !('dev' in pakket) && !pakket.optional,
  );
  const ontbreekt = inSlot
    .map(([pad, { version }]) => `${pad.replace(/^.*node_modules\//, '')} ${version}`)
    .filter((naam) => !gevonden.has(naam));
  expect(ontbreekt).toEqual([]);
});
