/** Files that must survive a power loss: complete or absent, never half. Ground module. */
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

function fsyncMap(map: string): void {
  const fd = openSync(map, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Writes it beside its place, on disk when this returns. @returns where */
function schrijfErnaast(pad: string, inhoud: string): string {
  const tijdelijk = `${pad}.${process.pid}.nieuw`;
  const fd = openSync(tijdelijk, 'w', 0o600);
  try {
    writeSync(fd, inhoud);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return tijdelijk;
}

/** Puts another content in the place of a file, in one step, on disk when this returns. */
export function vervangGeheimBestand(pad: string, inhoud: string): void {
  renameSync(schrijfErnaast(pad, inhoud), pad);
  fsyncMap(dirname(pad));
}

/**
 * Makes a file that only its owner can read, on disk when this returns. A file that is already there stays as it is: of two
 * processes that start together, both then use the one that was first.
 */
export function maakGeheimBestand(pad: string, inhoud: string): void {
  mkdirSync(dirname(pad), { recursive: true });
  const tijdelijk = schrijfErnaast(pad, inhoud);
  try {
    linkSync(tijdelijk, pad);
  } catch (fout) {
    if ((fout as NodeJS.ErrnoException).code !== 'EEXIST') throw fout;
  } finally {
    rmSync(tijdelijk, { force: true });
  }
  fsyncMap(dirname(pad));
}
