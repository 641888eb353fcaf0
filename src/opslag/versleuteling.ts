/**
 * Encryption of payloads at rest: AES-256-GCM, a fresh nonce per payload, the bericht id bound in as additional data, so that
 * ciphertexts cannot be swapped between rows. Layout: nonce (12), ciphertext, tag (16).
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Sleutels } from './sleutels.ts';

const ALGORITME = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A shorter tag would be accepted otherwise. */
const TAG = { authTagLength: TAG_BYTES };

export interface Versleuteld {
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
}

/** Encrypts a payload chunk by chunk, so that intake never holds the plain text of a whole message. */
export class Versleutelaar {
  readonly sleutelId: string;
  readonly #stukken: Buffer[];
  readonly #cijfer;

  constructor(sleutels: Sleutels, berichtId: string, sleutelId = sleutels.actief) {
    const sleutel = sleutels.inhoud.get(sleutelId);
    if (!sleutel) throw new Error('active key is missing');
    const nonce = randomBytes(NONCE_BYTES);
    this.sleutelId = sleutelId;
    this.#stukken = [nonce];
    this.#cijfer = createCipheriv(ALGORITME, sleutel, nonce, TAG).setAAD(Buffer.from(berichtId));
  }

  voegToe(stuk: Uint8Array): void {
    this.#stukken.push(this.#cijfer.update(stuk));
  }

  einde(): Versleuteld {
    this.#stukken.push(this.#cijfer.final(), this.#cijfer.getAuthTag());
    return { sleutelId: this.sleutelId, cijfertekst: Buffer.concat(this.#stukken) };
  }
}

/**
 * Encrypts a payload that is already whole.
 * @param sleutelId default: the key for payloads. What outlives a message is encrypted with `sleutels.vast`
 */
export function versleutel(
  sleutels: Sleutels,
  berichtId: string,
  bytes: Uint8Array,
  sleutelId = sleutels.actief,
): Versleuteld {
  const versleutelaar = new Versleutelaar(sleutels, berichtId, sleutelId);
  versleutelaar.voegToe(bytes);
  return versleutelaar.einde();
}

/**
 * @returns the payload, byte for byte as it was received
 * @throws when the key is gone, or the ciphertext is not the one stored for this bericht
 */
export function ontsleutel(sleutels: Sleutels, berichtId: string, { sleutelId, cijfertekst }: Versleuteld): Buffer {
  const sleutel = sleutels.inhoud.get(sleutelId);
  if (!sleutel) throw new Error(`key ${sleutelId} is not there`);
  const eind = cijfertekst.length - TAG_BYTES;
  if (eind < NONCE_BYTES) throw new Error('ciphertext is too short');
  const cijfer = createDecipheriv(ALGORITME, sleutel, cijfertekst.subarray(0, NONCE_BYTES), TAG)
    .setAAD(Buffer.from(berichtId))
    .setAuthTag(cijfertekst.subarray(eind));
  return Buffer.concat([cijfer.update(cijfertekst.subarray(NONCE_BYTES, eind)), cijfer.final()]);
}

/** The keyed pseudonym of a BSN: the only form in which one is stored outside a payload. */
export const pseudoniem = (sleutels: Sleutels, bsn: string): Buffer =>
  createHmac('sha256', sleutels.hmac).update(bsn).digest();
