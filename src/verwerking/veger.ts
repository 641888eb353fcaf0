/**
 * The sweep: whatever Redis forgot, PostgreSQL still knows. Every few seconds each lane with unfinished messages is put on the list
 * again, unless its job is really waiting there or really running.
 */
import type { Database } from '../opslag/database.ts';
import type { Banen } from '../wachtrij/banen.ts';
import { BAAN_SLOT } from './baanwerk.ts';
import { BEZET, MET_BANEN_MET_WERK } from './banen-met-werk.ts';

/** Younger work is on its way by the normal road. */
const GEDULD_MS = 3000;
/** So many lanes per sweep; the rest follows in the next. */
const MAX_BANEN = 2000;

interface Rij {
  readonly baanId: number;
  /** Does a worker hold the lane at this moment? */
  readonly bezet: boolean;
}

const BANEN_MET_WERK = `${MET_BANEN_MET_WERK}
select werk.baan_id as "baanId", ${BEZET(BAAN_SLOT, 'werk.baan_id')} as bezet
from werk left join baan_storing s using (baan_id)
where werk.ontvangen_op < now() - make_interval(secs => $1) and (s.volgende_poging is null or s.volgende_poging < now())
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
