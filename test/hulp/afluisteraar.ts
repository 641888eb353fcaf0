/** Hears which statements go to PostgreSQL, so that a test can ask for their plans without a copy of their text. */
import type pg from 'pg';
import type { Database } from '#src/opslag/database.ts';

export interface Vraag {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Bron {
  query(...deel: unknown[]): unknown;
}

function noteer<T extends Bron>(bron: T, vragen: Vraag[]): T {
  return new Proxy(bron, {
    get(doel, naam) {
      const waarde: unknown = Reflect.get(doel, naam, doel);
      if (naam !== 'query') return typeof waarde === 'function' ? waarde.bind(doel) : waarde;
      return (eerste: string | Vraag, values: readonly unknown[] = []) => {
        vragen.push(
          typeof eerste === 'string' ? { text: eerste, values } : { text: eerste.text, values: eerste.values ?? [] },
        );
        return doel.query(eerste, ...(values.length > 0 ? [values] : []));
      };
    },
  });
}

/** The same database, and the list of what was asked of it. */
export function luisterAf(database: Database): { readonly database: Database; readonly vragen: Vraag[] } {
  const vragen: Vraag[] = [];
  return {
    vragen,
    database: {
      ...database,
      pool: noteer(database.pool as unknown as Bron, vragen) as unknown as pg.Pool,
      transactie: (werk, begin) => {
        if (begin) vragen.push({ text: begin, values: [] });
        return database.transactie((client, eerste) => {
          const gehoord = noteer(client as unknown as Bron, vragen) as unknown as pg.PoolClient;
          return werk(gehoord, eerste);
        }, begin);
      },
    },
  };
}
