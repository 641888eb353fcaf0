/** The list of product codes as CSV: domein,productcode,productcategorie,geldigVanaf,geldigTot. An empty date leaves that side open. */
import { z } from 'zod';
import { DOMEINEN, type Domein } from '../catalogus.ts';
import { type Csvregel, datum, type Gelezen, leesCsv } from './csv.ts';
import { strijdig } from './periodes.ts';
import type { Productcode, Productcodelijst } from './productcodes.ts';

const KOLOMMEN = z.object({
  /** Also as the standards write their own names: iWmo, iJw. */
  domein: z.string().toLowerCase().pipe(z.enum(DOMEINEN, 'moet iwmo of ijw zijn')),
  productcode: z.string().regex(/^\S{1,5}$/, 'moet 1 tot 5 tekens hebben, zonder spaties'),
  productcategorie: z.string().regex(/^[0-9]{2}$/, 'moet uit twee cijfers bestaan, ook als het eerste een 0 is'),
  geldigVanaf: datum,
  geldigTot: datum,
});

interface Rij extends Productcode {
  readonly domein: Domein;
  readonly code: string;
}

function perCode(regels: readonly Csvregel<Rij>[], domein: Domein): Productcodelijst[Domein] {
  const van = regels.map(({ waarde }) => waarde).filter((rij) => rij.domein === domein);
  return Object.fromEntries(
    [...Map.groupBy(van, ({ code }) => code)].map(([code, rijen]) => [
      code,
      rijen.map(({ categorie, vanaf, tot }) => ({ categorie, vanaf, tot })),
    ]),
  );
}

/**
 * A code may fit several categories, and a category at different times. A domein without lines has no list, so that its codes are not
 * judged.
 * @param tekst the file, decoded
 */
export function leesProductcodes(tekst: string): Gelezen<Productcodelijst> {
  const gelezen = leesCsv(tekst, KOLOMMEN);
  if (gelezen.fouten) return gelezen;
  const regels = gelezen.lijst.map(({ regel, waarde }) => ({
    regel,
    waarde: {
      domein: waarde.domein,
      code: waarde.productcode,
      categorie: waarde.productcategorie,
      vanaf: waarde.geldigVanaf,
      tot: waarde.geldigTot,
    },
  }));
  const fouten = strijdig(regels, ({ domein, code, categorie }) => `${domein} ${code} ${categorie}`);
  return fouten.length > 0 ? { fouten } : { lijst: { iwmo: perCode(regels, 'iwmo'), ijw: perCode(regels, 'ijw') } };
}
