/** What the metingen that look into the dossier share. */
import type { Bijdrage, Bijdragen } from '../types.ts';
import { HOOGSTENS } from './dagen.ts';
import { type Plekrij, plaatsVan, plekVan, weekVan } from './sql.ts';

/** SQL: where a message counts, in the week of a moment; for a statement that has it as b and its lane as baan. */
export const kolommen = (moment: string): string =>
  `b.id::text as id, ${weekVan(moment)} as week, ${plekVan('b')}, b.berichtsoort, b.release`;
/** SQL: the messages of $1 that were delivered, with their lanes. */
export const BERICHTEN = `unnest($1::uuid[]) as n(id) join bericht b on b.id = n.id and b.toestand = 'verwerkt' join baan on baan.id = b.baan_id`;

export const bijdrage = (rij: Plekrij, meting: string, sleutel: string, som = 0, aantal = 1): Bijdrage => ({
  ...plaatsVan(rij),
  ...{ meting, sleutel, aantal, som },
});
/** Counts for nothing now, but is made anew when one of these messages changes. */
export const leunt = (rij: Plekrij, steuntOp: readonly string[]): Bijdrage => ({
  ...bijdrage(rij, '', '', 0, 0),
  steuntOp,
});

/** How many days it took, in the form of a norm: the sleutel, and the som. */
export function duur(rij: Plekrij, meting: string, dagen: number): Bijdrage {
  const geteld = Math.min(dagen, HOOGSTENS);
  return bijdrage(rij, meting, String(geteld), geteld);
}

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
export const later = (een: string, ander: string): string => (een < ander ? ander : een);

const DAG_MS = 86_400_000;
/** Days from one to another; none when the other is earlier. */
export const dagenTussen = (van: string, tot: string): number =>
  Math.max(0, Math.round((Date.parse(tot) - Date.parse(van)) / DAG_MS));
