/** Did messages of a lane pass while its dossier was not open? Then it has a hole, and what it does not know proves nothing. */
import type { Verbinding } from '../../opslag/database.ts';

/** Places between which nothing may have been handled. */
export interface Tussen {
  readonly baanId: number;
  readonly na: number;
  readonly voor: number;
}

const GATEN = {
  name: 'dossier-gaten',
  text: `
select s.baan_id as "baanId" from unnest($1::int[], $2::bigint[], $3::bigint[]) as s(baan_id, na, voor)
where exists (select from bericht b where b.baan_id = s.baan_id and b.baan_nummer > s.na and b.baan_nummer < s.voor and b.toestand = 'verwerkt')`,
};

/** @returns the lanes in which a message between these places was delivered */
export async function zoekGaten(verbinding: Verbinding, plekken: readonly Tussen[]): Promise<ReadonlySet<number>> {
  if (plekken.length === 0) return new Set();
  const { rows } = await verbinding.query<{ baanId: number }>({
    ...GATEN,
    values: [plekken.map(({ baanId }) => baanId), plekken.map(({ na }) => na), plekken.map(({ voor }) => voor)],
  });
  return new Set(rows.map(({ baanId }) => baanId));
}
