/**
 * A finding: what is wrong with a message, where, and by which rule. It never holds a value from the message,
 * so it may be stored, shown and sent to the other party without showing personal data.
 *
 * Only a fout refuses; a waarschuwing is shown but has no consequence.
 */
export type Ernst = 'fout' | 'waarschuwing';

/** 0 envelope only, 1 XSD, 2 within the message, 3 across messages, 4 external source (IV028, IV088). */
export type Controleniveau = 0 | 1 | 2 | 3 | 4;

export interface Bevinding {
  readonly ernst: Ernst;
  readonly niveau: Controleniveau;
  /** XSD, or the code of the rule (TR302, CS002). */
  readonly regel: string;
  readonly retourcode: string | null;
  /** XPath with positions and without prefixes: /Bericht/Client[1]/Bsn. */
  readonly pad: string;
  readonly regelnummer: number;
  /** One Dutch sentence that says what to change. */
  readonly melding: string;
  /** Level 3: ids of the earlier messages that it collides with; null stands for one from before the switch came. */
  readonly eerder?: readonly (string | null)[];
}

/** Does this finding refuse? */
export const isFout = ({ ernst }: Pick<Bevinding, 'ernst'>): boolean => ernst === 'fout';
