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

export type Certificaten = Readonly<Record<string, string | undefined>>;

export interface Bewakingopties {
  readonly database: Database;
  readonly banen: Pick<Banen, 'bereikbaar' | 'stand'>;
  /** Paths of our own certificates, by what they are for: to listen with, to push StUF with. */
  readonly certificaten?: Certificaten | undefined;
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
  readonly #certificaten: readonly (readonly [string, Kort<Date>])[];
  readonly #banen: Bewakingopties['banen'];

  constructor({ database, banen, certificaten = {}, opFout, versMs = VERS_MS }: Bewakingopties) {
    const kort = <T>(lees: () => Promise<T>, wat: string, vers = versMs): Kort<T> =>
      new Kort(lees, { versMs: vers, geduldMs: GEDULD_MS, opFout: (fout) => opFout(`${wat} niet gelezen`, fout) });
    this.#banen = banen;
    this.#stand = kort(() => leesStand(database), 'stand');
    this.#redis = kort(() => banen.stand(), 'stand van Redis');
    this.#certificaten = Object.entries(certificaten).flatMap(([gebruik, pad]) =>
      pad === undefined
        ? []
        : [[gebruik, kort(() => verlooptOp(pad), 'certificaat', Math.max(versMs, CERTIFICAAT_VERS_MS))] as const],
    );
  }

  /** undefined: the database does not say. */
  stand(): Promise<Stand | undefined> {
    return this.#stand.geef();
  }

  /** undefined: Redis cannot be reached. */
  async redis(): Promise<Redisstand | undefined> {
    return this.#banen.bereikbaar ? this.#redis.geef() : undefined;
  }

  /** When our certificates end, by what they are for; one that cannot be read is left out. */
  async certificatenTot(): Promise<readonly (readonly [string, Date])[]> {
    const gelezen = await Promise.all(
      this.#certificaten.map(async ([gebruik, tot]) => [gebruik, await tot.geef()] as const),
    );
    return gelezen.flatMap(([gebruik, tot]) => (tot ? [[gebruik, tot] as const] : []));
  }
}
