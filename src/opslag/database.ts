/** The way to PostgreSQL: a pool, a transaction, prepared statements by name. */
import pg from 'pg';

/** What a query runs on: the pool, or the client of a transaction. */
export type Verbinding = pg.Pool | pg.PoolClient;

export interface Database {
  readonly pool: pg.Pool;
  /**
   * Runs work in one transaction: commit when it returns, rollback when it throws.
   * @param begin statements sent together with BEGIN, so that they cost no round trip of their own; constants only
   */
  transactie<T>(
    werk: (client: pg.PoolClient, begin: readonly pg.QueryResult[]) => Promise<T>,
    begin?: string,
  ): Promise<T>;
  sluit(): Promise<void>;
}

/** A named statement: parsed once per connection. The name must be unique for the text. */
export interface Opdracht {
  readonly name: string;
  readonly text: string;
}

/** Classes of PostgreSQL errors after which the same transaction may succeed: deadlock, serialization, lost connection. */
const OPNIEUW = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '08000', '08003', '08006']);

/** May the same work succeed when it is tried again? */
export function isTijdelijk(fout: unknown): boolean {
  if (!(fout instanceof Error)) return false;
  const code = (fout as Error & { code?: string }).code;
  return code === undefined
    ? /connection|terminat/i.test(fout.message)
    : OPNIEUW.has(code) || /^(ECONN|EPIPE|ENOTFOUND)/.test(code);
}

/**
 * @param url connection string
 * @param opties max: connections; opFout: what to do with an error of an idle connection (the server went away)
 */
export function openDatabase(
  url: string,
  opties: { readonly max: number; readonly opFout?: (fout: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: opties.max,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    application_name: 'knooppunt',
    keepAlive: true,
  });
  // Without a listener an error on an idle connection ends the process; the pool replaces the connection by itself.
  pool.on('error', (fout) => opties.opFout?.(fout));
  return {
    pool,
    async transactie(werk, begin) {
      const client = await pool.connect();
      let kapot: Error | undefined;
      try {
        const uitslag = await client.query(begin ? `begin; ${begin}` : 'begin');
        const waarde = await werk(client, [uitslag].flat().slice(1));
        await client.query('commit');
        return waarde;
      } catch (fout) {
        await client.query('rollback').catch((ook: Error) => {
          kapot = ook;
        });
        throw fout;
      } finally {
        client.release(kapot);
      }
    },
    sluit: () => pool.end(),
  };
}
