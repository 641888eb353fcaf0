/** What PostgreSQL writes down about itself in its data folder. */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from '../../ingebed.ts';
import { argumentenVan, draait } from '../../proces.ts';

interface Toestand {
  readonly pid: number;
  readonly poort: number;
  /** `starting`, `ready` or `stopping`. */
  readonly fase: string;
}

async function leesToestand(map: string): Promise<Toestand> {
  const tekst = await readFile(join(map, 'postmaster.pid'), 'utf8').catch(() => '');
  // One per line: pid, folder, time of start, port, socket folder, address, shared memory, phase.
  const [pid, , , poort, , , , fase] = tekst.split('\n');
  return { pid: Number(pid), poort: Number(poort), fase: fase?.trim() ?? '' };
}

/** Larger than any process number can be. */
const NIEMAND = 2 ** 31 - 1;

/**
 * The server that runs on this folder, if any. A `postmaster.pid` that a power loss left behind is not one; removing it
 * we leave to PostgreSQL, which also looks whether children of the old server are still at work.
 */
export async function vindServer(map: string): Promise<Server | undefined> {
  const { pid, poort } = await leesToestand(map);
  if (pid > 0 && poort > 0 && draait(pid, map)) return { pid, poort, gestopt: () => !draait(pid, map) };
  // PostgreSQL would take any process with that number for its predecessor and refuse to start. In a container, where
  // the same few numbers come back after every restart, that is no rare thing.
  if (argumentenVan(pid).length > 0) await vervangPid(map);
  await ruimLeegPidbestandOp(map);
  return undefined;
}

/** A server that starts fills its pid file within a millisecond; one that stays empty is what a power loss left of it. */
const LEEG_MS = 3000;

/** PostgreSQL refuses to start beside an empty pid file, for ever. */
async function ruimLeegPidbestandOp(map: string): Promise<void> {
  const bestand = join(map, 'postmaster.pid');
  const gegevens = await stat(bestand).catch(() => undefined);
  if (gegevens?.size === 0 && Date.now() - gegevens.mtimeMs > LEEG_MS) await rm(bestand, { force: true });
}

async function vervangPid(map: string): Promise<void> {
  const bestand = join(map, 'postmaster.pid');
  const [, ...rest] = (await readFile(bestand, 'utf8')).split('\n');
  // Readable for all: we may be root, and PostgreSQL is not.
  await writeFile(`${bestand}.oud`, [NIEMAND, ...rest].join('\n'), { mode: 0o644 });
  await rename(`${bestand}.oud`, bestand);
}

/** Has this server (and not one that happens to hold its port) opened for connections? */
export async function isOpen(server: Server, map: string): Promise<boolean> {
  const { pid, fase } = await leesToestand(map);
  return pid === server.pid && fase === 'ready';
}

/** The port of the previous run: `postmaster.opts` keeps the last command line, `…/postgres "-D" "…" "-p" "5432" …`. */
export async function vorigePoort(map: string): Promise<number | undefined> {
  const opdracht = await readFile(join(map, 'postmaster.opts'), 'utf8').catch(() => '');
  const poort = /"-p" "(\d+)"/.exec(opdracht)?.[1];
  return poort === undefined ? undefined : Number(poort);
}
