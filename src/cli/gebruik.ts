/** What every command has in common: how it ends, and who gave it. */
import { userInfo } from 'node:os';
import { KnooppuntFout } from '../fouten.ts';
import { isGeenRecht } from '../opslag/database.ts';
import { rolVanOpdracht } from '../opslag/rechten/tabel.ts';

/** Exit codes; 0 is done. */
export const GEWEIGERD = 1;
export const FOUT_GEBRUIK = 2;

/** Wrong usage, or a file that cannot be read; the message is a Dutch sentence. */
export class Gebruiksfout extends Error {}

/** Who gives commands here, for the audit log. */
export const cliActor = (): string => `cli:${userInfo().username}`;

/**
 * Tells the user why nothing was done: what is particular about it, or else the sentence of the registry.
 * @returns the exit code
 * @throws what is no refusal
 */
export function meldWeigering(fout: unknown): number {
  if (!(fout instanceof Gebruiksfout || fout instanceof KnooppuntFout)) throw fout;
  console.error(fout instanceof KnooppuntFout ? (fout.details ?? fout.message) : fout.message);
  return fout instanceof Gebruiksfout ? FOUT_GEBRUIK : GEWEIGERD;
}

/**
 * What to say when PostgreSQL does not let our user do this; undefined when it was something else.
 * @param woorden the command
 */
export function geenRecht(fout: unknown, woorden: readonly string[]): string | undefined {
  if (!(fout instanceof Error) || !isGeenRecht(fout)) return undefined;
  return `De databasegebruiker mag dit niet (${fout.message}): geef deze opdracht met de DATABASE_URL van ${rolVanOpdracht(woorden)}.`;
}
