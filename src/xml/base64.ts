/**
 * Decodes base64 that comes in pieces. Takes what xs:base64Binary takes: white space anywhere, every group of four complete, padding only
 * in the last, and no bits set that the padding leaves unused.
 */

/** So many characters are decoded at a time, however small the pieces: who gets the bytes never gets them by the three. */
const BLOK = 16 * 1024;

const WIT = /[\t\n\r ]+/g;
const GROEPEN = /^[A-Za-z0-9+/]*$/;
/** Of the last group, before its padding: the character of which not all bits count. */
const EEN_BYTE = /[AQgw]$/;
const TWEE_BYTES = /[AEIMQUYcgkosw048]$/;

/** Groups of four, of which the last may be padded. */
function isBase64(groepen: string): boolean {
  if (groepen.endsWith('==')) return isKaal(groepen.slice(0, -2), EEN_BYTE);
  return groepen.endsWith('=') ? isKaal(groepen.slice(0, -1), TWEE_BYTES) : GROEPEN.test(groepen);
}
const isKaal = (tekens: string, laatste: RegExp): boolean => GROEPEN.test(tekens) && laatste.test(tekens);

export class Base64Lezer {
  readonly #opBytes: (bytes: Buffer) => void;
  #wachtend = '';
  #goed = true;
  #opgevuld = false;

  constructor(opBytes: (bytes: Buffer) => void) {
    this.#opBytes = opBytes;
  }

  /** @returns whether it can still be base64; once false, nothing more is decoded */
  lees(tekst: string): boolean {
    if (!this.#goed) return false;
    this.#wachtend += tekst.replace(WIT, '');
    if (this.#wachtend.length >= BLOK) this.#decodeer();
    return this.#goed;
  }

  /** @returns whether all of it was base64 */
  einde(): boolean {
    this.#decodeer();
    return this.#goed && this.#wachtend === '';
  }

  #decodeer(): void {
    const lengte = this.#wachtend.length - (this.#wachtend.length % 4);
    if (!this.#goed || lengte === 0) return;
    const groepen = this.#wachtend.slice(0, lengte);
    this.#wachtend = this.#wachtend.slice(lengte);
    this.#goed = !this.#opgevuld && isBase64(groepen);
    this.#opgevuld = groepen.endsWith('=');
    if (this.#goed) this.#opBytes(Buffer.from(groepen, 'base64'));
  }
}
