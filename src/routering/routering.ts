/**
 * Who may send what to whom, and where it goes: the tables of routering, kept in memory. Asking costs microseconds; a change in the database
 * takes effect within 5 seconds, without a restart. While PostgreSQL is away, what was known last holds.
 */
import { setTimeout as wacht } from 'node:timers/promises';
import { KnooppuntFout } from '../fouten.ts';
import type { Database } from '../opslag/database.ts';
import type { Adres } from './adres.ts';
import { beslis, uitlegVan, type Weigering } from './beslissing.ts';
import type { Feiten, StufEndpoint } from './feiten.ts';
import { type Gelezen, leesFeiten } from './feiten-lezen.ts';
import { volgOp } from './opvolging.ts';
import { type Indiener, type Rechten, rechtenVan } from './rechten.ts';

/** The tables are read at most this often. */
const VERS_MS = 2000;
/** What is younger than this is used while it is read again; what is older waits for the database. Together with GEDULD_MS below 5 s. */
const OUD_MS = 3500;
/** A database that does not answer within this time is away for now. */
const GEDULD_MS = 1000;

export interface Routeringopties {
  /** Hears that the tables could not be read; what was known last is used. */
  readonly opFout?: (fout: unknown) => void;
}

export class Routering {
  readonly #database: Database;
  readonly #opFout: ((fout: unknown) => void) | undefined;
  #gelezen: Gelezen | undefined;
  #gelezenOp = Number.NEGATIVE_INFINITY;
  #gepoogdOp = Number.NEGATIVE_INFINITY;
  #bezig: Promise<void> | undefined;

  constructor(database: Database, { opFout }: Routeringopties = {}) {
    this.#database = database;
    this.#opFout = opFout;
  }

  /**
   * What is known now, for those who ask more than one thing of one moment.
   * @throws the error of the database when nothing was ever read
   */
  async feiten(): Promise<Feiten> {
    const nu = performance.now();
    const ouderdom = nu - this.#gelezenOp;
    if (this.#gelezen && ouderdom <= VERS_MS) return this.#gelezen.feiten;
    if (!this.#gelezen) await (this.#bezig ?? this.ververs());
    else {
      if (!this.#bezig && nu - this.#gepoogdOp > VERS_MS) this.ververs().catch((fout: unknown) => this.#opFout?.(fout));
      const geduld = this.#gepoogdOp + GEDULD_MS - nu;
      if (ouderdom > OUD_MS && this.#bezig && geduld > 0)
        await Promise.race([this.#bezig.catch(() => undefined), wacht(geduld, undefined, { ref: false })]);
    }
    if (!this.#gelezen) throw new Error('routering was never read');
    return this.#gelezen.feiten;
  }

  /** Reads the tables again, after any reading that is under way: that one may have missed a change of our own. */
  ververs(): Promise<void> {
    const lezing = (this.#bezig ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.#lees())
      .finally(() => {
        if (this.#bezig === lezing) this.#bezig = undefined;
      });
    this.#gepoogdOp = performance.now();
    this.#bezig = lezing;
    return lezing;
  }

  async #lees(): Promise<void> {
    const begin = performance.now();
    this.#gelezen = await leesFeiten(this.#database, this.#gelezen);
    this.#gelezenOp = begin;
  }

  /** Is there an organisation with this code? Whether it is valid now, and takes part, is another matter. */
  async bestaat(code: string): Promise<boolean> {
    return (await this.feiten()).organisaties.has(code);
  }

  /** Which rule refuses this message of this client, if any? */
  async oordeel(
    { soort, afzender, ontvanger }: Pick<Adres, 'soort' | 'afzender' | 'ontvanger'>,
    indiener: Indiener,
    moment: Date,
  ): Promise<Weigering | undefined> {
    return beslis(await this.feiten(), { soort, afzender, ontvanger, indiener }, moment.getTime());
  }

  /** @throws KnooppuntFout that names the rule, when this client may not send this message now */
  async eis(adres: Pick<Adres, 'soort' | 'afzender' | 'ontvanger'>, indiener: Indiener, moment: Date): Promise<void> {
    const weigering = await this.oordeel(adres, indiener, moment);
    if (weigering) throw new KnooppuntFout(weigering.soort, uitlegVan(weigering));
  }

  /** Who answers to this code at that moment: itself, or its successor after it ended. */
  async volgOp(code: string, moment: Date): Promise<string> {
    return volgOp(await this.feiten(), code, moment.getTime());
  }

  /** In which postbus a message to this code is put at that moment. The message itself keeps the code. */
  async postbusVan(code: string, moment: Date): Promise<string> {
    return this.volgOp(code, moment);
  }

  /** Everything that this client may act for at that moment. */
  async rechten(indiener: Indiener, moment: Date): Promise<Rechten> {
    return rechtenVan(await this.feiten(), indiener, moment.getTime());
  }

  /** Where to push what lies in a postbus, if its organisation has an endpoint. */
  async stufEndpoint(postbus: string): Promise<StufEndpoint | undefined> {
    return (await this.feiten()).organisaties.get(postbus)?.stuf ?? undefined;
  }
}
