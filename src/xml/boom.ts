/**
 * A message, or a part of it, as frozen plain data: what the composers of retourberichten and the rules read and write.
 */
import { type XmlDocument, XmlElement, type XmlNode, XmlTreeNode, XmlXPath } from 'libxml2-wasm';

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
const KINDEREN = XmlXPath.compile('*');

/** The child elements of a node. */
export function kindElementen(node: XmlElement): readonly XmlElement[] {
  const elementen: XmlElement[] = [];
  for (let deel: XmlNode | null = node.firstChild; deel; deel = deel.next) {
    // The library knows no way past a processing instruction; XPath does, but is slower.
    if (!(deel instanceof XmlTreeNode)) return node.find(KINDEREN).filter((kind) => kind instanceof XmlElement);
    if (deel instanceof XmlElement) elementen.push(deel);
  }
  return elementen;
}

function lees(node: XmlElement): Element {
  const kinderen = kindElementen(node).map(lees);
  return { naam: node.name, namespace: node.namespaceUri, tekst: kinderen.length > 0 ? '' : node.content, kinderen };
}

/**
 * Reads one branch below the root.
 * @param document a parsed, valid message
 * @param naam local name of a child of the root (Header, Client, Declaratie)
 * @returns the branch, or undefined when the message has none
 */
export function leesTak(document: XmlDocument, naam: string): Element | undefined {
  const node = kindElementen(document.root).find(({ name }) => name === naam);
  if (!node) return undefined;
  return { naam, namespace: node.namespaceUri, tekst: '', kinderen: kindElementen(node).map(lees) };
}
