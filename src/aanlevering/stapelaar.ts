/**
 * Group commit: messages that arrive while a commit is under way share the next one. Under load that divides the cost of an fsync;
 * when it is quiet a message waits for nobody.
 */
import type { Database } from '../opslag/database.ts';
import { isTijdelijk } from '../opslag/database.ts';
import { type NieuwBericht, slaGrootOp, slaStapelOp } from './opslaan.ts';

const MAX_BERICHTEN = 64;
/** From here on a message gets a commit of its own, so that small ones do not wait for its bytes. */
export const GROOT_BYTES = 512 * 1024;
const MAX_STAPEL_BYTES = 4 * 1024 * 1024;

interface Wachtend {
  readonly bericht: NieuwBericht;
  readonly klaar: (baanId: number | undefined) => void;
  readonly mislukt: (fout: unknown) => void;
}

export class Stapelaar {
  readonly #database: Database;
  readonly #wachtrij: Wachtend[] = [];
  #bezig = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Stores a message.
   * @returns the id of its lane when it is new and safe on disk; undefined when its referentienummer was used before
   * @throws the error of the database; the message is then not stored, or (lost connection) may be: a resend settles that
   */
  async bewaar(bericht: NieuwBericht): Promise<number | undefined> {
    if (bericht.inhoud.cijfertekst.length >= GROOT_BYTES)
      return (await slaGrootOp(this.#database, bericht)).get(bericht.id);
    return new Promise((klaar, mislukt) => {
      this.#wachtrij.push({ bericht, klaar, mislukt });
      if (!this.#bezig) void this.#leeg();
    });
  }

  async #leeg(): Promise<void> {
    this.#bezig = true;
    try {
      while (this.#wachtrij.length > 0) await this.#schrijf(this.#neem());
    } finally {
      this.#bezig = false;
    }
  }

  #neem(): readonly Wachtend[] {
    let bytes = 0;
    let aantal = 0;
    for (const { bericht } of this.#wachtrij) {
      bytes += bericht.inhoud.cijfertekst.length;
      if (aantal > 0 && (bytes > MAX_STAPEL_BYTES || aantal === MAX_BERICHTEN)) break;
      aantal += 1;
    }
    return this.#wachtrij.splice(0, aantal);
  }

  async #schrijf(stapel: readonly Wachtend[]): Promise<void> {
    try {
      const opgeslagen = await slaStapelOp(
        this.#database,
        stapel.map(({ bericht }) => bericht),
      );
      for (const { bericht, klaar } of stapel) klaar(opgeslagen.get(bericht.id));
    } catch (fout) {
      if (stapel.length === 1 || isTijdelijk(fout)) {
        for (const { mislukt } of stapel) mislukt(fout);
        return;
      }
      // One message that the database cannot take must not refuse the messages that happened to arrive with it.
      for (const een of stapel) await this.#schrijf([een]);
    }
  }
}
