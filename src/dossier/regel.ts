/** What a rule across messages is: data with one pure function, over a small view of the dossier. The inspections run them. */

import type { Domein } from '../standards/catalogus.ts';
import type { Plaats } from '../standards/elders-rij.ts';
import type { Herkomst } from './feiten.ts';

/**
 * goed: nothing to remark. fout: refuses. twijfel: the norm is open, so a waarschuwing. onbekend: the dossier does not reach back far enough
 * to say; the class counts as not judged (0233), and nothing is refused.
 */
export type Oordeel = 'goed' | 'fout' | 'twijfel' | 'onbekend';

export interface Uitspraak {
  readonly oordeel: Oordeel;
  /** The earlier messages that it collides with. */
  readonly eerder: readonly Herkomst[];
}

const kaal = (oordeel: Oordeel): Uitspraak => Object.freeze({ oordeel, eerder: [] });
export const GOED = kaal('goed');
export const FOUT = kaal('fout');
export const TWIJFEL = kaal('twijfel');
export const ONBEKEND = kaal('onbekend');

/** A collision with facts of earlier messages. */
export const botst = (oordeel: 'fout' | 'twijfel', feiten: readonly { readonly herkomst: Herkomst }[]): Uitspraak => ({
  oordeel,
  eerder: feiten.map(({ herkomst }) => herkomst),
});

/** Something is missing: a fout when the dossier would have known it. */
export const ontbreekt = (bekend: boolean): Uitspraak => (bekend ? FOUT : ONBEKEND);

/**
 * @typeParam Zicht what the rule looks at: a class of the message, and what the dossier has on it
 */
export interface Dossierregel<Zicht> {
  /** TR019, TR321, ... */
  readonly code: string;
  /** 3, or 4 for what is compared with a contract. */
  readonly niveau: 3 | 4;
  /** null: the norm gives none, because its message has no answer. */
  readonly retourcode: string | null;
  /** What the rule demands, in our own words. Dutch. */
  readonly tekst: string;
  /** What a functional manager has to change, or check. One Dutch sentence without any value from the message. */
  readonly melding: string;
  /** When a finding is only a waarschuwing, and why. Dutch. */
  readonly twijfel?: string;
  /** Absent: both standards. */
  readonly domein?: Domein;
  /** Where the norm puts it: for the rule table. */
  readonly plaatsen: readonly Plaats[];
  /** Path of the element from the class, with dots; '' is the class itself. Where a finding points. */
  readonly element: string;
  readonly controleer: (zicht: Zicht) => Uitspraak;
}
