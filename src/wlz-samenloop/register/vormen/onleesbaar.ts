/** A delivery that is not in its form: which line, never what stands there. */
import { KnooppuntFout } from '../../../fouten.ts';

/** @param waar a Dutch sentence without a value from the file */
export const onleesbaar = (waar: string): KnooppuntFout => new KnooppuntFout('wlzLeveringOnleesbaar', waar);

/** Bytes to text, strictly: UTF-8 without a byte order mark, whatever the cuts between the chunks. */
export class Tekstlezer {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #begonnen = false;

  /** @throws KnooppuntFout wlzLeveringOnleesbaar */
  lees(stuk: Uint8Array, laatste = false): string {
    let tekst: string;
    try {
      tekst = this.#decoder.decode(stuk, { stream: !laatste });
    } catch {
      throw onleesbaar('Het is geen tekst in UTF-8.');
    }
    if (!this.#begonnen && tekst.length > 0) {
      this.#begonnen = true;
      if (tekst.startsWith('\uFEFF')) throw onleesbaar('Het bestand begint met een byte order mark.');
    }
    return tekst;
  }
}
