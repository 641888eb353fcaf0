/** Reads a file that holds a message, for the commands that take one. */
import { readFile, stat } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { KnooppuntFout } from '../fouten.ts';

/** @returns the bytes; a refusal when it is larger than a message may be; undefined when it cannot be read, which is then said */
export async function leesBericht(
  bestand: string,
  { maxBerichtBytes }: Pick<Config, 'maxBerichtBytes'>,
): Promise<Uint8Array | KnooppuntFout | undefined> {
  try {
    if ((await stat(bestand)).size > maxBerichtBytes) return new KnooppuntFout('berichtTeGroot');
    return await readFile(bestand);
  } catch {
    console.error(`Kan ${bestand} niet lezen.`);
    return undefined;
  }
}
