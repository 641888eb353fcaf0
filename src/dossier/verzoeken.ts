/** Questions about requests (315, 317) that rules on several messages share. */
import { jarenLater, na } from '../standards/datum.ts';
import type { Dossier } from './dossier.ts';
import type { Persoon, Verzoek } from './feiten.ts';
import type { TeSchouwen } from './te-schouwen.ts';

/**
 * Would the dossier know the request that a message answers? It is answered within weeks; a year leaves nobody out. But what was decided may be
 * named again at any time, and then have been removed.
 * @param dag the day of the answer, when it is older than the message that repeats it
 */
export function kentVerzoek({ kennis, herkomst: { dagtekening } }: TeSchouwen, dag = dagtekening): boolean {
  return !kennis.isOpgeruimd && kennis.kent(jarenLater(na(dag, dagtekening) ? dagtekening : dag, -1));
}

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
