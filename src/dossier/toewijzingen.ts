/** Questions about toewijzingen that rules on several messages share. */
import { vergelijk } from '../standards/datum.ts';
import { eindigtMeteen, VERVALLEN, VERWIJDERD } from '../standards/gedeeld/toewijzing.ts';
import type { Persoon, Toewijzing } from './feiten.ts';
import { botst, GOED, ONBEKEND, ontbreekt, type Uitspraak } from './regel.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { botstMet, type Feit, MAX_BOTSINGEN } from './vast.ts';

/** Removed: it counts as never sent (OP033x1), though everybody knows of it. */
export const isVerwijderd = ({ redenWijziging, ingangsdatum, einddatum }: Toewijzing): boolean =>
  (redenWijziging === VERWIJDERD || redenWijziging === VERVALLEN) &&
  einddatum !== null &&
  eindigtMeteen({ Ingangsdatum: ingangsdatum, Einddatum: einddatum });

/** Actueel in the sense of TR349: not removed, and running on this day or later. */
export const isLopend = (versie: Toewijzing, dag: string): boolean =>
  !isVerwijderd(versie) && (versie.einddatum === null || vergelijk(versie.einddatum, dag) >= 0);

/**
 * May an earlier message have crossed this one in the mail? One of the same day or later was perhaps not there yet when this one was
 * written; then its sender could not know (OP095), and the order of arrival means nothing (OP080).
 */
export const kruist = ({ herkomst }: Feit, bericht: Feit): boolean =>
  vergelijk(herkomst.dagtekening, bericht.herkomst.dagtekening) >= 0;

/** Collides with messages of the other party, if there are any; when all of them may have crossed this one, that leaves doubt. */
export function botstOngekruist(bericht: TeSchouwen, feiten: readonly Feit[]): Uitspraak {
  const eerder = feiten.filter((feit) => !kruist(feit, bericht));
  return feiten.length > 0 && eerder.length === 0 ? botst('twijfel', feiten) : botstMet(bericht, eerder);
}

/** What the dossier has under a ToewijzingNummer that a message names for a person. */
export type Genoemd =
  | { readonly van: 'deze'; readonly versie: Toewijzing }
  | { readonly van: 'ander'; readonly versies: readonly Toewijzing[] }
  | { readonly van: 'niemand' };

export function zoekToewijzing({ dossier }: Pick<TeSchouwen, 'dossier'>, nummer: number, persoon: Persoon): Genoemd {
  const versie = dossier.toewijzing(nummer, persoon);
  if (versie) return { van: 'deze', versie };
  const versies = dossier.versies(nummer);
  return versies.length > 0 ? { van: 'ander', versies } : { van: 'niemand' };
}

/**
 * Is the number one of a toewijzing of this person? That somebody else has it does not yet say that he has not: a gemeente that uses a number
 * twice (TR332) makes two that are known to the aanbieder, and the dossier may have seen only one of them.
 * @param dag the first day on which the toewijzing must have played a part
 */
export function isVanDeze(genoemd: Genoemd, bericht: TeSchouwen, dag: string): Uitspraak {
  if (genoemd.van === 'deze') return GOED;
  const bekend = bericht.kennis.kent(dag);
  if (genoemd.van === 'niemand') return ontbreekt(bekend);
  const { versies } = genoemd;
  const ongekruist = versies.filter((versie) => !kruist(versie, bericht));
  if (ongekruist.length === 0) return botst('twijfel', versies.slice(0, MAX_BOTSINGEN));
  return bekend ? botst('fout', ongekruist.slice(0, MAX_BOTSINGEN)) : ONBEKEND;
}

/** A value of a toewijzing speaks against a message: only certain when no newer version can have passed unseen, or crossed it. */
export function spreektTegen(versie: Toewijzing, bericht: TeSchouwen): Uitspraak {
  if (!bericht.kennis.isActueel(versie)) return ONBEKEND;
  return botst(kruist(versie, bericht) ? 'twijfel' : 'fout', [versie]);
}
