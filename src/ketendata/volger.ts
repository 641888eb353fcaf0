/**
 * The planner's part: follow what happened, and make the figures anew when they must be. Figures can wait and messages cannot, so after every
 * commit it rests: as long as that took, and while many messages wait for their turn much longer.
 */
import { setTimeout as wacht } from 'node:timers/promises';
import { foutVoorLog, type Log } from '../log.ts';
import type { Database } from '../opslag/database.ts';
import { beginHerbouw, herbouwPortie } from './herbouw.ts';
import { isErWerk, volg } from './volgen.ts';

const KIJK_MS = 2000;
const MAX_RUST_MS = 5000;
/** Times as long as the work took. */
const RUST = { rustig: 1, druk: 9 } as const;
/** So many messages that wait for their turn make it busy: what one turn takes of a lane. */
const DRUK = 64;

const WACHTEND = {
  name: 'keten-druk',
  text: `select count(*) = ${DRUK} as druk from (select from te_doen limit ${DRUK}) t`,
};

/** Runs work, and rests after it. */
export async function metRust<T>({ pool }: Database, werk: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const uitkomst = await werk();
  const duur = performance.now() - begin;
  const { rows } = await pool.query<{ druk: boolean }>(WACHTEND);
  await wacht(Math.min(duur * (rows[0]?.druk ? RUST.druk : RUST.rustig), MAX_RUST_MS));
  return uitkomst;
}

/**
 * Does what there is to do.
 * @param gestopt asked after every commit
 */
export async function werkBij(database: Database, gestopt: () => boolean = () => false): Promise<void> {
  if (!(await isErWerk(database))) return;
  while (!gestopt()) {
    const { stand } = await metRust(database, () => volg(database));
    if (stand === 'meer') continue;
    if (stand !== 'herbouw') return;
    await beginHerbouwZoNodig(database);
    while (!gestopt() && !(await metRust(database, () => herbouwPortie(database))).klaar);
  }
}

/** What is under way goes on. */
async function beginHerbouwZoNodig(database: Database): Promise<void> {
  const { rowCount } = await database.pool.query('select from ketenstand where enige and herbouw_bron is not null');
  if (rowCount === 0) await beginHerbouw(database);
}

export class Ketenvolger {
  readonly #database: Database;
  readonly #log: Log;
  readonly #opRonde: ((gelukt: boolean) => void) | undefined;
  #gestopt = false;
  #tik: NodeJS.Timeout | undefined;
  #ronde: Promise<void> = Promise.resolve();

  /** @param opRonde hears whether a round went well */
  constructor(database: Database, log: Log, opRonde?: (gelukt: boolean) => void) {
    this.#database = database;
    this.#log = log;
    this.#opRonde = opRonde;
  }

  start(): this {
    this.#plan();
    return this;
  }

  /** Ends after the commit that is under way. */
  async stop(): Promise<void> {
    this.#gestopt = true;
    clearTimeout(this.#tik);
    await this.#ronde;
  }

  #plan(): void {
    this.#tik = setTimeout(() => {
      this.#ronde = werkBij(this.#database, () => this.#gestopt)
        .then(() => this.#opRonde?.(true))
        .catch((fout: unknown) => {
          this.#opRonde?.(false);
          this.#log.warn({ fout: foutVoorLog(fout) }, 'ketendata niet bijgewerkt');
        })
        .finally(() => {
          if (!this.#gestopt) this.#plan();
        });
    }, KIJK_MS);
  }
}
