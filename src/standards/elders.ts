/** Every rule of the norm that no check holds. A rule that is built moves from here to its check; a test knows both. */
import type { Eldersregel } from './elders-rij.ts';
import { XSD_REGELS } from './elders-xsd.ts';

export const ELDERS: readonly Eldersregel[] = XSD_REGELS;
