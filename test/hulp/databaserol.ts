/** The database as one of its roles sees it, and what it was refused: code that swallows an error must not hide a right that is missing. */
import type pg from 'pg';
import { type Database, openDatabase } from '#src/opslag/database.ts';
import { type Databaserol, rolVanOpdracht } from '#src/opslag/rechten/tabel.ts';
import { rolnamen } from '#src/opslag/rechten/wens.ts';

/** The users of the processes, as in an installation that keeps them apart; with the password of the server. */
export const PROEFROLLEN = rolnamen('proef');

/** The same database, as another user. */
export function alsRol(url: string, rol: Databaserol): string {
  const adres = new URL(url);
  adres.username = PROEFROLLEN[rol];
  return adres.href;
}

/** The database for a command, as the user that docs/productie.md gives it to. @param woorden the command */
export function alsOpdracht(url: string, woorden: readonly string[]): string {
  const rol = rolVanOpdracht(woorden);
  return rol === 'eigenaar' ? url : alsRol(url, rol);
}

const GEEN_RECHT = '42501';

/** @param geweigerd gets what PostgreSQL says that this role may not */
export function openAlsRol(url: string, rol: Databaserol, max: number, geweigerd: string[] = []): Database {
  const database = openDatabase(alsRol(url, rol), { max });
  database.pool.on('connect', (client) => {
    const { connection } = client as unknown as { readonly connection: NodeJS.EventEmitter };
    connection.on('errorMessage', ({ code, message }: pg.DatabaseError) => {
      if (code === GEEN_RECHT) geweigerd.push(`${rol}: ${message}`);
    });
  });
  return database;
}
