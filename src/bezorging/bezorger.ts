/**
 * Pushes messages to receivers that take them over StUF. Every second it looks who is due; a receiver that answers goes on at once with
 * its next message. All it must remember stands in PostgreSQL: any number of these may run, and one that dies is gone on after.
 */
import { setTimeout as wacht } from 'node:timers/promises';
import { foutVoorLog, type Log } from '../log.ts';
import { type Database, isTijdelijk } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { noteerGelukt, noteerMislukt } from './afloop.ts';
import { besluit, GRENZEN, type Grenzen } from './besluit.ts';
import { claim, verschuldigd } from './claim.ts';
import { type Doelen, OVERAL } from './doelen.ts';
import { ENVELOP } from './envelop.ts';
import { neemEindpuntenOp, volgStopschakelaar } from './hervatten.ts';
import { type Envelop, type Pogingopties, probeer } from './poging.ts';
import { type Plaatsen, Rij } from './rij.ts';
import { type Geclaimd, TIJDEN, type Tijden, type Uitslag } from './types.ts';

const TIK_MS = 1000;
const PLAATSEN: Plaatsen = { totaal: 32, verdacht: 8, perOntvanger: 1 };
/** Larger messages go a few at a time: each is in memory several times over while it is sent. */
const GROOT_BYTES = 1024 * 1024;
const GROTE_TEGELIJK = 3;
const MAX_BYTES = 2 ** 31 - 1;
/** A lease lasts longer than an attempt can, so that an attempt under way is never handed out to another. */
const LEASE_SPELING_MS = 30_000;
/** Attempts under way get this long to end by themselves when we stop. */
const RESPIJT_MS = 3000;
/** How often an outcome is written down again when the database is away; after that its lease ends, and the message is sent again. */
const NOTEER_PAUZES_MS = [100, 500, 2000, 5000];

export interface Bezorgeropties {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly log: Log;
  readonly plaatsen?: Partial<Plaatsen>;
  readonly tijden?: Tijden;
  readonly grenzen?: Grenzen;
  readonly tikMs?: number;
  readonly respijtMs?: number;
  /** Certificate authorities and client certificate for the https endpoint of a receiver. */
  readonly tls?: Pogingopties['tls'];
  /** Which addresses may be asked at all; without it every http(s) address of the table. */
  readonly doelen?: Doelen;
  readonly envelop?: Envelop;
  /** The clock of pauses, bounds and budgets. Leases go by the clock of the database, like those of pollers. */
  readonly nu?: () => Date;
  readonly toeval?: () => number;
  /** Hears whether a look at who is due went well. */
  readonly opRonde?: (gelukt: boolean) => void;
}

export class Bezorger {
  readonly #opties: Bezorgeropties & Required<Pick<Bezorgeropties, 'tijden' | 'grenzen' | 'envelop' | 'nu' | 'toeval'>>;
  readonly #plaatsen: Plaatsen;
  readonly #rij: Rij;
  readonly #lopend = new Set<Promise<void>>();
  readonly #einde = new AbortController();
  #groot = 0;
  #gestopt = false;
  #tik: NodeJS.Timeout | undefined;
  #ronde: Promise<void> = Promise.resolve();

  constructor(opties: Bezorgeropties) {
    this.#opties = {
      tijden: TIJDEN,
      grenzen: GRENZEN,
      envelop: ENVELOP,
      nu: () => new Date(),
      toeval: Math.random,
      ...opties,
    };
    this.#plaatsen = { ...PLAATSEN, ...opties.plaatsen };
    this.#rij = new Rij(this.#plaatsen);
  }

  start(): this {
    this.#plan(0);
    return this;
  }

  /** Takes nothing new, lets what is under way end for a moment, breaks off the rest: that is free again at once. */
  async stop(): Promise<void> {
    this.#gestopt = true;
    clearTimeout(this.#tik);
    const grens = setTimeout(() => this.#einde.abort(), this.#opties.respijtMs ?? RESPIJT_MS);
    await this.#ronde;
    await Promise.all(this.#lopend);
    clearTimeout(grens);
  }

  #plan(ms: number): void {
    this.#tik = setTimeout(() => {
      this.#ronde = this.#kijk().finally(() => {
        if (!this.#gestopt) this.#plan(this.#opties.tikMs ?? TIK_MS);
      });
    }, ms);
  }

  async #kijk(): Promise<void> {
    const { database, nu, log, opRonde } = this.#opties;
    try {
      await neemEindpuntenOp(database);
      await volgStopschakelaar(database, nu());
      for (const { organisatie, verdacht } of await verschuldigd(database, nu()))
        this.#rij.sluitAan(organisatie, verdacht);
      this.#deelUit();
      opRonde?.(true);
    } catch (fout) {
      opRonde?.(false);
      log.warn({ fout: foutVoorLog(fout) }, 'bezorgronde mislukt');
    }
  }

  #deelUit(): void {
    while (!this.#gestopt) {
      const plaats = this.#rij.volgende();
      if (!plaats) return;
      const werk = this.#bezorg(plaats.naam)
        .catch((fout: unknown) => {
          this.#opties.log.warn({ fout: foutVoorLog(fout) }, 'bezorging niet genoteerd');
          return false;
        })
        .then((meer) => {
          plaats.klaar();
          if (meer) this.#rij.sluitAan(plaats.naam, false);
          this.#lopend.delete(werk);
          this.#deelUit();
        });
      this.#lopend.add(werk);
    }
  }

  /** @returns whether its next message may go at once */
  async #bezorg(organisatie: string): Promise<boolean> {
    const magGroot = this.#groot < GROTE_TEGELIJK;
    if (magGroot) this.#groot += 1;
    let houdtGroot = magGroot;
    const geefTerug = (): void => {
      if (houdtGroot) this.#groot -= 1;
      houdtGroot = false;
    };
    try {
      const bericht = await this.#claim(organisatie, magGroot ? MAX_BYTES : GROOT_BYTES);
      if (!bericht) return false;
      if (bericht.omvang <= GROOT_BYTES) geefTerug();
      if (this.#plaatsen.perOntvanger > 1) {
        this.#rij.sluitAan(organisatie, false);
        this.#deelUit();
      }
      return await this.#rondAf(bericht, await this.#probeer(bericht));
    } finally {
      geefTerug();
    }
  }

  #claim(organisatie: string, maxOmvang: number): Promise<Geclaimd | undefined> {
    const { database, tijden, nu } = this.#opties;
    const langst = Object.values(tijden).reduce((som: number, ms: number) => som + ms, LEASE_SPELING_MS);
    const vraag = { organisatie, nu: nu(), leaseSeconden: Math.ceil(langst / 1000), maxOmvang };
    return claim(database, { ...vraag, perPostbus: this.#plaatsen.perOntvanger });
  }

  async #probeer(bericht: Geclaimd): Promise<Uitslag> {
    const { doelen = OVERAL, tls, log, ...rest } = this.#opties;
    try {
      return await probeer(bericht, { ...rest, ...doelen, tls, signaal: this.#einde.signal });
    } catch (fout) {
      log.error({ berichtId: bericht.berichtId, fout: foutVoorLog(fout) }, 'bericht niet te verzenden');
      return 'eigenFout';
    }
  }

  async #rondAf(bericht: Geclaimd, uitslag: Uitslag): Promise<boolean> {
    const { database, log, grenzen, nu, toeval } = this.#opties;
    const { postbus: organisatie, berichtId, pogingen } = bericht;
    if (uitslag === 'bevestigd') {
      this.#rij.onthoud(organisatie, false);
      await this.#noteer(() => noteerGelukt(database, bericht));
      log.debug({ organisatie, berichtId, pogingen }, 'bericht bezorgd');
      return true;
    }
    const dan = besluit(uitslag, bericht.reeks, bericht.ontvanger, { nu: nu(), toeval, grenzen });
    this.#rij.onthoud(organisatie, dan.rustTot !== null);
    await this.#noteer(() => noteerMislukt(database, bericht, uitslag, dan));
    const op = dan.volgendePoging === null;
    const niveau = op || (bericht.ontvanger.mislukt === 0 && dan.ontvanger.mislukt > 0) ? 'warn' : 'debug';
    log[niveau](
      { organisatie, berichtId, pogingen, oorzaak: uitslag },
      op ? 'bericht onbestelbaar' : 'bezorging mislukt',
    );
    return dan.rustTot === null;
  }

  async #noteer(werk: () => Promise<void>): Promise<void> {
    for (const pauze of NOTEER_PAUZES_MS) {
      try {
        return await werk();
      } catch (fout) {
        if (!isTijdelijk(fout) || this.#einde.signal.aborted) throw fout;
        await wacht(pauze);
      }
    }
    await werk();
  }
}
