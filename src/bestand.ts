/** Files that must survive a power loss: complete or absent, never half. Ground module. */
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

function fsyncMap(map: string): void {
  const fd = openSync(map, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Makes a file that only its owner can read, on disk when this returns. A file that is already there stays as it is: of two
 * processes that start together, both then use the one that was first.
 */
export function maakGeheimBestand(pad: string, inhoud: string): void {
  mkdirSync(dirname(pad), { recursive: true });
  const tijdelijk = `${pad}.${process.pid}.nieuw`;
  const fd = openSync(tijdelijk, 'w', 0o600);
  try {
    writeSync(fd, inhoud);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  try {
    linkSync(tijdelijk, pad);
  } catch (fout) {
    if ((fout as NodeJS.ErrnoException).code !== 'EEXIST') throw fout;
  } finally {
    rmSync(tijdelijk, { force: true });
  }
  fsyncMap(dirname(pad));
}
