/** The import of what was running before the switch came: what is asked, and what became of it. */
import type { Database } from '../../opslag/database.ts';
import type { Sleutels } from '../../opslag/sleutels.ts';
import type { Bronnen } from '../../standards/bronnen.ts';
import type { Domein } from '../../standards/catalogus.ts';

export interface Invoerplaats {
  readonly database: Database;
  readonly sleutels: Sleutels;
  readonly bronnen: Bronnen;
  /** Largest message. */
  readonly maxBerichtBytes: number;
  /** Accept only the BSNs of the test environment. */
  readonly alleenTestBsn: boolean;
}

export interface Invoeropdracht {
  /** Whose dossier: one of both parties of everything in it. */
  readonly organisatie: string;
  readonly domein: Domein;
  /** The day of which it says what ran, YYYY-MM-DD. */
  readonly peildatum: string;
  /** Is it all that ran on that day? */
  readonly volledig: boolean;
  /** Who asks, for the audit log. */
  readonly actor: string;
  /** And why, when it said so. */
  readonly reden?: string | undefined;
}

/** What could not be taken, and why. Dutch, without a value from the file. */
export interface Geweigerd {
  /** Name of the file in the ZIP; null: a line of a CSV. */
  readonly bestand: string | null;
  readonly regel: number | null;
  readonly reden: string;
}

/** How many of something. */
export interface Aantallen {
  readonly genomen: number;
  /** Were there already. */
  readonly bekend: number;
  /** Their receiver rejected them, so that they count as not sent. */
  readonly vervallen: number;
  /** Answers to a message that is nowhere. */
  readonly los: number;
}

export interface Invoerverslag {
  readonly soort: 'berichten' | 'regels';
  readonly aantallen: Aantallen;
  /** Of those that were refused, the first. */
  readonly geweigerd: readonly Geweigerd[];
  readonly aantalGeweigerd: number;
  /** Does it count as all that ran? Not when anything was refused. */
  readonly volledig: boolean;
  /** From which day the dossier is complete, after the import; null: not said. */
  readonly dossierVolledigVanaf: string | null;
}

/** More than these help nobody; the rest is counted. */
const MAX_GEWEIGERD = 1000;
/** A name can hold a number that is a BSN. */
const BSN_ACHTIG = /\d{3}[ ._-]?\d{3}[ ._-]?\d{3}/g;

/** Keeps count while an import goes on. */
export class Telling {
  readonly geweigerd: Geweigerd[] = [];
  aantalGeweigerd = 0;
  readonly #aantallen = { genomen: 0, bekend: 0, vervallen: 0, los: 0 };

  tel(wat: keyof Aantallen, aantal = 1): void {
    this.#aantallen[wat] += aantal;
  }

  weiger(reden: string, plek: { readonly bestand?: string; readonly regel?: number }): void {
    this.aantalGeweigerd += 1;
    if (this.geweigerd.length >= MAX_GEWEIGERD) return;
    const bestand = plek.bestand === undefined ? null : plek.bestand.replaceAll(BSN_ACHTIG, '*********');
    this.geweigerd.push({ bestand, regel: plek.regel ?? null, reden });
  }

  get aantallen(): Aantallen {
    return { ...this.#aantallen };
  }
}
