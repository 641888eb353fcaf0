/**
 * Reads the repeated elements of a very large document as it comes in: of each such element (a row) only the leaves that were asked for. Memory
 * is that of one row, whatever the size of the document, so there is no limit on its size here. Strict as the other readers: no DTD, no
 * entities but the five, UTF-8, bounded depth and width.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { GRENZEN } from './grenzen.ts';

/** What to look for. A path is the local names from the root on, with slashes. */
export interface Rijenplan {
  readonly namespace: string;
  readonly rij: string;
  /** Leaves outside a row that must be there before the first row, with the value that each must have. */
  readonly eis: Readonly<Record<string, string>>;
  /** Leaves of a row, as paths from the root. */
  readonly bladen: ReadonlySet<string>;
}

export interface Blad {
  readonly pad: string;
  readonly tekst: string;
  /** Number of the element that it stands in: leaves of one parent have the same. */
  readonly ouder: number;
}

/** The document is not what it should be; the message is Dutch and holds no value. */
export class RijenFout extends Error {}

/** A place in the document that was asked for, or on the way to one; what is beside it is passed over. */
interface Plek {
  readonly pad: string;
  readonly dieper: Map<string, Plek>;
  isRij: boolean;
  isBlad: boolean;
  moet: string | undefined;
}

function maakPlekken({ rij, eis, bladen }: Rijenplan): Plek {
  const nieuw = (pad: string): Plek => ({ pad, dieper: new Map(), isRij: false, isBlad: false, moet: undefined });
  const boven = nieuw('');
  const plekVan = (pad: string): Plek =>
    pad.split('/').reduce((plek, naam) => {
      const volgende = plek.dieper.get(naam) ?? nieuw(plek === boven ? naam : `${plek.pad}/${naam}`);
      plek.dieper.set(naam, volgende);
      return volgende;
    }, boven);
  plekVan(rij).isRij = true;
  for (const pad of bladen) plekVan(pad).isBlad = true;
  for (const [pad, waarde] of Object.entries(eis)) plekVan(pad).moet = waarde;
  return boven;
}

/** A value that is longer is none of ours; its row will be rejected for it. */
const MAX_WAARDE = 100;
/** Leaves of one row. */
const MAX_BLADEN = 10_000;
/** Bytes without a single tag: the parser keeps them until there is one. */
const MAX_ZONDER_TAG = 1_048_576;

export class Rijenlezer {
  readonly #plan: Rijenplan;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  readonly #boven: Plek;
  /** The elements that are open; those that were not asked for have no plek. */
  readonly #open: { readonly plek: Plek | undefined; readonly nummer: number }[] = [];
  #nummer = 0;
  #attributen = 0;
  #tekst: string | undefined;
  #zonderTag = 0;
  #rij: Blad[] | undefined;
  #klaar: (readonly Blad[])[] = [];
  readonly #gezien = new Set<string>();
  #begonnen = false;

  constructor(plan: Rijenplan) {
    this.#plan = plan;
    this.#boven = maakPlekken(plan);
    const parser = this.#parser;
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding && encoding.toUpperCase() !== 'UTF-8')
        this.#weiger('De XML-declaratie noemt een andere codering dan UTF-8.');
    });
    parser.on('doctype', () => this.#weiger('Een DTD is niet toegestaan.'));
    parser.on('opentagstart', () => {
      this.#zonderTag = 0;
      this.#attributen = 0;
      if (this.#open.length >= GRENZEN.diepte) this.#weiger('Elementen zijn te diep genest.');
    });
    parser.on('attribute', () => {
      this.#attributen += 1;
      if (this.#attributen > GRENZEN.attributen) this.#weiger('Een element heeft te veel attributen.');
    });
    parser.on('opentag', (tag) => this.#begin(tag as SaxesTagNS));
    const tekst = (stuk: string): void => {
      if (this.#tekst !== undefined && this.#tekst.length <= MAX_WAARDE) this.#tekst += stuk;
    };
    parser.on('text', tekst);
    parser.on('cdata', tekst);
    parser.on('closetag', () => this.#sluit());
    // The parser's own text can quote the document; only the position goes on.
    parser.on('error', () => this.#weiger('Het is geen welgevormd XML.'));
  }

  /**
   * Takes the next bytes.
   * @returns the rows that became whole
   * @throws RijenFout
   */
  lees(stuk: Uint8Array): readonly (readonly Blad[])[] {
    if (!this.#begonnen && stuk.length > 0) {
      this.#begonnen = true;
      if (stuk[0] === 0xef || stuk[0] === 0xfe || stuk[0] === 0xff)
        this.#weiger('Het bestand begint met een byte order mark.');
    }
    this.#zonderTag += stuk.length;
    this.#parser.write(this.#tekstVan(stuk, true));
    if (this.#zonderTag > MAX_ZONDER_TAG) this.#weiger('Een onderdeel is te lang om te lezen.');
    return this.#oogst();
  }

  /** @throws RijenFout when the document is not complete */
  einde(): readonly (readonly Blad[])[] {
    this.#parser.write(this.#tekstVan(new Uint8Array(0), false));
    this.#parser.close();
    this.#eisGezien();
    return this.#oogst();
  }

  #oogst(): readonly (readonly Blad[])[] {
    const klaar = this.#klaar;
    this.#klaar = [];
    return klaar;
  }

  #weiger(zin: string): never {
    throw new RijenFout(`Regel ${this.#parser.line}: ${zin}`);
  }

  #tekstVan(stuk: Uint8Array, meer: boolean): string {
    try {
      return this.#decoder.decode(stuk, { stream: meer });
    } catch {
      return this.#weiger('De inhoud is geen geldige UTF-8.');
    }
  }

  #begin({ local, uri }: SaxesTagNS): void {
    if (uri !== this.#plan.namespace && this.#open.length === 0)
      this.#weiger('Het document heeft een andere namespace.');
    const ouder = this.#open.length === 0 ? this.#boven : this.#open.at(-1)?.plek;
    // An element of another namespace is none that was asked for.
    const plek = uri === this.#plan.namespace ? ouder?.dieper.get(local) : undefined;
    this.#nummer += 1;
    this.#open.push({ plek, nummer: this.#nummer });
    this.#tekst = plek?.isBlad || plek?.moet !== undefined ? '' : undefined;
    if (!plek?.isRij) return;
    this.#eisGezien();
    this.#rij = [];
  }

  #sluit(): void {
    this.#zonderTag = 0;
    const tekst = this.#tekst?.trim();
    this.#tekst = undefined;
    const plek = this.#open.pop()?.plek;
    if (plek?.isRij && this.#rij) {
      this.#klaar.push(this.#rij);
      this.#rij = undefined;
    } else if (plek && tekst !== undefined) this.#blad(plek, tekst);
  }

  #blad({ pad, moet }: Plek, tekst: string): void {
    if (moet !== undefined) {
      if (tekst !== moet) this.#weiger(`${pad} is niet ${moet}.`);
      this.#gezien.add(pad);
    } else if (this.#rij) {
      if (this.#rij.length >= MAX_BLADEN) this.#weiger('Een onderdeel heeft te veel elementen.');
      this.#rij.push({ pad, tekst, ouder: this.#open.at(-1)?.nummer ?? 0 });
    }
  }

  #eisGezien(): void {
    const mist = Object.keys(this.#plan.eis).find((pad) => !this.#gezien.has(pad));
    if (mist !== undefined) this.#weiger(`${mist} ontbreekt.`);
  }
}
