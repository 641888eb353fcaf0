/** The metingen that need what was read in messages, or what is known of the Wlz. */
import type { Meting } from '../types.ts';
import { DECLARATIEANTWOORDEN, GELD, R8 } from './declaraties.ts';
import { LEVERINGEN } from './leveringen.ts';
import { TOEWIJZINGEN } from './toewijzingen.ts';
import { VERZOEKSTROOM } from './verzoekstroom.ts';
import { SIGNALEN_WLZ, TOETSEN_WLZ } from './wlz.ts';

export const DOSSIERMETINGEN: readonly Meting[] = [
  LEVERINGEN,
  R8,
  VERZOEKSTROOM,
  TOEWIJZINGEN,
  DECLARATIEANTWOORDEN,
  GELD,
  SIGNALEN_WLZ,
  TOETSEN_WLZ,
];
