/** What the figures of the chain are made of: contributions of messages, counted per cell. */
import type { Verbinding } from '../opslag/database.ts';

/** Before the id of any subject: where making all anew begins. */
export const VOOR_ALLES = '00000000-0000-0000-0000-000000000000';

/** A place in the table of figures, before levels. */
export interface Plaats {
  /** Monday of its ISO week in the Netherlands, YYYY-MM-DD. */
  readonly week: string;
  readonly domein: string;
  /** '' when there is none: a message of the switch to an aanbieder, for instance. */
  readonly gemeente: string;
  readonly aanbieder: string;
  /** '' where a meting is not of one soort. */
  readonly berichtsoort: string;
  readonly release: string;
  readonly meting: string;
  /** What within the meting: a code, a bucket, a number of days, a day. */
  readonly sleutel: string;
}

/** What one subject counts for, in one cell. */
export interface Bijdrage extends Plaats {
  readonly aantal: number;
  /** Bytes, cents, milliseconds, days: as the meting says. */
  readonly som: number;
  /**
   * Other messages that this rests on, besides the own answers of the subject (heenbericht_id): a decision on a request. It is made anew when one
   * of them changes or stops counting, and stays as it is once retention removed one of them.
   */
  readonly steuntOp?: readonly string[];
}

/** Id of a subject → what it counts for. An id that is left out counts for nothing. */
export type Bijdragen = ReadonlyMap<string, readonly Bijdrage[]>;

/** What metingen count, by default a message. */
export type Bron = string;
export const BERICHT: Bron = 'bericht';

/**
 * A way of counting; several figures may come from one, because they come from the same rows.
 *
 * What a meting says of a subject depends on what is committed, and on nothing else: asked again it says the same, so that a rebuild gives
 * the same figures. It never decrypts a payload.
 */
export interface Meting {
  readonly naam: string;
  /** What it counts; left out: messages. */
  readonly bron?: Bron;
  /**
   * Of another bron than messages: the ids that these lines of the audit log are about.
   * @param na @param tot lines with na < nr <= tot
   */
  onderwerpen?(verbinding: Verbinding, na: number, tot: number): Promise<readonly string[]>;
  /** Of another bron than messages, for a rebuild: the next ids after one, in order; at most so many. */
  alle?(verbinding: Verbinding, na: string, aantal: number): Promise<readonly string[]>;
  /**
   * Subjects whose figures may have changed too when these messages did. What a message answers (heenbericht_id) and what rests on it (steuntOp)
   * is found without being asked for.
   */
  raakt?(verbinding: Verbinding, berichtIds: readonly string[]): Promise<readonly string[]>;
  /** The contributions of these subjects from what is committed now. Set-based; a handful of statements however many ids. */
  bijdragen(verbinding: Verbinding, ids: readonly string[]): Promise<Bijdragen>;
}
