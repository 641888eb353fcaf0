/** What rules on declaraties and their prestaties share: what they are given. */
import type { Declaratie, Kenmerk, Persoon, Prestatie, Toewijzing } from './feiten.ts';
import { botst, type Uitspraak } from './regel.ts';
import type { TeSchouwen } from './te-schouwen.ts';
import { type Genoemd, spreektTegen } from './toewijzingen.ts';
import type { Verbruik } from './verbruik.ts';

/** What a prestatie is judged by. */
export interface Prestatiezicht {
  readonly bericht: TeSchouwen;
  readonly prestatie: Prestatie;
  /** Last day of DeclaratiePeriode. */
  readonly periodeEinde: string;
  /** References of the prestaties of this message that were judged before this one, and not refused. */
  readonly gebruikt: ReadonlySet<Kenmerk>;
  /** Does its own reference collide with an earlier message? Found once for all prestaties that have it. */
  readonly eerderGebruikt: Uitspraak;
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
