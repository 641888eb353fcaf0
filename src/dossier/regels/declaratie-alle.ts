/** Every rule across messages on a declaratie and its answer (323, 325), for the table of rules. */
import type { Dossierregel } from '../regel.ts';
import { BEDRAGREGELS } from './bedrag.ts';
import { CLIENTREGELS, DECLARATIEKLASSEREGELS } from './declaratie.ts';
import { ANTWOORDCLIENTREGELS, ANTWOORDPRESTATIEREGELS, ANTWOORDREGELS, NUMMERREGELS } from './declaratieantwoord.ts';
import { CREDITREGELS, DEBETREGELS, PRESTATIEREGELS } from './prestatie.ts';
import { TOEWIJZINGVERBANDEN } from './prestatie-toewijzing.ts';
import { VOLUMEREGELS } from './volume.ts';

export const DECLARATIEREGELS: readonly Dossierregel<never>[] = [
  ...DECLARATIEKLASSEREGELS,
  ...CLIENTREGELS,
  ...PRESTATIEREGELS,
  ...CREDITREGELS,
  ...DEBETREGELS,
  ...TOEWIJZINGVERBANDEN,
  ...VOLUMEREGELS,
  ...BEDRAGREGELS,
  ...ANTWOORDREGELS,
  ...NUMMERREGELS,
  ...ANTWOORDCLIENTREGELS,
  ...ANTWOORDPRESTATIEREGELS,
];
