/** How long a session holds. Pure. */

const MINUUT_MS = 60_000;

/** Of who is logged in, and of who is on the way there. */
export const TERMIJNEN = {
  aangemeld: { stilMs: 30 * MINUUT_MS, heelMs: 8 * 60 * MINUUT_MS },
  onderweg: { stilMs: 15 * MINUUT_MS, heelMs: 30 * MINUUT_MS },
} as const;

/** That somebody is still there is written at most this often. */
export const GEZIEN_MS = MINUUT_MS;

export interface Tijden {
  readonly aangemeld: boolean;
  readonly gemaaktOp: Date;
  readonly gezienOp: Date;
}

/** Is a session over: nothing was done for too long, or it is too old? */
export function isVerlopen({ aangemeld, gemaaktOp, gezienOp }: Tijden, nu: number): boolean {
  const { stilMs, heelMs } = TERMIJNEN[aangemeld ? 'aangemeld' : 'onderweg'];
  return nu - +gezienOp >= stilMs || nu - +gemaaktOp >= heelMs;
}
