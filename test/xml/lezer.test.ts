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

  test('het voorblad zegt namespace, header en betrokkenen', () => {
    const { namespace, wortel, header, bsns } = leesVoorblad(bytes);
    expect([namespace, wortel]).toEqual([soort(code).namespace, 'Bericht']);
    const naam = (veld: string) => waardeVan(bytes, veld);
    for (const veld of ['BerichtCode', 'Afzender', 'Ontvanger', 'Identificatie']) expect(header[veld]).toBe(naam(veld));
    expect([header.Afzender, header.Ontvanger].sort()).toEqual(Object.values(partijen(code)).sort());
    expect([...bsns]).toEqual([...new Set(bytes.toString().match(/(?<=<Bsn>)\d+/g))]);
  });

  test('beide lezers zeggen hetzelfde, ook als een teken over twee stukken valt', () => {
    const verwacht = leesVoorblad(bytes);
    for (const maten of [[bytes.length], [1], [2, 3, 5, 7], [1024]]) expect(inStukken(bytes, maten)).toEqual(verwacht);
  });
});

describe('wat er ook binnenkomt: een voorblad of een weigering, nooit iets anders', () => {
  test('willekeurige bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(uitkomst(leesVoorblad, bytes)).toHaveProperty('weigering');
        expect(uitkomst(inEenKeer, bytes)).toHaveProperty('weigering');
      }),
      { numRuns: 500 },
    );
  });

  test('willekeurige stukjes XML', () => {
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

  test('een bericht met gewijzigde bytes: beide lezers geven hetzelfde oordeel', () => {
    fc.assert(
      fc.property(gewijzigd, (bytes) => {
        expect(uitkomst(leesVoorblad, bytes)).toEqual(uitkomst(inEenKeer, bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('beide lezers', () => {
  const GEVALLEN: readonly (readonly [string, string])[] = [
    ['een BSN in stukken', '<a><Bsn>9999<!-- x --><?y?>000<![CDATA[06]]></Bsn></a>'],
    ['een BSN met een element erin', '<a><Bsn>9999<x/>00006</Bsn></a>'],
    ['een element voor een BSN', '<a><Bsn><x/>123456782</Bsn></a>'],
    ['een BSN in een BSN', '<a><Bsn>1<Bsn>2</Bsn>3</Bsn></a>'],
    ['een BSN met witruimte', '<a><Bsn> 999900006\n</Bsn></a>'],
    ['een leeg BSN', '<a><Bsn/><Bsn></Bsn></a>'],
    ['een BSN in een andere namespace', '<a xmlns:x="y"><x:Bsn>999900006</x:Bsn></a>'],
    ['een BSN in de header', '<a><Header><Bsn>999900006</Bsn></Header></a>'],
    ['twee headers', '<a><Header><B>1</B></Header><Header><B>2</B><C>3</C></Header></a>'],
    ['een header in een ander element', '<a><b><Header><B>1</B></Header></b></a>'],
    ['een header na ander werk', '<a><b/><Header><B>1</B></Header></a>'],
    ['twee keer hetzelfde in de header', '<a><Header><B>1</B><B>2</B></Header></a>'],
    ['geneste elementen in de header', '<a><Header><B>x<C>1</C>y</B></Header></a>'],
    ['een lege header', '<a><Header/></a>'],
    [
      'namen die in JavaScript iets zijn',
      '<a><Header><__proto__>1</__proto__><constructor>2</constructor><toString>3</toString></Header></a>',
    ],
    ['een verwerkingsopdracht voor de header', '<a><?x y?><Header><B>1</B></Header></a>'],
    ['een verwerkingsopdracht in de header', '<a><Header><?x y?><B>1</B></Header></a>'],
    ['verwijzingen naar tekens', '<a><Header><B>&#48;&#x33;&amp;</B></Header></a>'],
    ['een namespace op de wortel', '<x:a xmlns:x="urn:y"><x:Header><x:B>1</x:B></x:Header></x:a>'],
    ['regeleinden', '<a><Header><B>1\r\n2\r3</B></Header></a>'],
    ['XML 1.1', '<?xml version="1.1"?><a><Header><B>1</B></Header></a>'],
    ['XML 2.0', '<?xml version="2.0"?><a/>'],
    ['standalone', '<?xml version="1.0" standalone="yes"?><a/>'],
    ['een voorvoegsel zonder namespace', '<x:a/>'],
    ['een attribuut met een voorvoegsel zonder namespace', '<a x:b="1"/>'],
    ['twee gelijke attributen', '<a b="1" b="2"/>'],
    ['twee gelijke attributen via een namespace', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'],
    ['een namespace die geen URI is', '<a xmlns="not a uri"/>'],
    ['het voorvoegsel xmlns', '<a xmlns:xmlns="u"/>'],
    ['het voorvoegsel xml', '<a xml:lang="nl"/>'],
    ['een leeg voorvoegsel', '<a xmlns:x=""/>'],
    ['een dubbele punt te veel', '<a:b:c xmlns:a="u"/>'],
    ['kleiner dan in een attribuut', '<a b="<"/>'],
    ['een streepje te veel in commentaar', '<a><!-- a -- b --></a>'],
    ['het einde van CDATA in tekst', '<a>]]></a>'],
    ['een verwerkingsopdracht met de naam xml', '<a><?xml version="1.0"?></a>'],
    ['een teken dat niet mag', '<a>\u0001</a>'],
    ['een verwijzing naar een teken dat niet mag', '<a>&#1;</a>'],
    ['een verwijzing naar een half teken', '<a>&#xD800;</a>'],
    ['een teken dat nooit een teken is', '<a>\uFFFE</a>'],
    ['een entiteit die nergens staat', '<a>&x;</a>'],
    ['een entiteit in een attribuut', '<a b="&x;"/>'],
    ['een DTD', '<!DOCTYPE a><a/>'],
    ['een DTD met een entiteit', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['een DTD met een fout erin', '<!DOCTYPE a [<!ENTITY x>]><a/>'],
    ['64 lagen', '<a>'.repeat(64) + '</a>'.repeat(64)],
    ['65 lagen', '<a>'.repeat(65) + '</a>'.repeat(65)],
    ['300 lagen', '<a>'.repeat(300) + '</a>'.repeat(300)],
    ['64 attributen', `<a${Array.from({ length: 64 }, (_, nr) => ` b${nr}="1"`).join('')}/>`],
    ['65 attributen', `<a${Array.from({ length: 65 }, (_, nr) => ` b${nr}="1"`).join('')}/>`],
    ['een heel lange naam', `<${'a'.repeat(10_000)}/>`],
  ];
  test.each(GEVALLEN)('zeggen hetzelfde van %s', (_naam, xml) => {
    const bytes = Buffer.from(xml);
    expect(uitkomst(leesVoorblad, bytes)).toEqual(uitkomst(inEenKeer, bytes));
  });
});

test('een weigering noemt geen teken van het bericht', () => {
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
