/**
 * Knooppunt's own Redis, for whoever has none. It holds a to-do list that can be made again, so syncing once a second
 * is enough.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { gegevensmap, type Ingebed, neemOverOfStart, type Server } from '../ingebed.ts';
import { argumentenVan, beeindig, draait, startLos, vrijePoort } from '../proces.ts';
import { zorgVoorRedis } from './programma.ts';

export type { Ingebed } from '../ingebed.ts';

export interface RedisOpties {
  /** Data folder, made when missing. The log is written beside it, as `redis.log`. */
  readonly map: string;
  readonly wachtwoord: string;
  /** Default: the port of the previous run when it is free, else any free one. */
  readonly poort?: number;
  /** Extra environment of the server, for crash tests. */
  readonly omgeving?: Readonly<Record<string, string>>;
  /** Hears about what takes long (installing). */
  readonly meld?: (zin: string) => void;
}

/** Refusals that pass: another process of ours starts it at this moment, or somebody took the port since we looked. */
const VOORBIJGAAND = /failed to get lock|Address already in use/;

/**
 * Starts Redis in a folder, or takes over the one that runs there (whose port then stays as it is).
 * @returns its address, once it answers
 * @throws Error with a Dutch sentence: no program, wrong password, server won't start
 */
export async function startIngebedRedis(opties: RedisOpties): Promise<Ingebed> {
  const { wachtwoord } = opties;
  const programma = await zorgVoorRedis(opties.meld);
  const map = await gegevensmap(opties.map);
  await mkdir(map, { recursive: true, mode: 0o700 });
  const bestand = join(map, 'redis.conf');

  const start = async (logboek: number): Promise<Server> => {
    const poort = opties.poort ?? (await vrijePoort(await vorigePoort(map)));
    await schrijf(bestand, instellingen(map, wachtwoord));
    // Two servers on one folder would spoil its files, and Redis doesn't guard against that. This lock lasts as long as
    // the server lives (and the child that rewrites its log), whatever becomes of us.
    const slot = ['--verbose', '--nonblock', '--no-fork', join(map, 'slot')];
    const omgeving = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', ...opties.omgeving };
    return {
      poort,
      ...(await startLos(['flock', ...slot, programma, bestand, '--port', String(poort)], logboek, omgeving)),
    };
  };
  const { pid, poort } = await neemOverOfStart({
    naam: 'Redis',
    map,
    logboek: 'redis.log',
    voorbijgaand: VOORBIJGAAND,
    vind: () => vindServer(map, bestand),
    start,
    antwoordt: (server) => antwoordt(server, map, wachtwoord),
  });
  await schrijf(join(map, 'poort'), String(poort));
  // On SIGTERM Redis syncs what it has and leaves.
  return { url: adres(poort, wachtwoord), poort, pid, stop: () => beeindig(pid, bestand, 'SIGTERM') };
}

/** The settings file: it holds the password, which on a command line anyone could read. */
function instellingen(map: string, wachtwoord: string): string {
  return [
    'bind 127.0.0.1',
    'protected-mode yes',
    `requirepass ${tekst(wachtwoord)}`,
    `dir ${tekst(map)}`,
    `pidfile ${tekst(join(map, 'redis.pid'))}`,
    'daemonize no',
    // Keep the command line as we gave it: by that we know it again.
    'set-proc-title no',
    'logfile ""',
    'loglevel notice',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    // A queue that throws away jobs when memory is short loses work; this one refuses new work instead.
    'maxmemory-policy noeviction',
    '',
  ].join('\n');
}

/** A quoted word of the settings file; every byte that is not plain goes in hexadecimal, so nothing can break out. */
function tekst(waarde: string): string {
  const tekens = [...Buffer.from(waarde)].map((byte) =>
    /[\w/.-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `"${tekens.join('')}"`;
}

/** Writes a small file for our eyes only, whole or not at all. */
async function schrijf(pad: string, inhoud: string): Promise<void> {
  const tijdelijk = `${pad}.${randomUUID()}`;
  await writeFile(tijdelijk, inhoud, { mode: 0o600 });
  await rename(tijdelijk, pad);
}

async function vorigePoort(map: string): Promise<number | undefined> {
  const poort = Number(await readFile(join(map, 'poort'), 'utf8').catch(() => ''));
  return poort > 0 ? poort : undefined;
}

async function vindServer(map: string, bestand: string): Promise<Server | undefined> {
  const pid = Number(await readFile(join(map, 'redis.pid'), 'utf8').catch(() => ''));
  const woorden = argumentenVan(pid);
  const poort = Number(woorden[woorden.indexOf('--port') + 1]);
  if (!(woorden.includes(bestand) && poort > 0)) return undefined;
  return { pid, poort, gestopt: () => !draait(pid, bestand) };
}

async function antwoordt(server: Server, map: string, wachtwoord: string): Promise<boolean> {
  const verbinding = new Redis({
    host: '127.0.0.1',
    port: server.poort,
    password: wachtwoord,
    lazyConnect: true,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Failures come back from the commands below; without a listener ioredis would print them as well.
  verbinding.on('error', () => undefined);
  try {
    await verbinding.ping();
    // Not whoever else happens to hold the port.
    return (await verbinding.info('server')).includes(`process_id:${server.pid}\r\n`);
  } catch (oorzaak) {
    if (!String(oorzaak).includes('WRONGPASS')) return false;
    throw new Error(`Het wachtwoord past niet bij de Redis die in ${map} draait.`, { cause: oorzaak });
  } finally {
    verbinding.disconnect();
  }
}

function adres(poort: number, wachtwoord: string): string {
  return `redis://:${encodeURIComponent(wachtwoord)}@127.0.0.1:${poort}`;
}
