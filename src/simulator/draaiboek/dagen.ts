/** Days as YYYY-MM-DD and months as YYYY-MM: they sort as text. */
import { plusDagen } from '../../koppeling/kalender.ts';

export const laatste = (...dagen: readonly string[]): string => dagen.toSorted().at(-1) as string;
export const eerste = (...dagen: readonly string[]): string => dagen.toSorted()[0] as string;

export const maandVan = (dag: string): string => dag.slice(0, 7);
export const eersteVan = (maand: string): string => `${maand}-01`;
export const volgendeMaand = (maand: string): string => maandVan(plusDagen(eersteVan(maand), 31));
export const laatsteVan = (maand: string): string => plusDagen(eersteVan(volgendeMaand(maand)), -1);

/** First day of the month so many months after (or before) that of a day. */
export function maandBegin(dag: string, verder: number): string {
  const begin = new Date(`${eersteVan(maandVan(dag))}T00:00:00Z`);
  begin.setUTCMonth(begin.getUTCMonth() + verder);
  return begin.toISOString().slice(0, 10);
}

/** The same day so many months earlier, or the last one of that month. */
export function maandenEerder(dag: string, aantal: number): string {
  const maand = maandVan(maandBegin(dag, -aantal));
  return eerste(`${maand}${dag.slice(7)}`, laatsteVan(maand));
}
