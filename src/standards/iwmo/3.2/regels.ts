/** What only iWmo demands. Source: the iWmo entries of TR302, TR386 and TR410. */
import { overlapregels } from '../../gedeeld/overlap.ts';
import type { Regel } from '../../regels.ts';

/** Categories whose products may overlap anything (TR302, TR361, TR386, TR410). */
export const VRIJ: ReadonlySet<string> = new Set(['11', '12', '13', '14']);

export const IWMO_REGELS: readonly Regel[] = overlapregels(
  'iwmo',
  VRIJ,
  ' Producten uit de categorieën 11, 12, 13 en 14 mogen met alles overlappen.',
);
