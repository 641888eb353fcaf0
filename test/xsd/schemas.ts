/**
 * The two sides of the comparison: the project's own XSDs and the official ones. The official files are not part of this
 * repository; without them only the own side can be tested.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';

export type Standaard = 'iwmo' | 'ijw';
export type Kant = 'eigen' | 'officieel';
export interface Soort {
  readonly standaard: Standaard;
  /** WMO301, JW301, ... */
  readonly code: string;
}

export const STANDAARDEN: readonly Standaard[] = ['iwmo', 'ijw'];
const NUMMERS = [301, 302, 305, 306, 307, 308, 315, 316, 317, 318, 319, 320, 323, 325];
const VOORVOEGSEL = { iwmo: 'WMO', ijw: 'JW' } as const;
export const SOORTEN: readonly Soort[] = STANDAARDEN.flatMap((standaard) =>
  NUMMERS.map((nummer) => ({ standaard, code: `${VOORVOEGSEL[standaard]}${nummer}` })),
);

/** Folder with the official XSDs and samples: KNOOPPUNT_NORM, which diensten.ts gives this name. */
export const NORM = process.env.TEST_NORM ?? path.resolve(import.meta.dirname, '../../../shared/norm');
const EIGEN = path.resolve(import.meta.dirname, '../../xsd');
export const VOORBEELDEN = path.resolve(import.meta.dirname, '../../voorbeelden');
export const heeftNorm = existsSync(path.join(NORM, 'xsd'));

export const basisNamespace = (standaard: Standaard): string =>
  `http://www.istandaarden.nl/${standaard}/3_2/basisschema/schema`;
export const berichtNamespace = ({ standaard, code }: Soort): string =>
  `http://www.istandaarden.nl/${standaard}/3_2/${code.toLowerCase()}/schema`;

/** A schema file as bytes, with the made-up address under which libxml2 resolves its import of the basisschema. */
interface Schemabestand {
  readonly bytes: Uint8Array;
  readonly url: string;
}

/** Where a schema lies: in the norm folder the retours of iWmo stand apart, because they are derived. */
function zoek(kant: Kant, standaard: Standaard, bestand: string): Schemabestand {
  const wortel = kant === 'eigen' ? EIGEN : path.join(NORM, 'xsd');
  const map = ['3.2', '3.2-derived'].find((naam) => existsSync(path.join(wortel, standaard, naam, bestand)));
  if (map === undefined) throw new Error(`${bestand} ontbreekt onder ${wortel}`);
  return {
    bytes: readFileSync(path.join(wortel, standaard, map, bestand)),
    url: `${kant}/${standaard}/${map}/${bestand}`,
  };
}

export const basisbestand = (kant: Kant, standaard: Standaard): Schemabestand =>
  zoek(kant, standaard, 'basisschema.xsd');
export const berichtbestand = (kant: Kant, soort: Soort): Schemabestand =>
  zoek(kant, soort.standaard, `${soort.code}.xsd`);

const invoer = new XmlBufferInputProvider({});
xmlRegisterInputProvider(invoer);

/** Compiles a schema that imports the basisschema of that side and standard. */
export function compileer(kant: Kant, standaard: Standaard, schema: Schemabestand): XsdValidator {
  const basis = basisbestand(kant, standaard);
  invoer.addBuffer(basis.url, basis.bytes);
  const document = XmlDocument.fromBuffer(schema.bytes, { url: schema.url });
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
}

/**
 * The verdict, nothing else. Only a validation error counts as 'ongeldig': anything else that goes wrong is a fault of the
 * test and must not pass for a verdict.
 */
export function isGeldig(validator: XsdValidator, document: XmlDocument): boolean {
  try {
    validator.validate(document);
    return true;
  } catch (fout) {
    if (fout instanceof XmlValidateError && fout.details.length > 0) return false;
    throw fout;
  }
}

/** Runs `doe` on a parsed document and disposes it, whatever happens. */
export function metDocument<T>(xml: string | Uint8Array, doe: (document: XmlDocument) => T): T {
  const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  try {
    return doe(document);
  } finally {
    document.dispose();
  }
}
