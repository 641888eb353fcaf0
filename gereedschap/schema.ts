/** Reads an XSD of this project: its types in order, with what the generator needs of them. */
import { XMLParser } from 'fast-xml-parser';
import type { Vorm } from '#src/xml/structuur.ts';

export interface Enkelvoudig {
  readonly naam: string;
  readonly vorm: Vorm;
  /** The values of an enumeration; empty for a type without one. */
  readonly codes: readonly string[];
}
export interface Schemaelement {
  readonly naam: string;
  /** Name of its type without prefix; '' when the type is written inside the element. */
  readonly type: string;
  readonly vorm: Vorm | 'klasse';
  readonly codes: readonly string[];
  readonly verplicht: boolean;
  readonly herhaalbaar: boolean;
}
export interface Schema {
  readonly namespace: string;
  readonly versie: string;
  readonly enkelvoudig: readonly Enkelvoudig[];
  readonly klassen: readonly { readonly naam: string; readonly elementen: readonly Schemaelement[] }[];
}

interface RuwType {
  readonly name: string;
  readonly restriction: { readonly base: string; readonly enumeration?: readonly { readonly value: string }[] };
}
interface RuwElement {
  readonly name: string;
  readonly type?: string;
  readonly minOccurs?: string;
  readonly maxOccurs?: string;
  readonly simpleType?: readonly RuwType[];
}
interface RuwSchema {
  readonly schema: {
    readonly targetNamespace: string;
    readonly version: string;
    readonly simpleType?: readonly RuwType[];
    readonly complexType?: readonly {
      readonly name: string;
      readonly sequence: readonly { element: readonly RuwElement[] }[];
    }[];
  };
}

const LIJSTEN = new Set(['complexType', 'simpleType', 'element', 'sequence', 'enumeration']);
const lezer = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (naam) => LIJSTEN.has(naam),
});
const zonderVoorvoegsel = (naam: string): string => naam.slice(naam.indexOf(':') + 1);

/** Built-in types at the end of a chain of restrictions. */
const VORMEN: Readonly<Record<string, Vorm>> = {
  string: 'tekst',
  integer: 'getal',
  nonNegativeInteger: 'getal',
  date: 'datum',
  time: 'tijd',
};

/**
 * @param xsd text of the schema
 * @param basis the schema that it imports; absent for the basisschema itself
 * @throws when it uses a construct that this reader does not know
 */
export function leesSchema(xsd: string, basis?: Schema): Schema {
  const { schema } = lezer.parse(xsd) as RuwSchema;
  const ruwe = new Map((schema.simpleType ?? []).map((type) => [type.name, type]));
  const bekend = new Map((basis?.enkelvoudig ?? []).map((type) => [type.naam, type]));
  const samengesteld = new Set(
    [...(schema.complexType ?? []), ...(basis?.klassen ?? [])].map((type) => ('naam' in type ? type.naam : type.name)),
  );
  const vormVan = (naam: string): Vorm => {
    const lokaal = zonderVoorvoegsel(naam);
    const ruw = ruwe.get(lokaal);
    const vorm = ruw ? vormVan(ruw.restriction.base) : (bekend.get(lokaal)?.vorm ?? VORMEN[lokaal]);
    if (!vorm) throw new Error(`unknown type ${naam}`);
    return vorm;
  };
  const codes = ({ restriction }: RuwType): readonly string[] =>
    (restriction.enumeration ?? []).map(({ value }) => value);
  const element = (ruw: RuwElement): Schemaelement => {
    const type = zonderVoorvoegsel(ruw.type ?? '');
    const [binnen] = ruw.simpleType ?? [];
    const naam = binnen ? binnen.restriction.base : type;
    return {
      naam: ruw.name,
      type,
      vorm: samengesteld.has(type) ? 'klasse' : vormVan(naam),
      codes: binnen ? codes(binnen) : [],
      verplicht: ruw.minOccurs !== '0',
      herhaalbaar: ruw.maxOccurs === 'unbounded',
    };
  };
  return {
    namespace: schema.targetNamespace,
    versie: schema.version,
    enkelvoudig: [...ruwe.values()].map((type) => ({ naam: type.name, vorm: vormVan(type.name), codes: codes(type) })),
    klassen: (schema.complexType ?? []).map(({ name, sequence }) => ({
      naam: name,
      elementen: sequence.flatMap((reeks) => reeks.element).map(element),
    })),
  };
}
