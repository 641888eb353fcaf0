/**
 * A message, or a part of it, as frozen plain data: what the composers of retourberichten and the rules read and write.
 */
import { XmlCData, type XmlDocument, XmlElement, type XmlNode, XmlText } from 'libxml2-wasm';

export interface Element {
  /** Local name. */
  readonly naam: string;
  readonly namespace: string;
  /** Text of a leaf; empty for an element with children. */
  readonly tekst: string;
  readonly kinderen: readonly Element[];
}

/** A leaf element. */
export const blad = (naam: string, namespace: string, tekst: string): Element => ({
  naam,
  namespace,
  tekst,
  kinderen: [],
});
/** An element with children. */
export const tak = (naam: string, namespace: string, kinderen: readonly Element[]): Element => ({
  naam,
  namespace,
  tekst: '',
  kinderen,
});
/** The first child with this local name, or undefined. */
export const kind = (ouder: Element, naam: string): Element | undefined =>
  ouder.kinderen.find((element) => element.naam === naam);

function* kindNodes(node: XmlElement): Generator<XmlNode> {
  for (let volgende = node.firstChild; volgende; volgende = volgende.next) yield volgende;
}

function lees(node: XmlElement): Element {
  const kinderen: Element[] = [];
  let tekst = '';
  for (const deel of kindNodes(node)) {
    if (deel instanceof XmlElement) kinderen.push(lees(deel));
    else if (deel instanceof XmlText || deel instanceof XmlCData) tekst += deel.content;
  }
  return { naam: node.name, namespace: node.namespaceUri, tekst: kinderen.length > 0 ? '' : tekst, kinderen };
}

/**
 * Reads one branch below the root.
 * @param document a parsed, valid message
 * @param naam local name of a child of the root (Header, Client, Declaratie)
 * @param zonder local names of grandchildren that are not read (Clienten of an 18 MB declaratie)
 * @returns the branch, or undefined when the message has none
 */
export function leesTak(document: XmlDocument, naam: string, zonder: readonly string[] = []): Element | undefined {
  for (const node of kindNodes(document.root)) {
    if (!(node instanceof XmlElement) || node.name !== naam) continue;
    const kinderen: Element[] = [];
    for (const deel of kindNodes(node)) {
      if (deel instanceof XmlElement && !zonder.includes(deel.name)) kinderen.push(lees(deel));
    }
    return { naam, namespace: node.namespaceUri, tekst: '', kinderen };
  }
  return undefined;
}
