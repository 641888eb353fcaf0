/** Random documents that the XSD allows and nobody would send: every leaf has some value that its type accepts, however odd. */
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import type { Toeval } from '../hulp/toeval.ts';
import { type Knoop, kinderen, knoop, ontsnap, schrijfBoom } from '../xsd/boom.ts';
import { type ElementModel, type Enkelvoudig, leesModel } from '../xsd/schemamodel.ts';
import { basisbestand, basisNamespace, compileer, isGeldig, metDocument, type Standaard } from '../xsd/schemas.ts';
import { ALGEMEEN, geldigeWaarden, grenswaarden } from '../xsd/waarden.ts';

const MEEST = 4;
const GROOT = 2_000_000_000;
const EIGENAARDIG: readonly string[] = [
  ...[
    '12026-01-01',
    '-0044-03-15',
    '-12026-12-31',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '2024-02-29',
    '2026-12-31',
  ],
  ...['00:00:00', '24:00:00', '23:59:59.999999999', '09:30:00.0'],
  ...['0', '00', '-0', '+0', '+7', '007', '99999999', '999999999', '2147483648', `${'0'.repeat(50)}7`],
  ...['999900006', '999999990', '000000000', '123456782', '__proto__', 'constructor', 'toString'],
];

const voorraad = new Map<string, readonly string[]>();

/** Of all values we know, those that the type accepts, by the word of the XSD itself. */
function waardenVan(type: Enkelvoudig, standaard: Standaard): readonly string[] {
  const eigen = geldigeWaarden(type);
  if (type.naam === undefined) return eigen;
  const sleutel = `${standaard} ${type.naam}`;
  const bestaand = voorraad.get(sleutel);
  if (bestaand) return bestaand;
  const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="${basisNamespace(standaard)}">
    <xs:import namespace="${basisNamespace(standaard)}" schemaLocation="basisschema.xsd"/>
    <xs:element name="v" type="b:${type.naam}"/></xs:schema>`;
  const url = basisbestand('eigen', standaard).url.replace('basisschema', 'waarde');
  const validator = compileer('eigen', standaard, { bytes: Buffer.from(xsd), url });
  const geldig = [...new Set([...eigen, ...EIGENAARDIG, ...ALGEMEEN, ...grenswaarden(type)])].filter((waarde) =>
    metDocument(`<v>${ontsnap(waarde)}</v>`, (document) => isGeldig(validator, document)),
  );
  validator.dispose();
  voorraad.set(sleutel, geldig);
  return geldig;
}

/** A day in the years that messages are about, so that periods meet and dates lie around the edges of the rules. */
function dag(toeval: Toeval): string {
  const datum = new Date(Date.UTC(toeval.geheel(2019, 2027), toeval.geheel(0, 11), toeval.kies([1, 1, 15, 28, 31])));
  return datum.toISOString().slice(0, 10);
}

function waarde(type: Enkelvoudig, standaard: Standaard, toeval: Toeval): string {
  if (type.basis === 'date' && toeval.kans(0.8)) return dag(toeval);
  if (type.facetten.length === 0 && type.basis.endsWith('nteger') && toeval.kans(0.5))
    return String(toeval.geheel(0, GROOT));
  return toeval.kies(toeval.kans(0.6) ? geldigeWaarden(type) : waardenVan(type, standaard));
}

function aantal({ min, max }: ElementModel, toeval: Toeval): number {
  if (max === Number.POSITIVE_INFINITY) return toeval.geheel(min, MEEST);
  return toeval.kans(0.5) ? min : max;
}

/** Makes an element with everything below it. */
export function bouwWild(model: ElementModel, standaard: Standaard, toeval: Toeval): Knoop {
  const { naam, namespace, type } = model;
  if (type.soort === 'enkelvoudig') return knoop(naam, namespace, [waarde(type, standaard, toeval)]);
  const inhoud = type.kinderen.flatMap((kind) =>
    Array.from({ length: aantal(kind, toeval) }, () => bouwWild(kind, standaard, toeval)),
  );
  return knoop(naam, namespace, inhoud);
}

/** A heenbericht that comes as far as its lane: between these two, about this person, and anything else in it. */
export function wildBericht(
  { domein, code }: Berichtsoort,
  kop: Readonly<Record<'Afzender' | 'Ontvanger', string>>,
  bsn: string,
  toeval: Toeval,
): Buffer {
  const vast: Readonly<Record<string, string>> = { ...kop, Bsn: bsn };
  const zet = (deel: Knoop): void => {
    const waarde = vast[deel.naam];
    if (waarde !== undefined) deel.inhoud = [waarde];
    kinderen(deel).forEach(zet);
  };
  const wortel = bouwWild(leesModel('eigen', { standaard: domein, code }), domein, toeval);
  zet(wortel);
  return Buffer.from(schrijfBoom(wortel));
}
