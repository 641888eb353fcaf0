/** Walking te_doen lane by lane: the cost is the number of lanes with work, not of messages. */

/**
 * The head of a statement: `werk` has a row per lane with work, with when its first message came. Messages of a lane are handled in order, so
 * that is also its oldest.
 */
export const MET_BANEN_MET_WERK = `
with recursive werk as (
  (select baan_id, ontvangen_op from te_doen order by baan_id, baan_nummer limit 1)
  union all
  select volgende.* from werk cross join lateral (
    select t.baan_id, t.ontvangen_op from te_doen t where t.baan_id > werk.baan_id order by t.baan_id, t.baan_nummer limit 1
  ) volgende
)`;

/** Does a worker hold the lane at this moment? @param slot class of the locks. @param baan column with its id */
export const BEZET = (slot: number, baan: string): string => `exists (
  select 1 from pg_locks where locktype = 'advisory' and classid = ${slot} and objid = ${baan}::oid
    and database = (select oid from pg_database where datname = current_database())
)`;
