/** The preload library: compiled when a test needs it, with the C compiler that is there. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const voerUit = promisify(execFile);

/** The compiled library, or why there is none: a test then says so and skips, it does not pass. */
export type Bibliotheek = { readonly pad: string } | { readonly reden: string };

/** Compiles schrijflog.c into `map`. As root on Debian or Ubuntu it installs the compiler when that is missing. */
export async function bouwBibliotheek(map: string): Promise<Bibliotheek> {
  if (process.platform !== 'linux') return { reden: 'LD_PRELOAD is a matter of Linux' };
  const vertaler = await zorgVoorVertaler();
  if (vertaler === undefined) return { reden: 'no C compiler (cc) on the PATH' };
  const pad = join(map, 'schrijflog.so');
  const bron = join(import.meta.dirname, 'schrijflog.c');
  await voerUit(vertaler, ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', pad, bron, '-ldl']);
  return { pad };
}

async function zorgVoorVertaler(): Promise<string | undefined> {
  const bestaand = await vindVertaler();
  if (bestaand !== undefined || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return bestaand;
  const omgeving = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await voerUit('apt-get', ['update', '-q'], { env: omgeving });
    await voerUit('apt-get', ['install', '-yq', '--no-install-recommends', 'gcc', 'libc6-dev'], { env: omgeving });
  } catch {
    return undefined;
  }
  return vindVertaler();
}

async function vindVertaler(): Promise<string | undefined> {
  for (const naam of ['cc', 'gcc', 'clang']) {
    const werkt = await voerUit(naam, ['--version']).then(
      () => true,
      () => false,
    );
    if (werkt) return naam;
  }
  return undefined;
}
