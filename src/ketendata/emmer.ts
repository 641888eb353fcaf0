/** Durations by size: a fixed scale, so that figures of different weeks, places and versions can be added. Pure. */

const DECADEN = 11;

/** Upper bounds in milliseconds: 1, 2, 5, 10, ... up to well over a year. */
export const EMMERS: readonly number[] = Array.from({ length: DECADEN }, (_, macht) =>
  [1, 2, 5].map((eerste) => eerste * 10 ** macht),
).flat();

/** @returns the smallest upper bound that holds a duration, as the sleutel of its figure; the last one holds all that is longer */
export const emmer = (ms: number): string => String(EMMERS.find((grens) => ms <= grens) ?? EMMERS.at(-1));
