/**
 * The place of an error as a reader knows it: /Bericht/Client/Bsn, whatever prefixes the sender chose.
 *
 * libxml2 writes `*` for an element in a default namespace (/∗/∗[2]); those steps are looked up in the document. The children of a
 * node are read once per document: with thousands of siblings, each error would otherwise walk them again.
 */
import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { kindElementen } from './boom.ts';

interface Kind {
  readonly element: XmlElement;
  /** Local name, with its position when the parent has more of that name. */
  readonly stap: string;
}

const STAP = /^(?:[^:[\]]+:)?([^:[\]]+?)(?:\[(\d+)\])?$/;

export class Padlezer {
  readonly #document: XmlDocument;
  readonly #gelezen = new Map<string, readonly Kind[]>();
  readonly #stappen = new Map<string, ReadonlyMap<string, XmlElement>>();

  constructor(document: XmlDocument) {
    this.#document = document;
  }

  /**
   * @param xpath as libxml2 gives it
   * @returns the path with local names and, among equals, positions; as far as it can be followed
   */
  leesbaar(xpath: string): string {
    if (!xpath.includes('*')) return zonderVoorvoegsels(xpath);
    const stappen: string[] = [];
    let hier: XmlElement | undefined;
    for (const ruw of xpath.split('/').slice(1)) {
      const kind: Kind | undefined = hier
        ? this.#volg(stappen.join('/'), hier, ruw)
        : { element: this.#document.root, stap: this.#document.root.name };
      if (!kind) break;
      stappen.push(kind.stap);
      hier = kind.element;
    }
    return `/${stappen.join('/')}`;
  }

  /**
   * @param pad as the rules give it: local names, with a position where siblings share one
   * @returns the line of that element, or of the last one on the way that exists
   */
  regelnummer(pad: string): number {
    let hier = this.#document.root;
    let gevolgd = `/${hier.name}`;
    for (const stap of pad.split('/').slice(2)) {
      const volgende = this.#opStap(gevolgd, hier).get(stap);
      if (!volgende) break;
      hier = volgende;
      gevolgd += `/${stap}`;
    }
    return hier.line;
  }

  #opStap(sleutel: string, ouder: XmlElement): ReadonlyMap<string, XmlElement> {
    const bestaand = this.#stappen.get(sleutel);
    if (bestaand) return bestaand;
    const nieuw = new Map(leesKinderen(ouder).map(({ stap, element }) => [stap, element]));
    this.#stappen.set(sleutel, nieuw);
    return nieuw;
  }

  #volg(sleutel: string, ouder: XmlElement, ruw: string): Kind | undefined {
    let kinderen = this.#gelezen.get(sleutel);
    if (!kinderen) {
      kinderen = leesKinderen(ouder);
      this.#gelezen.set(sleutel, kinderen);
    }
    const [, naam = '*', plaats = '1'] = STAP.exec(ruw) ?? [];
    const kandidaten = naam === '*' ? kinderen : kinderen.filter(({ element }) => element.name === naam);
    return kandidaten[Number(plaats) - 1];
  }
}

/** jw301:Bericht/jw301:Client → Bericht/Client. */
const zonderVoorvoegsels = (xpath: string): string => xpath.replace(/(^|\/)[^/:[\]]+:/g, '$1');

function leesKinderen(ouder: XmlElement): readonly Kind[] {
  const elementen = kindElementen(ouder);
  const aantallen = new Map<string, number>();
  for (const { name } of elementen) aantallen.set(name, (aantallen.get(name) ?? 0) + 1);
  const geteld = new Map<string, number>();
  return elementen.map((element) => {
    const { name } = element;
    const plaats = (geteld.get(name) ?? 0) + 1;
    geteld.set(name, plaats);
    return { element, stap: (aantallen.get(name) ?? 0) > 1 ? `${name}[${plaats}]` : name };
  });
}
