/**
 * The structure that an XSD describes, as data: which elements a complex type has, in which order, and which are optional.
 * The XSD is the only description of structure in this project; composers take the order of elements from here.
 */
import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';

export interface SchemaElement {
  readonly naam: string;
  readonly verplicht: boolean;
  readonly herhaalbaar: boolean;
}

export interface Schemamodel {
  readonly namespace: string;
  /** The version that a sender states in XsdVersie (IV034). */
  readonly versie: string;
  /** Complex type name → its elements in order. */
  readonly typen: ReadonlyMap<string, readonly SchemaElement[]>;
}

interface RuwElement {
  readonly name?: string;
  readonly minOccurs?: string;
  readonly maxOccurs?: string;
}
interface RuwSchema {
  readonly schema: {
    readonly targetNamespace: string;
    readonly version?: string;
    readonly complexType?: readonly {
      readonly name: string;
      readonly sequence?: readonly { readonly element?: readonly RuwElement[] }[];
    }[];
  };
}

const LIJSTEN = new Set(['complexType', 'element', 'sequence']);
const lezer = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  isArray: (naam) => LIJSTEN.has(naam),
});
const XSD_MAP = new URL('../../xsd/', import.meta.url);
const gelezen = new Map<string, Schemamodel>();

/**
 * @param xsd file under xsd/
 * @returns the model of that schema; read once
 */
export function schemamodel(xsd: string): Schemamodel {
  const bestaand = gelezen.get(xsd);
  if (bestaand) return bestaand;
  const ruw = lezer.parse(readFileSync(new URL(xsd, XSD_MAP))) as RuwSchema;
  const typen = new Map(
    (ruw.schema.complexType ?? []).map((type) => [
      type.name,
      (type.sequence ?? [])
        .flatMap((reeks) => reeks.element ?? [])
        .map((element) => ({
          naam: element.name ?? '',
          verplicht: element.minOccurs !== '0',
          herhaalbaar: element.maxOccurs !== undefined && element.maxOccurs !== '1',
        })),
    ]),
  );
  const model = { namespace: ruw.schema.targetNamespace, versie: ruw.schema.version ?? '', typen };
  gelezen.set(xsd, model);
  return model;
}
