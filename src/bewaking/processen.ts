/**
 * What each process says of itself every few seconds, in PostgreSQL: so the figures of verwerkers and planners, on whichever machine they run,
 * reach the one /metrics there is, and without another port to guard.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Rol } from '../config.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { Tellers } from './tellers.ts';

const MELD_MS = 2000;
/** Whoever was not heard for so long is gone. */
const WEG_S = 20;
const RESOLUTIE_MS = 20;

interface Meting {
  /** How late its event loop was, 99 of 100 times: seconds. */
  readonly lus: number;
  /** Connections to PostgreSQL: how many there may be, are in use, and who waits for one. */
  readonly max: number;
  readonly inGebruik: number;
  readonly wachtend: number;
  readonly geheugen: number;
  /** Does it reach Redis? */
  readonly redis: boolean;
}

/** The processes of one role, together. */
export interface Rolstand {
  readonly rol: Rol;
  readonly processen: number;
  /** Of the slowest. */
  readonly lus: number;
  /** Of the largest, bytes. */
  readonly geheugen: number;
  readonly max: number;
  readonly inGebruik: number;
  readonly wachtend: number;
  /** How many do not reach Redis. */
  readonly zonderRedis: number;
}

const MELD = {
  name: 'proces-meld',
  text: `insert into procesmeting (proces, rol, gezien_op, meting) values ($1, $2, now(), $3)
    on conflict (proces) do update set gezien_op = excluded.gezien_op, meting = excluded.meting`,
};

export interface Meldopties {
  readonly database: Database;
  readonly rol: Rol;
  readonly redisBereikbaar: () => boolean;
  readonly tellers?: Tellers;
  readonly meldMs?: number;
}

export class Procesmelder {
  readonly #opties: Meldopties;
  readonly #tellers: Tellers;
  readonly #proces = crypto.randomUUID();
  readonly #lus = monitorEventLoopDelay({ resolution: RESOLUTIE_MS });
  #tik: NodeJS.Timeout | undefined;
  #ronde: Promise<void> = Promise.resolve();
  #gestopt = false;

  constructor(opties: Meldopties) {
    this.#opties = opties;
    this.#tellers = opties.tellers ?? new Tellers();
  }

  start(): this {
    this.#lus.enable();
    this.#plan(0);
    return this;
  }

  /** Says a last time what was counted, and is gone. */
  async stop(): Promise<void> {
    this.#gestopt = true;
    clearTimeout(this.#tik);
    this.#lus.disable();
    await this.#ronde;
    const { pool } = this.#opties.database;
    await this.#tellers.schrijf(pool).catch(() => undefined);
    await pool
      .query(`delete from procesmeting where proces = $1 or gezien_op < now() - interval '1 hour'`, [this.#proces])
      .catch(() => undefined);
  }

  #plan(ms: number): void {
    this.#tik = setTimeout(() => {
      // What cannot be told now is told the next time; that nothing comes is seen as well.
      this.#ronde = this.#meld()
        .catch(() => undefined)
        .finally(() => {
          if (!this.#gestopt) this.#plan(this.#opties.meldMs ?? MELD_MS);
        });
    }, ms);
  }

  async #meld(): Promise<void> {
    const { database, rol } = this.#opties;
    await database.pool.query({ ...MELD, values: [this.#proces, rol, JSON.stringify(this.#meet())] });
    await this.#tellers.schrijf(database.pool);
  }

  #meet(): Meting {
    const { database, redisBereikbaar } = this.#opties;
    const { pool } = database;
    // Each sample has the time between two looks in it. Before the first there is nothing.
    const laat = this.#lus.count > 0 ? this.#lus.percentile(99) / 1e9 - RESOLUTIE_MS / 1000 : 0;
    this.#lus.reset();
    return {
      lus: Math.max(0, laat),
      max: pool.options.max,
      inGebruik: pool.totalCount - pool.idleCount,
      wachtend: pool.waitingCount,
      geheugen: process.memoryUsage.rss(),
      redis: redisBereikbaar(),
    };
  }
}

const LEES = {
  name: 'proces-lees',
  text: `
select rol, count(*)::int as processen, max((meting ->> 'lus')::float8) as lus, max((meting ->> 'geheugen')::float8) as geheugen,
  sum((meting ->> 'max')::float8) as max, sum((meting ->> 'inGebruik')::float8) as "inGebruik", sum((meting ->> 'wachtend')::float8) as wachtend,
  (count(*) filter (where not (meting ->> 'redis')::boolean))::int as "zonderRedis"
from procesmeting where gezien_op > now() - make_interval(secs => ${WEG_S}) group by rol order by rol`,
};

/** The processes that live, by role. A role of which nobody lives is not there. */
export async function leesProcessen(verbinding: Verbinding): Promise<readonly Rolstand[]> {
  return (await verbinding.query<Rolstand>(LEES)).rows;
}
