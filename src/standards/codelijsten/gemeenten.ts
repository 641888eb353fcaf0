/**
 * The gemeenten of the CBS, with the days on which a code was valid (TR378).
 *
 * What ships is the classification of 2026: complete for that year, silent about others. A longer list can be configured; until then a
 * code of an earlier year that is not in it is unknown, not wrong.
 */
import { overlapt } from '../datum.ts';
import { type Geldigheid, geldigOp } from './geldigheid.ts';
import namen from './gemeenten.json' with { type: 'json' };

export interface Gemeente extends Geldigheid {
  readonly naam: string;
}

export interface Gemeentelijst {
  /** Between these days, both included, the list has every gemeente. */
  readonly volledigVanaf: string;
  readonly volledigTot: string;
  /** By code: usually one, more when the gemeente of that code got another name. */
  readonly gemeenten: Readonly<Record<string, readonly Gemeente[]>>;
}

/** The classification of 2026 (CBS, gemeentelijke indeling). */
export const GEMEENTEN_2026: Gemeentelijst = {
  volledigVanaf: '2026-01-01',
  volledigTot: '2026-12-31',
  gemeenten: Object.fromEntries(Object.entries(namen).map(([code, naam]) => [code, [{ naam }]])),
};

/** Is this a code of the list, on whatever day? */
export const isBekend = ({ gemeenten }: Gemeentelijst, code: string): boolean => Object.hasOwn(gemeenten, code);

/**
 * Is this the code of a gemeente on that day?
 * @param dag a date as the XSD has it
 * @returns undefined when the list cannot tell: nothing says that the code is valid, and the list is not complete for that day
 */
export function isGemeente(lijst: Gemeentelijst, code: string, dag: string): boolean | undefined {
  const gemeenten = isBekend(lijst, code) ? lijst.gemeenten[code] : undefined;
  if (gemeenten?.some((gemeente) => geldigOp(gemeente, dag))) return true;
  return geldigOp({ vanaf: lijst.volledigVanaf, tot: lijst.volledigTot }, dag) ? false : undefined;
}

/**
 * Was this the code of a gemeente on any day of a period?
 * @param van first day; tot is the last, and both count
 * @returns undefined when the list cannot tell: it names no such day, and is not complete for all of them
 */
export function wasGemeente(lijst: Gemeentelijst, code: string, van: string, tot: string): boolean | undefined {
  const periode = { begin: van, einde: tot };
  const gemeenten = isBekend(lijst, code) ? lijst.gemeenten[code] : undefined;
  if (gemeenten?.some(({ vanaf = van, tot: einde }) => overlapt(periode, { begin: vanaf, einde }))) return true;
  const volledig = { vanaf: lijst.volledigVanaf, tot: lijst.volledigTot };
  return geldigOp(volledig, van) && geldigOp(volledig, tot) ? false : undefined;
}
