/** Small sums over measured values. */

/**
 * The value below which a fraction of the values lie (nearest rank).
 * @throws RangeError when there are no values
 */
export function percentiel(waarden: readonly number[], deel: number): number {
  const gesorteerd = waarden.toSorted((a, b) => a - b);
  const waarde = gesorteerd[Math.min(gesorteerd.length - 1, Math.max(0, Math.ceil(deel * gesorteerd.length) - 1))];
  if (waarde === undefined) throw new RangeError('no values');
  return waarde;
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function mediaan(waarden: readonly number[]): number {
  return (percentiel(waarden, 0.5) + percentiel(waarden, 0.5 + 1e-9)) / 2;
}

/** Rounded to so many decimals, for a report. */
export const rond = (waarde: number, decimalen = 1): number => Number(waarde.toFixed(decimalen));
