/**
 * Tasks by the clock: BullMQ job schedulers. A job holds its name and nothing else, and Redis may forget all of it: who plans a task plans it
 * again every now and then, and knows from PostgreSQL what was missed.
 */
import { Queue, Worker } from 'bullmq';
import { verbind, type Wachtrijopties } from './banen.ts';

const NAAM = 'taken';
/** Where the clock of the chain stands. */
const TIJDZONE = 'Europe/Amsterdam';
/** As for lanes: a task whose process died comes back soon, and is not given up. */
const SLOT_MS = 30_000;
const MAX_GESTRAND = 1_000_000;

/** Every day at this time, UU:MM. */
export interface Dagelijks {
  readonly om: string;
}

export class Taken {
  readonly #queue: Queue;
  readonly #worker: Worker;
  readonly #sluit: () => void;
  readonly #opties: Wachtrijopties;

  /** @param doe runs a task by its name; must not throw */
  constructor(opties: Wachtrijopties, doe: (naam: string) => Promise<void>) {
    this.#opties = opties;
    const redis = verbind(opties, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 2000 });
    const wachtend = verbind(opties, { maxRetriesPerRequest: null });
    const onvoorwaardelijk = { skipWaitingForReady: true, skipVersionCheck: true, skipMetasUpdate: true };
    this.#queue = new Queue(NAAM, { connection: redis, prefix: opties.prefix, ...onvoorwaardelijk });
    this.#worker = new Worker(NAAM, async ({ name }) => doe(name), {
      connection: wachtend,
      prefix: opties.prefix,
      lockDuration: SLOT_MS,
      maxStalledCount: MAX_GESTRAND,
    });
    this.#queue.on('error', opties.opFout);
    this.#worker.on('error', opties.opFout);
    this.#sluit = () => {
      redis.disconnect();
      wachtend.disconnect();
    };
  }

  /** Plans a task; the same task again changes nothing. @throws when Redis cannot be reached */
  async plan(naam: string, { om }: Dagelijks): Promise<void> {
    const [uur, minuut] = om.split(':').map(Number);
    await this.#queue.upsertJobScheduler(
      naam,
      { pattern: `0 ${minuut} ${uur} * * *`, tz: TIJDZONE },
      { name: naam, data: {}, opts: { removeOnComplete: true, removeOnFail: true } },
    );
  }

  async sluit(): Promise<void> {
    await this.#worker.close().catch(this.#opties.opFout);
    await this.#queue.close().catch(this.#opties.opFout);
    this.#sluit();
  }
}
