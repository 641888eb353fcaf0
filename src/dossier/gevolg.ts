/**
 * What one message does to a dossier, by itself: the facts that it brings, and what it decides on an earlier one. Pure, and by the same reading as
 * the lane, so that an import and a rebuild make the same of the same message.
 */
import type { Berichtsoort } from '../standards/catalogus.ts';
import type { Inhoud } from '../xml/structuur.ts';
import { beantwoord } from './antwoord.ts';
import { Dossier, type Wijzigingen } from './dossier.ts';
import type { Herkomst, Masker } from './feiten.ts';
import { feitenVan } from './uittreksel.ts';

export interface Inhoudelijk {
  readonly soort: Berichtsoort;
  readonly inhoud: Inhoud;
}

/** A message of the lane, with what is known around it. */
export interface Gebeurd extends Inhoudelijk {
  readonly plaats: Pick<Herkomst, 'volgorde' | 'berichtId'>;
  /** Place in the lane of the message that it answers. */
  readonly heen: number | null;
  /** What the switch answered to it. */
  readonly antwoorden: readonly Inhoudelijk[];
}

/** @returns what a message and the answers of the switch to it changed */
export function gevolgVan({ soort, inhoud, plaats, heen, antwoorden }: Gebeurd, masker: Masker): Wijzigingen {
  const dossier = new Dossier();
  const feiten = feitenVan(soort, inhoud, plaats, masker);
  if (feiten) dossier.neem(feiten);
  if (heen !== null) beantwoord(dossier, soort, inhoud, heen, masker);
  for (const antwoord of antwoorden) beantwoord(dossier, antwoord.soort, antwoord.inhoud, plaats.volgorde, masker);
  return dossier.wijzigingen;
}
