/** Questions about requests (315, 317) that rules on several messages share. */
import { jarenLater } from '../standards/datum.ts';
import type { Dossier } from './dossier.ts';
import type { Persoon, Verzoek } from './feiten.ts';
import type { TeSchouwen } from './te-schouwen.ts';

/**
 * Would the dossier know the request that a message answers? It is answered within weeks; a year leaves nobody out. But what was decided may be
 * named again at any time, and then have been removed.
 */
export const kentVerzoek = ({ kennis, herkomst }: TeSchouwen): boolean =>
  !kennis.isOpgeruimd && kennis.kent(jarenLater(herkomst.dagtekening, -1));

function isBeantwoord({ kenmerk, herkomst }: Verzoek, dossier: Dossier): boolean {
  const erna = (antwoord: Pick<Verzoek, 'herkomst'>): boolean => antwoord.herkomst.volgorde > herkomst.volgorde;
  return (
    dossier.antwoordenOp(kenmerk).some((antwoord) => !antwoord.inOnderzoek && erna(antwoord)) ||
    dossier.toewijzingenOp(kenmerk).some(erna)
  );
}

/** Requests for a person that have neither been granted nor been turned down (TR374). */
export const openVerzoeken = (dossier: Dossier, persoon: Persoon): readonly Verzoek[] =>
  dossier.verzoekenVan(persoon).filter((verzoek) => !isBeantwoord(verzoek, dossier));
