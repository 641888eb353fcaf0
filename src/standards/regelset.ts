/** All rules that are checked, of both standards. One list: the checks, the docs, the CLI and the tests read it. */
import { ANTWOORDREGELS } from './gedeeld/antwoord.ts';
import { BEDRAGREGELS } from './gedeeld/bedragen.ts';
import { BRONREGELS } from './gedeeld/bronnen.ts';
import { CODEREGELS } from './gedeeld/codes.ts';
import { CONTACTREGELS } from './gedeeld/contact.ts';
import { DATUMREGELS } from './gedeeld/datums.ts';
import { DECLARATIEREGELS } from './gedeeld/declaratie.ts';
import { LEVERINGREGELS } from './gedeeld/levering.ts';
import { PERSOONREGELS } from './gedeeld/persoon.ts';
import { PRODUCTREGELS } from './gedeeld/product.ts';
import { SLEUTELREGELS } from './gedeeld/sleutels.ts';
import { TOEWIJZINGREGELS } from './gedeeld/toewijzing.ts';
import { VERZOEKREGELS } from './gedeeld/verzoek.ts';
import { IJW_REGELS } from './ijw/3.2/regels.ts';
import { IWMO_REGELS } from './iwmo/3.2/regels.ts';
import type { Regel } from './regels.ts';

/** XsltVersie in an answer that these rules reject (IV033): the official XSLTs are not used, so it is the version of this rule set. */
export const REGELVERSIE = '1.0.0';

export const REGELS: readonly Regel[] = [
  ...PRODUCTREGELS,
  ...PERSOONREGELS,
  ...CONTACTREGELS,
  ...DATUMREGELS,
  ...LEVERINGREGELS,
  ...TOEWIJZINGREGELS,
  ...VERZOEKREGELS,
  ...ANTWOORDREGELS,
  ...SLEUTELREGELS,
  ...DECLARATIEREGELS,
  ...BEDRAGREGELS,
  ...BRONREGELS,
  ...CODEREGELS,
  ...IWMO_REGELS,
  ...IJW_REGELS,
];
