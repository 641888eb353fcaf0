/** What can be held against one file of a ZIP before it is unpacked. Nothing is ever written under its name; a name only labels an answer. */
import { KnooppuntFout, type WeigeringSoort } from '../fouten.ts';
import type { Ingang } from './zip-register.ts';

export interface Omstandigheden {
  readonly maxBestandBytes: number;
  /** Names that more than one file has. */
  readonly dubbel: ReadonlySet<string>;
}

const MAX_NAAM = 255;
/** Control and direction characters, what could not be decoded, and a Windows drive or stream. */
const VERBODEN_TEKEN = /[\p{C}\p{Zl}\p{Zp}\uFFFD:]/u;
const METHODEN = new Set([0, 8]);
/**
 * Deflate can pack 1,032 bytes into one. A declaratie of 18 MB with 20,000 equal prestaties, the most regular message that we could
 * make, reaches 90; a small file can waste little of anybody's time.
 */
const MAX_VERHOUDING = 200;
const ONVERDACHT_BYTES = 1024 * 1024;

type Toets = (ingang: Ingang, omstandigheden: Omstandigheden) => boolean;

/** In this order: the first that applies is what the sender hears. */
const BEZWAREN: readonly (readonly [geldt: Toets, soort: WeigeringSoort, details?: string])[] = [
  [
    ({ naam }) => /[/\\]/.test(naam),
    'zipBestandOngeldig',
    'Mappen worden niet gelezen: zet de bestanden zonder map in het ZIP-bestand.',
  ],
  [
    ({ naam }) => /^\.{0,2}$/.test(naam) || naam.length > MAX_NAAM || VERBODEN_TEKEN.test(naam),
    'zipBestandOngeldig',
    'De naam van het bestand is niet toegestaan.',
  ],
  [({ gewoon }) => !gewoon, 'zipBestandOngeldig', 'Het is een map, een koppeling of een ander bijzonder bestand.'],
  [({ naam }, { dubbel }) => dubbel.has(naam), 'zipBestandOngeldig', 'Er is meer dan één bestand met deze naam.'],
  [({ uitgepakt }, { maxBestandBytes }) => uitgepakt > maxBestandBytes, 'zipBestandTeGroot'],
  [({ methode }) => !METHODEN.has(methode), 'zipBestandOngeldig', 'Alleen compressie met deflate wordt ondersteund.'],
  [
    ({ ingepakt, uitgepakt }) => uitgepakt > ONVERDACHT_BYTES && uitgepakt > MAX_VERHOUDING * ingepakt,
    'zipBestandOngeldig',
    'Het is sterker ingepakt dan een bericht kan zijn.',
  ],
];

/** @returns why this file is refused whatever its content, or undefined */
export function bezwaarTegen(ingang: Ingang, omstandigheden: Omstandigheden): KnooppuntFout | undefined {
  const gevonden = BEZWAREN.find(([geldt]) => geldt(ingang, omstandigheden));
  return gevonden && new KnooppuntFout(gevonden[1], gevonden[2]);
}
