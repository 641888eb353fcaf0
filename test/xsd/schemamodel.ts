/**
 * Reads an XSD into a tree of elements, so that two schemas can be compared and valid documents can be made from one.
 *
 * It knows exactly the constructs that these schemas use and throws on any other: an attribute, a choice or a default value
 * that it does not understand can then never slip through a comparison.
 */
import { XmlElement } from 'libxml2-wasm';
import { basisbestand, berichtbestand, type Kant, metDocument, type Soort } from './schemas.ts';

export interface Facet {
  readonly naam: string;
  readonly waarde: string;
}
export interface Enkelvoudig {
  readonly soort: 'enkelvoudig';
  /** Name in the basisschema; undefined when the type is written inside the element. */
  readonly naam: string | undefined;
  /** The built-in type at the end of the chain: string, integer, date, time. */
  readonly basis: string;
  /** Facets of the whole chain. */
  readonly facetten: readonly Facet[];
}
export interface Samengesteld {
  readonly soort: 'samengesteld';
  readonly kinderen: readonly ElementModel[];
}
export interface ElementModel {
  readonly naam: string;
  readonly namespace: string;
  readonly min: number;
  readonly max: number;
  readonly type: Enkelvoudig | Samengesteld;
}

const XS = 'http://www.w3.org/2001/XMLSchema';
const FACETTEN = ['enumeration', 'pattern', 'minLength', 'maxLength', 'minInclusive', 'maxInclusive'];
/** Every construct with the attributes it may carry. */
const BEKEND: Readonly<Record<string, readonly string[]>> = {
  schema: ['targetNamespace', 'elementFormDefault', 'version'],
  import: ['namespace', 'schemaLocation'],
  element: ['name', 'type', 'minOccurs', 'maxOccurs'],
  complexType: ['name'],
  sequence: [],
  simpleType: ['name'],
  restriction: ['base'],
  ...Object.fromEntries(FACETTEN.map((naam) => [naam, ['value']])),
};

const attribuut = (node: XmlElement, naam: string): string | undefined => node.attr(naam)?.value;

function verplicht<T>(waarde: T | null | undefined, wat: string): T {
  if (waarde === undefined || waarde === null) throw new Error(`${wat} ontbreekt`);
  return waarde;
}

/** The child constructs, annotations left out, each checked against BEKEND. */
function onderdelen(node: XmlElement): XmlElement[] {
  const gevonden: XmlElement[] = [];
  for (let kind = node.firstChild; kind; kind = kind.next) {
    if (kind instanceof XmlElement && !(kind.namespaceUri === XS && kind.name === 'annotation'))
      gevonden.push(controleer(kind));
  }
  return gevonden;
}

function controleer(node: XmlElement): XmlElement {
  const toegestaan = node.namespaceUri === XS ? BEKEND[node.name] : undefined;
  if (!toegestaan) throw new Error(`onbekende constructie ${node.name} (regel ${node.line})`);
  for (const { name } of node.attrs) {
    if (!toegestaan.includes(name)) throw new Error(`onbekend attribuut ${name} op ${node.name} (regel ${node.line})`);
  }
  return node;
}

function enige(node: XmlElement, naam: string): XmlElement {
  const delen = onderdelen(node);
  if (delen.length !== 1 || delen[0]?.name !== naam)
    throw new Error(`${node.name} (regel ${node.line}): precies één ${naam} verwacht`);
  return delen[0];
}

/** The global types of the message schema and the basisschema, by namespace and name. */
class Types {
  readonly #types = new Map<string, XmlElement>();

  constructor(schemas: readonly XmlElement[]) {
    for (const schema of schemas) {
      if (attribuut(controleer(schema), 'elementFormDefault') !== 'qualified')
        throw new Error('elementFormDefault is geen qualified');
      const namespace = doelnaamruimte(schema);
      for (const deel of onderdelen(schema)) {
        if (deel.name.endsWith('Type')) this.#types.set(`{${namespace}}${attribuut(deel, 'name')}`, deel);
      }
    }
  }

  element(node: XmlElement): ElementModel {
    const max = attribuut(node, 'maxOccurs') ?? '1';
    return {
      naam: verplicht(attribuut(node, 'name'), 'name'),
      namespace: doelnaamruimte(node.doc.root),
      min: Number(attribuut(node, 'minOccurs') ?? '1'),
      max: max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(max),
      type: this.#type(node, attribuut(node, 'type')),
    };
  }

  #type(node: XmlElement, verwijzing: string | undefined): Enkelvoudig | Samengesteld {
    if (verwijzing === undefined) return this.#enkelvoudig(enige(node, 'simpleType'), undefined);
    const { namespace, naam } = ontleed(node, verwijzing);
    const type = verplicht(this.#types.get(`{${namespace}}${naam}`), `type ${verwijzing}`);
    if (type.name === 'simpleType') return this.#enkelvoudig(type, naam);
    return { soort: 'samengesteld', kinderen: onderdelen(enige(type, 'sequence')).map((kind) => this.element(kind)) };
  }

  #enkelvoudig(type: XmlElement, naam: string | undefined): Enkelvoudig {
    const inperking = enige(type, 'restriction');
    const facetten = onderdelen(inperking).map((facet) => ({
      naam: facet.name,
      waarde: attribuut(facet, 'value') ?? '',
    }));
    if (facetten.some((facet) => !FACETTEN.includes(facet.naam))) throw new Error(`onbekend facet in ${naam}`);
    const verwijzing = verplicht(attribuut(inperking, 'base'), 'base');
    const basis = ontleed(inperking, verwijzing);
    if (basis.namespace === XS) return { soort: 'enkelvoudig', naam, basis: basis.naam, facetten };
    const ouder = this.#type(inperking, verwijzing);
    if (ouder.soort !== 'enkelvoudig') throw new Error(`${naam} beperkt een samengesteld type`);
    return { soort: 'enkelvoudig', naam, basis: ouder.basis, facetten: [...ouder.facetten, ...facetten] };
  }
}

const doelnaamruimte = (schema: XmlElement): string =>
  verplicht(attribuut(schema, 'targetNamespace'), 'targetNamespace');

function ontleed(node: XmlElement, verwijzing: string): { namespace: string; naam: string } {
  const [voorvoegsel, naam] = verwijzing.includes(':') ? verwijzing.split(':') : ['', verwijzing];
  return {
    namespace: verplicht(node.namespaceForPrefix(voorvoegsel ?? ''), `naamruimte van ${verwijzing}`),
    naam: naam ?? '',
  };
}

/** The model of a message: its root element with everything below it. */
export function leesModel(kant: Kant, soort: Soort): ElementModel {
  return metDocument(basisbestand(kant, soort.standaard).bytes, (basis) =>
    metDocument(berichtbestand(kant, soort).bytes, (bericht) => {
      const types = new Types([basis.root, bericht.root]);
      const wortels = onderdelen(bericht.root).filter((deel) => deel.name === 'element');
      if (wortels.length !== 1 || !wortels[0]) throw new Error('precies één wortelelement verwacht');
      return types.element(wortels[0]);
    }),
  );
}

/** The structure as text: one line per element path. Two schemas with the same lines accept the same trees of elements. */
export function beschrijf(model: ElementModel, boven = ''): string[] {
  const pad = `${boven}/${model.naam}`;
  const regel = `${pad} {${model.namespace}} ${model.min}..${model.max} ${model.type.soort}`;
  return model.type.soort === 'enkelvoudig'
    ? [regel]
    : [regel, ...model.type.kinderen.flatMap((kind) => beschrijf(kind, pad))];
}

/** The leaf elements, in document order. */
export function bladen(model: ElementModel, boven = ''): { pad: string; type: Enkelvoudig }[] {
  const pad = `${boven}/${model.naam}`;
  if (model.type.soort === 'enkelvoudig') return [{ pad, type: model.type }];
  return model.type.kinderen.flatMap((kind) => bladen(kind, pad));
}
