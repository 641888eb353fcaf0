/** Bytes on their way in, past the scanner: whoever reads them to the end knows that they are clean, because otherwise there is no end. */
import type { Scan, Virusscanner } from './scanner.ts';

/**
 * heel: one scan, which is what a file with others in it (ZIP) needs. delen: text that may be larger than any scanner takes, scanned in
 * pieces that overlap.
 */
export type Scanwijze = 'heel' | 'delen';

/** Below what clamd takes when nothing was configured (25 MB). */
const DEEL_BYTES = 16 * 1024 * 1024;
/** Longer than any signature of a text. */
const OVERLAP_BYTES = 64 * 1024;

/**
 * @param scanner undefined: this installation scans nothing
 * @param client who sends it: one client cannot take all places
 * @returns the same bytes. Reading throws KnooppuntFout virusGevonden, or tijdelijkNietBeschikbaar when there is no verdict, before the end
 */
export const gescand = (
  scanner: Virusscanner | undefined,
  client: string,
  inhoud: AsyncIterable<Uint8Array>,
  wijze: Scanwijze = 'heel',
): AsyncIterable<Uint8Array> => (scanner ? langs(scanner, client, inhoud, wijze) : inhoud);

async function* langs(
  scanner: Virusscanner,
  client: string,
  inhoud: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  wijze: Scanwijze,
): AsyncGenerator<Uint8Array> {
  let scan: Scan = scanner.begin(client);
  let bytes = 0;
  let staart = Buffer.alloc(0);
  try {
    for await (const stuk of inhoud) {
      await scan.voegToe(stuk);
      if (wijze === 'delen') {
        bytes += stuk.length;
        staart = Buffer.concat([staart, stuk]).subarray(-OVERLAP_BYTES);
        if (bytes >= DEEL_BYTES) {
          await scan.einde();
          scan.sluit();
          scan = scanner.begin(client);
          await scan.voegToe(staart);
          bytes = staart.length;
        }
      }
      yield stuk;
    }
    await scan.einde();
  } finally {
    scan.sluit();
  }
}

/** @throws KnooppuntFout virusGevonden, or tijdelijkNietBeschikbaar when there is no verdict */
export async function eisSchoon(scanner: Virusscanner | undefined, client: string, bytes: Uint8Array): Promise<void> {
  if (!scanner) return;
  for await (const _ of langs(scanner, client, [bytes], 'heel'));
}
