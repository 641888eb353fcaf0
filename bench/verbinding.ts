/** Connections of the load generator: plain sockets, one request at a time, kept open. */
import { connect, type Socket } from 'node:net';

export const KOPEINDE = '\r\n\r\n';
/** A server may hang up on a connection that was idle for some seconds; one that was, is not used again. */
const MAX_RUST_MS = 3000;

/** One keep-alive connection: one request, one answer. */
export class Verbinding {
  readonly #socket: Socket;
  #binnen: Buffer = Buffer.alloc(0);
  #klaar: ((antwoord: string) => void) | undefined;
  #mislukt: ((fout: Error) => void) | undefined;

  constructor(poort: number) {
    this.#socket = connect({ port: poort, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (stuk) => this.#lees(stuk));
    this.#socket.on('error', (fout) => this.#mislukt?.(fout));
    this.#socket.on('close', () => this.#mislukt?.(new Error('connection was closed')));
  }

  /** @returns the whole answer, when it is complete */
  stuur(bytes: Buffer): Promise<string> {
    return new Promise((klaar, mislukt) => {
      if (this.dicht) throw new Error('connection was closed');
      this.#klaar = klaar;
      this.#mislukt = mislukt;
      this.#socket.write(bytes);
    });
  }

  /** True when the other side hung up, so that nothing can be sent any more. */
  get dicht(): boolean {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  sluit(): void {
    this.#mislukt = undefined;
    this.#socket.destroy();
  }

  #lees(stuk: Buffer): void {
    this.#binnen = this.#binnen.length === 0 ? stuk : Buffer.concat([this.#binnen, stuk]);
    const kopeinde = this.#binnen.indexOf(KOPEINDE);
    if (kopeinde < 0) return;
    const lengte = Number(/content-length: *(\d+)/i.exec(this.#binnen.toString('latin1', 0, kopeinde))?.[1] ?? 0);
    if (this.#binnen.length < kopeinde + KOPEINDE.length + lengte) return;
    const antwoord = this.#binnen.toString();
    this.#binnen = Buffer.alloc(0);
    this.#mislukt = undefined;
    this.#klaar?.(antwoord);
  }
}

/** Connections for an open loop: made when they are needed, the last one used first. */
export class Voorraad {
  readonly #poort: number;
  readonly #max: number;
  readonly #vrij: { readonly verbinding: Verbinding; readonly sinds: number }[] = [];
  #uitgegeven = 0;

  constructor(poort: number, max: number) {
    this.#poort = poort;
    this.#max = max;
  }

  /** @returns a connection that can be used now, or undefined when all are in use */
  neem(): Verbinding | undefined {
    const laatste = this.#vrij.pop();
    if (!laatste) return this.#uitgegeven < this.#max ? this.#geefUit(new Verbinding(this.#poort)) : undefined;
    const { verbinding, sinds } = laatste;
    if (!verbinding.dicht && performance.now() - sinds < MAX_RUST_MS) return this.#geefUit(verbinding);
    verbinding.sluit();
    return this.neem();
  }

  #geefUit(verbinding: Verbinding): Verbinding {
    this.#uitgegeven += 1;
    return verbinding;
  }

  geefTerug(verbinding: Verbinding): void {
    this.#uitgegeven -= 1;
    this.#vrij.push({ verbinding, sinds: performance.now() });
  }

  sluit(): void {
    for (const { verbinding } of this.#vrij) verbinding.sluit();
  }
}
