/**
 * Reading what a message says of itself. There are two readers, for small and for large messages; they must say and refuse the same,
 * whatever comes in and in whatever pieces.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { StroomLezer } from '#src/xml/stroomlezer.ts';
import { leesVoorblad, type Voorblad } from '#src/xml/voorblad.ts';
import { partijen, soort, voorbeeld, waardeVan } from '../hulp/berichten.ts';

/** Reads in pieces of these sizes, over and over. */
function inStukken(bytes: Uint8Array, maten: readonly number[]): Voorblad {
  const lezer = new StroomLezer();
  for (let hier = 0, nr = 0; hier < bytes.length; nr += 1) {
    const maat = maten[nr % maten.length] ?? bytes.length;
    lezer.lees(bytes.subarray(hier, hier + maat));
    hier += maat;
  }
  return lezer.einde();
}
const inEenKeer = (bytes: Uint8Array): Voorblad => inStukken(bytes, [bytes.length]);

type Uitkomst = { readonly voorblad: Voorblad } | { readonly weigering: string };
/** What a reader says; anything but a refusal is thrown on. */
function uitkomst(lees: (bytes: Uint8Array) => Voorblad, bytes: Uint8Array): Uitkomst {
  try {
    return { voorblad: lees(bytes) };
  } catch (fout) {
    if (!(fout instanceof KnooppuntFout)) throw fout;
    return { weigering: fout.soort };
  }
}

describe.each(BERICHTSOORTEN)('$code', ({ code }) => {
  const bytes = Buffer.from(voorbeeld(code));

  test('the voorblad tells namespace, header and betrokkenen', () => {
    const { namespace, wortel, header, bsns } = leesVoorblad(bytes);
    expect([namespace, wortel]).toEqual([soort(code).namespace, 'Bericht']);
    const naam = (veld: string) => waardeVan(bytes, veld);
    for (const veld of ['BerichtCode', 'Afzender', 'Ontvanger', 'Identificatie']) expect(header[veld]).toBe(naam(veld));
    expect([header.Afzender, header.Ontvanger].sort()).toEqual(Object.values(partijen(code)).sort());
    expect([...bsns]).toEqual([...new Set(bytes.toString().match(/(?<=<Bsn>)\d+/g))]);
  });

  test('both readers say the same, even when a character falls across two chunks', () => {
    const verwacht = leesVoorblad(bytes);
    for (const maten of [[bytes.length], [1], [2, 3, 5, 7], [1024]]) expect(inStukken(bytes, maten)).toEqual(verwacht);
  });
});

describe('whatever comes in: a voorblad or a refusal, never anything else', () => {
  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(uitkomst(leesVoorblad, bytes)).toHaveProperty('weigering');
        expect(uitkomst(inEenKeer, bytes)).toHaveProperty('weigering');
      }),
      { numRuns: 500 },
    );
  });

  test('arbitrary bits of XML', () => {
    const stukje = fc.constantFrom(
      ...[
        '<a>',
        '</a>',
        '<Bsn>',
        '</Bsn>',
        '<Header>',
        '</Header>',
        '<a b="c">',
        '<b/>',
        '&lt;',
        '&#65;',
        '&x;',
        '<!-- x -->',
        '<![CDATA[',
        ']]>',
      ],
      ...[
        '<?p?>',
        '<!DOCTYPE a>',
        '<__proto__>',
        '</__proto__>',
        'xmlns:x="y"',
        '"',
        "'",
        '999900006',
        ' ',
        '\n',
        'é',
        '\u{1F3E0}',
        '\uFEFF',
        '\u0000',
        '<x:a>',
      ],
    );
    fc.assert(
      fc.property(fc.array(stukje, { maxLength: 30 }), (stukjes) => {
        const bytes = Buffer.from(`<a>${stukjes.join('')}</a>`);
        expect(uitkomst(leesVoorblad, bytes)).toEqual(uitkomst(inEenKeer, bytes));
      }),
      { numRuns: 2000 },
    );
  });

  const gewijzigd = fc
    .record({
      code: fc.constantFrom('WMO301', 'JW323', 'WMO302', 'JW325'),
      plaatsen: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      }),
      wijze: fc.constantFrom('vervang', 'voeg in', 'kap af'),
    })
    .map(({ code, plaatsen, wijze }) => {
      let bytes = Buffer.from(voorbeeld(code));
      for (const [deel, byte] of plaatsen) {
        const plek = Math.floor(deel * bytes.length);
        if (wijze === 'vervang') bytes[plek] = byte;
        else if (wijze === 'voeg in')
          bytes = Buffer.concat([bytes.subarray(0, plek), Buffer.from([byte]), bytes.subarray(plek)]);
        else bytes = bytes.subarray(0, plek + 1);
      }
      return bytes;
    });

  test('a bericht with changed bytes: both readers give the same verdict', () => {
    fc.assert(
      fc.property(gewijzigd, (bytes) => {
        expect(uitkomst(leesVoorblad, bytes)).toEqual(uitkomst(inEenKeer, bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('both readers', () => {
  const GEVALLEN: readonly (readonly [string, string])[] = [
    ['a BSN in pieces', '<a><Bsn>9999<!-- x --><?y?>000<![CDATA[06]]></Bsn></a>'],
    ['a BSN with an element in it', '<a><Bsn>9999<x/>00006</Bsn></a>'],
    ['an element before a BSN', '<a><Bsn><x/>123456782</Bsn></a>'],
    ['a BSN in a BSN', '<a><Bsn>1<Bsn>2</Bsn>3</Bsn></a>'],
    ['a BSN with white space', '<a><Bsn> 999900006\n</Bsn></a>'],
    ['an empty BSN', '<a><Bsn/><Bsn></Bsn></a>'],
    ['a BSN in another namespace', '<a xmlns:x="y"><x:Bsn>999900006</x:Bsn></a>'],
    ['a BSN in the header', '<a><Header><Bsn>999900006</Bsn></Header></a>'],
    ['two headers', '<a><Header><B>1</B></Header><Header><B>2</B><C>3</C></Header></a>'],
    ['a header in another element', '<a><b><Header><B>1</B></Header></b></a>'],
    ['a header after other content', '<a><b/><Header><B>1</B></Header></a>'],
    ['the same thing twice in the header', '<a><Header><B>1</B><B>2</B></Header></a>'],
    ['nested elements in the header', '<a><Header><B>x<C>1</C>y</B></Header></a>'],
    ['an empty header', '<a><Header/></a>'],
    [
      'names that are something in JavaScript',
      '<a><Header><__proto__>1</__proto__><constructor>2</constructor><toString>3</toString></Header></a>',
    ],
    ['a processing instruction before the header', '<a><?x y?><Header><B>1</B></Header></a>'],
    ['a processing instruction in the header', '<a><Header><?x y?><B>1</B></Header></a>'],
    ['character references', '<a><Header><B>&#48;&#x33;&amp;</B></Header></a>'],
    ['a namespace on the root', '<x:a xmlns:x="urn:y"><x:Header><x:B>1</x:B></x:Header></x:a>'],
    ['line ends', '<a><Header><B>1\r\n2\r3</B></Header></a>'],
    ['XML 1.1', '<?xml version="1.1"?><a><Header><B>1</B></Header></a>'],
    ['XML 2.0', '<?xml version="2.0"?><a/>'],
    ['standalone', '<?xml version="1.0" standalone="yes"?><a/>'],
    ['a prefix without a namespace', '<x:a/>'],
    ['an attribute with a prefix without a namespace', '<a x:b="1"/>'],
    ['two equal attributes', '<a b="1" b="2"/>'],
    ['two equal attributes by way of a namespace', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'],
    ['a namespace that is not a URI', '<a xmlns="not a uri"/>'],
    ['the prefix xmlns', '<a xmlns:xmlns="u"/>'],
    ['the prefix xml', '<a xml:lang="nl"/>'],
    ['an empty prefix', '<a xmlns:x=""/>'],
    ['a colon too many', '<a:b:c xmlns:a="u"/>'],
    ['less-than in an attribute', '<a b="<"/>'],
    ['a hyphen too many in a comment', '<a><!-- a -- b --></a>'],
    ['the end of CDATA in text', '<a>]]></a>'],
    ['a processing instruction with the name xml', '<a><?xml version="1.0"?></a>'],
    ['a character that is not allowed', '<a>\u0001</a>'],
    ['a reference to a character that is not allowed', '<a>&#1;</a>'],
    ['a reference to half a character', '<a>&#xD800;</a>'],
    ['a character that is never a character', '<a>\uFFFE</a>'],
    ['an entity defined nowhere', '<a>&x;</a>'],
    ['an entity in an attribute', '<a b="&x;"/>'],
    ['a DTD', '<!DOCTYPE a><a/>'],
    ['a DTD with an entity', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a DTD with an error in it', '<!DOCTYPE a [<!ENTITY x>]><a/>'],
    ['64 levels', '<a>'.repeat(64) + '</a>'.repeat(64)],
    ['65 levels', '<a>'.repeat(65) + '</a>'.repeat(65)],
    ['300 levels', '<a>'.repeat(300) + '</a>'.repeat(300)],
    ['64 attributes', `<a${Array.from({ length: 64 }, (_, nr) => ` b${nr}="1"`).join('')}/>`],
    ['65 attributes', `<a${Array.from({ length: 65 }, (_, nr) => ` b${nr}="1"`).join('')}/>`],
    ['a very long name', `<${'a'.repeat(10_000)}/>`],
  ];
  test.each(GEVALLEN)('say the same of %s', (_naam, xml) => {
    const bytes = Buffer.from(xml);
    expect(uitkomst(leesVoorblad, bytes)).toEqual(uitkomst(inEenKeer, bytes));
  });
});

test('a refusal names no character of the bericht', () => {
  for (const xml of [
    '<a>&geheim;</a>',
    '<geheim>',
    '<a></geheim>',
    '<a geheim>',
    '<!DOCTYPE geheim><a/>',
    '<a>geheim\u0001</a>',
  ]) {
    for (const lees of [leesVoorblad, inEenKeer]) {
      const fout = expect(() => lees(Buffer.from(xml)));
      fout.toThrow(KnooppuntFout);
      fout.not.toThrow(/geheim/);
    }
  }
});
