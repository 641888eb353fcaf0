/** Opens an envelope that is there as a whole: to look at the message in it, not to take it in. */
import type { Envelop } from './envelop.ts';
import { EnvelopLezer, type Verpakking } from './lees.ts';

/** Everything before the first element is behind this, in any envelope that people make. */
const KOP_BYTES = 4096;
/** Declarations and comments, and then the name of the first element without its prefix. */
const EERSTE_ELEMENT = /^\s*(?:<[?!][\s\S]*?>\s*)*<(?:[^\s<>/:]+:)?([^\s<>/:]+)/;

const VERPAKKINGEN: Readonly<Record<string, Verpakking>> = {
  Envelope: 'soap',
  'envelopHeenbericht-ggk_Di01': 'kaal',
  'envelopRetourbericht-ggk_Du01': 'kaal',
  Fo01Bericht: 'kaal',
};

/** How the envelope comes that these bytes seem to be; whether they are one, its reader says. undefined: they are none. */
export function verpakkingVan(bytes: Uint8Array): Verpakking | undefined {
  const kop = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, KOP_BYTES)).toString('latin1');
  const naam = EERSTE_ELEMENT.exec(kop)?.[1] ?? '';
  return Object.hasOwn(VERPAKKINGEN, naam) ? VERPAKKINGEN[naam] : undefined;
}

export interface Uitgepakt {
  readonly envelop: Envelop;
  /** The bytes of the message; empty for a Fo01. */
  readonly inhoud: Buffer;
}

/** @throws StufFout when it is no good envelope */
export function pakUit(bytes: Uint8Array, verpakking: Verpakking): Uitgepakt {
  const stukken: Buffer[] = [];
  const lezer = new EnvelopLezer((stuk) => stukken.push(stuk), verpakking);
  lezer.lees(bytes);
  return { envelop: lezer.einde(), inhoud: Buffer.concat(stukken) };
}

/** The message in an envelope; of anything else the bytes themselves, and of an envelope that cannot be opened too. */
export function berichtUit(bytes: Buffer): Buffer {
  const verpakking = verpakkingVan(bytes);
  if (verpakking === undefined) return bytes;
  try {
    return pakUit(bytes, verpakking).inhoud;
  } catch {
    return bytes;
  }
}
