/** What the planner does for the audit log: links for what was written, and a daily anchor outside the database. */
import type { Config } from '../config.ts';
import { foutVoorLog, type Log } from '../log.ts';
import { zegelsleutel } from '../logboek/afdruk.ts';
import { type Anker, bewaarStand, laatsteAnker, voegAnkerToe } from '../logboek/ankers.ts';
import { legHerkomstVast } from '../logboek/herkomst.ts';
import { type Gesmeed, werkKetenBij } from '../logboek/keten.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { datum } from '../tijd.ts';

const SMEED_MS = 5000;
/** Longer than any turn lasts. */
const GEDULD_MS = 120_000;

export class Logboekwacht {
  readonly #database: Database;
  readonly #sleutel: ReturnType<typeof zegelsleutel>;
  readonly #config: Config['logboek'];
  readonly #log: Log;
  readonly #opRonde: ((gelukt: boolean) => void) | undefined;
  #gestopt = false;
  #tik: NodeJS.Timeout | undefined;
  #ronde: Promise<void> = Promise.resolve();

  /** @param opRonde hears whether a round went well */
  constructor(
    database: Database,
    sleutels: Sleutels,
    config: Config['logboek'],
    log: Log,
    opRonde?: (gelukt: boolean) => void,
  ) {
    this.#database = database;
    this.#sleutel = zegelsleutel(sleutels.hmac);
    this.#config = config;
    this.#log = log;
    this.#opRonde = opRonde;
  }

  start(): this {
    this.#plan(0);
    return this;
  }

  async stop(): Promise<void> {
    this.#gestopt = true;
    clearTimeout(this.#tik);
    await this.#ronde;
  }

  #plan(ms: number): void {
    this.#tik = setTimeout(() => {
      this.#ronde = this.#smeed()
        .then(() => this.#opRonde?.(true))
        .catch((fout: unknown) => {
          this.#opRonde?.(false);
          this.#log.warn({ fout: foutVoorLog(fout) }, 'keten van het logboek niet bijgewerkt');
        })
        .finally(() => {
          if (!this.#gestopt) this.#plan(SMEED_MS);
        });
    }, ms);
  }

  async #smeed(): Promise<void> {
    await legHerkomstVast(this.#database.pool, this.#config);
    const laatste = await werkKetenBij(this.#database, this.#sleutel, { ms: GEDULD_MS, stop: () => this.#gestopt });
    if (laatste) this.#veranker(laatste);
  }

  #veranker({ nr, totRegel, keten, zegel }: Gesmeed): void {
    const nu = new Date();
    const anker: Anker = {
      tijdstip: nu.toISOString(),
      schakel: nr,
      regel: totRegel,
      keten: keten.toString('hex'),
      zegel: zegel.toString('hex'),
    };
    const { ankers } = this.#config;
    const vorige = laatsteAnker(ankers);
    if (!vorige || datum(new Date(vorige.tijdstip)) !== datum(nu)) {
      voegAnkerToe(ankers, anker);
      // The log of the operator goes elsewhere: a second place that the database cannot reach.
      this.#log.info({ anker }, 'anker van het logboek');
    }
    bewaarStand(ankers, anker);
  }
}
