/** The metingen that need what was read in messages, or what is known of the Wlz. */
import type { Meting } from '../types.ts';
import { DECLARATIEANTWOORDEN, GELD, R8 } from './declaraties.ts';
import { R5, R6 } from './leveringen.ts';
import { TOEWIJZINGEN } from './toewijzingen.ts';
import { VERZOEKEN } from './verzoeken.ts';
import { SIGNALEN_WLZ, TOETSEN_WLZ } from './wlz.ts';

export const DOSSIERMETINGEN: readonly Meting[] = [
  R5,
  R6,
  R8,
  VERZOEKEN,
  TOEWIJZINGEN,
  DECLARATIEANTWOORDEN,
  GELD,
  SIGNALEN_WLZ,
  TOETSEN_WLZ,
];
