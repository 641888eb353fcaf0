/** What the metingen share: where a message counts, days as text, and how many of them it took. */
import { laadKalender } from '../../koppeling/feestdagen.ts';
import type { Kalender } from '../../koppeling/kalender.ts';
import type { Bijdrage, Bijdragen, Plaats } from '../types.ts';

/** SQL: the day in the Netherlands on which a moment falls. */
export const dagVan = (moment: string): string => `to_char(${moment} at time zone 'Europe/Amsterdam', 'YYYY-MM-DD')`;
/** SQL: the Monday of the week of a moment. */
export const weekVan = (moment: string): string => dagVan(`date_trunc('week', ${moment}, 'Europe/Amsterdam')`);

/** SQL: where a message counts; for a statement that has it as b and its lane as baan. */
export const plaatsVan = (moment: string): string => `
  b.id::text as id, ${weekVan(moment)} as week, b.domein, baan.gemeente, baan.aanbieder, b.berichtsoort, b.release`;
/** SQL: the messages of $1 that were delivered, with their lanes. */
export const BERICHTEN = `unnest($1::uuid[]) as n(id) join bericht b on b.id = n.id and b.toestand = 'verwerkt' join baan on baan.id = b.baan_id`;

/** A message where it counts. */
export interface Geplaatst extends Omit<Plaats, 'meting' | 'sleutel'> {
  readonly id: string;
}

export function bijdrage(rij: Geplaatst, meting: string, sleutel: string, som = 0, aantal = 1): Bijdrage {
  const { week, domein, gemeente, aanbieder, berichtsoort, release } = rij;
  return { week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel, aantal, som };
}
/** Counts for nothing now, but will be looked at again when one of these messages changes. */
export const leunt = (rij: Geplaatst, steuntOp: readonly string[]): Bijdrage => ({
  ...bijdrage(rij, '', '', 0, 0),
  steuntOp,
});

/** Contributions by subject. */
export function perOnderwerp(delen: Iterable<readonly [id: string, Bijdrage]>): Bijdragen {
  const per = new Map<string, Bijdrage[]>();
  for (const [id, deel] of delen) {
    const lijst = per.get(id);
    if (lijst) lijst.push(deel);
    else per.set(id, [deel]);
  }
  return per;
}

/** The XSD has years of five digits too; no calendar goes that far, so such a date is not counted with. */
const DAG = /^\d{4}-\d\d-\d\d$/;
export const isDag = (tekst: string): boolean => DAG.test(tekst);

const DAG_MS = 86_400_000;
/** More than this is told as this. */
const MEESTE = 250;

/** Days from one to another; none when the other is earlier. */
export const dagenTussen = (van: string, tot: string): number =>
  Math.max(0, Math.round((Date.parse(`${tot}T00:00:00Z`) - Date.parse(`${van}T00:00:00Z`)) / DAG_MS));
/** Working days after one day up to another; none when the other is earlier. */
export const werkdagenTussen = (kalender: Kalender, van: string, tot: string): number =>
  Math.max(0, kalender.werkdagenTussen(van, tot));
/** A number of days as a sleutel. */
export const alsSleutel = (dagen: number): string => String(Math.min(dagen, MEESTE));
/** How long it took, in the form of a norm: the sleutel, and the som. */
export const duur = (rij: Geplaatst, meting: string, dagen: number): Bijdrage =>
  bijdrage(rij, meting, alsSleutel(dagen), dagen);

export const later = (een: string, ander: string): string => (een < ander ? ander : een);
export { laadKalender };
