/** The audit log in tests. It cannot be emptied or changed; who owns the tables can take that away, like an intruder would. */
import type { Database } from '#src/opslag/database.ts';

/** From here on this database lets lines be changed and removed. */
export async function laatLogboekLos({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query('alter table logboek disable trigger user; alter table logboek_schakel disable trigger user');
}
