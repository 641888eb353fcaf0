/**
 * Reads one row of a very large document at once, when it is as plain as programs write them: elements without attributes, of one prefix, and
 * text without references. Then a parser of XML, which takes ten times as long, need not see it. Any other row is for the parser.
 */
import { GRENZEN } from './grenzen.ts';
import type { Blad, Plek } from './plek.ts';

/** Names and text that mean the same to everyone; no character that XML does not allow, and no `]]>`. */
const NAAM = '[A-Za-z_][A-Za-z0-9_]*';
const TEKST = "[\\t\\n\\r -%'-;=?-~\\u00a0-\\ud7ff]*";

/** @param voorvoegsel with its colon, of the elements that count; empty when they have none */
export const onderdeelpatroon = (voorvoegsel: string): RegExp =>
  new RegExp(`<(/?)${voorvoegsel.replaceAll('.', '\\.')}(${NAAM})(/?)>(${TEKST})`, 'y');

/** More leaves than this are for the parser to count. */
const MAX_BLADEN = 1000;

interface Open {
  readonly naam: string;
  readonly plek: Plek | undefined;
  readonly nummer: number;
}

/**
 * @param tekst from the start tag of the row to its end tag
 * @param patroon see onderdeelpatroon
 * @param rij what is asked of it
 * @returns its leaves; undefined when it is not plain, or not one well-formed element
 */
export function leesRijIneens(tekst: string, patroon: RegExp, rij: Plek): readonly Blad[] | undefined {
  const bladen: Blad[] = [];
  const open: Open[] = [];
  let nummer = 0;
  /** Text of the leaf that was opened last; undefined when there is none, or something stands in it. */
  let waarde: string | undefined;
  patroon.lastIndex = 0;
  while (patroon.lastIndex < tekst.length) {
    const [deel, eind, naam = '', leeg, erachter = ''] = patroon.exec(tekst) ?? [];
    if (deel === undefined || (eind !== '' && leeg !== '')) return undefined;
    if (eind === '') {
      const boven = open.at(-1);
      if ((boven === undefined) !== (nummer === 0) || open.length >= GRENZEN.diepte / 2) return undefined;
      const plek = boven === undefined ? rij : boven.plek?.dieper.get(naam);
      nummer += 1;
      open.push({ naam, plek, nummer });
      waarde = plek?.isBlad ? (leeg === '' ? erachter : '') : undefined;
      if (leeg === '') continue;
    }
    const dicht = open.pop();
    if (dicht === undefined || (leeg === '' && dicht.naam !== naam)) return undefined;
    if (dicht.plek && waarde !== undefined) {
      if (bladen.length >= MAX_BLADEN) return undefined;
      bladen.push({ pad: dicht.plek.pad, tekst: waarde.trim(), ouder: open.at(-1)?.nummer ?? 0 });
    }
    waarde = undefined;
  }
  return open.length === 0 ? bladen : undefined;
}
