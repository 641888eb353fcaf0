/** The words of the crash tests: what is sent, what is disturbed, and what must hold afterwards. */
import type { Rol } from '../hulp/knooppunt.ts';

export type Domein = 'iwmo' | 'ijw';
export type Heenbericht = '301' | '305' | '323';

/** A lane: both directions between a gemeente and an aanbieder, within one domein. */
export interface Baan {
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly domein: Domein;
}

/** One message as its sender knows it. What happens to it is added as it happens. */
export interface Zending {
  /** Who sent it; a zender sends one message at a time and waits for its receipt. */
  readonly zender: string;
  readonly volgnummer: number;
  readonly baan: Baan;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  /** False: made so that its XSD refuses it, so its one outcome is a Fo01. */
  readonly geldig: boolean;
  readonly sha256: string;
  /** Every upload that may have reached the server, also those that nobody answered. */
  pogingen: number;
  /** From the receipt. Absent: the sender gave up without one, and the message may or may not be there. */
  berichtId?: string;
}

/** What one poller got, and when (milliseconds of one clock). */
export interface Waarneming {
  readonly poller: string;
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly sha256: string;
  /** The lease was given between these two moments. */
  readonly gevraagdOp: number;
  readonly gekregenOp: number;
  readonly leaseMs: number;
}

/** How much is sent, and how. */
export interface Ladingplan {
  readonly banen: readonly Baan[];
  readonly zendersPerBaan: number;
  readonly berichtenPerZender: number;
  /** Chances, 0..1. */
  readonly kansOngeldig: number;
  /** After its receipt a message is uploaded once more: the answer must be the first one. */
  readonly kansHerhaling: number;
  /** The connection is broken off after the request was written, before its answer. */
  readonly kansAntwoordKwijt: number;
  /** The sender gives up after an upload that nobody answered. */
  readonly kansOpgeven: number;
  /** Now and then a sender thinks for at most so long; the rest goes as fast as the receipts come. */
  readonly pauzeMs: number;
  /** One zender starts with a declaratie of 18 MB. */
  readonly groot: boolean;
}

export interface Pollersplan {
  readonly perPostbus: number;
  /** Extra pollers, all on the first postbus. */
  readonly opEersteExtra: number;
  /** A poller dies between lease and confirmation. */
  readonly kansSterven: number;
  /** Short, so that what a dead poller held comes back while the round still runs. */
  readonly leaseSeconden: number;
}

/** One disturbance. */
export type Actie =
  | { readonly doe: 'dood'; readonly rol: Rol; readonly wie: 'een' | 'alle' }
  /** One process of PostgreSQL: it then ends all connections and recovers by itself. */
  | { readonly doe: 'backend dood' }
  | { readonly doe: 'alles dood en weer aan' }
  /** The roles outlive it for a moment; the services go on. */
  | { readonly doe: 'supervisor dood en weer aan' }
  | { readonly doe: 'Redis leeg' }
  | { readonly doe: 'Redis hangt'; readonly ms: readonly [number, number] }
  | { readonly doe: 'Redis weg'; readonly ms: readonly [number, number] }
  /** `bewaar`: chance that an unsynced block survives all the same; 0 is the strictest reading. */
  | { readonly doe: 'stroom weg'; readonly bewaar: number };

export interface Scenario {
  readonly letter: string;
  /** What goes wrong. */
  readonly naam: string;
  /** `eigen`: Knooppunt runs its own PostgreSQL and Redis. `los`: the test runs them, and can cut their power. */
  readonly opstelling: 'eigen' | 'los';
  /** One of these at a time, in turn, spread at random over the round. */
  readonly acties: readonly Actie[];
  /**
   * Two more disturbances when no later message will wake the lanes again: the first just before the end of the load, so that
   * work piles up, the second right after the last receipt.
   */
  readonly slot?: readonly [vlakVoorEinde: Actie, naLaatsteBewijs: Actie];
  /** Not in the short form: a variant that costs time and seldom says more. */
  readonly alleenLang?: true;
  /** The next disturbance comes while the last one may still be recovered from. */
  readonly wachtNiet?: true;
  readonly lading?: Partial<Omit<Ladingplan, 'banen'>>;
  readonly pollers?: Partial<Pollersplan>;
}

/** How large a round is. */
export interface Maat {
  readonly banen: number;
  readonly zendersPerBaan: number;
  readonly berichtenPerZender: number;
  /** Disturbances per round, for a scenario that has any. */
  readonly storingen: number;
  readonly leaseSeconden: number;
}

/** The counts of one round; everything under `problemen` broke a promise. */
export interface Uitslag {
  readonly scenario: Scenario;
  readonly storingen: number;
  readonly pogingen: number;
  readonly bewijzen: number;
  readonly zonderBewijs: number;
  readonly verwerkt: number;
  readonly afgekeurd: number;
  readonly antwoorden: number;
  readonly uitgereikt: number;
  readonly bevestigd: number;
  /** Longest time without a receipt, and time from the last receipt until all was done and fetched; seconds. */
  readonly langsteStilte: number;
  readonly naloop: number;
  readonly problemen: readonly string[];
}
