/**
 * Slows down whoever keeps failing: after some free failures each next one doubles the time in which nothing more is tried. Bounded
 * memory: of very many failing at the same time, the one that was quiet longest is forgotten.
 */

const EERSTE_MS = 1000;
/** Who fails no more for so long starts anew. */
const VERGEET_MS = 30 * 60_000;
const MAX_SLEUTELS = 20_000;

interface Staat {
  readonly mislukt: number;
  readonly laatst: number;
  /** Nothing is tried before this. */
  readonly tot: number;
}

export interface Remopties {
  /** Failures that cost nothing; 0: the brake is off, and only counts. */
  readonly vrij: number;
  readonly maxMs: number;
  readonly klok?: () => number;
}

export class Rem {
  readonly #vrij: number;
  readonly #maxMs: number;
  readonly #klok: () => number;
  readonly #staten = new Map<string, Staat>();

  constructor({ vrij, maxMs, klok = () => performance.now() }: Remopties) {
    this.#vrij = vrij;
    this.#maxMs = maxMs;
    this.#klok = klok;
  }

  /** Milliseconds until this one may try again; 0: now. */
  wacht(sleutel: string): number {
    return Math.max(0, (this.#staten.get(sleutel)?.tot ?? 0) - this.#klok());
  }

  /** @returns how many times it failed, this time among them */
  mislukt(sleutel: string): number {
    const nu = this.#klok();
    const oud = this.#staten.get(sleutel);
    const mislukt = (oud && nu - oud.laatst < VERGEET_MS ? oud.mislukt : 0) + 1;
    const boven = this.#vrij === 0 ? 0 : mislukt - this.#vrij;
    const tot = boven > 0 ? nu + Math.min(this.#maxMs, EERSTE_MS * 2 ** (boven - 1)) : 0;
    // Last in the map is who failed last.
    this.#staten.delete(sleutel);
    this.#staten.set(sleutel, { mislukt, laatst: nu, tot });
    const [oudste] = this.#staten.keys();
    if (this.#staten.size > MAX_SLEUTELS && oudste !== undefined) this.#staten.delete(oudste);
    return mislukt;
  }

  gelukt(sleutel: string): void {
    this.#staten.delete(sleutel);
  }
}
