/**
 * How many requests a client may make: a bucket per client, of this process. It fills with so many per second and holds some seconds' worth,
 * so that a burst is fine and a flood is not.
 */

/** A bucket holds what comes in so many seconds. */
const STOOT_S = 10;
/** Buckets that are full again are the same as none. */
const OPRUIMEN_BIJ = 10_000;

interface Emmer {
  inhoud: number;
  laatst: number;
}

export class Emmers {
  readonly #perSeconde: number;
  readonly #vol: number;
  readonly #klok: () => number;
  readonly #emmers = new Map<string, Emmer>();

  /** @param perSeconde 0: no limit; @param klok milliseconds */
  constructor(perSeconde: number, klok: () => number = () => performance.now()) {
    this.#perSeconde = perSeconde;
    this.#vol = Math.max(1, perSeconde * STOOT_S);
    this.#klok = klok;
  }

  /** Takes one request of the bucket. @returns 0, or after how many milliseconds there is one again */
  neem(sleutel: string): number {
    if (this.#perSeconde === 0) return 0;
    const nu = this.#klok();
    const emmer = this.#emmers.get(sleutel) ?? { inhoud: this.#vol, laatst: nu };
    emmer.inhoud = Math.min(this.#vol, emmer.inhoud + ((nu - emmer.laatst) / 1000) * this.#perSeconde);
    emmer.laatst = nu;
    if (this.#emmers.size >= OPRUIMEN_BIJ && !this.#emmers.has(sleutel)) this.#ruimOp(nu);
    this.#emmers.set(sleutel, emmer);
    if (emmer.inhoud < 1) return ((1 - emmer.inhoud) / this.#perSeconde) * 1000;
    emmer.inhoud -= 1;
    return 0;
  }

  #ruimOp(nu: number): void {
    for (const [sleutel, { laatst }] of this.#emmers)
      if (nu - laatst >= (this.#vol / this.#perSeconde) * 1000) this.#emmers.delete(sleutel);
  }
}
