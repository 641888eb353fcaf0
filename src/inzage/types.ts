/** What a person is told: everything that is held or was done about them. No payload: that is for the gemeente or aanbieder it was meant for. */
import type { Regel } from '../logboek/record.ts';

/** Columns by their names in the answer. Never a BSN, an HMAC or a ciphertext. */
export type Feiten = Readonly<Record<string, unknown>>;

export interface Deel {
  readonly naam: string;
  /** Of the table or tables that it comes from, for who must know what there is. */
  readonly uitleg: string;
  readonly rijen: readonly Feiten[];
}

export type Logregel = Omit<Regel, 'betrokkenen' | 'spoor'>;

export interface Inzage {
  readonly gemaaktOp: Date;
  readonly delen: readonly Deel[];
  readonly logboek: readonly Logregel[];
}
