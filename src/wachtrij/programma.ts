/** The Redis program: found on the PATH, or installed where that is ours to do. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { eisLinux, isRoot } from '../proces.ts';

/** What this depends on of the machine. */
export interface Systeem {
  readonly pad: string;
  readonly root: boolean;
  /** Debian asks this script whether a freshly installed service may start. */
  readonly startbeleid: string;
}

const PROGRAMMAS = ['redis-server', 'valkey-server'];
/** What to type, per package manager. */
const REGELS: readonly (readonly [programma: string, regel: string])[] = [
  ['apt-get', 'sudo apt-get install -y redis-server'],
  ['dnf', 'sudo dnf install -y valkey'],
  ['zypper', 'sudo zypper install -y valkey'],
];

function ditSysteem(): Systeem {
  return { pad: process.env.PATH ?? '/usr/bin:/bin', root: isRoot(), startbeleid: '/usr/sbin/policy-rc.d' };
}

function zoek(namen: readonly string[], pad: string): string | undefined {
  const mappen = pad.split(delimiter).filter((map) => map !== '');
  return namen.flatMap((naam) => mappen.map((map) => join(map, naam))).find((bestand) => existsSync(bestand));
}

/**
 * The full path of redis-server or valkey-server. Installs redis-server when there is none and we are root on Debian or
 * Ubuntu; `meld` hears about that, for it takes a while.
 * @throws Error whose Dutch sentence holds the one line that installs it
 */
export async function zorgVoorRedis(
  meld: (zin: string) => void = () => undefined,
  systeem: Systeem = ditSysteem(),
): Promise<string> {
  eisLinux('zet REDIS_URL naar een Redis (6.2 of hoger) of Valkey');
  const aanwezig = zoek(PROGRAMMAS, systeem.pad);
  if (aanwezig !== undefined) return aanwezig;

  const regel = REGELS.find(([programma]) => zoek([programma], systeem.pad) !== undefined)?.[1] ?? REGELS[0]?.[1];
  const raad = `Geen redis-server of valkey-server gevonden. Installeer er een met: ${regel} (of zet REDIS_URL).`;
  const apt = zoek(['apt-get'], systeem.pad);
  if (!systeem.root || apt === undefined) throw new Error(raad);

  meld('redis-server ontbreekt en wordt nu geïnstalleerd met apt-get.');
  const uitvoer = await installeer(apt, systeem);
  const geinstalleerd = zoek(PROGRAMMAS, systeem.pad);
  if (geinstalleerd === undefined) throw new Error(`${raad} Zelf installeren lukte niet: ${uitvoer}`);
  return geinstalleerd;
}

/** Installs the package without the service that it would start: an open Redis on port 6379 that nobody asked for. */
async function installeer(apt: string, systeem: Systeem): Promise<string> {
  const eigenBeleid = !existsSync(systeem.startbeleid);
  if (eigenBeleid) await writeFile(systeem.startbeleid, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const wacht = ['-o', 'DPkg::Lock::Timeout=120'];
    // A failing update (one unreachable source) need not stop the install; if it does, that says so itself.
    await voerUit(apt, [...wacht, 'update'], systeem.pad);
    const { fouten } = await voerUit(
      apt,
      [...wacht, 'install', '-y', '--no-install-recommends', 'redis-server'],
      systeem.pad,
    );
    return fouten;
  } finally {
    if (eigenBeleid) await rm(systeem.startbeleid, { force: true });
    // The policy keeps it from starting now; this keeps it from starting at the next boot, and stops it all the same
    // should the policy have been passed over.
    for (const opdracht of [
      ['service', 'redis-server', 'stop'],
      ['update-rc.d', 'redis-server', 'disable'],
    ] as const) {
      const [naam, ...argumenten] = opdracht;
      const programma = zoek([naam], systeem.pad);
      if (programma !== undefined) await voerUit(programma, argumenten, systeem.pad);
    }
  }
}

/** Runs a command to its end, without our environment; never throws. */
function voerUit(programma: string, argumenten: readonly string[], pad: string): Promise<{ readonly fouten: string }> {
  return new Promise((klaar) => {
    const kind = spawn(programma, argumenten, {
      env: { PATH: pad, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let fouten = '';
    kind.stderr.setEncoding('utf8').on('data', (stuk: string) => {
      fouten += stuk;
    });
    kind.once('error', (fout) => klaar({ fouten: fout.message }));
    kind.once('close', () => klaar({ fouten: fouten.trim() }));
  });
}
