/** Base64 in pieces: exactly what xs:base64Binary allows, and the same bytes however it was cut. */
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, test } from 'vitest';
import { Base64Lezer } from '#src/xml/base64.ts';
import { isGeldig, metDocument } from '../xsd/schemas.ts';

/** @returns the bytes, or undefined when it is no base64 */
function lees(stukken: readonly string[]): Buffer | undefined {
  const bytes: Buffer[] = [];
  const lezer = new Base64Lezer((stuk) => bytes.push(stuk));
  const zolang = stukken.every((stuk) => lezer.lees(stuk));
  return lezer.einde() && zolang ? Buffer.concat(bytes) : undefined;
}

const knip = (tekst: string, plaatsen: readonly number[]): string[] => {
  const grenzen = [...new Set(plaatsen.map((plaats) => plaats % (tekst.length + 1)))].sort((a, b) => a - b);
  return [0, ...grenzen].map((begin, nr) => tekst.slice(begin, grenzen[nr] ?? tekst.length));
};
const plaatsen = fc.array(fc.nat(), { maxLength: 8 });

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:base64Binary"/></xs:schema>`;
const schema = XmlDocument.fromString(SCHEMA);
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});
const volgensXsd = (tekst: string): boolean =>
  metDocument(Buffer.from(`<a>${tekst}</a>`), (document) => isGeldig(validator, document));

test('all bytes come back, however the text was cut and broken into lines', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      plaatsen,
      fc.constantFrom('', '\n', '\r\n', ' \t'),
      (bytes, waar, wit) => {
        const tekst = (
          Buffer.from(bytes)
            .toString('base64')
            .match(/.{1,20}/g) ?? []
        ).join(wit);
        expect(lees(knip(tekst, waar))?.equals(bytes)).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

// libxml2 ignores characters that are not in the alphabet at all; the XSD standard does not, and neither do we.
test('accepts what the XSD accepts, and no character from outside the alphabet', () => {
  const gok = fc.string({ unit: fc.constantFrom(...'AQgwEIab01+/== \n-'), maxLength: 12 });
  const bijna = fc
    .tuple(fc.uint8Array({ maxLength: 12 }), fc.nat(), fc.constantFrom('', '=', '==', 'A', ' ', '-', '\n=', '===='))
    .map(([bytes, plaats, erbij]) => {
      const tekst = Buffer.from(bytes).toString('base64');
      const hier = plaats % (tekst.length + 1);
      return tekst.slice(0, hier) + erbij + tekst.slice(hier + (plaats % 2));
    });
  fc.assert(
    fc.property(fc.oneof(gok, bijna), plaatsen, (tekst, waar) => {
      expect(lees(knip(tekst, waar)) !== undefined, JSON.stringify(tekst)).toBe(
        !tekst.includes('-') && volgensXsd(tekst),
      );
    }),
    { numRuns: 5000 },
  );
});

describe('refuses', () => {
  test.each([
    ['an incomplete group', 'QUJ'],
    ['padding in the middle', 'QQ==QUJD'],
    ['three padding characters', 'Q==='],
    ['padding alone', '===='],
    ['bits that the padding leaves unused', 'QR=='],
    ['the alphabet for URLs', '-_-_'],
    ['a character that is no letter', 'QUJ\u00a0'],
  ])('%s', (_wat, tekst) => {
    expect(lees([tekst])).toBeUndefined();
    expect(lees([...tekst])).toBeUndefined();
  });
});

test('hands on in blocks, however small the pieces are', () => {
  const maten: number[] = [];
  const lezer = new Base64Lezer((stuk) => maten.push(stuk.length));
  for (let nr = 0; nr < 50_000; nr += 1) lezer.lees('A');
  expect(lezer.einde()).toBe(true);
  expect(maten.length).toBeLessThan(10);
  expect(maten.reduce((som, maat) => som + maat, 0)).toBe(37_500);
});
