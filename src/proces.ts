/**
 * Processes of this machine: is it running, end it, find it a port, wait for it.
 * Ground module: it knows nothing of PostgreSQL, Redis or messages.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wacht } from 'node:timers/promises';

/** A program with its arguments. */
export type Opdracht = readonly [programma: string, ...argumenten: string[]];

export interface LosProces {
  readonly pid: number;
  readonly gestopt: () => boolean;
}

/** True when we are root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Own services lean on what Linux has (/proc, setpriv, flock).
 * @param uitweg what the user does elsewhere, as the end of the sentence
 * @throws Error on any other system
 */
export function eisLinux(uitweg: string): void {
  if (process.platform !== 'linux') throw new Error(`Eigen diensten draaien alleen op Linux: ${uitweg}.`);
}

/** Binds a server to this port of 127.0.0.1 for a moment (0: any free one); returns the port, or null when it is taken. */
function probeer(poort: number): Promise<number | null> {
  return new Promise((klaar) => {
    const server = createServer();
    server.once('error', () => klaar(null));
    server.listen({ port: poort, host: '127.0.0.1', exclusive: true }, () => {
      const adres = server.address();
      server.close(() => klaar(typeof adres === 'object' && adres !== null ? adres.port : null));
    });
  });
}

/**
 * A port of 127.0.0.1 that nobody listens on.
 * @param voorkeur the port to take when it is free, for instance the one of the previous run
 * @throws Error when the system hands out no port at all
 */
export async function vrijePoort(voorkeur?: number): Promise<number> {
  const poort = (voorkeur === undefined ? null : await probeer(voorkeur)) ?? (await probeer(0));
  if (poort === null) throw new Error('Er is geen vrije poort op 127.0.0.1.');
  return poort;
}

/**
 * Waits until `voorwaarde` gives something other than undefined or false, and returns that.
 * @param wat what is waited for, for the error text ("PostgreSQL op poort 5432")
 * @throws Error after `ms` milliseconds, and whatever `voorwaarde` itself throws
 */
export async function wachtTot<T>(
  voorwaarde: () => T | undefined | false | Promise<T | undefined | false>,
  { ms, wat }: { readonly ms: number; readonly wat: string },
): Promise<T> {
  const grens = Date.now() + ms;
  for (let pauze = 5; ; pauze = Math.min(pauze * 2, 100)) {
    const uitkomst = await voorwaarde();
    if (uitkomst !== undefined && uitkomst !== false) return uitkomst;
    if (Date.now() > grens) throw new Error(`Na ${Math.round(ms / 1000)} seconden nog niet gebeurd: ${wat}.`);
    await wacht(pauze);
  }
}

/** The command line of a process, in words; empty when there is no such process, or when it is a zombie. */
export function argumentenVan(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((woord) => woord !== '');
  } catch {
    return [];
  }
}

/**
 * Does process `pid` run, with `kenmerk` (a path) as one of its arguments?
 * The path is what makes a pid file trustworthy: after a power loss its number may belong to any other process.
 * A zombie counts as gone, also where nobody reaps it (a container without init).
 */
export function draait(pid: number, kenmerk: string): boolean {
  return argumentenVan(pid).includes(kenmerk);
}

/**
 * Sends `signaal` to the process and waits until it is gone. Does nothing when it is gone already.
 * It never falls back to SIGKILL: a database that is slow to stop is writing.
 * @throws Error when it still runs after `ms` milliseconds
 */
export async function beeindig(pid: number, kenmerk: string, signaal: NodeJS.Signals, ms = 60_000): Promise<void> {
  if (!draait(pid, kenmerk)) return;
  process.kill(pid, signaal);
  await wachtTot(() => !draait(pid, kenmerk), { ms, wat: `het stoppen van proces ${pid}` });
}

/**
 * Starts a program that does not depend on us: a session of its own, and no pipes between us, so neither Ctrl-C nor our
 * death reaches it.
 * @param uitvoer file descriptor for what it prints
 * @param omgeving its whole environment: nothing of ours, so no secret of ours
 * @throws Error when the program can't be executed
 */
export async function startLos(
  [programma, ...argumenten]: Opdracht,
  uitvoer: number,
  omgeving: Readonly<Record<string, string>>,
): Promise<LosProces> {
  const kind = spawn(programma, argumenten, {
    cwd: '/',
    env: omgeving,
    detached: true,
    stdio: ['ignore', uitvoer, uitvoer],
  });
  let gestopt = false;
  kind.once('exit', () => {
    gestopt = true;
  });
  await new Promise((klaar, mislukt) => kind.once('spawn', klaar).once('error', mislukt));
  kind.unref();
  return { pid: kind.pid ?? 0, gestopt: () => gestopt };
}

/**
 * A process that falls leaves no image of its memory behind: keys and messages are in it. Holds for this process and for all that it starts
 * from now on. The filter also holds where core dumps go to a program, which the limit of the shell does not stop (core(5)).
 * @returns false where the system has neither
 */
export function zonderKerndump(): boolean {
  const limiet = spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' }).status === 0;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
    return true;
  } catch {
    return limiet;
  }
}
