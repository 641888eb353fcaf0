/**
 * The sweep: whatever Redis forgot, PostgreSQL still knows. Every few seconds each lane with unfinished messages is put on the list
 * again, unless its job is really waiting there or really running.
 */
import type { Database } from '../opslag/database.ts';
import type { Banen } from '../wachtrij/banen.ts';
import { BAAN_SLOT } from './baanwerk.ts';

/** Younger work is on its way by the normal road. */
const GEDULD_MS = 3000;
/** So many lanes per sweep; the rest follows in the next. */
const MAX_BANEN = 2000;

interface Rij {
  readonly baanId: number;
  /** Does a worker hold the lane at this moment? */
  readonly bezet: boolean;
}

/** Walks te_doen lane by lane, so the cost is the number of lanes with work, not of messages. */
const BANEN_MET_WERK = `
with recursive baan as (
  (select baan_id, ontvangen_op from te_doen order by baan_id, baan_nummer limit 1)
  union all
  select volgende.* from baan cross join lateral (
    select t.baan_id, t.ontvangen_op from te_doen t where t.baan_id > baan.baan_id order by t.baan_id, t.baan_nummer limit 1
  ) volgende
)
select baan.baan_id as "baanId", exists (
  select 1 from pg_locks where locktype = 'advisory' and classid = ${BAAN_SLOT} and objid = baan.baan_id::oid
    and database = (select oid from pg_database where datname = current_database())
) as bezet
from baan left join baan_storing s using (baan_id)
where baan.ontvangen_op < now() - make_interval(secs => $1) and (s.volgende_poging is null or s.volgende_poging < now())
limit ${MAX_BANEN}`;

/**
 * Puts forgotten lanes back on the list.
 * @returns how many lanes were put back
 * @throws when PostgreSQL or Redis cannot be reached; the next sweep tries again
 */
export async function veeg(database: Database, banen: Banen): Promise<number> {
  const { rows } = await database.pool.query<Rij>(BANEN_MET_WERK, [GEDULD_MS / 1000]);
  const stil = rows.filter(({ bezet }) => !bezet).map(({ baanId }) => baanId);
  const plaatsen = await Promise.all(stil.map((baanId) => banen.plaats(baanId)));
  // 'loopt' while nobody holds the lane: its worker died, or is just about to take it, and then one turn too many does no harm.
  const kwijt = stil.filter((_, nr) => plaatsen[nr] === 'loopt' || plaatsen[nr] === 'weg');
  await Promise.all(kwijt.map((baanId) => banen.vergeet(baanId)));
  const terug = stil.filter((_, nr) => plaatsen[nr] !== 'wacht');
  if (terug.length > 0) await banen.voegToe(terug);
  return terug.length;
}
