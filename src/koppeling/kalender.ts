/**
 * Counting working days: Monday to Friday without the holidays. Pure; which days are holidays is given (see feestdagen.ts).
 * Days are written YYYY-MM-DD and have no time: which day a moment falls on in the Netherlands is for tijd.ts to say.
 */

export interface Kalender {
  isWerkdag(dag: string): boolean;
  /** The day itself when it is a working day, else the first one after it. */
  eersteWerkdag(dag: string): string;
  /** The aantal-th working day after a day; that day itself is day 0, whether or not it is a working day. */
  naWerkdagen(dag: string, aantal: number): string;
  /** How many working days come after `van`, up to and including `tot`; negative when `tot` comes first. */
  werkdagenTussen(van: string, tot: string): number;
}

const DAG_MS = 86_400_000;
const WEEK = 7;
const WERKWEEK = 5;
/** Days from Monday 29 December 1969 to the day from which computers count. */
const TOT_MAANDAG = 3;

const nummerVan = (dag: string): number => Date.parse(`${dag}T00:00:00Z`) / DAG_MS;
const dagVan = (nummer: number): string => new Date(nummer * DAG_MS).toISOString().slice(0, 10);

/** A number of calendar days later, or with a negative number earlier. */
export const plusDagen = (dag: string, aantal: number): string => dagVan(nummerVan(dag) + aantal);

/** Days since a Monday, as weeks and the place in the week: 0 is Monday. */
function weekVan(nummer: number): { readonly weken: number; readonly plaats: number } {
  const sinds = nummer + TOT_MAANDAG;
  const weken = Math.floor(sinds / WEEK);
  return { weken, plaats: sinds - weken * WEEK };
}

/** How many days from Monday to Friday there were up to and including this one. */
function doordeweeks(nummer: number): number {
  const { weken, plaats } = weekVan(nummer);
  return weken * WERKWEEK + Math.min(plaats + 1, WERKWEEK);
}

/**
 * @param feestdagenVan the holidays of a year; asked once per year. One that falls on a Saturday or Sunday changes nothing
 */
export function maakKalender(feestdagenVan: (jaar: number) => readonly string[]): Kalender {
  const jaren = new Map<number, ReadonlySet<number>>();
  /** The holidays that take a working day from this year. */
  const vrij = (jaar: number): ReadonlySet<number> => {
    const bekend = jaren.get(jaar);
    if (bekend) return bekend;
    const nieuw = new Set(
      feestdagenVan(jaar)
        .map(nummerVan)
        .filter((nummer) => weekVan(nummer).plaats < WERKWEEK),
    );
    jaren.set(jaar, nieuw);
    return nieuw;
  };
  const jaarVan = (nummer: number): number => new Date(nummer * DAG_MS).getUTCFullYear();
  /** In (van, tot]. */
  const tel = (van: number, tot: number): number => {
    let vrijeDagen = 0;
    for (let jaar = jaarVan(van); jaar <= jaarVan(tot); jaar += 1)
      for (const nummer of vrij(jaar)) if (nummer > van && nummer <= tot) vrijeDagen += 1;
    return doordeweeks(tot) - doordeweeks(van) - vrijeDagen;
  };
  /** A day adds one working day at most, so a step of what is left never goes too far. */
  const na = (van: number, aantal: number): number => {
    let hier = van;
    for (let rest = aantal; rest > 0; rest = aantal - tel(van, hier)) hier += rest;
    return hier;
  };
  return Object.freeze({
    isWerkdag: (dag) => tel(nummerVan(dag) - 1, nummerVan(dag)) === 1,
    eersteWerkdag: (dag) => dagVan(na(nummerVan(dag) - 1, 1)),
    naWerkdagen: (dag, aantal) => dagVan(na(nummerVan(dag), aantal)),
    werkdagenTussen: (van, tot) =>
      van <= tot ? tel(nummerVan(van), nummerVan(tot)) : 0 - tel(nummerVan(tot), nummerVan(van)),
  } satisfies Kalender);
}
