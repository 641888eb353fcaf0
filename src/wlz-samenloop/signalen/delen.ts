/** Parts of all HMACs: small enough to compare and commit in a moment, and each with its own lock. */

/** So many parts, a power of two of at most 256: a part is a range of first bytes. */
export const DELEN = 64;
const STAP = 256 / DELEN;
/** Beyond every HMAC. */
const EINDE = Buffer.alloc(33, 0xff);

/** Class of the advisory locks on the signals of a part. */
export const SIGNAAL_SLOT = 4202;

export interface Bereik {
  /** HMACs from here up to, not including, there. */
  readonly van: Buffer;
  readonly tot: Buffer;
}

/** @param deel 0 to DELEN - 1 */
export const bereikVan = (deel: number): Bereik => ({
  van: Buffer.from([deel * STAP]),
  tot: deel + 1 < DELEN ? Buffer.from([(deel + 1) * STAP]) : EINDE,
});

/** The range that holds one HMAC and no other. */
export const alleen = (hmac: Buffer): Bereik => ({ van: hmac, tot: Buffer.concat([hmac, Buffer.of(0)]) });

/** Which part an HMAC is in. */
export const deelVan = (hmac: Buffer): number => Math.floor((hmac[0] ?? 0) / STAP);
