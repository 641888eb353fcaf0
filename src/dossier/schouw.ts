/**
 * The inspection of one message against the dossier of its lane: which rules look at which class, in which order. Pure.
 *
 * The rules are in regels/, one file per subject; what each of them looks at is made here and in the files beside this one.
 */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { BERICHTREGELS } from './regels/bericht.ts';
import { schouwAntwoord } from './schouw-antwoord.ts';
import { schouwDeclaratie } from './schouw-declaratie.ts';
import { schouwDeclaratieantwoord } from './schouw-declaratieantwoord.ts';
import { schouwStart, schouwStop } from './schouw-levering.ts';
import { schouwToewijzing } from './schouw-toewijzing.ts';
import { schouwVerzoek } from './schouw-verzoek.ts';
import { schouwWijziging } from './schouw-wijziging.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { Verslag } from './verslag.ts';

export type Schouw = (bericht: TeSchouwen, verslag: Verslag) => void;

/** Number of the soort → what is inspected besides the header. */
const SCHOUWEN: ReadonlyMap<string, Schouw> = new Map<string, Schouw>([
  ['301', schouwToewijzing],
  ['305', schouwStart],
  ['307', schouwStop],
  ['315', schouwVerzoek],
  ['317', schouwWijziging],
  ['319', schouwAntwoord],
  ['323', schouwDeclaratie],
  ['325', schouwDeclaratieantwoord],
]);

/** Does a soort have anything to inspect? A retour has not; it only moves the dossier. */
export const wordtGeschouwd = ({ nummer }: Berichtsoort): boolean => SCHOUWEN.has(nummer);

/** @returns what the rules across messages have against a message, in the order of the message */
export function schouw(bericht: TeSchouwen): Verslag {
  const verslag = new Verslag();
  const onderdelen = SCHOUWEN.get(bericht.soort.nummer);
  if (!onderdelen) return verslag;
  const header = bericht.inhoud.Header as Inhoud;
  verslag.toets(BERICHTREGELS, bericht, { pad: '/Bericht/Header', inhoud: header });
  onderdelen(bericht, verslag);
  return verslag;
}
