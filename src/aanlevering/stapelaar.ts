/**
 * Group commit: messages that arrive while a commit is under way share the next one. Under load that divides the cost of an fsync;
 * when it is quiet a message waits for nobody. Who sends more than fits waits behind itself: a commit takes one message of each client in
 * turn, so that a flood of one client costs the others at most a commit.
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
  /** What waits, by client, each in order of arrival; the first client is the next to get its turn. */
  readonly #wachtrijen = new Map<string, Wachtend[]>();
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
      const wachtend = { bericht, klaar, mislukt };
      const rij = this.#wachtrijen.get(bericht.indiener);
      if (rij) rij.push(wachtend);
      else this.#wachtrijen.set(bericht.indiener, [wachtend]);
      if (!this.#bezig) void this.#leeg();
    });
  }

  async #leeg(): Promise<void> {
    this.#bezig = true;
    try {
      while (this.#wachtrijen.size > 0) await this.#schrijf(this.#neem());
    } finally {
      this.#bezig = false;
    }
  }

  #neem(): readonly Wachtend[] {
    const stapel: Wachtend[] = [];
    let bytes = 0;
    // A client that was served goes to the end, and is met again there when there is room left.
    for (const [client, rij] of this.#wachtrijen) {
      const [eerste] = rij;
      if (!eerste) throw new Error('a client waits with nothing');
      bytes += eerste.bericht.inhoud.cijfertekst.length;
      if (stapel.length > 0 && (bytes > MAX_STAPEL_BYTES || stapel.length === MAX_BERICHTEN)) break;
      stapel.push(eerste);
      this.#wachtrijen.delete(client);
      rij.shift();
      if (rij.length > 0) this.#wachtrijen.set(client, rij);
    }
    return stapel;
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
