/**
 * Group commit for lanes: lanes that fall due while a turn is under way share the next one. Under load that divides the cost of a
 * transaction; when it is quiet a lane waits for nobody. Each lane keeps its own order, lock and limits; see beurt.ts.
 */

/** So many lanes share a turn at most: they also share its fate, and wait for each other's checks. */
const MAX_BANEN = 64;
/** While one turn waits for its commit, another can use the processor. */
const MAX_BEURTEN = 2;

interface Wachtend {
  readonly baanId: number;
  readonly klaar: () => void;
}

export class Bundelaar {
  readonly #beurt: (banen: readonly number[]) => Promise<void>;
  readonly #wachtrij: Wachtend[] = [];
  #bezig = 0;

  /** @param beurt handles these lanes to the end of one turn; must not throw */
  constructor(beurt: (banen: readonly number[]) => Promise<void>) {
    this.#beurt = beurt;
  }

  /** @returns when the lane has had its turn */
  neem(baanId: number): Promise<void> {
    return new Promise((klaar) => {
      this.#wachtrij.push({ baanId, klaar });
      if (this.#bezig < MAX_BEURTEN) void this.#werk();
    });
  }

  async #werk(): Promise<void> {
    this.#bezig += 1;
    // Let everything that falls due in this tick come along.
    await Promise.resolve();
    while (this.#wachtrij.length > 0) {
      const bundel = this.#wachtrij.splice(0, MAX_BANEN);
      await this.#beurt([...new Set(bundel.map(({ baanId }) => baanId))]);
      for (const { klaar } of bundel) klaar();
    }
    this.#bezig -= 1;
  }
}
