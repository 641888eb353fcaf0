/** Dates as the XSD has them (xs:date without time zone). Almost always YYYY-MM-DD, but a year may have more digits or a minus. */

const DATUM = /^(-?\d+)-(\d{2})-(\d{2})$/;
const GEWONE_LENGTE = 10;

/** Year, month and day of a date; a year before 1 is negative. */
export function delen(datum: string): readonly [jaar: number, maand: number, dag: number] {
  const [, jaar, maand, dag] = DATUM.exec(datum) ?? [];
  return [Number(jaar), Number(maand), Number(dag)];
}

const getal = (datum: string): number => {
  const [jaar, maand, dag] = delen(datum);
  return jaar * 10_000 + (maand * 100 + dag);
};

/** @returns negative when a lies before b, 0 when equal, positive when after */
export function vergelijk(a: string, b: string): number {
  if (a.length === GEWONE_LENGTE && b.length === GEWONE_LENGTE) return a < b ? -1 : a > b ? 1 : 0;
  return getal(a) - getal(b);
}

/** Does a lie after b? */
export const na = (a: string, b: string): boolean => vergelijk(a, b) > 0;

/** The same day so many years later or earlier; 29 February stays 29 February, for comparison only. */
export function jarenLater(datum: string, jaren: number): string {
  const [jaar, maand, dag] = delen(datum);
  const nieuw = jaar + jaren;
  const jaartal = nieuw < 0 ? `-${String(-nieuw).padStart(4, '0')}` : String(nieuw).padStart(4, '0');
  return `${jaartal}-${String(maand).padStart(2, '0')}-${String(dag).padStart(2, '0')}`;
}

/** Number of days in a month; month from 1. */
export const dagenInMaand = (jaar: number, maand: number): number =>
  new Date(Date.UTC(2000 + (jaar % 400), maand, 0)).getUTCDate();

/** A period with both days included; without an end it goes on for ever. */
export interface Periode {
  readonly begin: string;
  readonly einde?: string | undefined;
}

/** Do two periods have a day in common? One that ends before it begins has no days. */
export function overlapt(a: Periode, b: Periode): boolean {
  const leeg = ({ begin, einde }: Periode): boolean => einde !== undefined && na(begin, einde);
  const voor = (x: Periode, y: Periode): boolean => x.einde !== undefined && na(y.begin, x.einde);
  return !leeg(a) && !leeg(b) && !voor(a, b) && !voor(b, a);
}
