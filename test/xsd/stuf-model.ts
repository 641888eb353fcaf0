/**
 * Reads the envelope schemas into a tree per document, as schemamodel.ts does for the messages. StUF needs more of XSD: include,
 * choice, restriction of a complex type, attributes, fixed values, any. What is not in BEKEND throws as soon as one of the five
 * documents can reach it; so nillable, mixed, abstract, substitution groups and attribute groups are proved absent.
 */
import { readFileSync } from 'node:fs';
import { XmlElement } from 'libxml2-wasm';
import type { Enkelvoudig, Facet } from './schemamodel.ts';
import { type Kant, metDocument } from './schemas.ts';
import { type Envelopsoort, schemabestanden } from './stuf-schemas.ts';

export interface StufAttribuut {
  readonly naam: string;
  readonly verplicht: boolean;
  readonly type: Enkelvoudig;
}
export type StufInhoud =
  | { readonly soort: 'waarde'; readonly type: Enkelvoudig; readonly attributen: readonly StufAttribuut[] }
  | { readonly soort: 'volgorde' | 'keuze'; readonly kinderen: readonly StufElement[] }
  /** Elements that are not looked at. */
  | { readonly soort: 'wat dan ook' };
export interface StufElement {
  readonly naam: string;
  readonly namespace: string;
  readonly min: number;
  readonly max: number;
  /** The only value there is; an empty element stands for it too. */
  readonly vast: string | undefined;
  readonly inhoud: StufInhoud;
}

const XS = 'http://www.w3.org/2001/XMLSchema';
const FACETTEN = ['enumeration', 'pattern', 'minLength', 'maxLength'];
/** Every construct that a document can reach, with the attributes it may carry. */
const BEKEND: Readonly<Record<string, readonly string[]>> = {
  element: ['name', 'type', 'minOccurs', 'maxOccurs', 'fixed'],
  complexType: ['name'],
  sequence: [],
  choice: [],
  complexContent: [],
  simpleContent: [],
  simpleType: ['name'],
  restriction: ['base'],
  extension: ['base'],
  attribute: ['name', 'use'],
  any: ['namespace', 'processContents', 'minOccurs', 'maxOccurs'],
  ...Object.fromEntries(FACETTEN.map((naam) => [naam, ['value']])),
};
const SCHEMA = ['targetNamespace', 'elementFormDefault', 'attributeFormDefault', 'version'];

const attribuut = (node: XmlElement, naam: string): string | undefined => node.attr(naam)?.value;

function moet<T>(waarde: T | null | undefined, wat: string): T {
  if (waarde === undefined || waarde === null) throw new Error(`${wat} ontbreekt`);
  return waarde;
}

function controleer(node: XmlElement): XmlElement {
  const toegestaan = node.namespaceUri === XS ? BEKEND[node.name] : undefined;
  if (!toegestaan) throw new Error(`onbekende constructie ${node.name} (regel ${node.line})`);
  for (const { name } of node.attrs) {
    if (!toegestaan.includes(name)) throw new Error(`onbekend attribuut ${name} op ${node.name} (regel ${node.line})`);
  }
  return node;
}

/** The child constructs, annotations left out. */
function onderdelen(node: XmlElement): XmlElement[] {
  const gevonden: XmlElement[] = [];
  for (let kind = node.firstChild; kind; kind = kind.next) {
    if (kind instanceof XmlElement && kind.name !== 'annotation') gevonden.push(kind);
  }
  return gevonden;
}

const bekend = (node: XmlElement): XmlElement[] => onderdelen(node).map(controleer);

function enige(node: XmlElement): XmlElement {
  const [deel, ...overige] = bekend(node);
  if (!deel || overige.length > 0) throw new Error(`${node.name} (regel ${node.line}): precies één onderdeel verwacht`);
  return deel;
}

function ontleed(node: XmlElement, verwijzing: string): { namespace: string; naam: string } {
  const [voorvoegsel, naam] = verwijzing.includes(':') ? verwijzing.split(':') : ['', verwijzing];
  return {
    namespace: moet(node.namespaceForPrefix(voorvoegsel ?? ''), `naamruimte van ${verwijzing}`),
    naam: naam ?? '',
  };
}

class Schemas {
  readonly #globaal = new Map<string, XmlElement>();

  constructor(schemas: readonly XmlElement[]) {
    for (const schema of schemas) {
      const vreemd = schema.attrs.filter(({ name }) => !SCHEMA.includes(name));
      if (vreemd.length > 0) throw new Error(`onbekend attribuut ${vreemd[0]?.name} op schema`);
      if (attribuut(schema, 'elementFormDefault') !== 'qualified') throw new Error('elementFormDefault');
      if ((attribuut(schema, 'attributeFormDefault') ?? 'unqualified') !== 'unqualified')
        throw new Error('attributeFormDefault');
      const namespace = moet(attribuut(schema, 'targetNamespace'), 'targetNamespace');
      for (const deel of onderdelen(schema)) {
        const naam = attribuut(deel, 'name');
        if (naam !== undefined) this.#globaal.set(Schemas.#sleutel(deel.name, namespace, naam), deel);
      }
    }
  }

  /** Elements and types do not share names; simple and complex types do. */
  static #sleutel(constructie: string, namespace: string, naam: string): string {
    return `${constructie.endsWith('Type') ? 'type' : constructie} {${namespace}}${naam}`;
  }

  /** Names of global elements or types. */
  namen(constructie: 'element' | 'type'): { namespace: string; naam: string }[] {
    return [...this.#globaal.keys()].flatMap((sleutel) => {
      const [, soort, namespace, naam] = /^(\w+) \{(.*)\}(.*)$/.exec(sleutel) ?? [];
      return soort === constructie && namespace && naam ? [{ namespace, naam }] : [];
    });
  }

  wortel({ element, namespace }: Envelopsoort): StufElement {
    return this.#element(moet(this.#globaal.get(Schemas.#sleutel('element', namespace, element)), element));
  }

  #element(node: XmlElement): StufElement {
    controleer(node);
    const max = attribuut(node, 'maxOccurs') ?? '1';
    return {
      naam: moet(attribuut(node, 'name'), 'name'),
      namespace: moet(attribuut(node.doc.root, 'targetNamespace'), 'targetNamespace'),
      min: Number(attribuut(node, 'minOccurs') ?? '1'),
      max: max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(max),
      vast: attribuut(node, 'fixed'),
      inhoud: this.#verwijzing(node, attribuut(node, 'type')),
    };
  }

  #verwijzing(node: XmlElement, verwijzing: string | undefined): StufInhoud {
    if (verwijzing === undefined) {
      const type = enige(node);
      return type.name === 'simpleType' ? waarde(this.#enkelvoudig(type)) : this.#samengesteld(type);
    }
    const { namespace, naam } = ontleed(node, verwijzing);
    if (namespace === XS) return waarde({ soort: 'enkelvoudig', naam: undefined, basis: naam, facetten: [] });
    const type = controleer(moet(this.#globaal.get(Schemas.#sleutel('type', namespace, naam)), verwijzing));
    return type.name === 'simpleType' ? waarde(this.#enkelvoudig(type)) : this.#samengesteld(type);
  }

  #samengesteld(type: XmlElement): StufInhoud {
    const deel = enige(type);
    if (deel.name === 'sequence' || deel.name === 'choice') return this.#groep(deel);
    const afleiding = enige(deel);
    const basis = this.#verwijzing(afleiding, moet(attribuut(afleiding, 'base'), 'base'));
    if (deel.name === 'complexContent' && afleiding.name === 'restriction') {
      // A restriction says all over again what is in it, except attributes; and the bases have none.
      if (basis.soort === 'waarde') throw new Error(`inperking van een waarde (regel ${afleiding.line})`);
      return this.#groep(enige(afleiding));
    }
    if (deel.name === 'simpleContent' && afleiding.name === 'extension' && basis.soort === 'waarde') {
      return { ...basis, attributen: [...basis.attributen, ...bekend(afleiding).map((node) => this.#attribuut(node))] };
    }
    throw new Error(`onbekende afleiding (regel ${deel.line})`);
  }

  #groep(groep: XmlElement): StufInhoud {
    const delen = bekend(groep);
    const [eerste] = delen;
    if (delen.length === 1 && eerste?.name === 'any') {
      const gezegd = Object.fromEntries(eerste.attrs.map(({ name, value }) => [name, value]));
      const verwacht = { namespace: '##any', processContents: 'skip', minOccurs: '0', maxOccurs: 'unbounded' };
      if (Object.entries(verwacht).some(([naam, wat]) => gezegd[naam] !== wat)) throw new Error('andere any');
      return { soort: 'wat dan ook' };
    }
    if (groep.name !== 'sequence' && groep.name !== 'choice') throw new Error(`onbekende groep ${groep.name}`);
    return {
      soort: groep.name === 'choice' ? 'keuze' : 'volgorde',
      kinderen: delen.map((deel) => {
        if (deel.name !== 'element') throw new Error(`${deel.name} in ${groep.name} (regel ${deel.line})`);
        return this.#element(deel);
      }),
    };
  }

  #attribuut(node: XmlElement): StufAttribuut {
    if (node.name !== 'attribute') throw new Error(`${node.name} na extension (regel ${node.line})`);
    return {
      naam: moet(attribuut(node, 'name'), 'name'),
      verplicht: attribuut(node, 'use') === 'required',
      type: this.#enkelvoudig(enige(node)),
    };
  }

  #enkelvoudig(type: XmlElement): Enkelvoudig {
    const inperking = enige(type);
    if (type.name !== 'simpleType' || inperking.name !== 'restriction') throw new Error(`regel ${type.line}`);
    const facetten: Facet[] = bekend(inperking).map((facet) => ({
      naam: facet.name,
      waarde: moet(attribuut(facet, 'value'), 'value'),
    }));
    const ouder = this.#verwijzing(inperking, moet(attribuut(inperking, 'base'), 'base'));
    if (ouder.soort !== 'waarde' || ouder.attributen.length > 0) throw new Error(`regel ${inperking.line}`);
    // A list replaces the list it narrows; any other facet comes on top.
    const heeftLijst = facetten.some(({ naam }) => naam === 'enumeration');
    const geerfd = ouder.type.facetten.filter(({ naam }) => !(heeftLijst && naam === 'enumeration'));
    return {
      soort: 'enkelvoudig',
      naam: attribuut(type, 'name'),
      basis: ouder.type.basis,
      facetten: [...geerfd, ...facetten],
    };
  }
}

const waarde = (type: Enkelvoudig): StufInhoud => ({ soort: 'waarde', type, attributen: [] });

function metSchemas<T>(kant: Kant, doe: (schemas: Schemas) => T): T {
  const lees = (bestanden: readonly string[], wortels: readonly XmlElement[]): T => {
    const [bestand, ...overige] = bestanden;
    if (bestand === undefined) return doe(new Schemas(wortels));
    return metDocument(readFileSync(bestand), ({ root }) => lees(overige, [...wortels, root]));
  };
  return lees(schemabestanden(kant), []);
}

/** The tree of one document. */
export const leesEnvelop = (kant: Kant, soort: Envelopsoort): StufElement =>
  metSchemas(kant, (schemas) => schemas.wortel(soort));
/** The elements a document may begin with. */
export const wortels = (kant: Kant): { namespace: string; naam: string }[] =>
  metSchemas(kant, (schemas) => schemas.namen('element'));
/** The types that xsi:type may name. */
export const typenamen = (kant: Kant): { namespace: string; naam: string }[] =>
  metSchemas(kant, (schemas) => schemas.namen('type'));

/** The structure as text, facets left out: two documents with the same lines differ at most in the values they allow. */
export function beschrijfEnvelop(element: StufElement, boven = ''): string[] {
  const pad = `${boven}/${element.naam}`;
  const { inhoud } = element;
  const vast = element.vast === undefined ? '' : ` vast=${element.vast}`;
  const begin = `${pad} {${element.namespace}} ${element.min}..${element.max}${vast} ${inhoud.soort}`;
  if (inhoud.soort === 'wat dan ook') return [begin];
  if (inhoud.soort !== 'waarde') return [begin, ...inhoud.kinderen.flatMap((kind) => beschrijfEnvelop(kind, pad))];
  return [
    `${begin} ${inhoud.type.basis}`,
    ...inhoud.attributen.map(
      ({ naam, verplicht, type }) => `${pad}/@${naam} ${verplicht ? 'verplicht' : 'vrij'} ${type.basis}`,
    ),
  ];
}

/** Every element of the tree with its path, from the top down. */
export function* paden(element: StufElement, boven = ''): Generator<{ pad: string; element: StufElement }> {
  const pad = `${boven}/${element.naam}`;
  yield { pad, element };
  if (element.inhoud.soort === 'volgorde' || element.inhoud.soort === 'keuze') {
    for (const kind of element.inhoud.kinderen) yield* paden(kind, pad);
  }
}
