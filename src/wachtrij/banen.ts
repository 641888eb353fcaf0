/**
 * The to-do list: BullMQ jobs that say "this lane has work". A job holds a lane id and nothing else, and everything here can be thrown
 * away at any moment: PostgreSQL knows which lanes have work, and the sweep puts them back.
 */
import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { leesRedisstand, type Redisstand } from './stand.ts';

const NAAM = 'banen';
const TAAK = 'beurt';

/** A lock this short makes a job of a killed verwerker come back soon; two turns on one lane are prevented by PostgreSQL, not by this lock. */
const SLOT_MS = 10_000;
const GESTRAND_MS = 5_000;
/** A lane that loses its worker time and again must not be given up: the sweep would only bring it back. */
const MAX_GESTRAND = 1_000_000;

export interface Wachtrijopties {
  readonly url: string;
  /** Prefix of all keys; tests give each its own. */
  readonly prefix: string;
  readonly opFout: (fout: Error) => void;
}

const herverbind = (poging: number): number => Math.min(50 * 2 ** poging, 2000);
/** After a failover the old master answers READONLY, a restarted one LOADING: both mean connect again. */
const reconnectOnError = (fout: Error): boolean => /READONLY|LOADING|UNBLOCKED/.test(fout.message);

type Keuze = Pick<RedisOptions, 'maxRetriesPerRequest' | 'enableOfflineQueue' | 'commandTimeout'>;

/** A connection to Redis that comes back by itself. */
export function verbind({ url, opFout }: Wachtrijopties, opties: Keuze): Redis {
  const verbinding = new Redis(url, { retryStrategy: herverbind, reconnectOnError, ...opties });
  verbinding.on('error', opFout);
  return verbinding;
}

const ontdubbeling = (baanId: number): string => `baan-${baanId}`;

/** The producing side: fails fast, because intake may never wait for Redis. */
export class Banen {
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #opFout: (fout: Error) => void;
  readonly #teStoten = new Set<number>();
  #bezig = false;

  constructor(opties: Wachtrijopties) {
    this.#opFout = opties.opFout;
    this.#redis = verbind(opties, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 2000 });
    // Redis may be away when we start, and may come and go: nothing may be asked of it beforehand. Its version was checked at the start.
    const onvoorwaardelijk = { skipWaitingForReady: true, skipVersionCheck: true, skipMetasUpdate: true };
    this.#queue = new Queue(NAAM, { connection: this.#redis, prefix: opties.prefix, ...onvoorwaardelijk });
    this.#queue.on('error', opties.opFout);
  }

  /** Is Redis there? */
  get bereikbaar(): boolean {
    return this.#redis.status === 'ready';
  }

  /**
   * Tells the verwerkers that a lane has work; many calls become one command. Returns at once and never throws:
   * what does not arrive is found by the sweep.
   */
  stoot(baanId: number): void {
    if (!this.bereikbaar) return;
    this.#teStoten.add(baanId);
    if (!this.#bezig) void this.#verstuur();
  }

  async #verstuur(): Promise<void> {
    this.#bezig = true;
    try {
      while (this.#teStoten.size > 0) {
        const banen = [...this.#teStoten];
        this.#teStoten.clear();
        await this.voegToe(banen);
      }
    } catch (fout) {
      this.#opFout(fout as Error);
    } finally {
      this.#bezig = false;
    }
  }

  /** Puts lanes on the list, each at most once; a lane whose turn is running gets one more turn after it. */
  async voegToe(banen: readonly number[], vertragingMs = 0): Promise<void> {
    await this.#queue.addBulk(
      banen.map((baan) => ({
        name: TAAK,
        data: { baan },
        opts: {
          deduplication: { id: ontdubbeling(baan), keepLastIfActive: true },
          delay: vertragingMs,
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
  }

  /**
   * Where is the job of this lane?
   * 'weg': the list says there is one, but it is gone (Redis lost it); 'geen': there is none.
   */
  async plaats(baanId: number): Promise<'wacht' | 'loopt' | 'weg' | 'geen'> {
    const jobId = await this.#queue.getDeduplicationJobId(ontdubbeling(baanId));
    if (!jobId) return 'geen';
    const toestand = await this.#queue.getJobState(jobId);
    if (toestand === 'active') return 'loopt';
    return toestand === 'unknown' || toestand === 'completed' || toestand === 'failed' ? 'weg' : 'wacht';
  }

  /** Forgets that a lane is on the list, so that it can be put there again. */
  async vergeet(baanId: number): Promise<void> {
    await this.#queue.removeDeduplicationKey(ontdubbeling(baanId));
  }

  /** How Redis and the list stand. @throws when Redis cannot be reached */
  async stand(): Promise<Redisstand> {
    if (!this.bereikbaar) throw new Error('Redis cannot be reached');
    const { wait = 0, active = 0, delayed = 0 } = await this.#queue.getJobCounts('wait', 'active', 'delayed');
    return leesRedisstand(this.#redis, { wacht: wait, loopt: active, uitgesteld: delayed });
  }

  async sluit(): Promise<void> {
    await this.#queue.close().catch(this.#opFout);
    this.#redis.disconnect();
  }
}

export interface Afnemer {
  sluit(): Promise<void>;
}

/**
 * The consuming side: runs `beurt` for each lane on the list.
 * @param beurt one turn of a lane; must not throw
 */
export function neemBanenAf(
  opties: Wachtrijopties & { readonly tegelijk: number },
  beurt: (baanId: number) => Promise<void>,
): Afnemer {
  const redis = verbind(opties, { maxRetriesPerRequest: null });
  const worker = new Worker<{ baan: number }>(NAAM, async ({ data }) => beurt(data.baan), {
    connection: redis,
    prefix: opties.prefix,
    concurrency: opties.tegelijk,
    lockDuration: SLOT_MS,
    stalledInterval: GESTRAND_MS,
    maxStalledCount: MAX_GESTRAND,
    drainDelay: 5,
  });
  worker.on('error', opties.opFout);
  return {
    async sluit() {
      await worker.close().catch(opties.opFout);
      redis.disconnect();
    },
  };
}
