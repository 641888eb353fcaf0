/**
 * libxml2's English messages → Dutch sentences that name the element and what is expected, and never the value found.
 *
 * The value can be a BSN or a name, and these sentences travel: into the Fo01, the track & trace of both parties and the log.
 * So this is an allow list: a message that no row knows becomes a general sentence, not a quotation.
 */

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
  zin.length > LANGSTE_OPSOMMING ? `${zin.slice(0, LANGSTE_OPSOMMING)} …` : zin;

const VERTALINGEN: readonly Vertaling[] = [
  {
    patroon: /^This element is not expected\. Expected is (?:one of )?\( (.*) \)\.$/s,
    zin: (e, [lijst = '']) => `Element ${e} hoort hier niet; verwacht wordt ${namen(lijst)}.`,
  },
  { patroon: /^This element is not expected\.$/, zin: (e) => `Element ${e} hoort hier niet.` },
  {
    patroon: /^Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.$/s,
    zin: (e, [lijst = '']) => `In element ${e} ontbreekt ${namen(lijst)}.`,
  },
  {
    patroon: /^\[facet 'pattern'\] The value '.*' is not accepted by the pattern '(.*)'\.$/s,
    zin: (e, [p = '']) => `De waarde van ${e} voldoet niet aan het patroon ${inkorten(p)}.`,
  },
  {
    patroon: /^\[facet 'enumeration'\] The value '.*' is not an element of the set \{(.*)\}\.$/s,
    zin: (e, [set = '']) =>
      `De waarde van ${e} staat niet in de codelijst; toegestaan: ${inkorten(set.replaceAll("'", ''))}.`,
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
    patroon: /^\[facet 'maxInclusive'\] The value '.*' is greater than the maximum value allowed \('(.*)'\)\.$/s,
    zin: (e, [n = '']) => `De waarde van ${e} is te groot; ten hoogste ${n}.`,
  },
  {
    patroon: /^\[facet 'minInclusive'\] The value '.*' is less than the minimum value allowed \('(.*)'\)\.$/s,
    zin: (e, [n = '']) => `De waarde van ${e} is te klein; ten minste ${n}.`,
  },
  { patroon: /^\[facet '(?:totalDigits|fractionDigits)'\]/, zin: (e) => `De waarde van ${e} heeft te veel cijfers.` },
  {
    patroon: /^'.*' is not a valid value of the (?:local )?(?:atomic|list|union) type(?: '(.*)')?\.$/s,
    zin: (e, [type = '']) => `De waarde van ${e} is niet geldig${type ? ` voor het type ${kort(type)}` : ''}.`,
  },
  {
    patroon: /^Character content (?:other than whitespace )?is not allowed/,
    zin: (e) => `Element ${e} mag alleen elementen bevatten, geen tekst.`,
  },
  { patroon: /^Element content is not allowed/, zin: (e) => `Element ${e} mag alleen tekst bevatten, geen elementen.` },
  { patroon: /^This element is not accepted by the type/, zin: (e) => `Element ${e} hoort hier niet.` },
  { patroon: /^The element content is not valid/, zin: (e) => `De inhoud van element ${e} is niet geldig.` },
  {
    patroon: /^No matching global declaration available for the validation root\.$/,
    zin: (e) => `Het bericht mag niet met element ${e} beginnen.`,
  },
];

const ELEMENT = /^Element '([^']*)'(?:, attribute '([^']*)')?: (.*)$/s;

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
  if (!treffer) return /too (?:long|big|large)|huge/i.test(melding) ? TE_LANG : NIET_WELGEVORMD;
  const element = kort(treffer[1] ?? '');
  if (treffer[2] !== undefined)
    return `Element ${element} heeft een attribuut dat niet is toegestaan of niet geldig is.`;
  const rest = (treffer[3] ?? '').trim();
  for (const { patroon, zin } of VERTALINGEN) {
    const groepen = patroon.exec(rest);
    if (groepen) return zin(element, groepen.slice(1));
  }
  return `Element ${element} voldoet niet aan de XSD.`;
}
