/** Retention by the clock of the planner: a round, a pause, and so on. What a round did not get done, the next one does. */
import { foutVoorLog, type Log } from '../log.ts';
import { type Bewaarplek, doeRonde } from './ronde.ts';

const PAUZE_MS = 10 * 60 * 1000;
/** After a start others come first. */
const EERST_MS = 30_000;
/** So often the dossier and the samenloop are gone through. */
const HEEL_MS = 24 * 3600 * 1000;

export class Bewaarder {
  readonly #plek: Bewaarplek;
  readonly #log: Log;
  readonly #opRonde: ((gelukt: boolean) => void) | undefined;
  #tik: NodeJS.Timeout | undefined;
  #ronde: Promise<void> = Promise.resolve();
  #gestopt = false;
  #heelOp = Number.NEGATIVE_INFINITY;

  /** @param opRonde hears whether a round went well */
  constructor(plek: Bewaarplek, log: Log, opRonde?: (gelukt: boolean) => void) {
    this.#plek = plek;
    this.#log = log;
    this.#opRonde = opRonde;
  }

  start(eerstMs = EERST_MS): this {
    this.#plan(eerstMs);
    return this;
  }

  /** Ends after the commit that is under way. */
  async stop(): Promise<void> {
    this.#gestopt = true;
    clearTimeout(this.#tik);
    await this.#ronde;
  }

  #plan(ms: number): void {
    this.#tik = setTimeout(() => {
      this.#ronde = this.#doe().finally(() => {
        if (!this.#gestopt) this.#plan(PAUZE_MS);
      });
    }, ms);
  }

  async #doe(): Promise<void> {
    try {
      // The clock of the database: that of one machine may be wrong, and what is gone is gone.
      const { rows } = await this.#plek.database.pool.query<{ nu: Date }>('select now() as nu');
      const begin = performance.now();
      const heel = begin - this.#heelOp >= HEEL_MS;
      const ronde = await doeRonde(this.#plek, rows[0]?.nu ?? new Date(), () => this.#gestopt, heel);
      if (heel) this.#heelOp = begin;
      const iets = Object.values(ronde).some((wat) => (typeof wat === 'number' ? wat > 0 : wat.length > 0));
      if (iets) this.#log.info(ronde, 'bewaartermijnen toegepast');
      this.#opRonde?.(true);
    } catch (fout) {
      this.#opRonde?.(false);
      this.#log.warn({ fout: foutVoorLog(fout) }, 'ronde van de bewaartermijnen mislukt');
    }
  }
}
