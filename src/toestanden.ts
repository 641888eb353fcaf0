/**
 * The two axes of a message: what the switch did with it, and what the receiver did with it. Every change of state goes through
 * these tables; the statements that change a state name the state they change from, which is the fence against doing it twice.
 */

export const TOESTANDEN = ['ontvangen', 'verwerkt', 'afgekeurd'] as const;
/** Processing: ontvangen until a turn of its lane gave it its one outcome. */
export type Toestand = (typeof TOESTANDEN)[number];

export const BEZORGINGEN = ['te_bezorgen', 'opgehaald', 'bevestigd', 'onbestelbaar', 'vervallen'] as const;
/**
 * Delivery: opgehaald while a poller holds it on lease, bevestigd when the receiver said it has it, vervallen when it did not say so within the
 * term of retention, after both parties were told.
 */
export type Bezorging = (typeof BEZORGINGEN)[number];

/** A message of the switch itself, about messages that are going to lapse. */
export const VERVALMELDING = 'VERVALMELDING';

export const TOESTAND_OVERGANGEN: Readonly<Record<Toestand, readonly Toestand[]>> = {
  ontvangen: ['verwerkt', 'afgekeurd'],
  verwerkt: [],
  afgekeurd: [],
};

export const BEZORGING_OVERGANGEN: Readonly<Record<Bezorging, readonly Bezorging[]>> = {
  te_bezorgen: ['opgehaald', 'bevestigd', 'onbestelbaar', 'vervallen'],
  // A lease that ended is handed out again (opgehaald → opgehaald). A confirmation that comes after it is still a confirmation.
  opgehaald: ['opgehaald', 'bevestigd', 'onbestelbaar', 'vervallen'],
  // Pushing was given up; the message is still in the postbus and can still be fetched.
  onbestelbaar: ['opgehaald', 'bevestigd', 'vervallen'],
  bevestigd: [],
  vervallen: [],
};

/** The states from which one may go to this state. */
export const bezorgingVoor = (doel: Bezorging): readonly Bezorging[] =>
  BEZORGINGEN.filter((van) => BEZORGING_OVERGANGEN[van].includes(doel));
