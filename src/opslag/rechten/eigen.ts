/** What the user of this process may do, held against what the roles that run in it need. */
import { ConfiguratieFout } from '../../fouten.ts';
import type { Verbinding } from '../database.ts';
import { type Ding, leesDingen, type Soort } from './stand.ts';
import type { Databaserol } from './tabel.ts';
import { gewenst } from './wens.ts';

/** What there is to have, by kind of thing, and how PostgreSQL is asked whether we have it: by membership and ownership as well. */
const TE_HEBBEN: Readonly<Record<Soort, { readonly vraag: string; readonly rechten: readonly string[] }>> = {
  table: {
    vraag: 'has_table_privilege',
    rechten: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
  },
  sequence: { vraag: 'has_sequence_privilege', rechten: ['USAGE', 'SELECT', 'UPDATE'] },
  function: { vraag: 'has_function_privilege', rechten: ['EXECUTE'] },
  schema: { vraag: 'has_schema_privilege', rechten: ['USAGE', 'CREATE'] },
  database: { vraag: 'has_database_privilege', rechten: ['CONNECT', 'CREATE', 'TEMPORARY'] },
};
const SOORTEN = Object.keys(TE_HEBBEN) as Soort[];

/** What makes a user more than its rights: attributes of the role, whose tables it could take, and roles of the server itself. */
const MEER = `
select rolsuper as "is superuser", rolcreaterole as "mag rollen maken", rolcreatedb as "mag databases maken",
  rolreplication as "mag repliceren", rolbypassrls as "gaat voorbij aan row level security",
  exists (select from pg_class where relnamespace = current_schema()::regnamespace and pg_has_role(relowner, 'MEMBER')) as "is eigenaar van tabellen",
  exists (select from pg_roles s where s.rolname like 'pg\\_%' and s.rolname <> 'pg_database_owner' and pg_has_role(s.oid, 'MEMBER'))
    as "heeft een ingebouwde rol van PostgreSQL"
from pg_roles where rolname = current_user`;

export interface Eigen {
  /** Needed and not there. */
  readonly tekort: readonly string[];
  /** There and not needed; what is worst first. */
  readonly teveel: readonly string[];
}

/** What we really have on every thing. */
async function heeft(verbinding: Verbinding, dingen: readonly Ding[]): Promise<ReadonlySet<string>> {
  const per = SOORTEN.map((soort, nr) => {
    const { vraag, rechten } = TE_HEBBEN[soort];
    return `select '${soort} ' || n as ding, r as recht from unnest($${nr + 1}::text[]) n cross join unnest('{${rechten}}'::text[]) r where ${vraag}(n, r)`;
  });
  const { rows } = await verbinding.query<{ ding: string; recht: string }>(
    per.join(' union all '),
    SOORTEN.map((soort) =>
      dingen.filter((ding) => ding.soort === soort).map(({ naam, sql }) => (soort === 'database' ? naam : sql)),
    ),
  );
  return new Set(rows.map(({ ding, recht }) => `${recht} op ${ding}`));
}

/** What changes or removes before what reads: a log names only the first. */
const ERGST = ['CREATE', 'TRUNCATE', 'DELETE', 'UPDATE', 'TRIGGER', 'INSERT', 'EXECUTE'];
const rang = (recht: string): number => {
  const plek = ERGST.indexOf(recht.split(' ', 1)[0] ?? '');
  return plek < 0 ? ERGST.length : plek;
};
const ergstEerst = (een: string, ander: string): number => rang(een) - rang(ander) || (een < ander ? -1 : 1);

/** @param rollen what runs in this process */
export async function leesEigenRechten(verbinding: Verbinding, rollen: readonly Databaserol[]): Promise<Eigen> {
  const dingen = await leesDingen(verbinding);
  const er = await heeft(verbinding, dingen);
  const nodig = new Set(
    dingen.flatMap((ding) => {
      const plek = `${ding.soort} ${ding.soort === 'database' ? ding.naam : ding.sql}`;
      return rollen.flatMap((rol) => gewenst(ding, rol).map((recht) => `${recht} op ${plek}`));
    }),
  );
  const { rows } = await verbinding.query<Record<string, boolean>>(MEER);
  const meer = Object.entries(rows[0] ?? {}).filter(([, ja]) => ja);
  return {
    tekort: [...nodig].filter((recht) => !er.has(recht)),
    teveel: [...meer.map(([wat]) => wat), ...[...er].filter((recht) => !nodig.has(recht)).sort(ergstEerst)],
  };
}

/**
 * @returns what our user may and these roles do not need
 * @throws ConfiguratieFout with a Dutch sentence, when it may not do what they need
 */
export async function eisRechten(verbinding: Verbinding, rollen: readonly Databaserol[]): Promise<readonly string[]> {
  const { tekort, teveel } = await leesEigenRechten(verbinding, rollen);
  if (tekort.length > 0)
    throw new ConfiguratieFout(
      `De databasegebruiker mist rechten voor ${rollen.join(', ')} (${tekort[0]}${tekort.length > 1 ? `, en nog ${tekort.length - 1}` : ''}): voer als eigenaar \`knooppunt database rechten\` uit, of geef de DATABASE_URL van de juiste rol.`,
    );
  return teveel;
}
