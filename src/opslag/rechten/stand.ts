/** What PostgreSQL says of who may do what in our schema and on our database. Reads only. */
import type { Verbinding } from '../database.ts';

/** tabel: a view too; soort is the word of GRANT. */
export type Soort = 'table' | 'sequence' | 'function' | 'schema' | 'database';

/** Something that rights are given on. */
export interface Ding {
  readonly soort: Soort;
  /** As it is written in a statement. */
  readonly sql: string;
  /** As it stands in the table of rights: of a partition its whole, of a function its name alone. */
  readonly naam: string;
  /** Who has what, beside its owner; PUBLIC is the empty name. What was given on columns only reads `(COLUMN)`. */
  readonly rechten: Readonly<Record<string, readonly string[]>>;
}

/** The rest of what is in the schema: types, and what they belong to, are of no use to anybody. */
const DINGEN = `
with ding (soort, sql, naam, eigenaar, acl) as (
  select case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass::text,
    coalesce(pg_partition_root(c.oid)::regclass, c.oid::regclass)::text, c.relowner,
    coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's'::"char" else 'r' end, c.relowner))
  from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  union all
  select 'function', p.oid::regprocedure::text, p.proname, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
  from pg_proc p where p.pronamespace = current_schema()::regnamespace
  union all
  select 'schema', quote_ident(nspname), nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner))
  from pg_namespace where nspname = current_schema()
  union all
  select 'database', quote_ident(datname), datname, datdba, coalesce(datacl, acldefault('d', datdba))
  from pg_database where datname = current_database()
), gegeven (soort, sql, wie, wat) as (
  select soort, sql, grantee, privilege_type from ding cross join aclexplode(acl) where grantee <> eigenaar
  union all
  select 'table', c.oid::regclass::text, a.grantee, '(COLUMN)'
  from pg_attribute k join pg_class c on c.oid = k.attrelid cross join aclexplode(k.attacl) a
  where c.relnamespace = current_schema()::regnamespace and a.grantee <> c.relowner
)
select d.soort, d.sql, d.naam, coalesce((
  select jsonb_object_agg(naam, wat) from (
    select case wie when 0 then '' else pg_get_userbyid(wie)::text end as naam, jsonb_agg(distinct wat) as wat
    from gegeven g where (g.soort, g.sql) = (d.soort, d.sql) group by 1) per), '{}') as rechten
from ding d order by d.soort, d.sql`;

/** Everything that rights can be given on. Compares small catalogues as a whole, which the settings of our connections rule out. */
export async function leesDingen(verbinding: Verbinding): Promise<readonly Ding[]> {
  const { rows } = await verbinding.query<Ding>(DINGEN);
  return rows;
}
