/**
 * A refused message as it goes back in the detailsXML of a Fo01, with its envelope. StUF asks for the original "including the envelope, if
 * possible". Of what passed the door only the message was kept; its envelope is written anew, and says of parties, numbers and functie what the
 * first one said. What came over REST gets one too: the reader of a Fo01 knows no other form.
 */
import { type Di01Gegevens, schrijfDi01, schrijfDu01 } from './schrijf.ts';

/** Up to this size a message is given back: its sender has it, and a postbus is no place for it twice. */
export const MAX_TERUG = 64 * 1024;

const DECLARATIE = /^<\?xml[^>]*\?>\s*/;

export interface Verzonden extends Omit<Di01Gegevens, 'bestandsnaam'> {
  /** A heenbericht travels in a Di01; any other needs the number of what it answers. */
  readonly heen: boolean;
  readonly kruisreferentie: string | null;
}

/** @returns a document without XML declaration; undefined when it is too large, or answers nothing that is known */
export function metEnvelop({ heen, kruisreferentie, ...gegevens }: Verzonden): Buffer | undefined {
  if (gegevens.inhoud.length > MAX_TERUG || (!heen && kruisreferentie === null)) return undefined;
  const envelop = heen ? schrijfDi01(gegevens) : schrijfDu01({ ...gegevens, kruisreferentie: kruisreferentie ?? '' });
  return Buffer.from(envelop.toString().replace(DECLARATIE, ''));
}
