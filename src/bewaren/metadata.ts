/**
 * What is known of a message without its payload: gone after the term, together with the answers to it, so that no answer is left without what
 * it answers. Its referentienummer may be used again from then on.
 */
import { CIJFERSLOT, houdVast } from '../ketendata/toepassen.ts';
import type { Database } from '../opslag/database.ts';
import { BEGIN, type Snee } from './inhoud.ts';
import { type Bewaartermijnen, grenzen } from './regels/termijnen.ts';
import { GRENS, METADATA_MAG_WEG } from './voorwaarden.ts';

/** So many messages are looked at in one commit; with their answers. */
const SNEE = 500;

/**
 * The two ways to what is old. An id of what was received grows with time, so those are found from the front of the key; the others (made by
 * the switch, answering nothing) by an index of their own. An answer is met by what it answers.
 */
const OUDSTE = {
  ontvangen: `select id from bericht where id > $3 and id < $4 order by id limit ${SNEE}`,
  eigen: `select id from bericht where oorsprong = 'knooppunt' and heenbericht_id is null and ontvangen_op < $5 order by ontvangen_op limit ${SNEE}`,
} as const;
export type Weg = keyof typeof OUDSTE;

/** Rows about a message, in other tables. What names one only to say where it came from (dossier, logboek) has terms of its own. */
const BIJ_BERICHT = [
  'bezorgpoging',
  'postbus_item',
  'bevinding',
  'verzoekreferentie',
  'betrokkene',
  'openstaand',
  'vervalaankondiging',
];

const ruimOp = (weg: Weg): { readonly name: string; readonly text: string } => ({
  name: `bewaren-metadata-${weg}`,
  text: `
with recursive snee as materialized (${OUDSTE[weg]}), familie (wortel, id) as (
  select b.id, b.id from snee join bericht b on b.id = snee.id where b.heenbericht_id is null
  union all
  select f.wortel, a.id from familie f join bericht a on a.heenbericht_id = f.id
), rijp as materialized (
  -- All of a family, or nothing.
  select f.wortel from familie f join bericht b on b.id = f.id join ${GRENS(1)} on grens.domein = b.domein
  group by f.wortel having bool_and(${METADATA_MAG_WEG})
), weg as materialized (select f.id from familie f join rijp using (wortel))
select (select array_agg(id) from weg) as weg, (select count(*) from snee)::int as gezien, (select id from snee order by id desc limit 1) as tot,
  $3::uuid as na, $4::uuid as grens, $5::timestamptz as moment`,
});
const VRAAG = { ontvangen: ruimOp('ontvangen'), eigen: ruimOp('eigen') };

/** The first id that a message received at that moment could have (UUID version 7). */
export function eersteId(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}

/**
 * Looks at the next slice of what is old.
 * @returns how many messages went, answers included, and where the next slice begins
 */
export async function ruimMetadataOp(
  database: Database,
  termijnen: Bewaartermijnen,
  nu: Date,
  weg: Weg,
  na: string = BEGIN,
): Promise<Snee> {
  const { domeinen, tot } = grenzen(termijnen, nu, (termijn) => termijn.metadataDagen);
  const jongste = new Date(Math.max(...tot.map(Number)));
  return database.transactie(async (client) => {
    const { rows } = await client.query<{ weg: string[] | null; gezien: number; tot: string | null }>({
      ...VRAAG[weg],
      values: [domeinen, tot, na, eersteId(jongste), jongste],
    });
    const [rij] = rows;
    const ids = rij?.weg ?? [];
    if (ids.length > 0) {
      await houdVast(client, ids);
      for (const tabel of BIJ_BERICHT)
        await client.query(`delete from ${tabel} where bericht_id = any ($1::uuid[])`, [ids]);
      await client.query('delete from bericht where id = any ($1::uuid[])', [ids]);
    }
    // By the index of the switch's own: what stays is met again by the next round, so a slice without any ends it.
    const meer = rij?.gezien === SNEE && (weg === 'ontvangen' || ids.length > 0);
    return { weg: ids.length, verder: meer ? (rij?.tot ?? undefined) : undefined };
  }, CIJFERSLOT);
}
