/**
 * A table kept in memory: asking costs microseconds, and a change in the database takes effect within 5 seconds. While the database is
 * away, what was known last holds.
 */
import { setTimeout as wacht } from 'node:timers/promises';

/** The table is read at most this often. */
const VERS_MS = 2000;
/** What is younger than this is used while it is read again; what is older waits for the database. Together with GEDULD_MS below 5 s. */
const OUD_MS = 3500;
/** A database that does not answer within this time is away for now. */
const GEDULD_MS = 1000;

export class Vers<T extends object> {
  readonly #lees: (vorige: T | undefined) => Promise<T>;
  readonly #opFout: ((fout: unknown) => void) | undefined;
  #gelezen: T | undefined;
  #gelezenOp = Number.NEGATIVE_INFINITY;
  #gepoogdOp = Number.NEGATIVE_INFINITY;
  #bezig: Promise<void> | undefined;

  /**
   * @param lees reads the table; gets what was read before, and may give it back when nothing changed
   * @param opFout hears that the table could not be read; what was known last is used
   */
  constructor(lees: (vorige: T | undefined) => Promise<T>, opFout?: (fout: unknown) => void) {
    this.#lees = lees;
    this.#opFout = opFout;
  }

  /**
   * What is known now.
   * @throws the error of the database when nothing was ever read
   */
  async stand(): Promise<T> {
    const nu = performance.now();
    const ouderdom = nu - this.#gelezenOp;
    if (this.#gelezen && ouderdom <= VERS_MS) return this.#gelezen;
    if (!this.#gelezen) await (this.#bezig ?? this.ververs());
    else {
      if (!this.#bezig && nu - this.#gepoogdOp > VERS_MS) this.ververs().catch((fout: unknown) => this.#opFout?.(fout));
      const geduld = this.#gepoogdOp + GEDULD_MS - nu;
      if (ouderdom > OUD_MS && this.#bezig && geduld > 0)
        await Promise.race([this.#bezig.catch(() => undefined), wacht(geduld, undefined, { ref: false })]);
    }
    if (!this.#gelezen) throw new Error('the table was never read');
    return this.#gelezen;
  }

  /** Reads the table again, after any reading that is under way: that one may have missed a change of our own. */
  ververs(): Promise<void> {
    const lezing = (this.#bezig ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => {
        const begin = performance.now();
        this.#gelezen = await this.#lees(this.#gelezen);
        this.#gelezenOp = begin;
      })
      .finally(() => {
        if (this.#bezig === lezing) this.#bezig = undefined;
      });
    this.#gepoogdOp = performance.now();
    this.#bezig = lezing;
    return lezing;
  }
}
