/** The skeleton of a large document: the little of it that matters, as a tree that can be written as it was. See skeletlezer.ts. */
import type { Element } from './boom.ts';

export interface Attribuut {
  /** With prefix. */
  readonly naam: string;
  readonly lokaal: string;
  readonly namespace: string;
  readonly waarde: string;
}

/** An element of the skeleton, with what is needed to write it as it was. */
export interface Bot extends Element {
  readonly kinderen: readonly Bot[];
  /** With prefix. */
  readonly gekwalificeerd: string;
  readonly attributen: readonly Attribuut[];
}

/** One name for an element of any namespace. */
export const sleutel = (namespace: string, naam: string): string => `{${namespace}}${naam}`;

/** The first child of this name. */
export const kind = (bot: Bot | undefined, naam: string): Bot | undefined =>
  bot?.kinderen.find((deel) => deel.naam === naam);
/** The text of the first child of this name; empty when there is none. */
export const tekstVan = (bot: Bot | undefined, naam: string): string => kind(bot, naam)?.tekst ?? '';

/** Nothing but what XML calls white space. */
export const isWit = (tekst: string): boolean => !/[^\t\n\r ]/.test(tekst);

const ONTSNAPT: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const ontsnap = (waarde: string): string => waarde.replace(/[&<>"\t\n\r]/g, (teken) => ONTSNAPT[teken] ?? '');

/** @returns the skeleton as XML in UTF-8, for the validator: the same elements, attributes, prefixes and texts, without layout */
export function schrijfSkelet(wortel: Bot): Buffer {
  const delen: string[] = [];
  const schrijf = ({ gekwalificeerd, attributen, tekst, kinderen }: Bot): void => {
    delen.push(`<${gekwalificeerd}`, ...attributen.map(({ naam, waarde }) => ` ${naam}="${ontsnap(waarde)}"`), '>');
    // Between elements only text that should not be there matters; where it stood does not.
    delen.push(ontsnap(kinderen.length > 0 && isWit(tekst) ? '' : tekst));
    for (const kind of kinderen) schrijf(kind);
    delen.push(`</${gekwalificeerd}>`);
  };
  schrijf(wortel);
  return Buffer.from(delen.join(''), 'utf8');
}
