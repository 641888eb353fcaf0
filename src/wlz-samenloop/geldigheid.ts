/** From when to when an indicatiebesluit counts. Pure: dates are text, YYYY-MM-DD, which compares as it should. */

/** The dates of an indicatiebesluit, as CIZ gives them. einddatum is the last day. */
export interface Looptijd {
  readonly ingangsdatum: string;
  readonly einddatum: string | null;
  readonly vervaldatum: string | null;
}

/**
 * What vervaldatum says is not in any source that can be found: the first day on which the besluit no longer counts (our assumption), or the
 * last on which it does.
 */
export const VERVALDATUMLEZINGEN = ['eerste-dag-zonder', 'laatste-dag-met'] as const;
export type Vervaldatumlezing = (typeof VERVALDATUMLEZINGEN)[number];

/** The day before a date. @param dag YYYY-MM-DD */
export function dagEerder(dag: string): string {
  const moment = new Date(`${dag}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() - 1);
  return moment.toISOString().slice(0, 10);
}

/** The last day on which the besluit counts; null: no end. It can lie before ingangsdatum: then it never counted. */
export function laatsteDag(
  { einddatum, vervaldatum }: Pick<Looptijd, 'einddatum' | 'vervaldatum'>,
  lezing: Vervaldatumlezing,
): string | null {
  if (vervaldatum === null) return einddatum;
  const totEnMet = lezing === 'eerste-dag-zonder' ? dagEerder(vervaldatum) : vervaldatum;
  return einddatum !== null && einddatum < totEnMet ? einddatum : totEnMet;
}

/** Does the besluit count on that day? Both ends are included. */
export function telt(looptijd: Looptijd, dag: string, lezing: Vervaldatumlezing): boolean {
  const einde = laatsteDag(looptijd, lezing);
  return looptijd.ingangsdatum <= dag && (einde === null || dag <= einde);
}

/** Did the besluit ever count, on any day? */
export const teltOoit = (looptijd: Looptijd, lezing: Vervaldatumlezing): boolean =>
  telt(looptijd, looptijd.ingangsdatum, lezing);

/**
 * The same in SQL, over columns einddatum and vervaldatum: the last day, or null. The tests hold it against laatsteDag.
 * @param tabel name of the table or alias that has the columns
 */
export const laatsteDagSql = (lezing: Vervaldatumlezing, tabel: string): string =>
  `least(${tabel}.einddatum, ${tabel}.vervaldatum - ${lezing === 'eerste-dag-zonder' ? 1 : 0})`;
