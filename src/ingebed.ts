/**
 * What our own PostgreSQL and our own Redis have in common: a server on a data folder that outlives us, and that
 * whoever starts next takes over. A kill -9 of Knooppunt therefore costs neither data nor a restart of them.
 * Ground module.
 */
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as wacht } from 'node:timers/promises';
import { type LosProces, wachtTot } from './proces.ts';

/** A service that Knooppunt runs itself. Only `stop` ends it. */
export interface Ingebed {
  /** Address with user and password; never log it. */
  readonly url: string;
  readonly poort: number;
  readonly pid: number;
  /** Ends the service in an orderly way and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

export interface Server extends LosProces {
  readonly poort: number;
}

/** How one kind of server is found, started and spoken to. */
export interface Dienst {
  /** `PostgreSQL`, `Redis`: for the user. */
  readonly naam: string;
  readonly map: string;
  /** Name of its log, beside the folder. */
  readonly logboek: string;
  /** What the log says when it refuses to start for a reason that goes away by itself. */
  readonly voorbijgaand: RegExp;
  /** The server that runs on the folder, if any. */
  vind(): Promise<Server | undefined>;
  /** Starts one; `logboek` is where its output goes. */
  start(logboek: number): Promise<Server>;
  /** Does it answer yet? Throws when waiting won't help. */
  antwoordt(server: Server): Promise<boolean>;
}

/** Recovery after a power loss may take minutes; that is work, not failure. */
const ANTWOORD_MS = 10 * 60_000;
/** How long to try again when what stands in the way goes away by itself. */
const OPNIEUW_MS = 20_000;
const LOG_MAX_BYTES = 20 * 1024 * 1024;

/**
 * Takes over the server that runs on the folder, or starts one, and waits until it answers.
 * @throws Error with a Dutch sentence and the last lines of its log when it won't start
 */
export async function neemOverOfStart(dienst: Dienst): Promise<Server> {
  const { naam, map } = dienst;
  const logboek = openLogboek(join(dirname(map), dienst.logboek));
  try {
    for (const grens = Date.now() + OPNIEUW_MS; ; await wacht(100)) {
      const gevonden = await dienst.vind();
      const server = gevonden ?? (await dienst.start(logboek.fd));
      const stand = await wachtTot(
        async () => (server.gestopt() ? 'gestopt' : (await dienst.antwoordt(server)) && 'antwoordt'),
        { ms: ANTWOORD_MS, wat: `het starten van ${naam} op poort ${server.poort}` },
      );
      if (stand === 'antwoordt') return server;
      // The one we found was on its way out: now the folder is free.
      if (gevonden !== undefined) continue;
      const uitvoer = logboek.sindsdien();
      if (Date.now() > grens || !dienst.voorbijgaand.test(uitvoer)) {
        throw new Error(`${naam} in ${map} start niet:\n${uitvoer.trim().split('\n').slice(-5).join('\n')}`);
      }
    }
  } finally {
    closeSync(logboek.fd);
  }
}

/**
 * The absolute path of a data folder, without symbolic links. Missing parents are made; the folder itself is not.
 * New parents get mode 0711: others may pass through to what is theirs, and see nothing.
 */
export async function gegevensmap(map: string): Promise<string> {
  const ouder = dirname(resolve(map));
  await mkdir(ouder, { recursive: true, mode: 0o711 });
  return join(await realpath(ouder), basename(resolve(map)));
}

/** Opens a log for appending, for the owner only; `sindsdien` reads what came after. A large one is set aside as `.1`. */
function openLogboek(pad: string): { readonly fd: number; sindsdien(): string } {
  if (existsSync(pad) && statSync(pad).size > LOG_MAX_BYTES) renameSync(pad, `${pad}.1`);
  const fd = openSync(pad, 'a+', 0o600);
  const begin = statSync(pad).size;
  const sindsdien = (): string => {
    const buffer = Buffer.alloc(64 * 1024);
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, begin));
  };
  return { fd, sindsdien };
}
