/**
 * What a JSON body may be made of, judged before it is parsed: bounded nesting, no name twice in one object (two readers could take
 * another one of the two), and no name that means something to a JavaScript object. Nothing that we ask for needs any of these.
 */
import { KnooppuntFout } from '../fouten.ts';

/** Levels; the deepest body of the API has 3. */
const MAX_DIEPTE = 16;
const VERBODEN = new Set(['__proto__', 'constructor', 'prototype']);

const BEGIN = new Set(['{', '[']);
const EINDE = new Set(['}', ']']);
/** A string, or a mark that opens, closes, separates or names. What is no JSON is left for the parser to refuse. */
const TEKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

const weiger = (details: string): KnooppuntFout => new KnooppuntFout('invoerOngeldig', details);

function naamVan(tekst: string): string {
  try {
    return JSON.parse(tekst);
  } catch {
    return tekst;
  }
}

/**
 * @param tekst the body
 * @throws KnooppuntFout invoerOngeldig, without anything of the body
 */
export function keurJson(tekst: string): void {
  /** Names so far, of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let vorige = '';
  for (const [teken] of tekst.matchAll(TEKEN)) {
    if (BEGIN.has(teken)) {
      open.push(teken === '{' ? new Set() : undefined);
      if (open.length > MAX_DIEPTE) throw weiger('De inhoud is te diep genest.');
    } else if (EINDE.has(teken)) open.pop();
    else if (teken === ':') {
      const naam = naamVan(vorige);
      const namen = open.at(-1);
      if (VERBODEN.has(naam)) throw weiger('De inhoud heeft een veld met een naam die niet is toegestaan.');
      if (namen?.has(naam)) throw weiger('De inhoud heeft een veld dat er meer dan één keer staat.');
      namen?.add(naam);
    }
    vorige = teken;
  }
}
