/** What the answer to a message means for the dossier: a retour may undo it (OP286), a declaratie-antwoord decides on its prestaties (IV087). */
import { keurtAf } from '../standards/afkeuring.ts';
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { besluitVan } from './besluit.ts';
import type { Dossier } from './dossier.ts';
import type { Masker } from './feiten.ts';

/**
 * @param soort that of the answer; of any other message nothing follows
 * @param inhoud content of the answer
 * @param heen place in the lane of the message that it answers
 */
export function beantwoord(dossier: Dossier, soort: Berichtsoort, inhoud: Inhoud, heen: number, masker: Masker): void {
  if (soort.aard === 'retour' && keurtAf(soort, inhoud)) dossier.vergeet(heen);
  if (soort.aard !== 'antwoord') return;
  const besluit = besluitVan(inhoud, heen, masker);
  if (besluit) dossier.beslis(besluit);
  else dossier.vergeet(heen);
}
