/** The indicators as data: what each is called, what it means in plain words, and how it is made. A new indicator is a row. */
import type { Indicator } from './indicator.ts';
import { DOORSTROOM, GELD, WLZ } from './indicatoren-dossier.ts';
import { vanNorm } from './indicatoren-norm.ts';
import { KWALITEIT, VOLUME } from './indicatoren-verkeer.ts';
import { NORM_IDS } from './normen.ts';

/** All of them, in the order in which pages show them. */
export const INDICATOREN: readonly Indicator[] = Object.freeze([
  ...VOLUME,
  ...KWALITEIT,
  ...NORM_IDS.flatMap(vanNorm),
  ...DOORSTROOM,
  ...GELD,
  ...WLZ,
]);

const OP_ID = new Map(INDICATOREN.map((indicator) => [indicator.id, indicator]));
export const indicatorVan = (id: string): Indicator | undefined => OP_ID.get(id);
