/**
 * The load: senders that behave as the contract asks of them. Each keeps its own referentienummer and uploads the same
 * bytes again until it holds a receipt; it sends its next message only then. So the receipts, not the uploads, are
 * what the switch must answer for.
 */
import { createHash } from 'node:crypto';
import { setTimeout as wacht } from 'node:timers/promises';
import { GeenAntwoord, type Knooppunt } from '../hulp/knooppunt.ts';
import { type Toeval, uuid } from '../hulp/toeval.ts';
import { berichtsoort, maakBericht, maakGroteDeclaratie, partijen } from './berichten.ts';
import type { Baan, Heenbericht, Ladingplan, Zending } from './types.ts';
import { leverAanEnVerbreek } from './verbreking.ts';

export interface Lading {
  /** Grows while the load runs. */
  readonly zendingen: readonly Zending[];
  /** Moments of the receipts, in order. */
  readonly bewijsmomenten: readonly number[];
  /** Uploads that were not answered, or answered with "try again". */
  readonly mislukt: readonly { readonly op: number; readonly reden: string }[];
  /** What no sender should ever meet: a refusal, or two ids for one referentienummer. */
  readonly problemen: readonly string[];
  readonly totaal: number;
  /** Messages that their sender is through with, most of them with a receipt. */
  gedaan(): number;
  readonly klaar: Promise<void>;
}

/** A switch that recovers takes a sender this long at most; then the round has failed. */
const GEDULD_MS = 90_000;
const HEENBERICHTEN: readonly Heenbericht[] = ['301', '305', '323'];

type Boek = { [K in 'zendingen' | 'bewijsmomenten' | 'mislukt' | 'problemen']: Lading[K][number][] } & {
  gedaan: number;
};

/**
 * Starts the load; it runs until every sender is through its messages.
 * @param ronde part of every identification, so that no two rounds send the same
 */
export function startLading(knooppunt: Knooppunt, plan: Ladingplan, ronde: string, toeval: Toeval): Lading {
  const boek: Boek = { zendingen: [], bewijsmomenten: [], mislukt: [], problemen: [], gedaan: 0 };
  const zenders = plan.banen.flatMap((baan, b) =>
    Array.from({ length: plan.zendersPerBaan }, (_, z) => {
      const naam = `${ronde}${b.toString(36)}${z.toString(36)}`;
      return new Zender(knooppunt, naam, baan, plan, toeval.tak(naam), boek).zendAlles(
        plan.groot && b === 0 && z === 0,
      );
    }),
  );
  return {
    ...boek,
    gedaan: () => boek.gedaan,
    totaal: plan.banen.length * plan.zendersPerBaan * plan.berichtenPerZender + (plan.groot ? 1 : 0),
    klaar: Promise.all(zenders).then(() => undefined),
  };
}

/** One sender on one lane: now as gemeente, now as aanbieder. */
class Zender {
  readonly #knooppunt: Knooppunt;
  readonly #naam: string;
  readonly #baan: Baan;
  readonly #plan: Ladingplan;
  readonly #toeval: Toeval;
  readonly #boek: Boek;

  constructor(knooppunt: Knooppunt, naam: string, baan: Baan, plan: Ladingplan, toeval: Toeval, boek: Boek) {
    this.#knooppunt = knooppunt;
    this.#naam = naam;
    this.#baan = baan;
    this.#plan = plan;
    this.#toeval = toeval;
    this.#boek = boek;
  }

  async zendAlles(grootEerst: boolean): Promise<void> {
    if (grootEerst) await this.#zend(0, '323', true, maakGroteDeclaratie(this.#baan, `${this.#naam}0`));
    for (let volgnummer = 1; volgnummer <= this.#plan.berichtenPerZender; volgnummer++) {
      if (this.#toeval.kans(0.3)) await wacht(this.#toeval.geheel(0, this.#plan.pauzeMs));
      const nummer = this.#toeval.kies(HEENBERICHTEN);
      const geldig = !this.#toeval.kans(this.#plan.kansOngeldig);
      await this.#zend(
        volgnummer,
        nummer,
        geldig,
        maakBericht(this.#baan, nummer, `${this.#naam}${volgnummer}`, geldig),
      );
    }
  }

  async #zend(volgnummer: number, nummer: Heenbericht, geldig: boolean, xml: Buffer): Promise<void> {
    const baan: Baan = nummer === '323' && volgnummer === 0 ? { ...this.#baan, domein: 'ijw' } : this.#baan;
    const zending: Zending = {
      zender: this.#naam,
      volgnummer,
      baan,
      berichtsoort: berichtsoort(baan.domein, nummer),
      ...partijen(baan, nummer),
      referentienummer: uuid(this.#toeval),
      geldig,
      sha256: createHash('sha256').update(xml).digest('hex'),
      pogingen: 0,
    };
    this.#boek.zendingen.push(zending);
    if (this.#toeval.kans(this.#plan.kansAntwoordKwijt)) await this.#verliesAntwoord(zending, xml);
    await this.#totBewijs(zending, xml);
    this.#boek.gedaan++;
    if (zending.berichtId !== undefined && this.#toeval.kans(this.#plan.kansHerhaling))
      await this.#poging(zending, xml);
  }

  /** Somewhere between the arrival of the request and its answer the connection breaks. */
  async #verliesAntwoord(zending: Zending, xml: Buffer): Promise<void> {
    const { afzender: code, referentienummer } = zending;
    zending.pogingen++;
    await leverAanEnVerbreek(this.#knooppunt.adres, { code, xml, referentienummer }, this.#toeval.geheel(0, 15));
  }

  async #totBewijs(zending: Zending, xml: Buffer): Promise<void> {
    const grens = performance.now() + GEDULD_MS;
    for (let pauze = 20; ; pauze = Math.min(pauze * 2, 500)) {
      if (await this.#poging(zending, xml)) return;
      if (this.#toeval.kans(this.#plan.kansOpgeven)) return;
      if (performance.now() > grens) {
        this.#boek.problemen.push(`no receipt within ${GEDULD_MS / 1000} s for ${zending.referentienummer}`);
        return;
      }
      await wacht(pauze);
    }
  }

  /** One upload; true when the sender need not try again. */
  async #poging(zending: Zending, xml: Buffer): Promise<boolean> {
    zending.pogingen++;
    try {
      const { status, lichaam } = await this.#knooppunt
        .client(zending.afzender)
        .leverAan(xml, zending.referentienummer);
      if (status === 429 || status >= 500) {
        this.#boek.mislukt.push({ op: performance.now(), reden: `status ${status}` });
        return false;
      }
      if (status !== 202 || lichaam.referentienummer !== zending.referentienummer) {
        this.#boek.problemen.push(`upload ${zending.referentienummer} answered ${status}: ${JSON.stringify(lichaam)}`);
        return true;
      }
      if (zending.berichtId !== undefined && zending.berichtId !== lichaam.berichtId) {
        this.#boek.problemen.push(
          `${zending.referentienummer} has two ids: ${zending.berichtId} and ${lichaam.berichtId}`,
        );
      }
      if (zending.berichtId === undefined) this.#boek.bewijsmomenten.push(performance.now());
      zending.berichtId ??= lichaam.berichtId;
      return true;
    } catch (fout) {
      if (!(fout instanceof GeenAntwoord)) throw fout;
      this.#boek.mislukt.push({ op: performance.now(), reden: 'no answer' });
      return false;
    }
  }
}
