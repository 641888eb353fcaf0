/** What rules on declaraties and their prestaties share: what they are given, and how sure an earlier fact is. */
import type { Declaratie, Herkomst, Kenmerk, Persoon, Prestatie, Toewijzing } from './feiten.ts';
import type { Kennis } from './kennis.ts';
import { botst, GOED, ONBEKEND, type Uitspraak } from './regel.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { type Genoemd, spreektTegen } from './toewijzingen.ts';
import type { Verbruik } from './verbruik.ts';

interface Feit {
  readonly herkomst: Herkomst;
}

/**
 * Is it still as the dossier has it? An answer or a credit that passed unseen may have undone a declaratie or a prestatie; what undoes it comes
 * after it, so this asks whether everything after it was seen.
 */
export const isVast = (kennis: Kennis, { herkomst }: Feit): boolean =>
  kennis.isActueel({ toewijzingsdatum: herkomst.dagtekening, herkomst });

/** Collides with earlier declaraties or prestaties, if there are any. */
export function botstMet({ kennis }: Pick<TeSchouwen, 'kennis'>, feiten: readonly Feit[]): Uitspraak {
  if (feiten.length === 0) return GOED;
  const vast = feiten.filter((feit) => isVast(kennis, feit));
  return vast.length === 0 ? ONBEKEND : botst('fout', vast);
}

/** What a prestatie is judged by. */
export interface Prestatiezicht {
  readonly bericht: TeSchouwen;
  readonly prestatie: Prestatie;
  /** Last day of DeclaratiePeriode. */
  readonly periodeEinde: string;
  /** References of the prestaties of this message that were judged before this one, and not refused. */
  readonly gebruikt: ReadonlySet<Kenmerk>;
}

/** What a debet is judged by besides. */
export interface Debetzicht extends Prestatiezicht {
  /** Is there nothing to say of its client (TR304)? */
  readonly clientBekend: boolean;
  readonly genoemd: Genoemd;
  /** The toewijzing to compare it with; absent: there is none, or it was removed. */
  readonly toewijzing: Toewijzing | undefined;
  readonly verbruik: Verbruik;
}

export interface Declaratiezicht {
  readonly bericht: TeSchouwen;
  readonly declaratie: Declaratie;
}

export interface Clientzicht {
  readonly bericht: TeSchouwen;
  readonly persoon: Persoon;
  readonly debets: readonly Prestatie[];
  /** Does he have a credit that nothing refuses? */
  readonly heeftCredit: boolean;
}

/** A value of the toewijzing speaks against a prestatie, together with what was declared on it before. */
export function spreektTegenMet(
  versie: Toewijzing,
  { bericht, verbruik }: Debetzicht,
  oordeel: 'fout' | 'twijfel' = 'fout',
): Uitspraak {
  const tegen = spreektTegen(versie, bericht);
  if (tegen.oordeel === 'onbekend') return tegen;
  return botst(tegen.oordeel === 'twijfel' ? 'twijfel' : oordeel, [versie, ...verbruik.berichten]);
}
