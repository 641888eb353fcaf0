/** How sure an earlier fact is: what undoes it comes after it, and may have passed unseen. */
import type { Herkomst } from './feiten.ts';
import type { Kennis } from './kennis.ts';
import { botst, GOED, ONBEKEND, type Uitspraak } from './regel.ts';
import type { TeSchouwen } from './te-schouwen.ts';

export interface Feit {
  readonly herkomst: Herkomst;
}

/**
 * Is it still as the dossier has it? A retour, an answer, a stop, a removal or a credit that passed unseen may have undone it; so this asks
 * whether everything after it was seen.
 */
export const isVast = (kennis: Kennis, { herkomst }: Feit): boolean =>
  kennis.isActueel({ toewijzingsdatum: herkomst.dagtekening, herkomst });

/** More earlier messages than these explain nothing more, and a finding keeps them all. */
export const MAX_BOTSINGEN = 50;

type Bericht = Pick<TeSchouwen, 'kennis' | 'herkomst'>;

/** The same, for facts among which may be those of the message itself. */
export const isVastVoor = ({ kennis, herkomst }: Bericht, feit: Feit): boolean =>
  feit.herkomst.volgorde === herkomst.volgorde || isVast(kennis, feit);

/** Collides with facts of earlier messages, or of what stands above in the message itself, if there are any. */
export function botstMet(bericht: Bericht, feiten: readonly Feit[]): Uitspraak {
  if (feiten.length === 0) return GOED;
  const vast = feiten.filter((feit) => isVastVoor(bericht, feit));
  return vast.length === 0 ? ONBEKEND : botst('fout', vast.slice(0, MAX_BOTSINGEN));
}
