/**
 * A ZIP with messages. What is wrong with the archive as a whole (no ZIP, a password, too many files, headers that contradict each other)
 * refuses all of it, before a single message is stored; what is wrong with one file is told when its content is read, and the others go on.
 *
 * The limits are judged by the sizes that the archive states, and a file that unpacks to more than it stated is broken off at that byte.
 * So nothing is ever unpacked beyond them, and a file is never whole in memory here.
 */
import { KnooppuntFout } from '../fouten.ts';
import { bezwaarTegen } from './zip-bezwaren.ts';
import { uitGeheugen, type Zipbron } from './zip-bron.ts';
import { pakUit } from './zip-inhoud.ts';
import { type Ingang, leesRegister } from './zip-register.ts';

export interface Zipgrenzen {
  readonly maxBestanden: number;
  readonly maxBestandBytes: number;
  /** All files together, unpacked. */
  readonly maxTotaalBytes: number;
}

export interface Zipbestand {
  /** Its name, fit to be shown: in the answer to the sender only, for a name can name a person. */
  readonly bestand: string;
  /** Bytes to make room for; reading gives no more than this. */
  readonly omvang: number;
  /** Unpacked anew each time that it is read. Throws a KnooppuntFout when the file is refused; of a file that is damaged, at its last byte at the latest. */
  readonly inhoud: AsyncIterable<Uint8Array>;
}

/** Do these bytes begin as a ZIP does? No message begins like that. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** The whole content of a file. @throws KnooppuntFout when the file is refused */
export async function inhoudVan({ inhoud }: Zipbestand): Promise<Buffer> {
  const stukken: Uint8Array[] = [];
  for await (const stuk of inhoud) stukken.push(stuk);
  return Buffer.concat(stukken);
}

/** The norm allows 30 files of 25 MB (IB902, IB904). Together they may be as large as ten, a limit of our own. */
export const zipgrenzen = (maxBestandBytes: number): Zipgrenzen => ({
  maxBestanden: 30,
  maxBestandBytes,
  maxTotaalBytes: 10 * maxBestandBytes,
});

const MAX_NAAM = 255;
const toonbaar = (naam: string): string =>
  [...naam.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')].slice(0, MAX_NAAM).join('');

/** A content that cannot be read. */
const geweigerd = (fout: KnooppuntFout): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(fout) }),
});

/** Names that more than one file has. */
function dubbeleNamen(ingangen: readonly Ingang[]): ReadonlySet<string> {
  const gezien = new Set<string>();
  const dubbel = new Set<string>();
  for (const { naam } of ingangen) {
    if (gezien.has(naam)) dubbel.add(naam);
    gezien.add(naam);
  }
  return dubbel;
}

/**
 * Opens a ZIP.
 * @param waar its bytes, or where they are
 * @returns its files in the order of the archive, nothing of them unpacked yet
 * @throws KnooppuntFout zipOngeldig, zipLeeg, zipTeVeelBestanden, zipWachtwoord or zipTeGroot, when the ZIP is refused as a whole
 */
export async function leesZip(waar: Buffer | Zipbron, grenzen: Zipgrenzen): Promise<readonly Zipbestand[]> {
  const bron = Buffer.isBuffer(waar) ? uitGeheugen(waar) : waar;
  const ingangen = await leesRegister(bron, grenzen.maxBestanden);
  const dubbel = dubbeleNamen(ingangen);
  const beoordeeld = ingangen.map((ingang) => ({
    ingang,
    bezwaar: bezwaarTegen(ingang, { maxBestandBytes: grenzen.maxBestandBytes, dubbel }),
  }));
  const bruikbaar = beoordeeld.filter(({ bezwaar }) => bezwaar === undefined);
  if (bruikbaar.reduce((som, { ingang }) => som + ingang.uitgepakt, 0) > grenzen.maxTotaalBytes)
    throw new KnooppuntFout('zipTeGroot');
  return beoordeeld.map(({ ingang, bezwaar }) => ({
    bestand: toonbaar(ingang.naam),
    omvang: bezwaar ? 0 : ingang.uitgepakt,
    inhoud: bezwaar ? geweigerd(bezwaar) : { [Symbol.asyncIterator]: () => pakUit(bron, ingang) },
  }));
}
