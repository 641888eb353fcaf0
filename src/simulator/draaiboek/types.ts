/** What a simulated life is made of: the world it plays in, and the messages that are sent in it. */
import type { Berichtsoort, Domein } from '../../standards/catalogus.ts';

export interface Simulatiekeuze {
  /** The same seed and day give the same messages, byte for byte. */
  readonly zaad: number;
  /** Last day of the simulated time, YYYY-MM-DD; the first one is so many months before. */
  readonly vandaag: string;
  readonly maanden: number;
  readonly gemeenten: number;
  readonly aanbieders: number;
  /** About how many messages travel, those that the switch makes included; absent: as many as fit the size of the world. */
  readonly berichten?: number | undefined;
}

/** What an organisation lets the switch do, per domein. */
export interface Keuze {
  readonly controleniveau: 2 | 3;
  readonly retour: 'zelf' | 'knooppunt';
}

/** How a receiver empties its postbus. */
export type Ophaalwijze =
  /** By machine: every so many minutes. */
  | { readonly soort: 'systeem'; readonly minuten: number }
  /** By hand: on working days at about this hour. */
  | { readonly soort: 'dagelijks'; readonly uur: number }
  | { readonly soort: 'wekelijks'; readonly uur: number };

export interface Partij {
  readonly code: string;
  readonly naam: string;
  readonly keuze: Readonly<Record<Domein, Keuze>>;
  readonly ophaalwijze: Ophaalwijze;
  /** Since this moment nobody looks into the postbus any more; null: somebody does. */
  readonly stilSinds: number | null;
  /** How often an answer of its own is late: 0..1. */
  readonly traag: number;
  /** Who sends for it, when that is not itself. */
  readonly leverancier: string | null;
}

/** What the switch makes of a message, if the simulator knows its rules. */
export type Lot =
  /** To the postbus of its receiver. */
  | 'bezorgd'
  /** The XSD refuses it: Fo01. */
  | 'xsd'
  /** A rule refuses it: a retour or a 325 with codes. */
  | 'afgekeurd';

/** When the receiver of something has it: leased, and confirmed. Epoch milliseconds. */
export interface Ophaalmoment {
  readonly op: number;
  readonly bevestigd: number;
}

/** A message that is sent. Moments are epoch milliseconds. */
export interface Zending {
  readonly soort: Berichtsoort;
  /** Who really sends and receives. */
  readonly afzender: string;
  readonly ontvanger: string;
  /** Who uploads it. */
  readonly indiener: string;
  readonly referentienummer: string;
  readonly kruisreferentie: string | null;
  readonly bytes: Buffer;
  readonly moment: number;
  readonly verwerkt: number;
  readonly lot: Lot;
  /** Soort of what the switch answers to the sender at once; null: nothing. */
  readonly antwoord: string | null;
  /** By its receiver; null: not delivered, or not fetched before the end. */
  readonly opgehaald: Ophaalmoment | null;
  /** Of the answer of the switch, by the sender; null: none, or not fetched before the end. */
  readonly antwoordOpgehaald: Ophaalmoment | null;
}

/** A toewijzing that the Wmo side of the samenloop may be about. */
export interface Wmotoewijzing {
  readonly gemeente: string;
  readonly aanbieder: string;
  readonly nummer: string;
  readonly bsn: string;
  readonly vanaf: string;
  readonly moment: number;
}

/** All that happens, in the order of time. */
export interface Draaiboek {
  readonly van: number;
  readonly tot: number;
  readonly partijen: ReadonlyMap<string, Partij>;
  readonly gemeenten: readonly string[];
  readonly aanbieders: readonly string[];
  readonly zendingen: readonly Zending[];
  readonly wmo: readonly Wmotoewijzing[];
}
