/**
 * Judges from the bytes alone whether a message keeps within the bounds, before a parser builds anything of it. This follows the tags of
 * a well-formed document exactly; of another one it may say anything, and the parser that comes next refuses it.
 */
import { GRENZEN, type Grens, teComplex, telVerwijzingen } from './grenzen.ts';

const KLEINER = 0x3c;
const GROTER = 0x3e;
const SCHUIN = 0x2f;
const UITROEP = 0x21;
const VRAAG = 0x3f;
const ENKEL = 0x27;
const DUBBEL = 0x22;
const NIEUWE_REGEL = 0x0a;

function regelVan(bytes: Buffer, plaats: number): number {
  let regel = 1;
  for (let hier = 0; hier < plaats; hier += 1) if (bytes[hier] === NIEUWE_REGEL) regel += 1;
  return regel;
}

export interface Omvang {
  /** Where the DTD begins, when there is one where one may be: before the first element. */
  readonly dtd: number | undefined;
  /** So much of the message is worth reading: to its end, or to the first place where a parser must give up. */
  readonly tot: number;
}

class Meter {
  readonly #bytes: Buffer;
  #plaats = 0;
  #diepte = 0;
  #onderdelen = 0;
  #los = 0;
  /** Behind the last tag. */
  #naTag = 0;
  #elementGezien = false;
  #tot: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#tot = bytes.length;
  }

  meet(): Omvang {
    const bytes = this.#bytes;
    if (telVerwijzingen(bytes) > GRENZEN.verwijzingen) throw teComplex('verwijzingen', 0);
    for (let hier = 0; hier < this.#tot; ) {
      if (bytes[hier] !== KLEINER) {
        hier += 1;
        continue;
      }
      this.#plaats = hier;
      if (!this.#markering(bytes[hier + 1])) return { dtd: hier, tot: hier };
      hier = this.#plaats;
    }
    return { dtd: undefined, tot: this.#tot };
  }

  #tel(grens: Grens, aantal: number): void {
    if (aantal > GRENZEN[grens]) throw teComplex(grens, regelVan(this.#bytes, this.#plaats));
  }

  /** Behind the next `einde`, or the end of the message when there is none. */
  #voorbij(einde: string, vanaf: number): void {
    const plaats = this.#bytes.indexOf(einde, vanaf, 'latin1');
    this.#plaats = plaats < 0 ? this.#bytes.length : plaats + einde.length;
  }

  /** @returns false at what seems to be a DTD, which can only stand before the first element */
  #markering(soort: number | undefined): boolean {
    if (soort === SCHUIN) {
      this.#sluitStuk();
      this.#diepte -= 1;
      this.#naTag = this.#plaats += 2;
      return true;
    }
    if (soort !== UITROEP && soort !== VRAAG) {
      this.#begintag();
      return true;
    }
    this.#tel('onderdelen', ++this.#onderdelen);
    this.#tel('los', ++this.#los);
    const begin = this.#plaats;
    if (soort === VRAAG) this.#voorbij('?>', begin + 2);
    else if (this.#bytes.toString('latin1', begin, begin + 4) === '<!--') this.#voorbij('-->', begin + 4);
    else if (this.#bytes.toString('latin1', begin, begin + 9) === '<![CDATA[') this.#voorbij(']]>', begin + 9);
    else if (this.#elementGezien) this.#plaats += 2;
    else return false;
    return true;
  }

  #begintag(): void {
    const bytes = this.#bytes;
    this.#elementGezien = true;
    this.#sluitStuk();
    this.#tel('onderdelen', ++this.#onderdelen);
    this.#tel('diepte', ++this.#diepte);
    let attributen = 0;
    let hier = this.#plaats + 1;
    for (; hier < bytes.length && bytes[hier] !== GROTER; hier += 1) {
      const teken = bytes[hier];
      if (teken === KLEINER) {
        this.#tot = hier + 1;
        break;
      }
      if (teken !== ENKEL && teken !== DUBBEL) continue;
      attributen += 1;
      if (attributen > GRENZEN.attributen) throw teComplex('attributen', regelVan(bytes, hier));
      hier = bytes.indexOf(teken, hier + 1);
      if (hier < 0) hier = bytes.length;
    }
    if (bytes[hier - 1] === SCHUIN) this.#diepte -= 1;
    this.#onderdelen += attributen;
    this.#naTag = this.#plaats = hier + 1;
  }

  /** At a tag: what stands between it and the one before. */
  #sluitStuk(): void {
    this.#tel('lengte', this.#plaats - this.#naTag);
    this.#los = 0;
  }
}

/**
 * @param bytes a whole message in UTF-8
 * @throws KnooppuntFout xmlTeComplex when the message passes a bound
 */
export const meet = (bytes: Buffer): Omvang => new Meter(bytes).meet();
