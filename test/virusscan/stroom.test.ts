/** A text larger than any scanner takes is scanned in pieces, and a signature that lies over the edge of a piece is found. */
import { describe, expect, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import type { Virusscanner } from '#src/virusscan/scanner.ts';
import { gescand } from '#src/virusscan/stroom.ts';

const MIB = 1024 * 1024;
const KWAAD = Buffer.from('KWAAD');

/** Finds one word, and takes no more than clamd does. */
function maakProefscanner() {
  const scans: { bytes: number; dicht: boolean }[] = [];
  const scanner: Virusscanner = {
    begin() {
      const stand = { bytes: 0, dicht: false };
      const stukken: Uint8Array[] = [];
      scans.push(stand);
      return {
        async voegToe(stuk) {
          stand.bytes += stuk.length;
          stukken.push(stuk);
        },
        async einde() {
          if (stand.bytes > 25 * MIB) throw new KnooppuntFout('tijdelijkNietBeschikbaar');
          if (Buffer.concat(stukken).includes(KWAAD)) throw new KnooppuntFout('virusGevonden');
        },
        sluit() {
          stand.dicht = true;
        },
      };
    },
  };
  return { scanner, scans };
}

const STUK = 65_536;
/** 40 MB, with the word at this place. */
async function* lang(plek?: number): AsyncGenerator<Uint8Array> {
  const alles = Buffer.alloc(40 * MIB, 'x');
  if (plek !== undefined) KWAAD.copy(alles, plek);
  for (let begin = 0; begin < alles.length; begin += STUK) yield alles.subarray(begin, begin + STUK);
}
async function lees(stroom: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const stuk of stroom) bytes += stuk.length;
  return bytes;
}

describe('in pieces', () => {
  test('all of it comes through, in scans that a scanner takes', async () => {
    const { scanner, scans } = maakProefscanner();
    expect(await lees(gescand(scanner, 'a', lang(), 'delen'))).toBe(40 * MIB);
    expect(scans.length).toBe(3);
    expect(scans.every(({ bytes, dicht }) => dicht && bytes <= 17 * MIB)).toBe(true);
  });

  test.each([0, 16 * MIB - 3, 16 * MIB, 32 * MIB - 64 * 1024, 40 * MIB - 5])('found at %i', async (plek) => {
    const { scanner, scans } = maakProefscanner();
    await expect(lees(gescand(scanner, 'a', lang(plek), 'delen'))).rejects.toMatchObject({ soort: 'virusGevonden' });
    expect(scans.every(({ dicht }) => dicht)).toBe(true);
  });
});

test('whole: what is larger than the scanner takes has no verdict, and does not get in', async () => {
  const { scanner } = maakProefscanner();
  await expect(lees(gescand(scanner, 'a', lang()))).rejects.toMatchObject({ soort: 'tijdelijkNietBeschikbaar' });
});

test('who stops reading halfway gives the place of the scan back', async () => {
  const { scanner, scans } = maakProefscanner();
  for await (const _ of gescand(scanner, 'a', lang())) break;
  expect(scans.map(({ dicht }) => dicht)).toEqual([true]);
});
