/** Unpacks one file of a ZIP as it is read: no further than its stated size, and never silently other bytes than were packed. */
import { crc32, createInflateRaw } from 'node:zlib';
import { KnooppuntFout } from '../fouten.ts';
import type { Zipbron } from './zip-bron.ts';
import type { Ingang } from './zip-register.ts';

const STUK_BYTES = 64 * 1024;
/** Local header and end record: a ZIP in a ZIP begins with one of them. */
const ZIP_BEGIN = [Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('PK\x05\x06', 'latin1')];

const beschadigd = (oorzaak?: unknown): KnooppuntFout =>
  new KnooppuntFout('zipBestandOngeldig', 'Het bestand is beschadigd.', { cause: oorzaak });

function* inStukken(bytes: Buffer): Generator<Uint8Array> {
  for (let begin = 0; begin < bytes.length; begin += STUK_BYTES) yield bytes.subarray(begin, begin + STUK_BYTES);
}

/** Inflates on the thread pool, one piece ahead of the reader at most. */
async function* blaasOp(ingepakt: Buffer): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: STUK_BYTES });
  inflate.end(ingepakt);
  try {
    for await (const stuk of inflate) yield stuk as Buffer;
  } catch (oorzaak) {
    throw beschadigd(oorzaak);
  }
  // Bytes behind the end of the compressed data: zlib skips them, another reader might not.
  if (inflate.bytesWritten !== ingepakt.length) throw beschadigd();
}

/** Deflate makes little larger; what claims more than this is no file, and would only take memory. */
const MAX_INGEPAKT = (uitgepakt: number): number => 2 * uitgepakt + STUK_BYTES;

/**
 * @throws KnooppuntFout zipBestandOngeldig, when the content is not what the headers of the archive say
 */
export async function* pakUit(bron: Zipbron, ingang: Ingang): AsyncGenerator<Uint8Array> {
  if (ingang.ingepakt > MAX_INGEPAKT(ingang.uitgepakt)) throw beschadigd();
  const ingepakt = await bron.lees(ingang.begin, ingang.begin + ingang.ingepakt);
  let omvang = 0;
  let som = 0;
  for await (const stuk of ingang.methode === 0 ? inStukken(ingepakt) : blaasOp(ingepakt)) {
    if (omvang === 0 && ZIP_BEGIN.some((begin) => begin.equals(stuk.subarray(0, begin.length))))
      throw new KnooppuntFout('zipBestandOngeldig', 'Een ZIP-bestand in een ZIP-bestand wordt niet gelezen.');
    omvang += stuk.length;
    if (omvang > ingang.uitgepakt) throw beschadigd();
    som = crc32(stuk, som);
    yield stuk;
  }
  if (omvang !== ingang.uitgepakt || som !== ingang.crc32) throw beschadigd();
}
