/** Days, weeks and months of a period: whole numbers, without a clock or a time zone. */
import { delen, na } from '../standards/datum.ts';

/** Both days included. */
export interface Tijdvak {
  readonly begin: string;
  readonly einde: string;
}

const ETMAAL = 86_400_000;
/** The calendar repeats itself after so many years, on the same day of the week. */
const KRING_JAREN = 400;
const KRING_DAGEN = 146_097;

/** Days since 1970-01-01, a Thursday. Any year that a date can have. */
export function dagnummer(datum: string): number {
  const [jaar, maand, dag] = delen(datum);
  const kringen = Math.floor((jaar - 2000) / KRING_JAREN);
  return Date.UTC(jaar - kringen * KRING_JAREN, maand - 1, dag) / ETMAAL + kringen * KRING_DAGEN;
}

const DAGEN_IN_WEEK = 7;
/** Day 3 was a Sunday, day 4 a Monday; the shifts count Mondays and Sundays up to a day. */
const maandagen = (tot: number): number => Math.floor((tot + 3) / DAGEN_IN_WEEK);
const zondagenTot = (tot: number): number => Math.floor((tot + 4) / DAGEN_IN_WEEK);

/** The last Sunday up to and including a day. */
export const zondagOpOfVoor = (dag: number): number => zondagenTot(dag) * DAGEN_IN_WEEK - 4;
export const isZondag = (dag: number): boolean => zondagOpOfVoor(dag) === dag;

export const dagenIn = ({ begin, einde }: Tijdvak): number => dagnummer(einde) - dagnummer(begin) + 1;

/** Calendar weeks, from Monday to Sunday, that have a day in the period. */
export const wekenIn = ({ begin, einde }: Tijdvak): number =>
  maandagen(dagnummer(einde)) - maandagen(dagnummer(begin)) + 1;

export const zondagenIn = ({ begin, einde }: Tijdvak): number =>
  zondagenTot(dagnummer(einde)) - zondagenTot(dagnummer(begin) - 1);

/** Calendar months that have a day in the period. */
export function maandenIn({ begin, einde }: Tijdvak): number {
  const [beginjaar, beginmaand] = delen(begin);
  const [eindjaar, eindmaand] = delen(einde);
  return (eindjaar - beginjaar) * 12 + (eindmaand - beginmaand) + 1;
}

/** The days that two periods share; undefined: none. Without an end a period goes on for ever. */
export function gedeeld(a: Tijdvak, b: { readonly begin: string; readonly einde: string | null }): Tijdvak | undefined {
  const begin = na(b.begin, a.begin) ? b.begin : a.begin;
  const einde = b.einde !== null && na(a.einde, b.einde) ? b.einde : a.einde;
  return na(begin, einde) ? undefined : { begin, einde };
}
