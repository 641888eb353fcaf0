/** The database for a command that works on it directly: the configured one, or our own, which keeps running if it did. */
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { gegevensmap } from '../ingebed.ts';
import { type Database, openDatabase } from '../opslag/database.ts';
import { vindServer } from '../opslag/ingebed/server.ts';
import { migreer } from '../opslag/migratie.ts';
import { Sleutelring } from '../opslag/sleutelring.ts';
import { zorgVoorPostgres } from '../rollen/diensten.ts';

/** Runs work on the database, brought up to date first: or, as a user that may not do that, when it is. */
export function metDatabase<T>(config: Config, werk: (database: Database) => Promise<T>): Promise<T> {
  return metBareDatabase(config, async (database) => {
    await migreer(database);
    return werk(database);
  });
}

/** Runs work on the database as it is. */
export async function metBareDatabase<T>(config: Config, werk: (database: Database) => Promise<T>): Promise<T> {
  const draaide =
    config.databaseUrl === undefined && (await vindServer(await gegevensmap(join(config.data, 'postgres'))));
  const { url, eigen } = await zorgVoorPostgres(config);
  try {
    const database = openDatabase(url, { max: 2 });
    try {
      return await werk(database);
    } finally {
      await database.sluit();
    }
  } finally {
    if (!draaide) await eigen?.stop();
  }
}

/** As metDatabase, with the keys of this installation. */
export function metSleutels<T>(
  config: Config,
  werk: (database: Database, sleutels: Sleutelring) => Promise<T>,
): Promise<T> {
  return metDatabase(config, (database) => metSleutelring(config, database, (sleutels) => werk(database, sleutels)));
}

/**
 * Runs work with the keys of this installation.
 * @throws ConfiguratieFout when they are not those of this database: the same person would be somebody else with others
 */
export async function metSleutelring<T>(
  config: Config,
  database: Database,
  werk: (sleutels: Sleutelring) => Promise<T>,
): Promise<T> {
  const sleutels = await Sleutelring.open(config, database);
  try {
    return await werk(sleutels);
  } finally {
    await sleutels.sluit();
  }
}
