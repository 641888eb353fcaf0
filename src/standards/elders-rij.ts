/** What a rule of the norm is that the checks do not hold: where it is enforced instead, and why. */
import type { Controleniveau } from './bevinding.ts';
import type { Regelsoort, Toepassing } from './regels.ts';
import type { Klassenaam, Nummer } from './structuren.ts';

/** A class and element that the norm names, without a check. */
export type Plaats = Omit<Toepassing, 'controleer'>;

export interface Eldersregel {
  readonly code: string;
  readonly soort: Regelsoort;
  readonly niveau: Exclude<Controleniveau, 0 | 2>;
  /** null: the norm gives none (n.v.t.). */
  readonly retourcode: string | null;
  /** xsd: the schema refuses it. dossier: takes earlier messages. bron: takes a source that only a party to the contract has. */
  readonly waar: 'xsd' | 'dossier' | 'bron';
  /** Why the rule is not among the checks, and where it is kept instead. One Dutch sentence. */
  readonly reden: string;
  /** What the rule demands, in our own words. Dutch. */
  readonly tekst: string;
  readonly plaatsen: readonly Plaats[];
}

/**
 * A place that the norm names, in both standards.
 * @param element path from the class, with dots; '' is the class itself
 */
export function plaats<N extends Nummer, K extends Klassenaam<N>>(
  berichten: N | readonly N[],
  klasse: K,
  element: string,
): Plaats {
  const nummers = typeof berichten === 'string' ? [berichten as N] : (berichten as readonly N[]);
  return { berichten: nummers, klasse: String(klasse), element };
}

interface Gegevens {
  readonly retourcode: string | null;
  /** What has to be known from earlier messages. */
  readonly nodig: string;
  readonly tekst: string;
  readonly plaatsen: readonly Plaats[];
}

/** A technische regel across messages. Level 3. */
export const overBerichten = (code: string, { nodig, ...rest }: Gegevens): Eldersregel => ({
  code,
  soort: 'TR',
  niveau: 3,
  waar: 'dossier',
  reden: `Aan het bericht alleen is dit niet te zien: het vraagt ${nodig}, en dat hoort bij het dossier.`,
  ...rest,
});
