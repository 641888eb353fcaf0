/** Signals: their words and states. Pure. */

/** What a signal says. VERVALLEN ends it; TERUGWERKEND: the overlap was over before anybody could know of it. */
export const SIGNAALTYPEN = ['NIEUW', 'GEWIJZIGD', 'VERVALLEN', 'TERUGWERKEND'] as const;
export type Signaaltype = (typeof SIGNAALTYPEN)[number];

/** Name of a signal among the berichtsoorten: no message of the norm, made by the switch, with a JSON body. */
export const SIGNAALSOORT = 'WLZ-SIGNAAL';
/** Version of that body. */
export const SIGNAALVERSIE = '1.0';

export const ADVIESKLASSEN = ['VERWACHT', 'BEOORDELEN'] as const;
export type Adviesklasse = (typeof ADVIESKLASSEN)[number];

/** What usually follows from the law for a productcategorie. Never decides whether there is a signal. */
export interface Advies {
  readonly klasse: Adviesklasse;
  readonly tekst: string;
}

/** A period; both days included, null: no end. */
export interface Periode {
  readonly vanaf: string;
  readonly totEnMet: string | null;
}
