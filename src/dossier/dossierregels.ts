/** All rules across messages, for the rule table; the inspections run them. */
import type { Tabelregel } from '../standards/overzicht.ts';
import type { Dossierregel } from './regel.ts';
import { DECLARATIEREGELS } from './regels/declaratie-alle.ts';
import { KETENREGELS } from './regels/keten-alle.ts';

function alsTabelregel({ domein, plaatsen, twijfel, ...regel }: Dossierregel<never>): Tabelregel {
  const { code, niveau, retourcode, tekst } = regel;
  const eigen = domein ? plaatsen.map((plek) => ({ ...plek, domein })) : plaatsen;
  return { code, soort: 'TR', niveau, retourcode, tekst, ...(twijfel !== undefined && { twijfel }), plaatsen: eigen };
}

export const DOSSIERREGELS: readonly Tabelregel[] = [...KETENREGELS, ...DECLARATIEREGELS].map(alsTabelregel);
