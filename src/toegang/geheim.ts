/**
 * Secrets of clients. We make them, 256 random bits, and keep a scrypt hash only; the parameters stand with the hash, so that they can be
 * raised later. Form: scrypt$N$r$p$salt$hash.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { KnooppuntFout } from '../fouten.ts';

const ZOUT_BYTES = 16;
const HASH_BYTES = 32;
const N = 2 ** 15;
const R = 8;
const P = 1;
/** A hash takes 128 * N * r bytes, and one of the four threads that all cryptography shares for some 50 ms. A long row is cut off. */
const MAX_GEHEUGEN = 64 * 1024 * 1024;
const TEGELIJK = 2;
const MAX_WACHTEND = 64;

let bezig = 0;
const wachtend: (() => void)[] = [];

async function beurt(): Promise<void> {
  if (bezig < TEGELIJK) {
    bezig += 1;
    return;
  }
  if (wachtend.length >= MAX_WACHTEND) throw new KnooppuntFout('tijdelijkNietBeschikbaar');
  await new Promise<void>((klaar) => wachtend.push(klaar));
}

async function bereken(geheim: string, zout: Buffer, opties: ScryptOptions): Promise<Buffer> {
  await beurt();
  try {
    return await new Promise((klaar, mislukt) =>
      scrypt(geheim, zout, HASH_BYTES, { ...opties, maxmem: MAX_GEHEUGEN }, (fout, hash) =>
        fout ? mislukt(fout) : klaar(hash),
      ),
    );
  } finally {
    // Who waits takes over our place.
    const volgende = wachtend.shift();
    if (volgende) volgende();
    else bezig -= 1;
  }
}

/** A new secret, for its client to keep; it is shown once. */
export const nieuwGeheim = (): string => randomBytes(32).toString('base64url');

export async function hashGeheim(geheim: string): Promise<string> {
  const zout = randomBytes(ZOUT_BYTES);
  const hash = await bereken(geheim, zout, { N, r: R, p: P });
  return ['scrypt', N, R, P, zout.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Is this the secret of that hash? @throws KnooppuntFout tijdelijkNietBeschikbaar when too many are asked at the same time */
export async function isGeheim(geheim: string, tekst: string): Promise<boolean> {
  const [soort, n, r, p, zout = '', hash = ''] = tekst.split('$');
  if (soort !== 'scrypt') throw new Error('not a scrypt hash');
  const verwacht = Buffer.from(hash, 'base64url');
  const berekend = await bereken(geheim, Buffer.from(zout, 'base64url'), { N: Number(n), r: Number(r), p: Number(p) });
  return verwacht.length === berekend.length && timingSafeEqual(verwacht, berekend);
}

/** Costs as much as a secret that is wrong: who asks for a client that is not there must not hear it by the time it takes. */
export async function schijn(geheim: string): Promise<false> {
  await bereken(geheim, Buffer.alloc(ZOUT_BYTES), { N, r: R, p: P });
  return false;
}
