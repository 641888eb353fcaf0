/** Becoming a user with the code of an invitation, after the broker said who it is. */
import type { Request } from 'express';
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import type { Herkenning } from '../../toegang/gebruikers/herkennen.ts';
import { clientId } from '../../toegang/gebruikers/rechten.ts';
import { koppel } from '../../toegang/gebruikers/uitnodiging.ts';
import { type Pagina, pagina, type Uitkomst } from '../pagina.ts';
import { csrfVan } from './csrf.ts';
import type { Aanmeldomgeving } from './omgeving.ts';
import { PADEN, padVan } from './paden.ts';
import { adresVan, eisRust } from './rem.ts';
import { uitnodigingsscherm } from './schermen.ts';
import { begin } from './sessie.ts';

/** It is no user, but may become one with a code. */
export async function naarUitnodiging(
  { mislukkingen }: Aanmeldomgeving,
  req: Request,
  herkend: Exclude<Herkenning, { soort: 'bekend' | 'organisatieOnbekend' }>,
): Promise<Uitkomst> {
  const ingetrokken = herkend.soort === 'ingetrokken';
  const wie = ingetrokken ? clientId(herkend.gebruiker) : undefined;
  await mislukkingen.portaalMislukt(adresVan(req), herkend.soort, wie);
  req.session.kandidaat = { ...herkend.kandidaat, ingetrokken };
  return { naar: PADEN.uitnodiging };
}

const toonUitnodiging = (): Pagina =>
  pagina({
    methode: 'get',
    pad: padVan('uitnodiging'),
    id: 'uitnodiging',
    toegang: 'iedereen',
    async voer({ req }) {
      const { kandidaat } = req.session;
      if (!kandidaat) return { naar: PADEN.aanmelden };
      return uitnodigingsscherm({ ...kandidaat, csrf: csrfVan(req), veldfouten: new Map(), ingevuld: {} });
    },
  });

const Code = z.object({
  code: z.string().trim().min(1, 'Vul de code in die u kreeg.').max(100, 'Deze code is te lang.'),
});

const gebruikUitnodiging = (omgeving: Aanmeldomgeving): Pagina =>
  pagina<unknown, z.infer<typeof Code>>({
    methode: 'post',
    pad: padVan('uitnodiging'),
    id: 'uitnodigingGebruiken',
    toegang: 'iedereen',
    formulierSchema: Code,
    async voer({ req, formulier, veldfouten, ingevuld }) {
      eisRust(omgeving, req);
      const { kandidaat } = req.session;
      if (!kandidaat) return { naar: PADEN.aanmelden };
      const opnieuw = { ...kandidaat, csrf: csrfVan(req), ingevuld };
      if (!formulier) return uitnodigingsscherm({ ...opnieuw, veldfouten });
      try {
        const id = await koppel(omgeving.database, formulier.code, kandidaat);
        await begin(omgeving, req, id, 'broker');
        return { naar: '/portaal' };
      } catch (fout) {
        if (!(fout instanceof KnooppuntFout) || fout.details === undefined) throw fout;
        await omgeving.mislukkingen.portaalMislukt(adresVan(req), 'uitnodiging');
        return uitnodigingsscherm({ ...opnieuw, veldfouten: new Map([['code', fout.details]]) });
      }
    },
  });

export const uitnodigingPaginas = (omgeving: Aanmeldomgeving): readonly Pagina[] => [
  toonUitnodiging(),
  gebruikUitnodiging(omgeving),
];
