/**
 * Reads what intake must know of a message before anything is stored: is it well-formed XML in UTF-8, free of DTD and entities, within
 * bounds, and what does its header say?
 *
 * A message that is there as a whole is read by libxml2 in one go (some 15 microseconds per kB); one that comes off the wire and is not
 * small by a streaming parser (some 40), in slices of one network chunk, so that it never holds up the event loop. Both take and refuse
 * the same documents, and keep the same bounds (grenzen.ts); a test holds them against each other.
 */
import { isUtf8 } from 'node:buffer';
import { ParseOption, XmlDocument, XmlElement, XmlParseError, XmlXPath } from 'libxml2-wasm';
import { KnooppuntFout } from '../fouten.ts';
import { isTeLang, teComplex } from './grenzen.ts';
import { meet } from './omvang.ts';
import { MAX_BSN_IN_BSN, MAX_KOPBLADEREN, noteerBlad, StroomLezer, type Voorblad } from './stroomlezer.ts';
import { raadBij } from './welgevormd-raad.ts';

export type { Voorblad } from './stroomlezer.ts';

/** Up to here a message is kept until it is whole: reading it takes a few milliseconds at most. */
const KLEIN_BYTES = 128 * 1024;
const OPTIES = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_COMPACT;
const BSN = XmlXPath.compile(`//*[local-name()='Bsn'][count(ancestor::*[local-name()='Bsn']) < ${MAX_BSN_IN_BSN}]`);
const KOPBLADEREN = XmlXPath.compile(
  `/*/*[local-name()='Header'][1]/descendant::*[not(*)][position() <= ${MAX_KOPBLADEREN}]`,
);

function headerVan(document: XmlDocument): Readonly<Record<string, string>> {
  const header: Record<string, string> = {};
  for (const blad of document.find(KOPBLADEREN))
    if (blad instanceof XmlElement) noteerBlad(header, blad.parent?.name ?? '', blad.name, blad.content);
  return header;
}

/** The parser's own text can quote the message; only the kind of the first error and its position go on. */
function alsWeigering({ details: [eerste] }: XmlParseError): KnooppuntFout {
  const melding = eerste?.message ?? '';
  if (isTeLang(melding)) return teComplex('lengte', eerste?.line ?? 1);
  const soort = /^Entity '.*' not defined/.test(melding) ? 'xmlDtd' : 'geenXml';
  const raad = soort === 'geenXml' ? raadBij(melding) : '';
  return new KnooppuntFout(soort, `De fout staat op regel ${eerste?.line ?? 1}.${raad}`);
}

function ontleed(bytes: Uint8Array): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes, { option: OPTIES, encoding: 'utf-8' });
  } catch (fout) {
    if (!(fout instanceof XmlParseError)) throw fout;
    throw alsWeigering(fout);
  }
}

/** A declaration that names another encoding than the one the bytes are in. */
const ANDERE_CODERING = /^<\?xml[^>]*\sencoding\s*=\s*["'](?!utf-8["'])/i;

/** No other encoding may reach a reader: what it says of it would make no sense. */
function weigerAndereCodering(bytes: Buffer): void {
  if (bytes[0] === 0xef || bytes[0] === 0xfe || bytes[0] === 0xff)
    throw new KnooppuntFout('geenXml', 'Het bericht begint met een byte order mark.');
  if (ANDERE_CODERING.test(bytes.toString('latin1', 0, 200)))
    throw new KnooppuntFout('geenXml', 'De XML-declaratie noemt een andere codering dan UTF-8.');
  // Latin letters in UTF-16 are UTF-8 too, with a NUL before or after each.
  if (bytes[0] === 0 || bytes[1] === 0 || !isUtf8(bytes))
    throw new KnooppuntFout('geenXml', 'De inhoud is geen geldige UTF-8.');
}

const DOCTYPE = '<!DOCTYPE';

/** A DTD must never reach a parser that knows what to do with one. Its name may stand in a comment, or be hidden in what only seems one. */
function leesMetDtd(bytes: Buffer, plaats = 0): Voorblad {
  if (bytes.indexOf(DOCTYPE) === plaats) {
    ontleed(Buffer.concat([bytes.subarray(0, plaats), Buffer.from('<a/>')])).dispose();
    throw new KnooppuntFout('xmlDtd');
  }
  const stroom = new StroomLezer();
  stroom.lees(bytes);
  return stroom.einde();
}

/** Reads a whole message at once, whatever its size; see VoorbladLezer. */
export function leesVoorblad(inhoud: Uint8Array): Voorblad {
  const bytes = Buffer.from(inhoud.buffer, inhoud.byteOffset, inhoud.byteLength);
  weigerAndereCodering(bytes);
  const { dtd, tot } = meet(bytes);
  if (bytes.includes(DOCTYPE)) return leesMetDtd(bytes, dtd);
  const document = ontleed(bytes.subarray(0, tot));
  try {
    const bsns = new Set(document.find(BSN).map((node) => node.content.trim()));
    return { namespace: document.root.namespaceUri, wortel: document.root.name, header: headerVan(document), bsns };
  } finally {
    document.dispose();
  }
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
    return leesVoorblad(Buffer.concat(this.#stukken));
  }
}
