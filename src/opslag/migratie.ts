/** Brings the schema up to date: numbered SQL files, each applied once, in order, all in one transaction. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from './database.ts';

const MAP = new URL('./migraties/', import.meta.url);
/** Two processes that start together must not both migrate. */
const SLOT = 4_201_001;

interface Migratie {
  readonly naam: string;
  readonly sql: string;
  readonly sha256: string;
}

function leesMigraties(): readonly Migratie[] {
  return readdirSync(MAP)
    .filter((naam) => /^\d{4}-.+\.sql$/.test(naam))
    .sort()
    .map((naam) => {
      const sql = readFileSync(new URL(naam, MAP), 'utf8');
      return { naam, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * @returns the names of the migrations that were applied now
 * @throws when an applied file was changed afterwards: the schema would then not be what the files say
 */
export async function migreer(database: Database): Promise<readonly string[]> {
  return database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [SLOT]);
    await client.query(
      'create table if not exists migratie (naam text primary key, sha256 text not null, toegepast_op timestamptz not null default now())',
    );
    const { rows } = await client.query<{ naam: string; sha256: string }>('select naam, sha256 from migratie');
    const toegepast = new Map(rows.map((rij) => [rij.naam, rij.sha256]));
    const nieuw: string[] = [];
    for (const { naam, sql, sha256 } of leesMigraties()) {
      const eerder = toegepast.get(naam);
      if (eerder === sha256) continue;
      if (eerder !== undefined) throw new Error(`migration ${naam} was changed after it was applied`);
      await client.query(sql);
      await client.query('insert into migratie (naam, sha256) values ($1, $2)', [naam, sha256]);
      nieuw.push(naam);
    }
    return nieuw;
  });
}
