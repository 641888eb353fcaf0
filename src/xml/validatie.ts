/**
 * Validates a parsed document and keeps the first errors; the rest is only counted.
 *
 * XsdValidator.validate keeps them all, each with a path, for which libxml2 counts the siblings before it: a message with the same fault in
 * 20,000 lines of one list took 20 s, and one with 900,000 attributes 55 s. These are the calls that validate makes itself, with a collector
 * of our own. They are the inner side of libxml2-wasm, so its version is pinned exactly, and the tests of xsd.ts hold this to its verdicts.
 */
import type { ErrorDetail, XmlDocument, XsdValidator } from 'libxml2-wasm';
import * as libxml2 from 'libxml2-wasm/lib/libxml2.mjs';

export interface Fouten {
  /** In document order. */
  readonly eerste: readonly ErrorDetail[];
  readonly weggelaten: number;
}

interface Verzameling {
  readonly hoogstens: number;
  readonly eerste: ErrorDetail[];
  weggelaten: number;
}
/** Of the validation under way: it never yields, so there is one. */
let lopend: Verzameling | undefined;

function verzamel(_data: number, fout: number): void {
  if (!lopend) return;
  if (lopend.eerste.length >= lopend.hoogstens) {
    lopend.weggelaten += 1;
    return;
  }
  const { XmlErrorStruct: van } = libxml2;
  const xpath = libxml2.xmlGetNodePath(van.node(fout));
  lopend.eerste.push({
    message: van.message(fout),
    level: van.level(fout),
    line: van.line(fout),
    col: van.col(fout),
    ...(xpath !== null && { xpath }),
  });
}

/** Not in the types of libxml2-wasm. */
const { addFunction } = libxml2 as unknown as { addFunction(functie: typeof verzamel, vorm: 'vii'): number };
const VERZAMELAAR = addFunction(verzamel, 'vii');

/** Where an object of libxml2-wasm lies in the memory of libxml2. */
const plaats = (van: XsdValidator | XmlDocument): number => (van as unknown as { readonly _ptr: number })._ptr;

/**
 * @param hoogstens so many errors are kept
 * @returns undefined when the document is valid
 * @throws when libxml2 cannot judge it
 */
export function foutenVolgens(schema: XsdValidator, document: XmlDocument, hoogstens: number): Fouten | undefined {
  const gevonden: Verzameling = { hoogstens, eerste: [], weggelaten: 0 };
  const context = libxml2.xmlSchemaNewValidCtxt(plaats(schema));
  lopend = gevonden;
  try {
    libxml2.xmlSchemaSetValidStructuredErrors(context, VERZAMELAAR, 0);
    const uitslag = libxml2.xmlSchemaValidateDoc(context, plaats(document));
    if (uitslag === 0) return undefined;
    if (uitslag < 0 || gevonden.eerste.length === 0) throw new Error('libxml2 could not judge the document');
    return { eerste: gevonden.eerste, weggelaten: gevonden.weggelaten };
  } finally {
    lopend = undefined;
    libxml2.xmlSchemaFreeValidCtxt(context);
  }
}
