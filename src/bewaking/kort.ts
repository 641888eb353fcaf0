/** A figure that is asked often and may be a few seconds old: one question at a time, and never long to wait for. */

export interface Kortopties {
  /** How old an answer may be. */
  readonly versMs: number;
  /** Who asks waits no longer than this. */
  readonly geduldMs: number;
  /** Hears why there was no answer. */
  readonly opFout?: (fout: unknown) => void;
}

export class Kort<T> {
  readonly #lees: () => Promise<T>;
  readonly #opties: Kortopties;
  #waarde: T | undefined;
  #tot = Number.NEGATIVE_INFINITY;
  #bezig: Promise<T | undefined> | undefined;

  constructor(lees: () => Promise<T>, opties: Kortopties) {
    this.#lees = lees;
    this.#opties = opties;
  }

  /** @returns the answer; undefined when there is none (in time): an old figure would say that all is as it was */
  async geef(): Promise<T | undefined> {
    if (performance.now() < this.#tot) return this.#waarde;
    this.#bezig ??= this.#vraag();
    let klok: NodeJS.Timeout | undefined;
    const teLaat = new Promise<undefined>((klaar) => {
      klok = setTimeout(klaar, this.#opties.geduldMs, undefined);
    });
    return Promise.race([this.#bezig, teLaat]).finally(() => clearTimeout(klok));
  }

  async #vraag(): Promise<T | undefined> {
    try {
      this.#waarde = await this.#lees();
    } catch (fout) {
      this.#waarde = undefined;
      this.#opties.opFout?.(fout);
    } finally {
      this.#tot = performance.now() + this.#opties.versMs;
      this.#bezig = undefined;
    }
    return this.#waarde;
  }
}
