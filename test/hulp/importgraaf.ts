/** Who imports whom under src/, read from the sources themselves: also types, and what is imported or started while running. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Bron {
  /** Path under src/, with forward slashes. */
  readonly pad: string;
  readonly regels: number;
  /** Files of src/ that it imports. */
  readonly bronnen: readonly string[];
  /** Files of src/ that it starts as a thread or a process: no import, but it must know them. */
  readonly gestart: readonly string[];
  /** Packages and parts of Node that it imports. */
  readonly pakketten: readonly string[];
}

const SRC = path.resolve(import.meta.dirname, '../../src');
/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`. */
const IMPORTS = [
  /^\s*(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'/gm,
  /^\s*import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'/g,
];
/** The module of a Worker or of a child process. */
const STARTS = [/\bnew URL\(\s*'([^']+\.ts)'\s*,\s*import\.meta\.url/g];

/** Comments go, so that an example in one is no import. */
const zonderCommentaar = (tekst: string): string => tekst.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** What a source imports, or starts, as it is written. */
export function verwijzingen(tekst: string, patronen: readonly RegExp[] = IMPORTS): readonly string[] {
  const kaal = zonderCommentaar(tekst);
  return [...new Set(patronen.flatMap((patroon) => [...kaal.matchAll(patroon)].map((treffer) => treffer[1] ?? '')))];
}

/** Every source under src/. */
export function leesBronnen(): readonly Bron[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((naam) => naam.endsWith('.ts'))
    .sort()
    .map((naam) => {
      const pad = naam.split(path.sep).join('/');
      const tekst = readFileSync(path.join(SRC, naam), 'utf8');
      const namen = verwijzingen(tekst);
      const eigen = (lijst: readonly string[]): readonly string[] =>
        lijst
          .filter((verwijzing) => verwijzing.startsWith('.'))
          .map((verwijzing) => path.posix.join(path.posix.dirname(pad), verwijzing));
      return {
        pad,
        regels: tekst.split('\n').length - 1,
        bronnen: eigen(namen),
        gestart: eigen(verwijzingen(tekst, STARTS)),
        pakketten: namen.filter((verwijzing) => !verwijzing.startsWith('.')),
      };
    });
}

/** A cycle of imports, as the files on it, or undefined. */
export function kring(bronnen: readonly Bron[]): readonly string[] | undefined {
  const opPad = new Map(bronnen.map((bron) => [bron.pad, bron]));
  const klaar = new Set<string>();
  const loop = (pad: string, weg: readonly string[]): readonly string[] | undefined => {
    if (weg.includes(pad)) return [...weg.slice(weg.indexOf(pad)), pad];
    if (klaar.has(pad)) return undefined;
    for (const volgende of opPad.get(pad)?.bronnen ?? []) {
      const gevonden = loop(volgende, [...weg, pad]);
      if (gevonden) return gevonden;
    }
    klaar.add(pad);
    return undefined;
  };
  for (const { pad } of bronnen) {
    const gevonden = loop(pad, []);
    if (gevonden) return gevonden;
  }
  return undefined;
}
