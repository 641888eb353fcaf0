/** What PostgreSQL does for a statement: its plans, and how many rows it really reads. */
import { expect } from 'vitest';
import type { Database } from '#src/opslag/database.ts';
import { luisterAf, type Vraag } from './afluisteraar.ts';

export interface Knoop {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Knoop[];
}
/** A partition, or its index, by the name of the whole. */
const geheel = (naam: string | undefined): string | undefined => naam?.replace(/^inhoud_(\d{4}_\d{2}|rest)/, 'inhoud');
const knopenVan = ({ 'Relation Name': tabel, 'Index Name': index, ...knoop }: Knoop): readonly Knoop[] => [
  {
    ...knoop,
    ...(tabel !== undefined && { 'Relation Name': geheel(tabel) }),
    ...(index !== undefined && { 'Index Name': geheel(index) }),
  } as Knoop,
  ...(knoop.Plans ?? []).flatMap(knopenVan),
];

async function plan(
  database: Database,
  keuze: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly Knoop[]> {
  const { rows } = await database.pool.query({ text: `explain (format json${keuze}) ${text}`, values: [...values] });
  return knopenVan(rows[0]['QUERY PLAN'][0].Plan);
}

/** Runs something, and gives every statement it sent that reads or writes rows. */
async function vragenVan(database: Database, doe: (database: Database) => Promise<unknown>): Promise<readonly Vraag[]> {
  const gehoord = luisterAf(database);
  await doe(gehoord.database);
  const vragen = gehoord.vragen.filter(({ text }) => /^\s*(select|with|insert|update|delete)/i.test(text));
  expect(vragen.length).toBeGreaterThan(0);
  return vragen;
}

/** The plans of all that something asks: for its values, and the one for all values that PostgreSQL changes to after a while. */
export async function gebruikt(
  database: Database,
  doe: (database: Database) => Promise<unknown>,
): Promise<readonly Knoop[]> {
  const vragen = await vragenVan(database, doe);
  const plannen = vragen.flatMap(({ text, values }) => [
    plan(database, '', text, values),
    plan(database, ', generic_plan', text, []),
  ]);
  return (await Promise.all(plannen)).flat();
}

/** Scans of these tables that go through all of them: an index without a condition is a walk as well. */
export const zonderVoorwaarde = (knopen: readonly Knoop[], tabellen: readonly string[]): readonly string[] =>
  knopen
    .filter((knoop) => tabellen.includes(knoop['Relation Name'] ?? '') && /Scan$/.test(knoop['Node Type']))
    .filter((knoop) => knoop['Node Type'] !== 'Bitmap Heap Scan' && knoop['Index Cond'] === undefined)
    .map((knoop) => knoop['Index Name'] ?? `all of ${knoop['Relation Name']}`);

/** How many rows of a table are read in all by what something asks, which may only read: those it had no use for included. */
export async function gelezen(
  database: Database,
  tabel: string,
  doe: (database: Database) => Promise<unknown>,
): Promise<number> {
  const vragen = await vragenVan(database, doe);
  const knopen = await Promise.all(vragen.map(({ text, values }) => plan(database, ', analyze', text, values)));
  return knopen
    .flat()
    .filter((knoop) => knoop['Relation Name'] === tabel)
    .reduce((som, knoop) => {
      const perKeer = (knoop['Actual Rows'] ?? 0) + (knoop['Rows Removed by Filter'] ?? 0);
      return som + perKeer * (knoop['Actual Loops'] ?? 1);
    }, 0);
}
