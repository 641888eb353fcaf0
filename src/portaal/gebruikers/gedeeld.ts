/** What the pages for users have in common: on whose authority, with which reason, and what the rules have against it. */
import { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import { MAX_REDEN, MIN_REDEN } from '../../routering/wijziging.ts';
import {
  type Beheeromgeving,
  type Beheeropdracht,
  type Gebruikeroverzicht,
  leesEenGebruiker,
} from '../../toegang/gebruikers/beheer.ts';
import { type Gezag, gezagVan } from '../../toegang/gebruikers/regels.ts';
import type { Gebruiker } from '../../toegang/gebruikers/types.ts';
import type { Paginaverzoek, Scherm, Uitkomst } from '../pagina.ts';
import type { Opnieuw } from './schermen.ts';

export type Verzoek<F> = Paginaverzoek<unknown, F>;

/** Under /portaal. */
export const PAD = '/beheer/gebruikers';

const GEEN_REDEN = `Geef een reden van ${MIN_REDEN} tot ${MAX_REDEN} tekens.`;
export const reden = z.string().trim().min(MIN_REDEN, GEEN_REDEN).max(MAX_REDEN, GEEN_REDEN);

export function gezag(gebruiker: Gebruiker): Gezag {
  const heeft = gezagVan(gebruiker);
  if (!heeft) throw new KnooppuntFout('nietBevoegdPagina');
  return heeft;
}
export const opdracht = (gebruiker: Gebruiker, waarom: string): Beheeropdracht => ({
  gezag: gezag(gebruiker),
  actor: gebruiker.client.id,
  reden: waarom,
});

/** What the rules have against it is said on the page; anything else is for the frame. */
export async function ofBezwaar(
  verzoek: Verzoek<unknown>,
  scherm: (opnieuw: Opnieuw) => Promise<Scherm>,
  werk?: () => Promise<Uitkomst>,
): Promise<Uitkomst> {
  const { veldfouten, ingevuld } = verzoek;
  if (!werk) return scherm({ veldfouten, ingevuld });
  try {
    return await werk();
  } catch (fout) {
    if (!(fout instanceof KnooppuntFout) || fout.soort !== 'invoerOngeldig') throw fout;
    return scherm({ veldfouten, ingevuld, bezwaar: fout.details });
  }
}

export async function vind(
  { database }: Beheeromgeving,
  { gebruiker, pad }: Verzoek<unknown>,
): Promise<Gebruikeroverzicht> {
  const wie = await leesEenGebruiker(database.pool, gezag(gebruiker), pad.gebruiker ?? '');
  if (!wie) throw new KnooppuntFout('nietGevonden');
  return wie;
}
