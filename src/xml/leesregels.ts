/**
 * A message written out for a reader: one element on a line, each with its path, so that a finding can be put beside the line it is about.
 * Systems write a message on a single line as a rule; then a line number says nothing.
 */
import { SaxesParser } from 'saxes';

export interface Leesregel {
  /** Path as findings have it, with a position at every step: /Bericht[1]/Client[2]/Bsn[1]. */
  readonly pad: string;
  readonly diepte: number;
  readonly tekst: string;
}

interface Open {
  readonly pad: string;
  readonly tag: string;
  readonly kinderen: Map<string, number>;
  /** Place among the lines; its text is completed at its end. */
  readonly plaats: number;
  tekst: string;
  leeg: boolean;
}

/** /Bericht/Client[2]/Bsn → /Bericht[1]/Client[2]/Bsn[1]: the same path with a position at every step. */
export const metPosities = (pad: string): string =>
  pad
    .split('/')
    .map((stap) => (stap === '' || stap.endsWith(']') ? stap : `${stap}[1]`))
    .join('/');

/**
 * @param xml a whole document
 * @returns its elements, one per line; undefined when it is not well-formed
 */
export function leesregels(xml: string): readonly Leesregel[] | undefined {
  const regels: Leesregel[] = [];
  const open: Open[] = [];
  const parser = new SaxesParser();
  let stuk = false;
  parser.on('error', () => {
    stuk = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const ouder = open.at(-1);
    const lokaal = name.slice(name.indexOf(':') + 1);
    const nr = (ouder?.kinderen.get(lokaal) ?? 0) + 1;
    ouder?.kinderen.set(lokaal, nr);
    if (ouder) ouder.leeg = false;
    const tag = `${name}${Object.entries(attributes)
      .map(([naam, waarde]) => ` ${naam}="${String(waarde)}"`)
      .join('')}`;
    const pad = `${ouder?.pad ?? ''}/${lokaal}[${nr}]`;
    open.push({ pad, tag, kinderen: new Map(), plaats: regels.length, tekst: '', leeg: true });
    regels.push({ pad, diepte: open.length - 1, tekst: `<${tag}>` });
  });
  const voegToe = (tekst: string): void => {
    const hier = open.at(-1);
    if (hier) hier.tekst += tekst;
  };
  parser.on('text', voegToe);
  parser.on('cdata', voegToe);
  parser.on('closetag', ({ name }) => {
    const dicht = open.pop();
    if (!dicht) return;
    const diepte = open.length;
    if (dicht.leeg)
      regels[dicht.plaats] = { pad: dicht.pad, diepte, tekst: `<${dicht.tag}>${dicht.tekst.trim()}</${name}>` };
    else regels.push({ pad: '', diepte, tekst: `</${name}>` });
  });
  parser.write(xml).close();
  return stuk ? undefined : regels;
}
