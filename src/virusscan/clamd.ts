/**
 * One scan by clamd, over its INSTREAM command: pieces go out as they come in, and nothing is kept here. Only of a small message is waited
 * until it is whole, so that a sender that is slow to send it keeps no thread of clamd busy.
 *
 * What clamd says of a message that it could not scan (too large for its own limits, a thread that died) is no verdict.
 */
import { once } from 'node:events';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Plekken } from './plekken.ts';

/** clamd cannot be reached: it is down, or somewhere else. */
export class ScannerWeg extends Error {
  override readonly name = 'ScannerWeg';
}
/** It can be reached, and yet there is no verdict. */
export class ScanMislukt extends Error {
  override readonly name = 'ScanMislukt';
}

export interface Scantijden {
  readonly verbindenMs: number;
  /** From its first byte: longer than a message of 25 MB takes over a slow line. */
  readonly beurtMs: number;
  /** From the last byte on. */
  readonly antwoordMs: number;
}
export const SCANTIJDEN: Scantijden = { verbindenMs: 3000, beurtMs: 120_000, antwoordMs: 30_000 };

/** Up to here a message is small. */
const KLEIN_BYTES = 64 * 1024;
/** Its answers are one short line. */
const MAX_ANTWOORD = 1024;

export interface Clamd {
  readonly naar: NetConnectOpts;
  readonly klein: Plekken;
  readonly groot: Plekken;
  readonly tijden: Scantijden;
}

/** host:poort, [ipv6]:poort or the path of a socket, as the configuration has it. */
export function clamdAdres(adres: string): NetConnectOpts {
  if (adres.startsWith('/')) return { path: adres };
  const plek = adres.lastIndexOf(':');
  return { host: adres.slice(0, plek).replace(/^\[|\]$/g, ''), port: Number(adres.slice(plek + 1)) };
}

const lengte = (bytes: number): Buffer => {
  const kop = Buffer.alloc(4);
  kop.writeUInt32BE(bytes);
  return kop;
};

export class Clamdscan {
  readonly #clamd: Clamd;
  readonly #client: string;
  #wachtend: Uint8Array[] = [];
  #bytes = 0;
  #socket: Socket | undefined;
  #geefPlek: (() => void) | undefined;
  #klok: NodeJS.Timeout | undefined;
  #gezegd = '';

  constructor(clamd: Clamd, client: string) {
    this.#clamd = clamd;
    this.#client = client;
  }

  /** @throws ScannerWeg or ScanMislukt */
  async voegToe(stuk: Uint8Array): Promise<void> {
    this.#bytes += stuk.length;
    if (this.#socket) return this.#schrijf(stuk);
    this.#wachtend.push(stuk);
    if (this.#bytes > KLEIN_BYTES) await this.#open(this.#clamd.groot);
  }

  /**
   * The verdict on all of it.
   * @throws ScannerWeg or ScanMislukt when there is none
   */
  async einde(): Promise<'schoon' | 'besmet'> {
    const socket = this.#socket ?? (await this.#open(this.#clamd.klein));
    this.#tik(this.#clamd.tijden.antwoordMs);
    if (socket.writable) socket.write(lengte(0));
    if (!socket.closed) await once(socket, 'close');
    if (/^stream: OK\0/.test(this.#gezegd)) return 'schoon';
    if (/^stream: .+ FOUND\0/.test(this.#gezegd)) return 'besmet';
    // Its text can name a file or a signature, never the message; yet it is not ours to repeat.
    throw new ScanMislukt(this.#gezegd === '' ? 'no answer' : 'the answer is no verdict');
  }

  /** Ends it, wherever it is; to be called however it went. */
  sluit(): void {
    clearTimeout(this.#klok);
    this.#socket?.destroy();
    this.#geefPlek?.();
    this.#wachtend = [];
  }

  /** When the time is up the connection breaks, and whoever waits for it hears. */
  #tik(ms: number): void {
    clearTimeout(this.#klok);
    this.#klok = setTimeout(() => this.#socket?.destroy(), ms);
  }

  async #open(plekken: Plekken): Promise<Socket> {
    const { naar, tijden } = this.#clamd;
    this.#geefPlek = await plekken.neem(this.#client);
    const socket = connect(naar);
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.setEncoding('latin1').on('data', (deel: string) => {
      this.#gezegd += deel;
      if (this.#gezegd.includes('\0') || this.#gezegd.length > MAX_ANTWOORD) socket.destroy();
    });
    this.#tik(tijden.verbindenMs);
    const gelukt = await new Promise<boolean>((klaar) => {
      socket.once('connect', () => klaar(true)).once('close', () => klaar(false));
    });
    if (!gelukt) throw new ScannerWeg('clamd cannot be reached');
    this.#tik(tijden.beurtMs);
    socket.write('zINSTREAM\0');
    for (const stuk of this.#wachtend.splice(0)) await this.#schrijf(stuk);
    return socket;
  }

  /** Writes no faster than clamd reads. What it says before the end is judged at the end. */
  async #schrijf(stuk: Uint8Array): Promise<void> {
    const socket = this.#socket;
    if (!socket?.writable || stuk.length === 0) return;
    socket.cork();
    socket.write(lengte(stuk.length));
    const ruim = socket.write(stuk);
    socket.uncork();
    if (!ruim && !socket.closed)
      await new Promise<void>((klaar) => {
        const verder = (): void => {
          socket.off('drain', verder).off('close', verder);
          klaar();
        };
        socket.on('drain', verder).on('close', verder);
      });
  }
}
