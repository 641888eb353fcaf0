/** A calendar on the wall: every day from 2019 to 2035, with the week and the month that it is in. */

export interface Dag {
  /** YYYY-MM-DD. */
  readonly datum: string;
  /** YYYY-MM. */
  readonly maand: string;
  /** Weeks run from Monday to Sunday; numbered on, over the years. */
  readonly week: number;
  readonly zondag: boolean;
}

const EERSTE_JAAR = 2019;
const LAATSTE_JAAR = 2035;
const ETMAAL = 86_400_000;

/** 2019-01-01 was a Tuesday. */
const DAGEN_NA_MAANDAG = 1;

export const DAGEN: readonly Dag[] = Array.from(
  { length: (Date.UTC(LAATSTE_JAAR + 1, 0, 1) - Date.UTC(EERSTE_JAAR, 0, 1)) / ETMAAL },
  (_, nr) => {
    const datum = new Date(Date.UTC(EERSTE_JAAR, 0, 1) + nr * ETMAAL).toISOString().slice(0, 10);
    const sindsMaandag = nr + DAGEN_NA_MAANDAG;
    return {
      datum,
      maand: datum.slice(0, 7),
      week: Math.floor(sindsMaandag / 7),
      zondag: sindsMaandag % 7 === 6,
    };
  },
);

const NR = new Map(DAGEN.map(({ datum }, nr) => [datum, nr]));

/** Position of a day in DAGEN. */
export function nrVan(datum: string): number {
  const nr = NR.get(datum);
  if (nr === undefined) throw new RangeError(`${datum} is not on the calendar.`);
  return nr;
}

/** The day so many days later, or earlier. */
export function dagenLater(datum: string, aantal: number): string {
  const dag = DAGEN[nrVan(datum) + aantal];
  if (!dag) throw new RangeError(`${datum} + ${aantal} is not on the calendar.`);
  return dag.datum;
}

/** Of some days the last. */
export const laatsteVan = (...dagen: readonly [string, ...string[]]): string => [...dagen].sort().at(-1) as string;

/** Every day of a period, both ends included. */
export const dagenVan = (begin: string, einde: string): readonly Dag[] =>
  begin > einde ? [] : DAGEN.slice(nrVan(begin), nrVan(einde) + 1);

/** The first and the last day of the month that a day is in. */
export function maandVan(datum: string): { readonly eerste: string; readonly laatste: string } {
  const eerste = `${datum.slice(0, 7)}-01`;
  return { eerste, laatste: dagenLater(`${dagenLater(eerste, 31).slice(0, 7)}-01`, -1) };
}
