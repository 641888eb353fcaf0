/** Bringing the schema up to date: once, by one process, and never over files that were changed afterwards. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migreer } from '#src/opslag/migratie.ts';
import { type Gegevensbank, maakGegevensbank } from '../hulp/gegevensbank.ts';

const FILES = readdirSync(path.resolve(import.meta.dirname, '../../src/opslag/migraties'))
  .filter((naam) => naam.endsWith('.sql'))
  .sort();

let bank: Gegevensbank;
beforeAll(async () => {
  bank = await maakGegevensbank({ gemigreerd: false });
});
afterAll(() => bank.weg());

/** Everything that a schema is, as text. */
async function schema(): Promise<readonly unknown[]> {
  const { rows } = await bank.database.pool.query(
    `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns where table_schema = 'public'
     union all select tablename, indexname, indexdef, '', '' from pg_indexes where schemaname = 'public'
     union all select conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' from pg_constraint where connamespace = 'public'::regnamespace
     order by 1, 2, 3`,
  );
  return rows;
}

test('the files are numbered without a gap, each with a name that says what is in it', () => {
  expect(FILES.map((naam) => naam.slice(0, 4))).toEqual(FILES.map((_, nr) => String(nr + 1).padStart(4, '0')));
  for (const naam of FILES) expect(naam).toMatch(/^\d{4}-[a-z0-9-]+\.sql$/);
});

describe('an empty database', () => {
  test('is migrated once by eight that start at the same time', async () => {
    const uitslagen = await Promise.all(Array.from({ length: 8 }, () => migreer(bank.database)));
    expect(uitslagen.filter((nieuw) => nieuw.length > 0)).toEqual([FILES]);
  });

  test('is up to date afterwards: migrating again changes nothing', async () => {
    const eerst = await schema();
    expect(eerst.length).toBeGreaterThan(50);
    expect(await migreer(bank.database)).toEqual([]);
    expect(await schema()).toEqual(eerst);
  });
});

describe('a file changed after it was applied', () => {
  test('is refused by name, and nothing changes', async () => {
    const eerst = await schema();
    await bank.database.pool.query(`update migratie set sha256 = 'anders' where naam = $1`, [FILES[0]]);
    await expect(migreer(bank.database)).rejects.toThrow(FILES[0]);
    expect(await schema()).toEqual(eerst);
  });
});

describe('a migration that fails', () => {
  test('leaves nothing half done: everything is in one transaction', async () => {
    const leeg = await maakGegevensbank({ gemigreerd: false });
    try {
      // The first statement of the first file will not do, because its table is already there.
      await leeg.database.pool.query('create table organisatie (x int)');
      await expect(migreer(leeg.database)).rejects.toThrow();
      const { rows } = await leeg.database.pool.query(
        `select table_name as naam from information_schema.tables where table_schema = 'public'`,
      );
      expect(rows).toEqual([{ naam: 'organisatie' }]);
    } finally {
      await leeg.weg();
    }
  });
});
