/**
 * Weeks of the Dutch calendar, as ketencijfer has them: named by their Monday, YYYY-MM-DD. A period is a row of whole weeks; days that a user
 * gives are snapped to the weeks they lie in. Pure.
 */

const DAG_MS = 86_400_000;
const WEEK = 7;
/** Days from Monday 29 December 1969 to the day from which computers count. */
const TOT_MAANDAG = 3;
const DONDERDAG = 3;
/** 4 January lies in the first week of its year (ISO 8601). */
const EERSTE_WEEK = '01-04';

const nummerVan = (dag: string): number => Date.parse(`${dag}T00:00:00Z`) / DAG_MS;
const dagVan = (nummer: number): string => new Date(nummer * DAG_MS).toISOString().slice(0, 10);
const plusDagen = (dag: string, aantal: number): string => dagVan(nummerVan(dag) + aantal);

/** From the first Monday up to and including the last. */
export interface Weken {
  readonly eerste: string;
  readonly laatste: string;
}

/** The Monday of the week that this day lies in. */
export function maandagVan(dag: string): string {
  const nummer = nummerVan(dag);
  return dagVan(nummer - ((((nummer + TOT_MAANDAG) % WEEK) + WEEK) % WEEK));
}

/** A number of weeks later, or with a negative number earlier. */
export const plusWeken = (maandag: string, aantal: number): string => plusDagen(maandag, aantal * WEEK);
/** The Sunday of a week. */
export const zondagVan = (maandag: string): string => plusDagen(maandag, WEEK - 1);

export const aantalWeken = ({ eerste, laatste }: Weken): number => (nummerVan(laatste) - nummerVan(eerste)) / WEEK + 1;

export const alleWeken = (weken: Weken): readonly string[] =>
  Array.from({ length: Math.max(0, aantalWeken(weken)) }, (_, nr) => plusWeken(weken.eerste, nr));

/** The last week that is over on this day. */
export const laatsteGesloten = (vandaag: string): string => plusWeken(maandagVan(vandaag), -1);

/** A week belongs to the month, and to the year, of its Thursday. */
export const maandVan = (maandag: string): string => plusDagen(maandag, DONDERDAG).slice(0, 'YYYY-MM'.length);

/** ISO 8601: the year and the number of a week. */
export function weeknummer(maandag: string): { readonly jaar: number; readonly week: number } {
  const jaar = Number(maandVan(maandag).slice(0, 'YYYY'.length));
  const eerste = maandagVan(`${jaar}-${EERSTE_WEEK}`);
  return { jaar, week: aantalWeken({ eerste, laatste: maandag }) };
}

/** The Monday of a week by its number; of a year without a week 53: the last one. */
function weekVanJaar(jaar: number, week: number): string {
  const maandag = plusWeken(maandagVan(`${jaar}-${EERSTE_WEEK}`), week - 1);
  return weeknummer(maandag).jaar === jaar ? maandag : plusWeken(maandag, -1);
}

/** The weeks that days lie in. */
export const wekenVan = (vanaf: string, tot: string): Weken => ({
  eerste: maandagVan(vanaf),
  laatste: maandagVan(tot),
});

export const VERGELIJKINGEN = ['vorige', 'jaar'] as const;
/** vorige: as many weeks, just before; jaar: the weeks with the same numbers, a year before. */
export type Vergelijking = (typeof VERGELIJKINGEN)[number];

/** The period to hold another against; always as many weeks. */
export function vergelijkingVan(weken: Weken, vergelijking: Vergelijking): Weken {
  const aantal = aantalWeken(weken);
  if (vergelijking === 'vorige')
    return { eerste: plusWeken(weken.eerste, -aantal), laatste: plusWeken(weken.laatste, -aantal) };
  const { jaar, week } = weeknummer(weken.eerste);
  const eerste = weekVanJaar(jaar - 1, week);
  return { eerste, laatste: plusWeken(eerste, aantal - 1) };
}

/** Blocks of four weeks, one after another since this Monday: what the national figures are published in. */
const EERSTE_BLOK = '2019-12-30';
export const BLOK_WEKEN = 4;

/** The first Monday of the block that a week lies in. */
export function blokVan(maandag: string): string {
  const weken = aantalWeken({ eerste: EERSTE_BLOK, laatste: maandag }) - 1;
  return plusWeken(EERSTE_BLOK, Math.floor(weken / BLOK_WEKEN) * BLOK_WEKEN);
}
/** The weeks of a block. */
export const wekenVanBlok = (blok: string): Weken => ({ eerste: blok, laatste: plusWeken(blok, BLOK_WEKEN - 1) });
/** The blocks that these weeks lie in: a national figure is of whole blocks. */
export function blokkenVan({ eerste, laatste }: Weken): readonly string[] {
  const einde = blokVan(laatste);
  const blokken: string[] = [];
  for (let blok = blokVan(eerste); blok <= einde; blok = plusWeken(blok, BLOK_WEKEN)) blokken.push(blok);
  return blokken;
}
