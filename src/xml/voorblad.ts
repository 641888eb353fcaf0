/**
 * Reads what intake must know of a message before anything is stored: is it well-formed XML in UTF-8, free of DTD and entities, within
 * bounds, and what does its header say?
 *
 * A small message is read by libxml2 in one go (some 15 microseconds per kB); a larger one by a streaming parser (some 40), in slices of
 * one network chunk, so that it never holds up the event loop. Both take and refuse the same documents; a test holds them against each
 * other.
 */
import { isUtf8 } from 'node:buffer';
import { ParseOption, XmlDocument, XmlParseError, XmlXPath } from 'libxml2-wasm';
import { KnooppuntFout } from '../fouten.ts';
import { type Element, leesTak } from './boom.ts';
import { MAX_ATTRIBUTEN_PER_ELEMENT, MAX_DIEPTE, StroomLezer, type Voorblad } from './stroomlezer.ts';

export type { Voorblad } from './stroomlezer.ts';

/** Up to here a message is kept until it is whole: reading it takes a few milliseconds at most. */
const KLEIN_BYTES = 128 * 1024;
const OPTIES = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_COMPACT;
const BSN = XmlXPath.compile("//*[local-name()='Bsn']");
const TE_DIEP = XmlXPath.compile(`boolean(${'/*'.repeat(MAX_DIEPTE + 1)})`);

function* bladeren(element: Element): Generator<Element> {
  if (element.kinderen.length === 0) yield element;
  else for (const kind of element.kinderen) yield* bladeren(kind);
}

function headerVan(document: XmlDocument): Readonly<Record<string, string>> {
  const header: Record<string, string> = {};
  const tak = leesTak(document, 'Header');
  // The first one counts: a second element of the same name is for the XSD to refuse.
  for (const kind of tak?.kinderen ?? []) for (const { naam, tekst } of bladeren(kind)) header[naam] ??= tekst;
  return header;
}

/** The parser's own text can quote the message; only the kind of the first error and its position go on. */
function alsWeigering({ details: [eerste] }: XmlParseError): KnooppuntFout {
  const melding = eerste?.message ?? '';
  if (/depth|limit/i.test(melding)) return new KnooppuntFout('xmlTeComplex');
  const soort = /^Entity '.*' not defined/.test(melding) ? 'xmlDtd' : 'geenXml';
  return new KnooppuntFout(soort, `De fout staat op regel ${eerste?.line ?? 1}.`);
}

function ontleed(bytes: Uint8Array): XmlDocument {
  if (!isUtf8(bytes)) throw new KnooppuntFout('geenXml', 'De inhoud is geen geldige UTF-8.');
  try {
    return XmlDocument.fromBuffer(bytes, { option: OPTIES, encoding: 'utf-8' });
  } catch (fout) {
    if (!(fout instanceof XmlParseError)) throw fout;
    throw alsWeigering(fout);
  }
}

/** A declaration that names another encoding than the one the bytes are in. */
const ANDERE_CODERING = /^<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])/i;

function leesKlein(bytes: Uint8Array): Voorblad {
  if (bytes[0] === 0xef || bytes[0] === 0xfe || bytes[0] === 0xff)
    throw new KnooppuntFout('geenXml', 'Het bericht begint met een byte order mark.');
  if (ANDERE_CODERING.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))) {
    throw new KnooppuntFout('geenXml', 'De XML-declaratie noemt een andere codering dan UTF-8.');
  }
  const document = ontleed(bytes);
  try {
    if (document.root.eval(TE_DIEP) === true) throw new KnooppuntFout('xmlTeComplex');
    const bsns = new Set(document.find(BSN).map((node) => node.content.trim()));
    return { namespace: document.root.namespaceUri, wortel: document.root.name, header: headerVan(document), bsns };
  } finally {
    document.dispose();
  }
}

/**
 * No document type declaration, which must never reach a parser that knows what to do with one, and too few equals signs for too many
 * attributes. What is not plain is read with the stricter reader, whatever its size.
 */
function isGewoon(bytes: Buffer): boolean {
  let gelijktekens = 0;
  for (let plaats = bytes.indexOf('='); plaats >= 0; plaats = bytes.indexOf('=', plaats + 1)) gelijktekens += 1;
  return gelijktekens <= MAX_ATTRIBUTEN_PER_ELEMENT && !bytes.includes('<!DOCTYPE');
}

/** Takes a message as it comes off the wire. */
export class VoorbladLezer {
  #stukken: Uint8Array[] = [];
  #bytes = 0;
  #stroom: StroomLezer | undefined;

  /** @throws KnooppuntFout geenXml, xmlDtd or xmlTeComplex; for a large message at the first byte that makes it so */
  lees(stuk: Uint8Array): void {
    if (this.#stroom) {
      this.#stroom.lees(stuk);
      return;
    }
    this.#stukken.push(stuk);
    this.#bytes += stuk.length;
    if (this.#bytes <= KLEIN_BYTES) return;
    this.#stroom = new StroomLezer();
    for (const eerder of this.#stukken) this.#stroom.lees(eerder);
    this.#stukken = [];
  }

  /**
   * @returns the header and the subjects
   * @throws KnooppuntFout when the document is not well-formed to its end
   */
  einde(): Voorblad {
    if (this.#stroom) return this.#stroom.einde();
    const bytes = Buffer.concat(this.#stukken);
    if (isGewoon(bytes)) return leesKlein(bytes);
    const stroom = new StroomLezer();
    stroom.lees(bytes);
    return stroom.einde();
  }
}

/** Reads a whole message at once; see VoorbladLezer. */
export function leesVoorblad(bytes: Uint8Array): Voorblad {
  const lezer = new VoorbladLezer();
  lezer.lees(bytes);
  return lezer.einde();
}
