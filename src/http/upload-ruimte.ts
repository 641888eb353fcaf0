/**
 * Memory for messages that are coming in. A slow sender holds what it sent until it is done; a thousand of them would together hold more
 * than there is. What a message has beyond its first piece counts, for all of this process together and for each client, so that one client
 * with many slow uploads leaves room for the others, and small messages always find room.
 */
import { KnooppuntFout } from '../fouten.ts';

/** So many of the largest messages may be coming in at the same time: of everybody, and of one client. */
const TEGELIJK = 16;
const PER_CLIENT = 6;
/** The first bytes of a message cost nothing: nearly all messages are smaller. */
const VRIJ_BYTES = 64 * 1024;

export class Uploadruimte {
  readonly #grootste: number;
  readonly #max: number;
  readonly #maxPerClient: number;
  readonly #perClient = new Map<string, number>();
  #bezet = 0;

  /** @param maxBerichtBytes size of the largest message */
  constructor(maxBerichtBytes: number) {
    this.#grootste = maxBerichtBytes;
    this.#max = TEGELIJK * maxBerichtBytes;
    this.#maxPerClient = PER_CLIENT * maxBerichtBytes;
  }

  /**
   * Does work on an upload; what the upload takes is given back when the work is done, however it ends.
   * @param werk gets the bytes as they come. Reading throws KnooppuntFout tijdelijkNietBeschikbaar at the first piece for which there is no room
   */
  async met<T>(
    client: string,
    inhoud: AsyncIterable<Uint8Array>,
    werk: (inhoud: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    let gelezen = 0;
    let genomen = 0;
    const neem = (stuk: Uint8Array): Uint8Array => {
      gelezen += stuk.length;
      // Of what is larger nothing is kept, though it may be read to its end.
      const erbij = Math.min(Math.max(0, gelezen - VRIJ_BYTES), this.#grootste) - genomen;
      if (!this.#neem(client, erbij))
        throw new KnooppuntFout('tijdelijkNietBeschikbaar', 'Er komen nu te veel grote berichten tegelijk binnen.');
      genomen += erbij;
      return stuk;
    };
    async function* geteld(): AsyncGenerator<Uint8Array> {
      for await (const stuk of inhoud) yield neem(stuk);
    }
    try {
      return await werk(geteld());
    } finally {
      this.#geef(client, genomen);
    }
  }

  #neem(client: string, bytes: number): boolean {
    const eigen = (this.#perClient.get(client) ?? 0) + bytes;
    if (bytes > 0 && (this.#bezet + bytes > this.#max || eigen > this.#maxPerClient)) return false;
    this.#bezet += bytes;
    this.#perClient.set(client, eigen);
    return true;
  }

  #geef(client: string, bytes: number): void {
    this.#bezet -= bytes;
    const rest = (this.#perClient.get(client) ?? 0) - bytes;
    if (rest > 0) this.#perClient.set(client, rest);
    else this.#perClient.delete(client);
  }
}
