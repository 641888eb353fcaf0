/**
 * Which database this is. PostgreSQL gives every cluster a number, and counts a timeline further with every recovery to a point in time. A
 * database that says something else than it did before was restored, or is a copy: what it thinks must still be pushed may have been pushed
 * since, and from a copy nothing may go out at all. So pushing waits for somebody who says that it may.
 */
import type { Verbinding } from '../opslag/database.ts';

const HIER = `
select (select system_identifier from pg_control_system()) as systeem,
  -- Of what is written now: pg_control has it only after the next checkpoint.
  ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as tijdlijn,
  (select oid from pg_database where datname = current_database()) as database`;

/** Is this the database that was let go last? The first time that it is asked, it is. */
export async function isVrijgegeven(verbinding: Verbinding): Promise<boolean> {
  await verbinding.query(`insert into herstelmerk (systeem, tijdlijn, database) ${HIER} on conflict do nothing`);
  const { rows } = await verbinding.query<{ zelfde: boolean }>(
    `select (m.systeem, m.tijdlijn, m.database) = (h.systeem, h.tijdlijn, h.database) as zelfde from herstelmerk m cross join (${HIER}) h`,
  );
  return rows[0]?.zelfde === true;
}

/** From now on this is the database. */
export async function zetMerk(verbinding: Verbinding): Promise<void> {
  await verbinding.query(
    `insert into herstelmerk (systeem, tijdlijn, database) ${HIER}
     on conflict (enige) do update set systeem = excluded.systeem, tijdlijn = excluded.tijdlijn, database = excluded.database, gezien_op = now()`,
  );
}
