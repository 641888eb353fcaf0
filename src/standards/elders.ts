/** Every rule of the norm that regelset.ts does not hold. A rule that is built moves from here to there; a test knows both. */
import { DECLARATIEREGELS_ELDERS } from './elders-declaratie.ts';
import { LEVERINGREGELS_ELDERS } from './elders-levering.ts';
import type { Eldersregel } from './elders-rij.ts';
import { TOEWIJZINGREGELS_ELDERS } from './elders-toewijzing.ts';
import { XSD_REGELS } from './elders-xsd.ts';

export const ELDERS: readonly Eldersregel[] = [
  ...LEVERINGREGELS_ELDERS,
  ...TOEWIJZINGREGELS_ELDERS,
  ...DECLARATIEREGELS_ELDERS,
  ...XSD_REGELS,
];
