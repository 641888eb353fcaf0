/** Publishes the national figures when their time has come: looks every hour, an hour after the start for the first time. */
import { publiceerLandelijk } from '../ketendata/inzicht/publicatie.ts';
import { foutVoorLog, type Log } from '../log.ts';
import type { Database } from '../opslag/database.ts';

const UUR_MS = 3_600_000;
const OPDRACHT = { actor: 'knooppunt', reden: 'Vier weken zijn lang genoeg voorbij.' };

export class Publicatie {
  readonly #database: Database;
  readonly #log: Log;
  #tik: NodeJS.Timeout | undefined;
  #bezig: Promise<void> = Promise.resolve();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  start(): this {
    this.#tik = setInterval(() => {
      this.#bezig = this.#bezig.then(() => this.#ronde());
    }, UUR_MS).unref();
    return this;
  }

  /** Waits for a round that is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#tik);
    await this.#bezig;
  }

  async #ronde(): Promise<void> {
    try {
      for (const verslag of await publiceerLandelijk(this.#database, OPDRACHT, new Date()))
        this.#log.info(verslag, 'landelijke cijfers gepubliceerd');
    } catch (fout) {
      this.#log.warn({ fout: foutVoorLog(fout) }, 'landelijke cijfers niet gepubliceerd');
    }
  }
}
