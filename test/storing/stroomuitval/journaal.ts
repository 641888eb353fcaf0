/**
 * The journal that schrijflog.c keeps: which bytes each write replaced, and how far each completed sync reached.
 * The layout is that of `struct kop` there; all numbers little-endian (the test runs where the library was compiled).
 */
import { chmodSync, closeSync, openSync, readSync, writeFileSync } from 'node:fs';

/** The first page holds the length of what is complete; the entries follow. */
const BEGIN = 4096;
const KOP = 56;
const MERK = 0x4b4e4f50;
const SCHRIJF = 1;
const SYNC = 2;

/** One change of a file. Its old bytes stand in the journal at `bytesOp`. */
export interface Wijziging {
  /** Place in the journal, which is also the order over all processes. */
  readonly volgorde: number;
  readonly plek: number;
  /** How many bytes changed; for a file that was cut off: everything from `plek` on. */
  readonly lengte: number;
  readonly afgekapt: boolean;
  readonly oudeOmvang: number;
  readonly oudeLengte: number;
  readonly bytesOp: number;
}

/** What is known of one file, by device and inode. */
export interface Spoor {
  readonly wijzigingen: Wijziging[];
  /** Changes before this place in the journal were covered by a sync that began later and succeeded. */
  veiligTot: number;
}

/** Makes an empty journal that every process may write to: PostgreSQL may run as another user than the test. */
export function maakJournaal(pad: string): void {
  const bladzijde = Buffer.alloc(BEGIN);
  bladzijde.writeBigUInt64LE(BigInt(BEGIN));
  writeFileSync(pad, bladzijde);
  chmodSync(pad, 0o666);
}

/** True when nobody wrote to the journal: then the library was not loaded, and nothing would be proved. */
export function isLeeg(pad: string): boolean {
  const fd = openSync(pad, 'r');
  try {
    return stand(fd) === BEGIN;
  } finally {
    closeSync(fd);
  }
}

/** Reads the journal: per file, the changes in order and how far they are safe. Key: `device:inode`. */
export function leesJournaal(fd: number): Map<string, Spoor> {
  const einde = stand(fd);
  const sporen = new Map<string, Spoor>();
  const kop = Buffer.alloc(KOP);
  for (let volgorde = BEGIN; volgorde < einde; ) {
    readSync(fd, kop, 0, KOP, volgorde);
    if (kop.readUInt32LE(0) !== MERK) throw new Error(`No entry at ${volgorde} of the journal.`);
    const soort = kop.readUInt32LE(4);
    const bestand = `${kop.readBigUInt64LE(8)}:${kop.readBigUInt64LE(16)}`;
    const getal = (plek: number): number => Number(kop.readBigUInt64LE(plek));
    const oudeLengte = getal(48);
    const spoor = sporen.get(bestand) ?? { wijzigingen: [], veiligTot: 0 };
    if (soort === SCHRIJF) {
      const lengte = getal(32);
      spoor.wijzigingen.push({
        volgorde,
        plek: getal(24),
        lengte,
        afgekapt: lengte > Number.MAX_SAFE_INTEGER,
        oudeOmvang: getal(40),
        oudeLengte,
        bytesOp: volgorde + KOP,
      });
      sporen.set(bestand, spoor);
    } else if (soort === SYNC) {
      spoor.veiligTot = Math.max(spoor.veiligTot, getal(24));
      sporen.set(bestand, spoor);
    } else {
      // The file is gone; what comes after under this number is another file.
      sporen.delete(bestand);
    }
    volgorde += KOP + oudeLengte;
  }
  return sporen;
}

function stand(fd: number): number {
  const bladzijde = Buffer.alloc(8);
  readSync(fd, bladzijde, 0, 8, 0);
  return Number(bladzijde.readBigUInt64LE());
}
