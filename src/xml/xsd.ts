/**
 * Validates bytes against the XSDs under xsd/. libxml2 in WebAssembly: it has no network and no file system, so an entity
 * or an import can reach nothing but the schemas registered here.
 */
import { existsSync, readFileSync } from 'node:fs';
import {
  type ErrorDetail,
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlParseError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { Padlezer } from './pad.ts';
import { type Fouten, foutenVolgens } from './validatie.ts';
import { vertaalXsdMelding } from './xsd-melding.ts';

/** One thing the XSD has against the document. Holds no value from the document. */
export interface XsdFout {
  readonly regelnummer: number;
  /** XPath with positions, without prefixes. */
  readonly pad: string;
  readonly melding: string;
}

export type XsdUitslag =
  | { readonly geldig: true; readonly document: XmlDocument }
  | { readonly geldig: false; readonly fouten: readonly XsdFout[]; readonly weggelaten: number };

/** More errors than this help nobody, and a hostile message could have millions; the rest is counted. */
const MAX_FOUTEN = 1000;

const XSD_MAP = new URL('../../xsd/', import.meta.url);
const OPTIES =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_BIG_LINES |
  ParseOption.XML_PARSE_COMPACT;

/**
 * Up to this size, white space between elements is left out of the tree when that cannot change a verdict: a ninth less work. Larger
 * messages keep it, because libxml2 remembers line numbers above 65,535 in the text nodes.
 */
const KLEIN_BYTES = 128 * 1024;

/**
 * Without comments, CDATA and processing instructions, white space that stands before a tag is never part of a value. With them it may
 * be: in `<Bsn> <!-- --> 1</Bsn>` the parser would drop a space that the XSD must refuse.
 */
function opties(bytes: Uint8Array): ParseOption {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const gewoon = buffer.length <= KLEIN_BYTES && !buffer.includes('<!') && buffer.indexOf('<?', 1) < 0;
  return gewoon ? OPTIES | ParseOption.XML_PARSE_NOBLANKS : OPTIES;
}

const invoer = new XmlBufferInputProvider({});
xmlRegisterInputProvider(invoer);
const validators = new Map<string, XsdValidator>();

const aanwezig = new Map<string, boolean>();

/** Is there an XSD for this soort? A berichtsoort without one is not supported yet. Asked once per file. */
export function heeftXsd(xsd: string): boolean {
  let antwoord = aanwezig.get(xsd);
  if (antwoord === undefined) {
    antwoord = existsSync(new URL(xsd, XSD_MAP));
    aanwezig.set(xsd, antwoord);
  }
  return antwoord;
}

const geregistreerd = new Set<string>();

/**
 * Reads a schema, and puts the schemas that it imports where libxml2 will ask for them.
 * @param xsd file under xsd/; the places in a schema are relative to its own
 */
function leesSchema(xsd: string): Buffer {
  const bytes = readFileSync(new URL(xsd, XSD_MAP));
  for (const [, plek = ''] of bytes.toString().matchAll(/\sschemaLocation="([^"]+)"/g)) {
    const doel = new URL(plek, `file:///${xsd}`).pathname.slice(1);
    if (geregistreerd.has(doel)) continue;
    geregistreerd.add(doel);
    invoer.addBuffer(doel, leesSchema(doel));
  }
  return bytes;
}

function validator(xsd: string): XsdValidator {
  const bestaand = validators.get(xsd);
  if (bestaand) return bestaand;
  const schema = XmlDocument.fromBuffer(leesSchema(xsd), { url: xsd });
  try {
    const nieuw = XsdValidator.fromDoc(schema);
    validators.set(xsd, nieuw);
    return nieuw;
  } finally {
    schema.dispose();
  }
}

/** Compiles the schemas beforehand, so that the first message does not wait for it. */
export function warmXsdsOp(xsds: readonly string[]): void {
  for (const xsd of xsds) validator(xsd);
}

/** @param document the parsed message; absent when it could not be parsed */
function ongeldig({ eerste, weggelaten }: Fouten, document?: XmlDocument): XsdUitslag {
  const lezer = document && new Padlezer(document);
  const fouten = eerste.map((detail) => ({
    pad: (detail.xpath && lezer?.leesbaar(detail.xpath)) || '/',
    regelnummer: detail.line,
    melding: vertaalXsdMelding(detail.message),
  }));
  return { geldig: false, fouten, weggelaten };
}

const begrensd = (details: readonly ErrorDetail[]): Fouten => ({
  eerste: details.slice(0, MAX_FOUTEN),
  weggelaten: Math.max(details.length - MAX_FOUTEN, 0),
});

/**
 * @param bytes a message that was validated before
 * @param paden places in it, as the rules give them
 * @returns the line of each
 */
export function regelnummersVan(bytes: Uint8Array, paden: readonly string[]): readonly number[] {
  const document = XmlDocument.fromBuffer(bytes, { option: opties(bytes) });
  try {
    const lezer = new Padlezer(document);
    return paden.map((pad) => lezer.regelnummer(pad));
  } finally {
    document.dispose();
  }
}

/**
 * Parses and validates a message (control level 1).
 * @param bytes the message as received
 * @param xsd file under xsd/, see Berichtsoort.xsd
 * @returns the parsed document, which the caller must dispose, or every error in document order
 * @throws when the schema itself cannot be read: a fault of the installation, not of the message
 */
export function valideer(bytes: Uint8Array, xsd: string): XsdUitslag {
  const schema = validator(xsd);
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(bytes, { option: opties(bytes) });
  } catch (fout) {
    if (fout instanceof XmlParseError) return ongeldig(begrensd(fout.details));
    throw fout;
  }
  let geldig = false;
  try {
    const fouten = foutenVolgens(schema, document, MAX_FOUTEN);
    geldig = fouten === undefined;
    return fouten ? ongeldig(fouten, document) : { geldig: true, document };
  } finally {
    if (!geldig) document.dispose();
  }
}
