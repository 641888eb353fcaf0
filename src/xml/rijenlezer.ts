/**
 * Reads the repeated elements of a very large document as it comes in: of each such element (a row) only the leaves that were asked for. Memory
 * is that of one row, whatever the size of the document, so there is no limit on its size here. Strict as the other readers: no DTD, no
 * entities but the five, UTF-8, bounded depth and width.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { GRENZEN } from './grenzen.ts';
import type { Blad, Plek } from './plek.ts';
import { leesRijIneens, onderdeelpatroon } from './rij-ineens.ts';

export type { Blad } from './plek.ts';

/** What to look for. A path is the local names from the root on, with slashes. */
export interface Rijenplan {
  readonly namespace: string;
  readonly rij: string;
  /** Leaves outside a row that must be there before the first row, with the value that each must have. */
  readonly eis: Readonly<Record<string, string>>;
  /** Leaves of a row, as paths from the root. */
  readonly bladen: ReadonlySet<string>;
}

/** The document is not what it should be; the message is Dutch and holds no value. */
export class RijenFout extends Error {}

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

/** What stands for a row that was read at once: an element that nobody asked for. */
const MERK = '<_/>';
/** In a comment, CDATA or an instruction a row is only text. */
const BIJZONDER = /<!|<\?(?!xml\s)/;

/** How the rows look in the element around them that is open now. */
interface Rijvorm {
  readonly begin: string;
  readonly einde: string;
  readonly patroon: RegExp;
  readonly plek: Plek;
  /** Elements open there. */
  readonly diepte: number;
}

function rijvorm(ouder: Plek | undefined, prefix: string, diepte: number): Rijvorm | undefined {
  for (const [naam, plek] of ouder?.dieper ?? [])
    if (plek.isRij) {
      const voor = prefix === '' ? '' : `${prefix}:`;
      return {
        begin: `<${voor}${naam}>`,
        einde: `</${voor}${naam}>`,
        patroon: onderdeelpatroon(voor),
        plek,
        diepte,
      };
    }
  return undefined;
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
  /** Set while the element is open in which the rows stand. */
  #rijvorm: Rijvorm | undefined;
  /** Rows may be read at once, without the parser. */
  #ineens = true;
  #laatste = '';

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
    this.#verwerk(this.#tekstVan(stuk, true));
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

  /** Reads the rows at once that are whole in this text and plain; all else is for the parser. */
  #verwerk(tekst: string): void {
    let hier = 0;
    while (this.#ineens) {
      const vorm = this.#rijvorm;
      // As long as the rows have not begun, tag by tag.
      const tot = vorm ? tekst.indexOf(vorm.begin, hier) : tekst.indexOf('>', hier) + 1;
      if (vorm ? tot < 0 : tot === 0) break;
      this.#ontleed(tekst.slice(hier, tot));
      hier = tot;
      if (!vorm) continue;
      const einde = tekst.indexOf(vorm.einde, hier);
      if (einde < 0) break;
      hier = einde + vorm.einde.length;
      this.#leesRij(tekst.slice(tot, hier), vorm);
    }
    this.#ontleed(tekst.slice(hier));
  }

  #leesRij(tekst: string, { diepte, patroon, plek }: Rijvorm): void {
    const mag = this.#ineens && this.#rijvorm !== undefined && this.#open.length === diepte;
    const bladen = mag ? leesRijIneens(tekst, patroon, plek) : undefined;
    if (!bladen) {
      this.#ontleed(tekst);
      return;
    }
    this.#eisGezien();
    this.#parser.write(MERK + '\n'.repeat(tekst.split('\n').length - 1));
    this.#klaar.push(bladen);
  }

  #ontleed(tekst: string): void {
    if (tekst === '') return;
    this.#ineens &&= !BIJZONDER.test(this.#laatste + tekst);
    this.#laatste = tekst.at(-1) ?? '';
    this.#parser.write(tekst);
  }

  #begin({ local, uri, prefix }: SaxesTagNS): void {
    if (uri !== this.#plan.namespace && this.#open.length === 0)
      this.#weiger('Het document heeft een andere namespace.');
    const ouder = this.#open.length === 0 ? this.#boven : this.#open.at(-1)?.plek;
    // An element of another namespace is none that was asked for.
    const plek = uri === this.#plan.namespace ? ouder?.dieper.get(local) : undefined;
    this.#nummer += 1;
    this.#open.push({ plek, nummer: this.#nummer });
    this.#rijvorm ??= rijvorm(plek, prefix, this.#open.length);
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
    if (this.#rijvorm && this.#open.length < this.#rijvorm.diepte) this.#rijvorm = undefined;
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
