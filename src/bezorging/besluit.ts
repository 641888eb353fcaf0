/**
 * What comes after a failed attempt: when again, who waits, and when it is enough. Pure.
 *
 * The pauses grow, with jitter, so that receivers that went down together do not come back to a herd. What bounds the trying is time, not
 * a count: a receiver may have a bad night. But a clock that ran while nobody tried (we were down) gives nothing up by itself.
 */
import { type Klasse, OORZAKEN, type Oorzaak } from './oorzaken.ts';

const SECONDE = 1000;
const UUR = 3600 * SECONDE;

interface Ritme {
  readonly eerste: number;
  readonly factor: number;
  readonly langste: number;
}
/** A permanent cause gets a few tries over an hour, because the receiver may mend it; the others are tried for a day. */
const VLOT: Ritme = { eerste: 2 * SECONDE, factor: 2, langste: 300 * SECONDE };
const TRAAG: Ritme = { eerste: 60 * SECONDE, factor: 4, langste: 1800 * SECONDE };
const RITME: Readonly<Record<Klasse, Ritme>> = { tijdelijk: VLOT, dubbelzinnig: VLOT, blijvend: TRAAG };

export interface Grenzen {
  /** Nothing is tried longer than this. */
  readonly totaalMs: number;
  /** Nothing is tried longer than this while every failure is permanent. */
  readonly blijvendMs: number;
}
export const GRENZEN: Grenzen = { totaalMs: 24 * UUR, blijvendMs: UUR };

/** Fewer failures than this are never the end. */
const MINSTE_POGINGEN = 4;
/** A message with a cause that may be its own holds the others up this often; then they pass it. */
const HOUDT_OP = 3;
/** So long after the others may go: due at the same moment, it would still be the first. */
const NA_ANDEREN = 5 * SECONDE;

/** The failures in a row of one message, or of one receiver. */
export interface Reeks {
  readonly mislukt: number;
  /** The first of them. */
  readonly sinds: Date | null;
  /** Since when all of them were permanent. */
  readonly blijvendSinds: Date | null;
}
export const GEEN_REEKS: Reeks = Object.freeze({ mislukt: 0, sinds: null, blijvendSinds: null });

export interface Omstandigheden {
  readonly nu: Date;
  /** 0 ≤ x < 1. */
  readonly toeval: () => number;
  readonly grenzen: Grenzen;
}

/**
 * Is the time of this row of failures up?
 * @returns the moment before which a row must have begun to be too long; undefined while there is time left
 */
function grensVan({ mislukt, sinds, blijvendSinds }: Reeks, { nu, grenzen }: Omstandigheden): Date | undefined {
  const voorbij = (vanaf: Date | null, ms: number): Date | undefined => {
    const grens = new Date(nu.getTime() - ms);
    return vanaf !== null && vanaf <= grens ? grens : undefined;
  };
  if (mislukt < MINSTE_POGINGEN) return undefined;
  return voorbij(blijvendSinds, grenzen.blijvendMs) ?? voorbij(sinds, grenzen.totaalMs);
}

/** The row with one more failure. */
function langer({ mislukt, sinds, blijvendSinds }: Reeks, klasse: Klasse, nu: Date): Reeks {
  return {
    mislukt: mislukt + 1,
    sinds: sinds ?? nu,
    blijvendSinds: klasse === 'blijvend' ? (blijvendSinds ?? nu) : null,
  };
}

/** When the next attempt may be: at the latest when the bound is reached, so that the last one comes right there. */
function volgende(reeks: Reeks, klasse: Klasse, { nu, toeval, grenzen }: Omstandigheden): Date {
  const { eerste, factor, langste } = RITME[klasse];
  const pauze = Math.min(langste, eerste * factor ** Math.min(reeks.mislukt - 1, 20));
  const straks = nu.getTime() + pauze * (0.5 + toeval() / 2);
  const eindes = [
    reeks.sinds && reeks.sinds.getTime() + grenzen.totaalMs,
    reeks.blijvendSinds && reeks.blijvendSinds.getTime() + grenzen.blijvendMs,
  ];
  const nog = eindes.filter((einde) => einde !== null && einde > nu.getTime()) as number[];
  return new Date(Math.min(straks, ...nog));
}

export interface Besluit {
  readonly bericht: Reeks;
  readonly ontvanger: Reeks;
  /** When the message is tried again; null: it is given up. */
  readonly volgendePoging: Date | null;
  /** Until when the whole postbus waits; null: it does not. */
  readonly rustTot: Date | null;
  /** So long has nothing arrived that what waits since before this moment is given up as well; null: not (yet). */
  readonly ookWachtendSinds: Date | null;
}

/**
 * @param oorzaak why this attempt failed
 * @param bericht the failures of the message before this one
 * @param ontvanger those of its receiver
 */
export function besluit(oorzaak: Oorzaak, bericht: Reeks, ontvanger: Reeks, omstandigheden: Omstandigheden): Besluit {
  const { klasse, treft } = OORZAKEN[oorzaak];
  const { nu } = omstandigheden;
  if (treft === 'ons') return { bericht, ontvanger, volgendePoging: nu, rustTot: null, ookWachtendSinds: null };
  const eigen = langer(bericht, klasse, nu);
  // A receiver that gives an answer, whatever it says, is there.
  const zijn = treft === 'bericht' ? GEEN_REEKS : langer(ontvanger, klasse, nu);
  const rustTot = treft === 'bericht' ? null : volgende(zijn, klasse, omstandigheden);
  const gaatOpzij = rustTot === null || (treft === 'onzeker' && eigen.mislukt >= HOUDT_OP);
  const eigenBeurt = volgende(eigen, klasse, omstandigheden).getTime();
  const straks = gaatOpzij ? new Date(Math.max(eigenBeurt, rustTot ? rustTot.getTime() + NA_ANDEREN : 0)) : rustTot;
  return {
    bericht: eigen,
    ontvanger: zijn,
    volgendePoging: grensVan(eigen, omstandigheden) ? null : straks,
    rustTot,
    ookWachtendSinds: grensVan(zijn, omstandigheden) ?? null,
  };
}
