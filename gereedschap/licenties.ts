/**
 * `npm run licenties`: what package-lock.json brings in, by licence, and what of it may not be there. The project is EUPL-1.2; what it is
 * delivered with must allow that without further conditions on it. Licences are those that the packages state themselves.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

export const SLOT = join(import.meta.dirname, '../package-lock.json');

/** SPDX names. Adding one is a decision: does it allow delivery under the EUPL? MPL-2.0 does, file by file; CC-BY is for data; the EUPL is our own. */
export const TOEGESTAAN: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'EUPL-1.2',
  'ISC',
  'MIT',
  'MPL-2.0',
  'PSF-2.0',
  'Unlicense',
]);

export interface Pakket {
  readonly license?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly link?: boolean;
}
export type Slotbestand = Readonly<Record<string, Pakket>>;

/** An SPDX expression of names, AND, OR and parentheses; anything else is not allowed. */
export function magLicentie(expressie: string): boolean {
  const woorden = expressie.match(/\(|\)|[^\s()]+/g) ?? [];
  let plek = 0;
  const naam = (): boolean => {
    if (woorden[plek] !== '(') return TOEGESTAAN.has(woorden[plek++] ?? '');
    plek += 1;
    const binnen = keuze();
    return woorden[plek++] === ')' && binnen;
  };
  const reeks = (op: string, deel: () => boolean, samen: (een: boolean, ander: boolean) => boolean): boolean => {
    let uitkomst = deel();
    while (woorden[plek] === op) {
      plek += 1;
      uitkomst = samen(deel(), uitkomst);
    }
    return uitkomst;
  };
  const allen = (): boolean => reeks('AND', naam, (een, ander) => een && ander);
  const keuze = (): boolean => reeks('OR', allen, (een, ander) => een || ander);
  const mag = keuze();
  return mag && plek === woorden.length;
}

/** @returns one sentence for everything that may not be there */
export function bezwaren(pakketten: Slotbestand): readonly string[] {
  return Object.entries(pakketten).flatMap(([pad, { license, version, resolved, integrity, optional, link }]) => {
    if (pad === '') return [];
    const wat = `${pad.replace(/^.*node_modules\//, '')} ${version ?? ''}`.trim();
    return [
      ...(license === undefined ? [`${wat}: no licence`] : magLicentie(license) ? [] : [`${wat}: licence ${license}`]),
      // From anywhere but the registry nobody vouches for the bytes.
      ...(link || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))
        ? [`${wat}: does not come from the registry`]
        : []),
      // Packages for another platform stand in the lock without their bytes.
      ...(integrity === undefined && !optional ? [`${wat}: no hash of its content`] : []),
    ];
  });
}

export const leesSlot = (): Slotbestand => JSON.parse(readFileSync(SLOT, 'utf8')).packages;

if (argv[1] === fileURLToPath(import.meta.url)) {
  const pakketten = Object.entries(leesSlot()).filter(([pad]) => pad !== '');
  const per = Map.groupBy(pakketten, ([, { license = 'none' }]) => license);
  for (const [licentie, lijst] of [...per].sort(([, een], [, ander]) => ander.length - een.length))
    console.log(`${String(lijst.length).padStart(5)}  ${licentie}`);
  const fouten = bezwaren(leesSlot());
  for (const fout of fouten) console.error(fout);
  if (fouten.length > 0) process.exitCode = 1;
}
