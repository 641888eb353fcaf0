/** What a header says twice under one name: both readers tell the two apart, and nobody can make them keep much. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { StroomLezer } from '#src/xml/stroomlezer.ts';
import { leesVoorblad } from '#src/xml/voorblad.ts';
import { maakBericht, voorbeeld } from '../hulp/berichten.ts';

const inStroom = (bytes: Uint8Array): Readonly<Record<string, string>> => {
  const lezer = new StroomLezer();
  for (let hier = 0; hier < bytes.length; hier += 7) lezer.lees(bytes.subarray(hier, hier + 7));
  return lezer.einde().header;
};
const inEenKeer = (bytes: Uint8Array): Readonly<Record<string, string>> => leesVoorblad(bytes).header;
const LEZERS = [
  ['the reader of what is whole', inEenKeer],
  ['the reader of what streams', inStroom],
] as const;

describe.each(LEZERS)('%s', (_naam, lees) => {
  test('tells the identification of a 325 from that of its declaratie', () => {
    const header = lees(maakBericht('JW325'));
    expect(header.Identificatie).toBe('JG-2026-0325');
    expect(header['BerichtIdentificatie/Identificatie']).toBe('JG-2026-0325');
    expect(header['DeclaratieIdentificatie/Identificatie']).toBe('JA-2026-0323');
    expect(header['DeclaratieIdentificatie/Dagtekening']).toBe('2026-04-07');
    expect(header['Header/BerichtCode']).toBe('491');
  });

  test('is not misled by the order of elements, nor by a second header', () => {
    const xml = `<a><Header><D><I>2</I></D><B><I>1</I></B></Header><Header><B><I>3</I></B></Header></a>`;
    const header = lees(Buffer.from(xml));
    expect([header.I, header['B/I'], header['D/I']]).toEqual(['2', '1', '2']);
  });

  test('keeps no long names over and over', () => {
    const lang = 'n'.repeat(40_000);
    const bladeren = Array.from({ length: 150 }, (_, nr) => `<b${nr}>1</b${nr}>`).join('');
    const header = lees(Buffer.from(`<a><Header><${lang}>${bladeren}</${lang}></Header></a>`));
    expect(Object.keys(header)).toHaveLength(150);
    expect(header.b149).toBe('1');
  });
});

test.each(BERICHTSOORTEN)('$code: both say the same', ({ code }) => {
  const bytes = Buffer.from(voorbeeld(code));
  expect(inStroom(bytes)).toEqual(inEenKeer(bytes));
});

test('both say the same of any header', () => {
  const naam = fc.constantFrom('a', 'b', 'Header', 'Identificatie', '__proto__', 'constructor', 'x'.repeat(60));
  const { boom } = fc.letrec<{ boom: string }>((tie) => ({
    boom: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('1', ' ', '<!-- x -->', '<?p?>', '<![CDATA[2]]>'),
      fc.tuple(naam, fc.array(tie('boom'), { maxLength: 4 })).map(([n, delen]) => `<${n}>${delen.join('')}</${n}>`),
    ),
  }));
  fc.assert(
    fc.property(fc.array(boom, { maxLength: 6 }), (delen) => {
      const bytes = Buffer.from(`<a><b/><Header>${delen.join('')}</Header><c/></a>`);
      expect(inStroom(bytes)).toEqual(inEenKeer(bytes));
    }),
    { numRuns: 1000 },
  );
});
