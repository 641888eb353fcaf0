/**
 * Reads the content of a message that satisfies its XSD into plain objects, in the shape that the generated types describe.
 *
 * The XSD validator has judged names, order, namespaces, nesting and well-formedness before this; here only the structure is followed.
 * Nearly all messages are plain: tags and text, no comment, CDATA, processing instruction or reference. Those are cut at their angle brackets, at a
 * quarter of the price of a parser; anything else goes through one. A test holds both against the tree of libxml2.
 */
import { SaxesParser } from 'saxes';
import type { Inhoud, Klasse, Structuur, Veld, Waarde } from './structuur.ts';

type Bouwsel = Record<string, Waarde | Waarde[]>;

/** An element that is open: a class that is being filled. */
interface Open {
  readonly inhoud: Bouwsel;
  readonly klasse: Klasse;
}

const lokaal = (naam: string): string => naam.slice(naam.indexOf(':') + 1);

function zet(inhoud: Bouwsel, { naam, herhaalbaar }: Veld, waarde: Waarde): void {
  const eerder = inhoud[naam];
  if (!herhaalbaar) inhoud[naam] = waarde;
  else if (Array.isArray(eerder)) eerder.push(waarde);
  else inhoud[naam] = [waarde];
}

/** Takes the tags and texts of a message in order and makes its content of them. */
class Bouwer {
  readonly #wortel: Open;
  readonly #open: Open[] = [];
  #hier: Open;
  #blad: Veld | undefined;
  readonly #leesWaarde: (ruw: string) => string;

  constructor(klasse: Klasse, leesWaarde: (ruw: string) => string) {
    this.#leesWaarde = leesWaarde;
    this.#wortel = { inhoud: {}, klasse };
    this.#hier = this.#wortel;
  }

  get inhoud(): Inhoud {
    return this.#wortel.inhoud as Inhoud;
  }

  begin(naam: string): void {
    if (this.#open.length === 0) {
      this.#open.push(this.#wortel);
      return;
    }
    const veld = this.#hier.klasse.opNaam.get(lokaal(naam));
    if (!veld) throw new Error(`no element ${lokaal(naam)} in ${this.#hier.klasse.naam}`);
    if (veld.klasse) {
      const inhoud: Bouwsel = {};
      zet(this.#hier.inhoud, veld, inhoud as Inhoud);
      this.#hier = { inhoud, klasse: veld.klasse };
      this.#open.push(this.#hier);
    } else this.#blad = veld;
  }

  /** @param tekst holds, between these places, all text of the element; only that of a leaf counts */
  einde(tekst: string, van: number, tot: number): void {
    if (this.#blad) {
      const waarde = this.#leesWaarde(tekst.slice(van, tot));
      zet(this.#hier.inhoud, this.#blad, this.#blad.vorm === 'tekst' ? waarde : waarde.trim());
      this.#blad = undefined;
    } else {
      this.#open.pop();
      this.#hier = this.#open.at(-1) ?? this.#wortel;
    }
  }
}

/** A start tag with everything in it. An attribute may hold a >, so with attributes the first one need not be its end. */
const MET_ATTRIBUTEN = /([^\s/>]+)(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/y;
const SLASH = 47;

/** Does a message hold nothing but a declaration, tags and text? */
const isPlat = (tekst: string): boolean => !tekst.includes('&') && !tekst.includes('<!') && tekst.indexOf('<?', 1) < 0;

/** Where a start tag begins and ends, and the name in it. */
function starttag(
  tekst: string,
  hier: number,
): { readonly naam: string; readonly leeg: boolean; readonly eind: number } {
  const eind = tekst.indexOf('>', hier);
  const kaal = tekst.slice(hier + 1, eind);
  if (!kaal.includes('=')) {
    const leeg = kaal.endsWith('/');
    return { naam: (leeg ? kaal.slice(0, -1) : kaal).trimEnd(), leeg, eind };
  }
  MET_ATTRIBUTEN.lastIndex = hier + 1;
  const [heel = '', naam = ''] = MET_ATTRIBUTEN.exec(tekst) ?? [];
  return { naam, leeg: heel.endsWith('/>'), eind: hier + heel.length };
}

/** A parser makes one line feed of any line end that stands in the text, and so do we. */
const metEenRegeleinde = (ruw: string): string => (ruw.includes('\r') ? ruw.replace(/\r\n?/g, '\n') : ruw);

function leesPlat(tekst: string, klasse: Klasse): Inhoud {
  const bouwer = new Bouwer(klasse, metEenRegeleinde);
  let inhoud = 0;
  let tag = tekst.indexOf('<', tekst.startsWith('<?') ? tekst.indexOf('?>') : 0);
  while (tag >= 0) {
    if (tekst.charCodeAt(tag + 1) === SLASH) {
      bouwer.einde(tekst, inhoud, tag);
      inhoud = tekst.indexOf('>', tag) + 1;
    } else {
      const { naam, leeg, eind } = starttag(tekst, tag);
      bouwer.begin(naam);
      if (leeg) bouwer.einde('', 0, 0);
      inhoud = eind + 1;
    }
    tag = tekst.indexOf('<', inhoud);
  }
  return bouwer.inhoud;
}

function leesMetParser(tekst: string, klasse: Klasse): Inhoud {
  // The parser did that already; a carriage return that it hands over was a reference, and belongs to the content.
  const bouwer = new Bouwer(klasse, (ruw) => ruw);
  // Whatever version the message claims: libxml2 reads it as 1.0, and so must we.
  const parser = new SaxesParser({ xmlns: false, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  let gelezen = '';
  const lees = (stuk: string): void => {
    gelezen += stuk;
  };
  parser.on('error', (fout) => {
    throw fout;
  });
  parser.on('opentag', ({ name }) => {
    bouwer.begin(name);
    gelezen = '';
  });
  parser.on('text', lees);
  parser.on('cdata', lees);
  parser.on('closetag', () => bouwer.einde(gelezen, 0, gelezen.length));
  parser.write(tekst).close();
  return bouwer.inhoud;
}

/**
 * @param bytes a message in UTF-8 that is valid for the XSD of this structure
 * @returns the content of its root element
 * @throws when the message does not fit the structure after all: a fault of the program, never of a message
 */
export function leesInhoud(bytes: Uint8Array, { wortel }: Structuur): Inhoud {
  const tekst = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return isPlat(tekst) ? leesPlat(tekst, wortel) : leesMetParser(tekst, wortel);
}
