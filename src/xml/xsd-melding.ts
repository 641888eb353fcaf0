/**
 * libxml2's English messages → Dutch sentences that name the element and what is expected, and never the value found.
 *
 * The value can be a BSN or a name, and these sentences travel: into the Fo01, the track & trace of both parties and the log.
 * So this is an allow list: a message that no row knows becomes a general sentence, not a quotation.
 */

import { isTeLang } from './grenzen.ts';
import { patroonInWoorden, typeInWoorden } from './xsd-woorden.ts';

interface Vertaling {
  readonly patroon: RegExp;
  readonly zin: (element: string, groepen: readonly string[]) => string;
}

const LANGSTE_OPSOMMING = 300;

/** {namespace}Naam → Naam, in a list: "A, B of C". */
function namen(lijst: string): string {
  const delen = lijst.split(',').map((deel) => kort(deel.trim()));
  const zin = delen.length > 1 ? `${delen.slice(0, -1).join(', ')} of ${delen.at(-1)}` : (delen[0] ?? '');
  return inkorten(zin);
}
const kort = (naam: string): string =>
  naam.replace(/\{[^}]*\}/g, '').replace(/^##other.*$/, 'een element uit een andere namespace');
const inkorten = (zin: string): string =>
  zin.length > LANGSTE_OPSOMMING ? `${zin.slice(0, LANGSTE_OPSOMMING).replace(/[,\s]+[^,\s]*$/, '')}, enzovoort` : zin;

/** Messages without a value in them. */
const ZONDER_WAARDE: readonly Vertaling[] = [
  {
    patroon: /^This element is not expected\. Expected is (?:one of )?\( (.*) \)\.$/s,
    zin: (e, [lijst = '']) =>
      `Element ${e} hoort hier niet; verwacht wordt ${namen(lijst)}. Dat ontbreekt, of het staat ergens anders.`,
  },
  { patroon: /^This element is not expected\.$/, zin: (e) => `Element ${e} hoort hier niet.` },
  {
    patroon: /^Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.$/s,
    zin: (e, [lijst = '']) => `In element ${e} ontbreekt ${namen(lijst)}.`,
  },
  {
    patroon:
      /^\[facet 'maxLength'\] The value has a length of '\d+'; this exceeds the allowed maximum length of '(\d+)'\.$/,
    zin: (e, [n = '']) => `De waarde van ${e} is te lang; ten hoogste ${n} tekens.`,
  },
  {
    patroon:
      /^\[facet 'minLength'\] The value has a length of '\d+'; this underruns the allowed minimum length of '(\d+)'\.$/,
    zin: (e, [n = '']) => `De waarde van ${e} is te kort; ten minste ${n} tekens.`,
  },
  {
    patroon: /^\[facet 'length'\] The value has a length of '\d+'; this differs from the allowed length of '(\d+)'\.$/,
    zin: (e, [n = '']) => `De waarde van ${e} moet precies ${n} tekens lang zijn.`,
  },
  {
    patroon: /^Character content (?:other than whitespace )?is not allowed/,
    zin: (e) => `Element ${e} mag alleen elementen bevatten, geen tekst.`,
  },
  { patroon: /^Element content is not allowed/, zin: (e) => `Element ${e} mag alleen tekst bevatten, geen elementen.` },
  { patroon: /^This element is not accepted by the type/, zin: (e) => `Element ${e} hoort hier niet.` },
  { patroon: /^The element content is not valid/, zin: (e) => `De inhoud van element ${e} is niet geldig.` },
  { patroon: /^The element is not 'nillable'/, zin: (e) => `Element ${e} mag niet met xsi:nil leeg worden gelaten.` },
  {
    patroon: /^No matching global declaration available for the validation root\.$/,
    zin: (e) => `Het bericht mag niet met element ${e} beginnen.`,
  },
];

/**
 * A message that quotes the value: `begin` value `midden` and then what the schema says. The last `midden` counts, because only the value
 * can hold another. No pattern is run over a value: a hostile one could keep it busy.
 */
interface Citaat {
  readonly begin: string;
  readonly midden: string;
  /** Of what comes after. */
  readonly patroon: RegExp;
  readonly zin: (element: string, waarde: string) => string;
  /** When what comes after is not known. */
  readonly algemeen: (element: string) => string;
}

const ongeldig = (e: string): string => `De waarde van ${e} is niet geldig.`;
const moetZijn = (e: string, verwacht: string): string => `De waarde van ${e} is niet geldig; vul ${verwacht}.`;

function zinOverPatroon(e: string, patroon: string): string {
  const verwacht = patroonInWoorden(patroon);
  return verwacht ? moetZijn(e, verwacht) : `De waarde van ${e} voldoet niet aan het patroon ${inkorten(patroon)}.`;
}

function zinOverType(e: string, naam: string): string {
  if (naam === '') return ongeldig(e);
  const type = kort(naam);
  const verwacht = typeInWoorden(type);
  return verwacht ? moetZijn(e, verwacht) : `De waarde van ${e} is niet geldig voor het type ${type}.`;
}

const CITATEN: readonly Citaat[] = [
  {
    begin: "[facet 'pattern'] The value '",
    midden: "' is not accepted by the pattern '",
    patroon: /^(.*)'\.$/s,
    zin: zinOverPatroon,
    algemeen: (e) => `De waarde van ${e} voldoet niet aan het patroon.`,
  },
  {
    begin: "[facet 'enumeration'] The value '",
    midden: "' is not an element of the set {",
    patroon: /^(.*)\}\.$/s,
    zin: (e, set) => `De waarde van ${e} staat niet in de codelijst; toegestaan: ${inkorten(set.replaceAll("'", ''))}.`,
    algemeen: (e) => `De waarde van ${e} staat niet in de codelijst.`,
  },
  {
    begin: "[facet 'maxInclusive'] The value '",
    midden: "' is greater than the maximum value allowed ('",
    patroon: /^(.*)'\)\.$/s,
    zin: (e, n) => `De waarde van ${e} is te groot; ten hoogste ${n}.`,
    algemeen: (e) => `De waarde van ${e} is te groot.`,
  },
  {
    begin: "[facet 'minInclusive'] The value '",
    midden: "' is less than the minimum value allowed ('",
    patroon: /^(.*)'\)\.$/s,
    zin: (e, n) => `De waarde van ${e} is te klein; ten minste ${n}.`,
    algemeen: (e) => `De waarde van ${e} is te klein.`,
  },
  ...['totalDigits', 'fractionDigits'].map((facet) => ({
    begin: `[facet '${facet}'] `,
    midden: "' has more ",
    patroon: /^()/,
    zin: (e: string) => `De waarde van ${e} heeft te veel cijfers.`,
    algemeen: (e: string) => `De waarde van ${e} heeft te veel cijfers.`,
  })),
  {
    begin: "'",
    midden: "' is not a valid value of the ",
    patroon: /^(?:local )?(?:atomic|list|union) type(?: '(.*)')?\.$/s,
    zin: zinOverType,
    algemeen: ongeldig,
  },
];

/** libxml2 cuts its messages off at 64,000 bytes; of one this long only the beginning is to be trusted. */
const LANGSTE_MELDING = 10_000;

function vertaalCitaat(element: string, rest: string): string | undefined {
  const citaat = CITATEN.find(({ begin }) => rest.startsWith(begin));
  if (!citaat) return undefined;
  if (rest.length > LANGSTE_MELDING) return citaat.algemeen(element);
  const plaats = rest.lastIndexOf(citaat.midden);
  const treffer = plaats < 0 ? null : citaat.patroon.exec(rest.slice(plaats + citaat.midden.length));
  return treffer ? citaat.zin(element, treffer[1] ?? '') : citaat.algemeen(element);
}

/** Namespaces in braces; a name is all that is told of an element, and no longer than a name of the norm could be. */
const ELEMENT = /^Element '(?:\{[^}]*\})?([^'{}]{1,100})[^'{}]*'(, attribute '(?:\{[^}]*\})?[^'{}]*')?: (.*)$/s;

/** The parse errors (no well-formed XML) that can be told without quoting. */
const NIET_WELGEVORMD = 'Het bericht is geen welgevormde XML.';
/** The parser takes no name, text or white space of more than 10 MB in one piece. */
const TE_LANG = 'Een onderdeel van het bericht is te lang om te lezen.';

/**
 * @param melding text of libxml2, of the schema validator or of the parser
 * @returns one Dutch sentence without any value from the document
 */
export function vertaalXsdMelding(melding: string): string {
  const treffer = ELEMENT.exec(melding.trim());
  if (!treffer) return isTeLang(melding) ? TE_LANG : NIET_WELGEVORMD;
  const [, element = '', attribuut, tekst = ''] = treffer;
  if (attribuut !== undefined)
    return `Element ${element} heeft een attribuut dat niet is toegestaan of niet geldig is.`;
  const rest = tekst.trim();
  for (const { patroon, zin } of ZONDER_WAARDE) {
    const groepen = patroon.exec(rest);
    if (groepen) return zin(element, groepen.slice(1));
  }
  return vertaalCitaat(element, rest) ?? `Element ${element} voldoet niet aan de XSD.`;
}
