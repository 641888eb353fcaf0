/**
 * Anchors: values of the chain outside the database. The file gets a line a day, on disk at once; beside it the last link of all is kept, so
 * that lines cannot be taken off the end unseen either. Whoever copies the file elsewhere every day can prove it against everybody.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const ANKER = z.object({
  tijdstip: z.iso.datetime(),
  schakel: z.int().positive(),
  /** The last line that it covers. */
  regel: z.int().positive(),
  keten: hex,
  zegel: hex,
});
export type Anker = z.infer<typeof ANKER>;

/** An anchor that cannot be read is no reason to believe the log. */
export class Ankerfout extends Error {}

function lees(tekst: string, waar: string): Anker {
  try {
    return ANKER.parse(JSON.parse(tekst));
  } catch {
    throw new Ankerfout(`${waar} is geen anker van het logboek.`);
  }
}

const standpad = (pad: string): string => `${pad}.stand`;

/** @returns the anchors in the file, and the last link that was seen; empty when there is no file */
export function leesAnkers(pad: string): readonly Anker[] {
  const regels = existsSync(pad) ? readFileSync(pad, 'utf8').split('\n') : [];
  const ankers = regels.flatMap((regel, plek) => (regel === '' ? [] : [lees(regel, `Regel ${plek + 1} van ${pad}`)]));
  const stand = standpad(pad);
  return existsSync(stand) ? [...ankers, lees(readFileSync(stand, 'utf8'), stand)] : ankers;
}

/** @returns the last anchor of the file, without the last link seen */
export const laatsteAnker = (pad: string): Anker | undefined =>
  existsSync(pad)
    ? readFileSync(pad, 'utf8')
        .split('\n')
        .filter((regel) => regel !== '')
        .slice(-1)
        .map((regel) => lees(regel, pad))[0]
    : undefined;

/** Adds an anchor; on disk when this returns. */
export function voegAnkerToe(pad: string, anker: Anker): void {
  mkdirSync(dirname(pad), { recursive: true });
  const fd = openSync(pad, 'a', 0o600);
  try {
    writeSync(fd, `${JSON.stringify(anker)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Keeps the last link, in the place of the one before it. */
export function bewaarStand(pad: string, anker: Anker): void {
  mkdirSync(dirname(pad), { recursive: true });
  const stand = standpad(pad);
  writeFileSync(`${stand}.nieuw`, JSON.stringify(anker), { mode: 0o600 });
  renameSync(`${stand}.nieuw`, stand);
}
