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

/** Did PostgreSQL refuse because our user may not do this? */
export const isGeenRecht = (fout: unknown): boolean => (fout as { code?: unknown } | null)?.code === '42501';

/**
 * Settings of every connection. A named statement keeps the plan it was given first, and on a table that is still empty that plan reads
 * the whole table; all our statements look rows up by key, so such plans are ruled out. A transaction that was left open (a check that
 * never ended) must give back its lanes in the end.
 */
const INSTELLINGEN = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  idle_in_transaction_session_timeout: '5min',
} as const;
const OPTIES = Object.entries(INSTELLINGEN)
  .map(([naam, waarde]) => `-c ${naam}=${waarde}`)
  .join(' ');

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
    options: OPTIES,
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
      // The server can go away while no query is under way; without a listener that ends the whole process.
      let kapot: Error | undefined;
      const opBreuk = (fout: Error): void => {
        kapot = fout;
      };
      client.on('error', opBreuk);
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
        client.off('error', opBreuk);
        client.release(kapot);
      }
    },
    sluit: () => pool.end(),
  };
}
