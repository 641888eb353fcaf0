/**
 * Memory that all ZIPs of this process share. A small ZIP can unpack to large messages, and many can come at once: without a bound they
 * would take the memory of everybody else. What is not there yet is waited for in order of asking, so small files pass large ones fairly.
 */
interface Wachtend {
  readonly bytes: number;
  readonly klaar: () => void;
}

export class Ruimte {
  readonly #max: number;
  readonly #rij: Wachtend[] = [];
  #bezet = 0;

  /** @param max bytes that may be in use at the same time */
  constructor(max: number) {
    this.#max = max;
  }

  /** @returns false, and takes nothing, when there is no room now */
  neem(bytes: number): boolean {
    if (this.#bezet + bytes > this.#max) return false;
    this.#bezet += bytes;
    return true;
  }

  geef(bytes: number): void {
    this.#bezet -= bytes;
    for (let eerste = this.#rij[0]; eerste && this.neem(eerste.bytes); eerste = this.#rij[0]) {
      this.#rij.shift();
      eerste.klaar();
    }
  }

  /** Does work that needs so much room, as soon as there is; more than all there is counts as all. */
  async met<T>(gevraagd: number, werk: () => Promise<T>): Promise<T> {
    const bytes = Math.min(gevraagd, this.#max);
    if (this.#rij.length > 0 || !this.neem(bytes)) await new Promise<void>((klaar) => this.#rij.push({ bytes, klaar }));
    try {
      return await werk();
    } finally {
      this.geef(bytes);
    }
  }
}
