/**
 * How much XML a message may be made of. No message of the norm comes near these bounds, and without them 25 MB can cost a reader minutes
 * and gigabytes. Both readers keep them; see voorblad.ts.
 */
import { KnooppuntFout } from '../fouten.ts';

/** What is bounded, with the most there may be of it. */
export const GRENZEN = {
  /** Levels of elements. Deepest message of the norm has 9; the bound leaves room and stays far below what parsers allow. */
  diepte: 64,
  /** Attributes of one element, namespaces among them. */
  attributen: 64,
  /**
   * Elements, attributes, comments, CDATA sections and processing instructions together. A message of 25 MB with the smallest prestaties
   * holds some 800,000 elements; more has no meaning and costs memory later.
   */
  onderdelen: 1_000_000,
  /**
   * Comments, CDATA sections and processing instructions with no tag between them. Each cuts the text around it in two, and the XSD
   * validator joins the pieces of a value one by one: its time grows with their number times the length.
   */
  los: 256,
  /** Ampersands, of which each begins a reference to a character. */
  verwijzingen: 500_000,
  /** Length of what stands between two tags, or in an attribute: as much as libxml2 takes of one text. */
  lengte: 10_000_000,
} as const;
export type Grens = keyof typeof GRENZEN;

const ZINNEN: Readonly<Record<Grens, (aantal: string, regel: number) => string>> = {
  diepte: (aantal, regel) => `Op regel ${regel} zijn elementen meer dan ${aantal} niveaus diep genest.`,
  attributen: (aantal, regel) => `Op regel ${regel} heeft een element meer dan ${aantal} attributen.`,
  onderdelen: (aantal, regel) => `Op regel ${regel} telt het bericht meer dan ${aantal} onderdelen.`,
  los: (aantal, regel) => `Op regel ${regel} staan meer dan ${aantal} stukken commentaar of CDATA achter elkaar.`,
  verwijzingen: (aantal) => `Het bericht telt meer dan ${aantal} verwijzingen naar tekens.`,
  lengte: (_aantal, regel) => `Op regel ${regel} is een onderdeel te lang om te lezen.`,
};

/** What libxml2 says of a message that passes one of its own bounds; never a text that quotes the message before it has said so. */
const LIBXML2 =
  /^(?:Resource limit|Excessive depth|Maximum |Buffer size limit|(?:Name|URI|AttValue length|CData section|Comment|PI \S+) too )/;
export const isTeLang = (melding: string): boolean => LIBXML2.test(melding);

const AMPERSAND = 0x26;

/** Counts the ampersands; of too many only so many that the bound is passed. */
export function telVerwijzingen(bytes: Uint8Array): number {
  let aantal = 0;
  for (let plaats = bytes.indexOf(AMPERSAND); plaats >= 0; plaats = bytes.indexOf(AMPERSAND, plaats + 1)) {
    aantal += 1;
    if (aantal > GRENZEN.verwijzingen) break;
  }
  return aantal;
}

/** @returns the refusal of a message that passes this bound */
export const teComplex = (grens: Grens, regel: number): KnooppuntFout =>
  new KnooppuntFout('xmlTeComplex', ZINNEN[grens](GRENZEN[grens].toLocaleString('nl-NL'), regel));
