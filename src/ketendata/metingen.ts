/** All ways of counting there are. */
import type { Meting } from './types.ts';

/** Raised with every change of what is counted: the planner of the new version then makes all figures anew. */
export const VERSIE = 1;

export const METINGEN: readonly Meting[] = [];
