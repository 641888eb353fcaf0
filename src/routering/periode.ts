/** Periods as the decisions use them: numbers, so that asking costs nothing. */

/** Half open, in milliseconds since 1970: vanaf <= moment < tot. An end that is not there is infinite. */
export interface Periode {
  readonly vanaf: number;
  readonly tot: number;
}

/** As JSON brings it from the database: null where there is no end. */
export interface RuwePeriode {
  readonly vanaf: number | null;
  readonly tot: number | null;
}

export const periode = ({ vanaf, tot }: RuwePeriode): Periode => ({
  vanaf: vanaf ?? Number.NEGATIVE_INFINITY,
  tot: tot ?? Number.POSITIVE_INFINITY,
});

export const binnen = ({ vanaf, tot }: Periode, moment: number): boolean => vanaf <= moment && moment < tot;
