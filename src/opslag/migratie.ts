/**
 * Brings the schema up to date: numbered SQL files, each applied once, in order, all in one transaction. Who does not own the schema only sees
 * whether it is.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { ConfiguratieFout } from '../fouten.ts';
import type { Database, Verbinding } from './database.ts';

const MAP = new URL('./migraties/', import.meta.url);
/** Two processes that start together must not both migrate, and rights are given on a schema that stands still. */
export const MIGRATIESLOT = 4_201_001;

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

/** @throws when an applied file was changed afterwards: the schema would then not be what the files say */
async function leesOntbrekende(verbinding: Verbinding): Promise<readonly Migratie[]> {
  const { rows } = await verbinding.query<{ naam: string; sha256: string }>('select naam, sha256 from migratie');
  const toegepast = new Map(rows.map((rij) => [rij.naam, rij.sha256]));
  return leesMigraties().filter(({ naam, sha256 }) => {
    const eerder = toegepast.get(naam);
    if (eerder !== undefined && eerder !== sha256)
      throw new Error(`migration ${naam} was changed after it was applied`);
    return eerder === undefined;
  });
}

/** Without the right to see a schema, there is none for us. */
const STAND = `
select coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) and not exists (
    select from pg_class where oid = to_regclass('migratie') and not pg_has_role(relowner, 'USAGE')) as eigenaar,
  to_regclass('migratie') is not null and has_table_privilege('migratie', 'SELECT') as leesbaar`;

/**
 * @returns the names of the migrations that were applied now
 * @throws ConfiguratieFout when something is missing that our user may not make, with a Dutch sentence
 * @throws when an applied file was changed afterwards: the schema would then not be what the files say
 */
export async function migreer(database: Database): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ eigenaar: boolean; leesbaar: boolean }>(STAND);
  const stand = rows[0] ?? { eigenaar: false, leesbaar: false };
  if (!stand.eigenaar) {
    await eisBijgewerkt(database.pool, stand.leesbaar);
    return [];
  }
  return database.transactie(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATIESLOT]);
    await client.query(
      'create table if not exists migratie (naam text primary key, sha256 text not null, toegepast_op timestamptz not null default now())',
    );
    const nieuw = await leesOntbrekende(client);
    for (const { naam, sql, sha256 } of nieuw) {
      await client.query(sql);
      await client.query('insert into migratie (naam, sha256) values ($1, $2)', [naam, sha256]);
    }
    return nieuw.map(({ naam }) => naam);
  });
}

async function eisBijgewerkt(verbinding: Verbinding, leesbaar: boolean): Promise<void> {
  if (!leesbaar)
    throw new ConfiguratieFout(
      'Deze databasegebruiker ziet geen tabellen van het knooppunt: voer als eigenaar eerst `knooppunt database migreer` uit, en dan `knooppunt database rechten`.',
    );
  const [eerste, ...meer] = await leesOntbrekende(verbinding);
  if (eerste)
    throw new ConfiguratieFout(
      `De database loopt achter op het programma (${eerste.naam}${meer.length > 0 ? `, en nog ${meer.length}` : ''}): voer als eigenaar \`knooppunt database migreer\` uit, en dan \`knooppunt database rechten\`.`,
    );
}
