/** A database of its own for one test file, on the PostgreSQL of the test run: empty or migrated, and gone at the end. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#src/opslag/database.ts';

export interface Gegevensbank {
  /** As its owner. */
  readonly url: string;
  readonly database: Database;
  /** Closes the pool and drops the database. */
  weg(): Promise<void>;
}

async function opServer(opdracht: string): Promise<void> {
  const server = openDatabase(inject('databaseUrl'), { max: 1 });
  try {
    await server.pool.query(opdracht);
  } finally {
    await server.sluit();
  }
}

/** @param gemigreerd false: an empty database, for tests of the migration itself */
export async function maakGegevensbank({ max = 20, gemigreerd = true } = {}): Promise<Gegevensbank> {
  const naam = `proef_${randomBytes(8).toString('hex')}`;
  await opServer(`create database ${naam}${gemigreerd ? ` template ${inject('sjabloon')}` : ''}`);
  const adres = new URL(inject('databaseUrl'));
  adres.pathname = `/${naam}`;
  const database = openDatabase(adres.href, { max });
  return {
    url: adres.href,
    database,
    async weg() {
      await database.sluit();
      await opServer(`drop database ${naam} with (force)`);
    },
  };
}
