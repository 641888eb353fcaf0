/**
 * Reads a large message as it comes off the wire: one strict pass over the bytes, in chunks, without building a tree.
 * See voorblad.ts for when.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { KnooppuntFout, type WeigeringSoort } from '../fouten.ts';

/** Deepest message of the norm has 9 levels; the bound leaves room and stays far below what parsers allow. */
export const MAX_DIEPTE = 64;
/** A message of 25 MB with the smallest prestaties holds some 600,000 elements; more has no meaning and costs memory later. */
const MAX_ELEMENTEN = 1_500_000;
export const MAX_ATTRIBUTEN_PER_ELEMENT = 64;

/** What a message says of itself. */
export interface Voorblad {
  /** Namespace of the root element. */
  readonly namespace: string;
  /** Local name of the root element. */
  readonly wortel: string;
  /** The leaf elements of Header by local name: BerichtCode, Afzender, Ontvanger, Identificatie, ... */
  readonly header: Readonly<Record<string, string>>;
  /** The distinct values of all Bsn elements; stay in memory, are never stored or logged as they are. */
  readonly bsns: ReadonlySet<string>;
}

/** Characters that stand in no URI; a namespace with one is refused by the parser that comes after us. */
const GEEN_URI = /[\s<>"{}|\\^`]/;

const weiger = (soort: WeigeringSoort, details?: string): never => {
  throw new KnooppuntFout(soort, details);
};

export class StroomLezer {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  // Whatever version the message claims: libxml2 reads it as 1.0, and so must we.
  readonly #parser = new SaxesParser({
    xmlns: true,
    position: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  readonly #header: Record<string, string> = {};
  readonly #bsns = new Set<string>();
  #wortel: SaxesTagNS | undefined;
  #diepte = 0;
  #elementen = 0;
  /** 0: not seen yet, 1: in it, 2: past it. Only the first header counts; a second is for the XSD to refuse. */
  #stadium = 0;
  /** Text and depth of the element of the header being read, until it proves to have elements of its own. */
  #blad: { readonly diepte: number; tekst: string } | undefined;
  /** The Bsn elements that are open: one, in any message that makes sense. */
  readonly #openBsns: { tekst: string }[] = [];
  #begonnen = false;

  constructor() {
    const parser = this.#parser;
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding && encoding.toUpperCase() !== 'UTF-8')
        weiger('geenXml', 'De XML-declaratie noemt een andere codering dan UTF-8.');
    });
    parser.on('doctype', () => weiger('xmlDtd'));
    parser.on('opentagstart', () => {
      this.#elementen += 1;
      this.#diepte += 1;
      if (this.#elementen > MAX_ELEMENTEN || this.#diepte > MAX_DIEPTE) weiger('xmlTeComplex');
    });
    let attributen = 0;
    parser.on('attribute', ({ name, value }) => {
      attributen += 1;
      if (attributen > MAX_ATTRIBUTEN_PER_ELEMENT) weiger('xmlTeComplex');
      if (name.startsWith('xmlns') && GEEN_URI.test(value)) weiger('geenXml', `De fout staat op regel ${parser.line}.`);
    });
    parser.on('opentag', (tag) => {
      attributen = 0;
      this.#open(tag as SaxesTagNS);
    });
    const tekst = (stuk: string): void => {
      if (this.#blad) this.#blad.tekst += stuk;
      for (const bsn of this.#openBsns) bsn.tekst += stuk;
    };
    parser.on('text', tekst);
    parser.on('cdata', tekst);
    parser.on('closetag', (tag) => this.#sluit(tag as SaxesTagNS));
    parser.on('error', (fout) => {
      // The parser's own text can quote the message; only the position goes on. An entity that nobody defined is the sign of one.
      const soort = /undefined entity/i.test(fout.message) ? 'xmlDtd' : 'geenXml';
      weiger(soort, `De fout staat op regel ${parser.line}.`);
    });
  }

  /**
   * Takes the next bytes.
   * @throws KnooppuntFout geenXml, xmlDtd or xmlTeComplex, at the first byte that makes it so
   */
  lees(stuk: Uint8Array): void {
    if (!this.#begonnen && stuk.length > 0) {
      this.#begonnen = true;
      if (stuk[0] === 0xef || stuk[0] === 0xfe || stuk[0] === 0xff)
        weiger('geenXml', 'Het bericht begint met een byte order mark.');
    }
    this.#parser.write(this.#tekstVan(stuk, true));
  }

  /**
   * Closes the message.
   * @returns the header and the subjects
   * @throws KnooppuntFout when the document is not complete or has no header
   */
  einde(): Voorblad {
    this.#parser.write(this.#tekstVan(new Uint8Array(0), false));
    this.#parser.close();
    if (!this.#wortel) return weiger('geenXml');
    return { namespace: this.#wortel.uri, wortel: this.#wortel.local, header: this.#header, bsns: this.#bsns };
  }

  #tekstVan(stuk: Uint8Array, meer: boolean): string {
    try {
      return this.#decoder.decode(stuk, { stream: meer });
    } catch {
      return weiger('geenXml', 'De inhoud is geen geldige UTF-8.');
    }
  }

  #open(tag: SaxesTagNS): void {
    if (this.#diepte === 1) this.#wortel = tag;
    else if (this.#diepte === 2 && this.#stadium === 0 && tag.local === 'Header') this.#stadium = 1;
    else if (this.#stadium === 1) this.#blad = { diepte: this.#diepte, tekst: '' };
    if (tag.local === 'Bsn') this.#openBsns.push({ tekst: '' });
  }

  #sluit(tag: SaxesTagNS): void {
    if (tag.local === 'Bsn') this.#bsns.add((this.#openBsns.pop()?.tekst ?? '').trim());
    if (this.#blad?.diepte === this.#diepte) this.#header[tag.local] ??= this.#blad.tekst;
    this.#blad = undefined;
    this.#diepte -= 1;
    if (this.#diepte === 1 && this.#stadium === 1) this.#stadium = 2;
  }
}
