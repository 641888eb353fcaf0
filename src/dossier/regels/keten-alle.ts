/** All rules across messages besides those on a declaratie: for the rule table. */
import type { Dossierregel } from '../regel.ts';
import { ANTWOORDREGELS } from './antwoord.ts';
import { BERICHTREGELS } from './bericht.ts';
import { AANLEVERREGELS, VERWIJDERREGELS } from './levering.ts';
import { OVERLAPREGELS } from './overlap.ts';
import { STARTREGELS, STARTVERWIJDERREGELS } from './start.ts';
import { STOPREGELS } from './stop.ts';
import { TOEWIJZINGREGELS } from './toewijzing.ts';
import { AANVRAAGREGELS, KENMERKREGELS } from './verzoek.ts';
import { CLIENTREGELS, ONGEWIJZIGDREGELS, VERZOEKREGELS, WIJZIGINGREGELS } from './wijziging.ts';

/** As the table sees them: what each of them looks at does not matter there. */
export const KETENREGELS: readonly Dossierregel<never>[] = [
  ...BERICHTREGELS,
  ...TOEWIJZINGREGELS,
  ...AANLEVERREGELS,
  ...VERWIJDERREGELS,
  ...STARTREGELS,
  ...STARTVERWIJDERREGELS,
  ...STOPREGELS,
  ...KENMERKREGELS,
  ...AANVRAAGREGELS,
  ...CLIENTREGELS,
  ...VERZOEKREGELS,
  ...ONGEWIJZIGDREGELS,
  ...WIJZIGINGREGELS,
  ...OVERLAPREGELS,
  ...ANTWOORDREGELS,
];
