/**
 * Who may send what to whom, and where it goes: the tables of routering, kept in memory. Asking costs microseconds; a change in the database
 * takes effect within 5 seconds, without a restart. While PostgreSQL is away, what was known last holds.
 */
import { KnooppuntFout } from '../fouten.ts';
import type { Database } from '../opslag/database.ts';
import { Vers } from '../opslag/vers.ts';
import type { Adres } from './adres.ts';
import { beslis, uitlegVan, type Weigering } from './beslissing.ts';
import type { Feiten, Stilgezet, StufEndpoint } from './feiten.ts';
import { type Gelezen, leesFeiten } from './feiten-lezen.ts';
import { metVoorgangers, volgOp } from './opvolging.ts';
import { type Indiener, type Rechten, rechtenVan } from './rechten.ts';

export interface Routeringopties {
  /** Hears that the tables could not be read; what was known last is used. */
  readonly opFout?: (fout: unknown) => void;
}

export class Routering {
  readonly #tabellen: Vers<Gelezen>;

  constructor(database: Database, { opFout }: Routeringopties = {}) {
    this.#tabellen = new Vers((vorige) => leesFeiten(database, vorige), opFout);
  }

  /**
   * What is known now, for those who ask more than one thing of one moment.
   * @throws the error of the database when nothing was ever read
   */
  async feiten(): Promise<Feiten> {
    return (await this.#tabellen.stand()).feiten;
  }

  /** Reads the tables again, after any reading that is under way: that one may have missed a change of our own. */
  ververs(): Promise<void> {
    return this.#tabellen.ververs();
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

  /** The code itself and those that it succeeded by that moment: whose figures are its figures too. */
  async metVoorgangers(code: string, moment: Date): Promise<readonly string[]> {
    return metVoorgangers(await this.feiten(), code, moment.getTime());
  }

  /** In which postbus a message to this code is put at that moment. The message itself keeps the code. */
  async postbusVan(code: string, moment: Date): Promise<string> {
    return this.volgOp(code, moment);
  }

  /** Everything that this client may act for at that moment. */
  async rechten(indiener: Indiener, moment: Date): Promise<Rechten> {
    return rechtenVan(await this.feiten(), indiener, moment.getTime());
  }

  /** What the operator holds back of this organisation, if anything. */
  async stopVan(organisatie: string): Promise<Stilgezet | undefined> {
    return (await this.feiten()).stops.get(organisatie);
  }

  /** Where to push what lies in a postbus, if its organisation has an endpoint. */
  async stufEndpoint(postbus: string): Promise<StufEndpoint | undefined> {
    return (await this.feiten()).organisaties.get(postbus)?.stuf ?? undefined;
  }
}
