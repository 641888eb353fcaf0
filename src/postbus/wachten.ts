/**
 * Waiting for something to become true in PostgreSQL: a message that gets its outcome, a postbus that gets post. All waiters of a
 * process share one query per tick. It needs no Redis, so it works during an outage, and a wake-up cannot be missed.
 */

const TIK_MS = 40;

interface Wachter {
  readonly sleutel: string;
  readonly tot: number;
  readonly klaar: (gebeurd: boolean) => void;
}

export class Wachtkamer {
  readonly #vraag: (sleutels: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly #wachters = new Set<Wachter>();
  #tik: NodeJS.Timeout | undefined;
  #gesloten = false;

  /** @param vraag which of these keys are true by now? An error counts as none. */
  constructor(vraag: (sleutels: readonly string[]) => Promise<ReadonlySet<string>>) {
    this.#vraag = vraag;
  }

  /** @returns true as soon as the key is true, false when the time is up or the waiter went away */
  wacht(sleutel: string, ms: number, afgebroken?: AbortSignal): Promise<boolean> {
    if (this.#gesloten || ms <= 0 || afgebroken?.aborted) return Promise.resolve(false);
    return new Promise((klaar) => {
      const wachter: Wachter = { sleutel, tot: performance.now() + ms, klaar };
      this.#wachters.add(wachter);
      afgebroken?.addEventListener('abort', () => this.#roep(wachter, false), { once: true });
      this.#plan();
    });
  }

  /** Sends everyone home, for a process that stops; who comes after need not wait. */
  sluit(): void {
    this.#gesloten = true;
    clearTimeout(this.#tik);
    for (const wachter of [...this.#wachters]) this.#roep(wachter, false);
  }

  #plan(): void {
    if (this.#tik || this.#wachters.size === 0) return;
    this.#tik = setTimeout(() => void this.#kijk(), TIK_MS);
  }

  #roep(wachter: Wachter, gebeurd: boolean): void {
    if (this.#wachters.delete(wachter)) wachter.klaar(gebeurd);
  }

  async #kijk(): Promise<void> {
    const sleutels = [...new Set([...this.#wachters].map(({ sleutel }) => sleutel))];
    const waar = await this.#vraag(sleutels).catch(() => new Set<string>());
    const nu = performance.now();
    for (const wachter of [...this.#wachters]) {
      if (waar.has(wachter.sleutel)) this.#roep(wachter, true);
      else if (nu >= wachter.tot) this.#roep(wachter, false);
    }
    this.#tik = undefined;
    this.#plan();
  }
}
