/** What a pattern or a type of the XSDs asks, in words: a functional manager reads findings, not regular expressions. */

const ZONDER_TIJDZONE = 'zonder tijdzone';
const DATUM = `een bestaande datum als JJJJ-MM-DD, ${ZONDER_TIJDZONE}`;
const TIJD = `een bestaande tijd als UU:MM:SS, ${ZONDER_TIJDZONE}`;
const GETAL = 'een geheel getal';
const NIET_LEEG = 'tekst die niet leeg is';

/** As libxml2 quotes it → what it asks. */
const PATRONEN: ReadonlyMap<string, string> = new Map([
  ['2', '2'],
  ['3', '3'],
  ['[0-9]{4}', '4 cijfers'],
  ['[0-9]{8}', '8 cijfers'],
  ['[0-9]{9}', '9 cijfers'],
  ['[0-9]{1,15}', '1 tot 15 cijfers'],
  ['[a-zA-Z0-9]+', 'alleen letters en cijfers, zonder spaties'],
  ['[a-zA-ZÀ-ỳ]{1,6}', '1 tot 6 letters, zonder punten of spaties'],
  ['(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*)){2}', 'drie getallen met punten ertussen, zoals 1.0.0'],
  ['[0-9\\-]+', DATUM],
  ['[0-9:.]+', TIJD],
  ['[ \\t]*\\S.*', NIET_LEEG],
  ['\\s*\\S[\\s\\S]*', NIET_LEEG],
]);

/** Simple type → what it asks, of those that can refuse a value without naming a pattern, a length or a bound. */
const TYPEN: ReadonlyMap<string, string> = new Map([
  ['LDT_Datum', DATUM],
  ['LDT_Tijd', TIJD],
  ...[
    'LDT_BerichtVersie',
    'LDT_BerichtSubversie',
    'LDT_RelatieVolgorde',
    'LDT_Huisnummer',
    'LDT_Nummer',
    'LDT_Volume',
    'LDT_Budget',
    'LDT_Bedrag',
    'LDT_TotaalBedrag',
  ].map((type) => [type, GETAL] as const),
]);

/** @returns what must be there in place of the value; undefined for a pattern of other schemas */
export const patroonInWoorden = (patroon: string): string | undefined => PATRONEN.get(patroon);

/** @param type its name, without prefix */
export const typeInWoorden = (type: string): string | undefined => TYPEN.get(type);
