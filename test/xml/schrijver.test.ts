/** What is written comes out of a parser with the same content, whatever the text holds. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { blad, tak } from '#src/xml/boom.ts';
import { schrijfXml } from '#src/xml/schrijver.ts';
import { kinderen, leesBoom } from '../xsd/boom.ts';

const schrijf = (tekst: string): Buffer =>
  schrijfXml(tak('Bericht', 'urn:x', [blad('Tekst', 'urn:x', tekst)]), new Map([['urn:x', 'x']]));
const doorLibxml = (bytes: Uint8Array): string | undefined => kinderen(leesBoom(bytes))[0]?.inhoud.join('');

function doorSaxes(bytes: Buffer): string {
  const lezer = new SaxesParser();
  let hier = '';
  let tekst = '';
  lezer.on('opentag', ({ name }) => {
    hier = name;
  });
  lezer.on('closetag', () => {
    hier = '';
  });
  lezer.on('text', (stuk) => {
    if (hier === 'x:Tekst') tekst += stuk;
  });
  lezer.on('error', (fout) => {
    throw fout;
  });
  lezer.write(bytes.toString()).close();
  return tekst;
}

/** Every character that XML 1.0 allows. */
const teken = fc
  .oneof(
    fc.constantFrom(...'&<>"\'];\t\n\r \u0085\u2028\u2029\u00a0\ufeff\ufffd\ud7ff\ue000\u{10ffff}'),
    fc.constantFrom('\r\n', '\n\r', ']]>', '<!--', '&#13;', '&amp;', '🏠'),
    fc.integer({ min: 0x20, max: 0x10ffff }).map((punt) => String.fromCodePoint(punt)),
  )
  .filter((tekst) => !/[\ud800-\udfff\ufffe\uffff]/u.test(tekst));

describe('text', () => {
  test.each(['\r', 'a\rb', 'a\r\nb', '\r\n', 'a\n\rb', '&#13;\r'])('%j keeps its carriage returns', (tekst) => {
    expect([doorLibxml(schrijf(tekst)), doorSaxes(schrijf(tekst))]).toEqual([tekst, tekst]);
  });

  test('comes back as it was, with every character that XML allows', () => {
    fc.assert(
      fc.property(fc.array(teken, { maxLength: 20 }), (tekens) => {
        const tekst = tekens.join('');
        const bytes = schrijf(tekst);
        expect(doorSaxes(bytes)).toBe(tekst);
        // The binding of libxml2 takes a U+FEFF at the start of a text for a byte order mark.
        if (!tekst.startsWith('\ufeff')) expect(doorLibxml(bytes)).toBe(tekst);
      }),
      { numRuns: 1000 },
    );
  });
});

test('line ends in the bytes are CR/LF, also within text (OP192)', () => {
  const regels = schrijf('a\nb\rc').toString();
  expect(regels).toContain('>a\r\nb&#13;c<');
  expect(regels.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});
