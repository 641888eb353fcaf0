/**
 * Power loss, imitated: takes away from a folder what was never synced.
 *
 * Call it when every process that wrote there is dead. Each change of a file that no later-begun, completed fsync or
 * fdatasync of that same file covers is undone, newest first. A file that was new and never synced stays, with 0 bytes:
 * a journalling file system may keep the name while the content is gone, and an empty file is harder to survive than
 * a missing one.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readdirSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Toeval } from '../../hulp/toeval.ts';
import { leesJournaal, type Spoor, type Wijziging } from './journaal.ts';

/** What the power cut took. */
export interface Verlies {
  readonly bestanden: number;
  readonly wijzigingen: number;
  /** Blocks that were not synced and survived all the same. */
  readonly bewaard: number;
}

/**
 * How the disk treats what was not synced. Without `bewaar` it is all gone, the strictest reading. With it each block of
 * 4 KB survives by chance, as on a real disk, which writes back in any order: this gives torn pages and gaps.
 */
export interface Schijf {
  readonly bewaar?: { readonly kans: number; readonly toeval: Toeval };
}

const BLOK = 4096;

/**
 * Undoes every change under `map` that `journaal` does not show as synced.
 * @throws Error when the journal can't be read
 */
export function draaiTerug(journaal: string, map: string, schijf: Schijf = {}): Verlies {
  const log = openSync(journaal, 'r');
  try {
    const sporen = leesJournaal(log);
    let verlies: Verlies = { bestanden: 0, wijzigingen: 0, bewaard: 0 };
    for (const pad of bestandenOnder(map)) {
      const { dev, ino } = statSync(pad, { bigint: true });
      const spoor = sporen.get(`${dev}:${ino}`);
      if (spoor === undefined) continue;
      const { wijzigingen, bewaard } = herstelBestand(log, pad, spoor, schijf);
      if (wijzigingen === 0) continue;
      verlies = {
        bestanden: verlies.bestanden + 1,
        wijzigingen: verlies.wijzigingen + wijzigingen,
        bewaard: verlies.bewaard + bewaard,
      };
    }
    return verlies;
  } finally {
    closeSync(log);
  }
}

function herstelBestand(log: number, pad: string, spoor: Spoor, schijf: Schijf): Omit<Verlies, 'bestanden'> {
  const onveilig = spoor.wijzigingen.filter((wijziging) => wijziging.volgorde >= spoor.veiligTot);
  const eerste = onveilig[0];
  if (eerste === undefined) return { wijzigingen: 0, bewaard: 0 };
  const fd = openSync(pad, 'r+');
  try {
    const omvang = fstatSync(fd).size;
    const bewaard = new Set<number>();
    for (const wijziging of onveilig.toReversed()) {
      if (wijziging.afgekapt) {
        // Cutting off is one act of the file system: it happened or it did not, never block by block.
        zetTerug(log, fd, wijziging, wijziging.plek, wijziging.plek + wijziging.oudeLengte);
        continue;
      }
      for (const blok of blokken(wijziging)) {
        if (!bewaard.has(blok) && schijf.bewaar?.toeval.kans(schijf.bewaar.kans)) bewaard.add(blok);
        if (bewaard.has(blok)) continue;
        const van = Math.max(blok * BLOK, wijziging.plek);
        zetTerug(log, fd, wijziging, van, Math.min((blok + 1) * BLOK, wijziging.plek + wijziging.lengte));
      }
    }
    const laatste = Math.max(0, ...[...bewaard].map((blok) => Math.min((blok + 1) * BLOK, omvang)));
    ftruncateSync(fd, Math.max(eerste.oudeOmvang, laatste));
    return { wijzigingen: onveilig.length, bewaard: bewaard.size };
  } finally {
    closeSync(fd);
  }
}

function* blokken({ plek, lengte }: Wijziging): Generator<number> {
  for (let blok = Math.floor(plek / BLOK); blok * BLOK < plek + lengte; blok++) yield blok;
}

/** Puts the old bytes of [van, tot) back; what lay beyond the old end of the file becomes zeros, as a gap reads. */
function zetTerug(log: number, fd: number, wijziging: Wijziging, van: number, tot: number): void {
  const bytes = Buffer.alloc(tot - van);
  const vanOud = van - wijziging.plek;
  const nodig = Math.max(0, Math.min(bytes.length, wijziging.oudeLengte - vanOud));
  if (nodig > 0 && readSync(log, bytes, 0, nodig, wijziging.bytesOp + vanOud) !== nodig) {
    throw new Error('The journal is shorter than it says.');
  }
  if (bytes.length > 0) writeSync(fd, bytes, 0, bytes.length, van);
}

function bestandenOnder(map: string): string[] {
  return readdirSync(map, { withFileTypes: true, recursive: true })
    .filter((ingang) => ingang.isFile())
    .map((ingang) => join(ingang.parentPath, ingang.name));
}
