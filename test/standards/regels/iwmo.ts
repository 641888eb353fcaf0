/** Breaks of the rules in iwmo/3.2/regels.ts. */
import type { Breuk } from './breuk.ts';
import { overlapbreuken } from './overlap.ts';

export const IWMO_BREUKEN: readonly Breuk[] = overlapbreuken('iwmo', ['02', '08']);
