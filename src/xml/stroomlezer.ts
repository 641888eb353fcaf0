/**
 * Reads a large message as it comes off the wire: one strict pass over the bytes, in chunks, without building a tree.
 * See voorblad.ts for when.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { KnooppuntFout, type WeigeringSoort } from '../fouten.ts';
import { GRENZEN, type Grens, teComplex, telVerwijzingen } from './grenzen.ts';

/** So many leaves of the header are read; the norm has 11. */
export const MAX_KOPBLADEREN = 200;
/** So many Bsn elements inside each other are read; the norm has no such thing. */
export const MAX_BSN_IN_BSN = 4;

/** What a message says of itself. */
export interface Voorblad {
  /** Namespace of the root element. */
  readonly namespace: string;
  /** Local name of the root element. */
  readonly wortel: string;
  /**
   * The leaf elements of Header by local name, and by that of their parent before it: BerichtCode, Afzender, Identificatie, and
   * Header/BerichtCode, BerichtIdentificatie/Identificatie, DeclaratieIdentificatie/Identificatie. Of two with the same key: the first.
   */
  readonly header: Readonly<Record<string, string>>;
  /** The distinct values of all Bsn elements; stay in memory, are never stored or logged as they are. */
  readonly bsns: ReadonlySet<string>;
}

/** Longer than any two names of the norm. Without it a few long names, joined over and over, would fill the memory. */
const MAX_SLEUTEL = 100;

/** Notes a leaf of the header. The first one counts: a second element of the same name is for the XSD to refuse. */
export function noteerBlad(header: Record<string, string>, ouder: string, naam: string, tekst: string): void {
  header[naam] ??= tekst;
  if (ouder.length + naam.length < MAX_SLEUTEL) header[`${ouder}/${naam}`] ??= tekst;
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
  #onderdelen = 0;
  #los = 0;
  /** Length of what was read since the last tag. */
  #lengte = 0;
  #verwijzingen = 0;
  #kopbladeren = 0;
  /** 0: not seen yet, 1: in it, 2: past it. Only the first header counts; a second is for the XSD to refuse. */
  #stadium = 0;
  /** Names of the elements of the header that are open, itself among them. */
  readonly #kop: string[] = [];
  /** Text and depth of the element of the header being read, until it proves to have elements of its own. */
  #blad: { readonly diepte: number; tekst: string } | undefined;
  /** The Bsn elements that are open: one, in any message that makes sense. */
  readonly #openBsns: ({ tekst: string } | undefined)[] = [];
  #begonnen = false;

  constructor() {
    const parser = this.#parser;
    parser.on('xmldecl', ({ encoding }) => {
      this.#telLos('');
      if (encoding && encoding.toUpperCase() !== 'UTF-8')
        weiger('geenXml', 'De XML-declaratie noemt een andere codering dan UTF-8.');
    });
    parser.on('doctype', () => weiger('xmlDtd'));
    parser.on('opentagstart', () => {
      this.#beginStuk();
      this.#diepte += 1;
      this.#onderdelen += 1;
      this.#tel('diepte', this.#diepte);
      this.#tel('onderdelen', this.#onderdelen);
    });
    let attributen = 0;
    parser.on('attribute', ({ name, value }) => {
      attributen += 1;
      this.#onderdelen += 1;
      this.#tel('attributen', attributen);
      this.#tel('lengte', value.length);
      if (name.startsWith('xmlns') && GEEN_URI.test(value)) weiger('geenXml', `De fout staat op regel ${parser.line}.`);
    });
    parser.on('opentag', (tag) => {
      attributen = 0;
      this.#open(tag as SaxesTagNS);
    });
    const tekst = (stuk: string): void => {
      if (this.#blad) this.#blad.tekst += stuk;
      for (const bsn of this.#openBsns) if (bsn) bsn.tekst += stuk;
    };
    parser.on('text', (stuk) => {
      this.#telLengte(stuk);
      tekst(stuk);
    });
    parser.on('cdata', (stuk) => {
      this.#telLos(stuk);
      tekst(stuk);
    });
    parser.on('comment', (stuk) => this.#telLos(stuk));
    parser.on('processinginstruction', ({ body }) => this.#telLos(body));
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
    this.#verwijzingen += telVerwijzingen(stuk);
    this.#tel('verwijzingen', this.#verwijzingen);
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

  #tel(grens: Grens, aantal: number): void {
    if (aantal > GRENZEN[grens]) throw teComplex(grens, this.#parser.line);
  }

  /** At a tag. */
  #beginStuk(): void {
    this.#los = 0;
    this.#lengte = 0;
  }

  #telLengte(stuk: string): void {
    this.#lengte += stuk.length;
    this.#tel('lengte', this.#lengte);
  }

  #telLos(stuk: string): void {
    this.#los += 1;
    this.#onderdelen += 1;
    this.#telLengte(stuk);
    this.#tel('los', this.#los);
    this.#tel('onderdelen', this.#onderdelen);
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
    if (this.#stadium === 1) this.#kop.push(tag.local);
    if (tag.local === 'Bsn') {
      this.#openBsns.push(this.#openBsns.length < MAX_BSN_IN_BSN ? { tekst: '' } : undefined);
    }
  }

  #sluit(tag: SaxesTagNS): void {
    this.#beginStuk();
    if (tag.local === 'Bsn') {
      const bsn = this.#openBsns.pop();
      if (bsn) this.#bsns.add(bsn.tekst.trim());
    }
    this.#kop.pop();
    if (this.#blad?.diepte === this.#diepte && this.#kopbladeren < MAX_KOPBLADEREN) {
      this.#kopbladeren += 1;
      noteerBlad(this.#header, this.#kop.at(-1) ?? '', tag.local, this.#blad.tekst);
    }
    this.#blad = undefined;
    this.#diepte -= 1;
    if (this.#diepte === 1 && this.#stadium === 1) this.#stadium = 2;
  }
}
