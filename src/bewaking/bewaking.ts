/** What there is to know of the switch at this moment, for /metrics and for the operator: asked at most every few seconds, however many ask. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Database } from '../opslag/database.ts';
import type { Banen } from '../wachtrij/banen.ts';
import type { Redisstand } from '../wachtrij/stand.ts';
import { Kort } from './kort.ts';
import { leesStand, type Stand } from './stand.ts';

const VERS_MS = 5000;
const CERTIFICAAT_VERS_MS = 60_000;
/** Below the patience of a scraper, which is 10 seconds. */
const GEDULD_MS = 4000;

export interface Bewakingopties {
  readonly database: Database;
  readonly banen: Pick<Banen, 'bereikbaar' | 'stand'>;
  /** Path of our own certificate, when we speak TLS ourselves. */
  readonly certificaat?: string | undefined;
  /** Hears why a figure is not there. */
  readonly opFout: (melding: string, fout: unknown) => void;
  readonly versMs?: number;
}

/** The last day of the first certificate in a PEM file. */
async function verlooptOp(pad: string): Promise<Date> {
  return new X509Certificate(await readFile(pad)).validToDate;
}

export class Bewaking {
  readonly #stand: Kort<Stand>;
  readonly #redis: Kort<Redisstand>;
  readonly #certificaat: Kort<Date> | undefined;
  readonly #banen: Bewakingopties['banen'];

  constructor({ database, banen, certificaat, opFout, versMs = VERS_MS }: Bewakingopties) {
    const kort = <T>(lees: () => Promise<T>, wat: string, vers = versMs): Kort<T> =>
      new Kort(lees, { versMs: vers, geduldMs: GEDULD_MS, opFout: (fout) => opFout(`${wat} niet gelezen`, fout) });
    this.#banen = banen;
    this.#stand = kort(() => leesStand(database), 'stand');
    this.#redis = kort(() => banen.stand(), 'stand van Redis');
    this.#certificaat =
      certificaat === undefined
        ? undefined
        : kort(() => verlooptOp(certificaat), 'certificaat', Math.max(versMs, CERTIFICAAT_VERS_MS));
  }

  /** undefined: the database does not say. */
  stand(): Promise<Stand | undefined> {
    return this.#stand.geef();
  }

  /** undefined: Redis cannot be reached. */
  async redis(): Promise<Redisstand | undefined> {
    return this.#banen.bereikbaar ? this.#redis.geef() : undefined;
  }

  /** When our certificate ends; undefined: we have none, or it cannot be read. */
  async certificaatTot(): Promise<Date | undefined> {
    return this.#certificaat?.geef();
  }
}
