/**
 * Reads a large document as it comes off the wire and hands on its text in pieces, as small as they come: nothing of a text of 25 MB stays
 * behind. The parser judges every character, but is given no listener for text, and so keeps none. Where text begins is known
 * from what the parser just reported; it ends at the next angle bracket.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { GRENZEN } from './grenzen.ts';

/** So large a piece is decoded at a time, whatever the size of the network chunks. */
const BLOK_BYTES = 64 * 1024;
/** A tag, comment or processing instruction; the parser keeps it until it is complete. */
const MAX_MARKERING = 64 * 1024;
/** Tags, comments, CDATA sections and processing instructions together, and every > inside one. Envelopes have tens. */
const MAX_ONDERDELEN = 200_000;
/** `&#x0010FFFF;` */
const MAX_VERWIJZING = 12;

const CDATA = '<![CDATA[';
const CDATA_EINDE = ']]>';

/** Characters of ASCII that mean nothing to the parser in text. It takes 40 ns for each; of a row of them it is shown one. */
const GEWOON = /[ -%'-;=?-\\^-~]{2,}/g;
/** The same in CDATA, where no character means anything. The parser is not told that it is CDATA, so it must not see the others either. */
const GEWOON_IN_CDATA = /[ -~]+/g;

/** geenXml: not well-formed, or not UTF-8. */
export type Bezwaar = 'geenXml' | 'xmlDtd' | 'xmlTeComplex';

export interface Luisteraar {
  open(tag: SaxesTagNS): void;
  sluit(): void;
  /** A piece of the text of the element that was opened last and is not closed yet. */
  tekst(stuk: string): void;
  /** Must throw. The explanation is a Dutch sentence without any value from the document. */
  weiger(bezwaar: Bezwaar, toelichting: string): never;
}

type Stand = 'markering' | 'tekst' | 'cdata';

const BENOEMD: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** @param naam what stands between & and ; and was accepted by the parser */
function teken(naam: string): string {
  if (!naam.startsWith('#')) return BENOEMD[naam] ?? '';
  return String.fromCodePoint(
    naam[1] === 'x' ? Number.parseInt(naam.slice(2), 16) : Number.parseInt(naam.slice(1), 10),
  );
}

/** How much of the end of this may be the beginning of what is looked for, or of one line end in two characters. */
function aanhangsel(tekst: string): number {
  if (tekst.endsWith(']]')) return 2;
  return tekst.endsWith(']') || tekst.endsWith('\r') ? 1 : 0;
}

export class Tekststroom {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  // Whatever version the document claims: libxml2 reads it as 1.0, and so must we.
  readonly #parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  readonly #luisteraar: Luisteraar;
  #stand: Stand = 'markering';
  /** The parser reported something: at the next > it is in text. */
  #gemeld = false;
  /** Length of the tag, comment or instruction that is being read. */
  #lengte = 0;
  #diepte = 0;
  #onderdelen = 0;
  #verwijzingen = 0;
  /** Read, but of no meaning without what comes next. */
  #over = '';

  constructor(luisteraar: Luisteraar) {
    this.#luisteraar = luisteraar;
    const parser = this.#parser;
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding && encoding.toUpperCase() !== 'UTF-8')
        luisteraar.weiger('geenXml', 'De XML-declaratie noemt een andere codering dan UTF-8.');
      this.#gemeld = true;
    });
    parser.on('doctype', () => luisteraar.weiger('xmlDtd', 'Een DTD is niet toegestaan.'));
    let attributen = 0;
    parser.on('opentagstart', () => {
      attributen = 0;
      this.#diepte += 1;
      if (this.#diepte > GRENZEN.diepte) this.#weiger('xmlTeComplex');
    });
    parser.on('attribute', () => {
      attributen += 1;
      if (attributen > GRENZEN.attributen) this.#weiger('xmlTeComplex');
    });
    parser.on('opentag', (tag) => {
      this.#gemeld = true;
      luisteraar.open(tag as SaxesTagNS);
    });
    parser.on('closetag', () => {
      this.#diepte -= 1;
      this.#gemeld = true;
      luisteraar.sluit();
    });
    const meld = (): void => {
      this.#gemeld = true;
    };
    parser.on('comment', meld);
    parser.on('processinginstruction', meld);
    // The parser's own text can quote the document; only the position goes on. An entity that nobody defined is the sign of a DTD.
    parser.on('error', ({ message }) => this.#weiger(/undefined entity/i.test(message) ? 'xmlDtd' : 'geenXml'));
  }

  /** Takes the next bytes; throws what the listener throws, after which no more may be read. */
  lees(bytes: Uint8Array): void {
    for (let hier = 0; hier < bytes.length; hier += BLOK_BYTES)
      this.#verwerk(this.#decodeer(bytes.subarray(hier, hier + BLOK_BYTES), true));
  }

  /** The document must be complete now. */
  einde(): void {
    this.#verwerk(this.#decodeer(new Uint8Array(0), false));
    this.#parser.close();
  }

  #weiger(bezwaar: Bezwaar): never {
    return this.#luisteraar.weiger(bezwaar, `De fout staat op regel ${this.#parser.line}.`);
  }

  #tel(): void {
    this.#onderdelen += 1;
    if (this.#onderdelen > MAX_ONDERDELEN) this.#weiger('xmlTeComplex');
  }

  #decodeer(bytes: Uint8Array, meer: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream: meer });
    } catch {
      return this.#luisteraar.weiger('geenXml', 'De inhoud is geen geldige UTF-8.');
    }
  }

  #verwerk(tekst: string): void {
    let rest = this.#over + tekst;
    this.#over = '';
    while (rest !== '') {
      if (this.#stand === 'markering') rest = this.#leesMarkering(rest);
      else rest = this.#stand === 'tekst' ? this.#leesTekst(rest) : this.#leesCdata(rest);
    }
  }

  /** @returns what comes after the first > */
  #leesMarkering(rest: string): string {
    const groter = rest.indexOf('>');
    const stuk = groter < 0 ? rest : rest.slice(0, groter + 1);
    if (groter >= 0) this.#tel();
    this.#lengte += stuk.length;
    if (this.#lengte > MAX_MARKERING) this.#weiger('xmlTeComplex');
    this.#parser.write(stuk);
    if (groter >= 0 && this.#gemeld) {
      this.#gemeld = false;
      this.#lengte = 0;
      // Outside the root element there is no text.
      if (this.#diepte > 0) this.#stand = 'tekst';
    }
    return rest.slice(stuk.length);
  }

  /** @returns what comes after the text, or after a reference in it */
  #leesTekst(rest: string): string {
    const plaats = rest.search(/[<&]/);
    if (plaats < 0) return this.#houdOver(rest);
    if (plaats > 0) {
      this.#lever(rest.slice(0, plaats));
      return rest.slice(plaats);
    }
    if (rest.startsWith('&')) return this.#leesVerwijzing(rest);
    if (rest.length < CDATA.length && CDATA.startsWith(rest)) {
      this.#over = rest;
      return '';
    }
    if (!rest.startsWith(CDATA)) {
      this.#stand = 'markering';
      return rest;
    }
    this.#tel();
    this.#stand = 'cdata';
    // It is not told that this is CDATA, and would take `]]` before an empty section and `>` after it for the `]]>` that no text may have.
    this.#parser.write('x');
    return rest.slice(CDATA.length);
  }

  #leesVerwijzing(rest: string): string {
    const puntkomma = rest.indexOf(';');
    if (puntkomma < 0 && rest.length < MAX_VERWIJZING) {
      this.#over = rest;
      return '';
    }
    if (puntkomma < 0 || puntkomma >= MAX_VERWIJZING) this.#weiger('geenXml');
    this.#verwijzingen += 1;
    if (this.#verwijzingen > GRENZEN.verwijzingen) this.#weiger('xmlTeComplex');
    const verwijzing = rest.slice(0, puntkomma + 1);
    this.#parser.write(verwijzing);
    this.#luisteraar.tekst(teken(verwijzing.slice(1, -1)));
    return rest.slice(verwijzing.length);
  }

  #leesCdata(rest: string): string {
    const einde = rest.indexOf(CDATA_EINDE);
    if (einde < 0) return this.#houdOver(rest);
    if (einde > 0) this.#lever(rest.slice(0, einde));
    this.#stand = 'tekst';
    return rest.slice(einde + CDATA_EINDE.length);
  }

  /** Delivers all of it but the end that cannot be judged yet. */
  #houdOver(rest: string): string {
    const lengte = rest.length - aanhangsel(rest);
    this.#over = rest.slice(lengte);
    if (lengte > 0) this.#lever(rest.slice(0, lengte));
    return '';
  }

  #lever(stuk: string): void {
    this.#parser.write(this.#stand === 'cdata' ? stuk.replace(GEWOON_IN_CDATA, 'x') : stuk.replace(GEWOON, 'x'));
    this.#luisteraar.tekst(stuk.includes('\r') ? stuk.replace(/\r\n?/g, '\n') : stuk);
  }
}
