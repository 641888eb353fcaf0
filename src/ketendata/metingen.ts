/** All ways of counting there are. */
import { ANTWOORDEN } from './metingen/antwoord.ts';
import { DOSSIERMETINGEN } from './metingen/dossiermetingen.ts';
import { FO01S, RETOURCODES } from './metingen/fout.ts';
import { REIS } from './metingen/reis.ts';
import { VERZOEKEN } from './metingen/verzoek.ts';
import type { Meting } from './types.ts';

/** Raised with every change of what is counted: the planner of the new version then makes all figures anew. */
export const VERSIE = 1;

export const METINGEN: readonly Meting[] = [REIS, FO01S, RETOURCODES, ANTWOORDEN, VERZOEKEN, ...DOSSIERMETINGEN];
