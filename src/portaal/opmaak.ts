/** Dates, times, numbers and amounts as Dutch people write them; always the time in the Netherlands. */
import { type Html, html } from './html.ts';

const TIJDZONE = 'Europe/Amsterdam';
const maak = (opties: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('nl-NL', { timeZone: TIJDZONE, ...opties });
const LANG = maak({ day: 'numeric', month: 'long', year: 'numeric' });
const KORT = maak({ day: 'numeric', month: 'short', year: 'numeric' });
const MET_TIJD = maak({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const LANG_MET_TIJD = maak({ day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const MET_SECONDEN = maak({
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const GETAL = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 1 });
const EURO = new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR' });
const PROCENT = new Intl.NumberFormat('nl-NL', { style: 'percent', maximumFractionDigits: 1 });

/** A date of a message (YYYY-MM-DD) is a day, wherever it is read: noon in UTC is that day in the Netherlands. */
const alsMoment = (waarde: Date | string): Date =>
  typeof waarde === 'string' ? new Date(waarde.length === 10 ? `${waarde}T12:00:00Z` : waarde) : waarde;

/** 3 juni 2026 */
export const datumLang = (waarde: Date | string): string => LANG.format(alsMoment(waarde));
/** 3 jun 2026 */
export const datumKort = (waarde: Date | string): string => KORT.format(alsMoment(waarde));
/** 3 juni 2026 om 14:05 uur: in a sentence */
export const tijdstipLang = (waarde: Date | string): string => `${LANG_MET_TIJD.format(alsMoment(waarde))} uur`;
/** 3 jun 2026, 14:05 */
export const tijdstip = (waarde: Date | string): string => MET_TIJD.format(alsMoment(waarde));
/** 3 juni 2026 om 14:05:09 */
export const tijdstipPrecies = (waarde: Date | string): string => MET_SECONDEN.format(alsMoment(waarde));

/** The same with what a machine reads beside it. */
export const tijd = (waarde: Date | string, schrijf: (waarde: Date | string) => string = tijdstip): Html =>
  html`<time datetime="${typeof waarde === 'string' ? waarde : waarde.toISOString()}">${schrijf(waarde)}</time>`;

/** 12.345,6 */
export const getal = (waarde: number): string => GETAL.format(waarde);
/** € 1.234,50, from cents */
export const bedrag = (centen: number): string => EURO.format(centen / 100);
/** 12,3%, from a share of 1 */
export const procent = (deel: number): string => PROCENT.format(deel);

const MATEN = ['bytes', 'kB', 'MB', 'GB'];
/** 18,3 MB */
export function omvang(bytes: number): string {
  let waarde = bytes;
  let maat = 0;
  for (; waarde >= 1000 && maat < MATEN.length - 1; maat += 1) waarde /= 1000;
  return `${getal(waarde)} ${MATEN[maat]}`;
}

/** 1 bericht, 2 berichten */
export const aantal = (hoeveel: number, een: string, meer: string): string =>
  `${getal(hoeveel)} ${hoeveel === 1 ? een : meer}`;

/** What is left of a term, in working days. */
export function werkdagen(over: number): string {
  if (over === 0) return 'vandaag laatste dag';
  return over > 0 ? `nog ${aantal(over, 'werkdag', 'werkdagen')}` : `${aantal(-over, 'werkdag', 'werkdagen')} te laat`;
}
