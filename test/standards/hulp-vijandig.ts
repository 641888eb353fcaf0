/** Messages made to harm, to deceive or merely odd: what they are, and what must be said of them. */
import type { WeigeringSoort } from '#src/fouten.ts';
import { voorbeeld } from '../hulp/berichten.ts';

/**
 * What becomes of a message: right, refused before it is read as a message, findings of the XSD, findings of the rules, or a soort that
 * nobody knows.
 */
export type Afloop =
  | 'goed'
  | Extract<WeigeringSoort, 'geenXml' | 'xmlDtd' | 'xmlTeComplex'>
  | 'xsd'
  | 'regels'
  | 'onbekend';

export interface Geval {
  readonly naam: string;
  readonly afloop: Afloop;
  /** @param bytes about so many, where the size is the point of it */
  readonly maak: (bytes: number) => Uint8Array | string;
}

/** Stands in the messages wherever a sender may write something, and may stand in no sentence of ours. */
export const MERK = 'qzxjGEHEIM';

const GEWOON = voorbeeld('WMO301');
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const CLIENT = '<Client>';
const PRODUCTEN = '</ToegewezenProducten>';

/** The example with something before the first `naald`. */
function voor(naald: string, tekst: string, xml = GEWOON): string {
  const plaats = xml.indexOf(naald);
  return xml.slice(0, plaats) + tekst + xml.slice(plaats);
}
/** The example with this for the text of the first element of that name. */
const met = (element: string, tekst: string, xml = GEWOON): string =>
  xml.replace(new RegExp(`(<(?:\\w+:)?${element}>)[^<]*`), (_, begin: string) => begin + tekst);
/** So many of it as go into that many bytes. */
const gevuld = (bytes: number, stuk: string): string => stuk.repeat(Math.floor(bytes / Buffer.byteLength(stuk)));

const metDtd = (dtd: string, xml = GEWOON): string => voor('<Bericht', `${dtd}\n`, xml);
const inBsn = (tekst: string): string => met('Bsn', tekst);
const LACHERS = Array.from({ length: 9 }, (_, nr) => `<!ENTITY l${nr + 1} "${`&l${nr};`.repeat(10)}">`).join('');
const KWADRAAT = `<!ENTITY k "${'k'.repeat(100_000)}">`;
const attributen = (aantal: number): string => Array.from({ length: aantal }, (_, nr) => ` a${nr}="${MERK}"`).join('');
const utf16 = (tekst: string, grootEerst: boolean): Buffer => {
  const bytes = Buffer.from(tekst, 'utf16le');
  return grootEerst ? bytes.swap16() : bytes;
};
const bytes = (...delen: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(delen.map((deel) => (typeof deel === 'string' ? Buffer.from(deel) : Buffer.from(deel))));
/** The same every time. */
function ruis(lengte: number): Buffer {
  const uit = Buffer.alloc(lengte);
  for (let nr = 0, stand = 1; nr < lengte; nr += 1) {
    stand = (Math.imul(stand, 1_664_525) + 1_013_904_223) >>> 0;
    uit[nr] = stand >>> 24;
  }
  return uit;
}

type Rij = readonly [naam: string, maak: Uint8Array | string | ((bytes: number) => Uint8Array | string)];
const rijen = (afloop: Afloop, tabel: readonly Rij[]): readonly Geval[] =>
  tabel.map(([naam, maak]) => ({ naam, afloop, maak: typeof maak === 'function' ? maak : () => maak }));

const GEEN_XML: readonly Rij[] = [
  ['random bytes', (n) => ruis(n)],
  ['0 bytes', ''],
  ['only a BOM', bytes([0xef, 0xbb, 0xbf])],
  ['a BOM before a right message', bytes([0xef, 0xbb, 0xbf], GEWOON)],
  ['truncated XML', GEWOON.slice(0, GEWOON.length / 2)],
  ['UTF-16 with a BOM', bytes([0xff, 0xfe], [...utf16(GEWOON, false)])],
  ['UTF-16, big-endian, with a BOM', bytes([0xfe, 0xff], [...utf16(GEWOON, true)])],
  ['UTF-16 without a BOM', utf16(GEWOON, false)],
  ['UTF-16, big-endian, without a BOM', utf16(GEWOON, true)],
  ['a declaration of Latin-1', GEWOON.replace('UTF-8', 'ISO-8859-1')],
  ['a declaration of UTF-16', GEWOON.replace('UTF-8', 'UTF-16')],
  ['a declaration of an encoding that nobody has', GEWOON.replace('UTF-8', MERK)],
  ['Latin-1 that calls itself UTF-8', Buffer.from(GEWOON, 'latin1')],
  ['NUL bytes in a value', inBsn(`${MERK}\0`)],
  ['nothing but NUL bytes', (n) => Buffer.alloc(n)],
  ['a lone surrogate in UTF-8', bytes(GEWOON.slice(0, 2000), [0xed, 0xa0, 0x80], GEWOON.slice(2000))],
  ['overlong UTF-8', bytes(GEWOON.slice(0, 2000), [0xc0, 0xbc], GEWOON.slice(2000))],
  ['a reference to a lone surrogate', inBsn('&#xD800;')],
  ['a prefix that nobody declared', voor(CLIENT, `<x:${MERK}/>`)],
  ['a prefix that is unbound again', voor(CLIENT, `<iwmo:x xmlns:iwmo=""/>`)],
  ['the prefix xml bound to something else', GEWOON.replace('<Bericht ', `<Bericht xmlns:xml="urn:${MERK}" `)],
  ['the prefix xmlns declared', GEWOON.replace('<Bericht ', '<Bericht xmlns:xmlns="http://www.w3.org/2000/xmlns/" ')],
  ['a comment that never ends', (n) => voor(CLIENT, `<!--${gevuld(n / 4, ' x')}`).replaceAll('-->', '')],
  ['nothing but opening brackets', (n) => gevuld(n, '<')],
  ['nothing but unfinished tags', (n) => voor(CLIENT, gevuld(n - 9000, '<a '))],
  ['nothing but declarations of nothing', (n) => gevuld(n, '<!')],
  ['900,000 undeclared prefixes', voor(CLIENT, '<x:a/>'.repeat(900_000))],
];

const DTD: readonly Rij[] = [
  ['billion laughs', metDtd(`<!DOCTYPE Bericht [<!ENTITY l0 "ha">${LACHERS}]>`, inBsn('&l9;'))],
  ['quadratic blowup', metDtd(`<!DOCTYPE Bericht [${KWADRAAT}]>`, inBsn('&k;'.repeat(50_000)))],
  ['an external entity', metDtd('<!DOCTYPE Bericht [<!ENTITY x SYSTEM "file:///etc/passwd">]>', inBsn('&x;'))],
  [
    'an external entity on the network',
    metDtd('<!DOCTYPE Bericht [<!ENTITY x SYSTEM "http://192.0.2.1/">]>', inBsn('&x;')),
  ],
  ['a parameter entity', metDtd('<!DOCTYPE Bericht [<!ENTITY % x SYSTEM "http://192.0.2.1/"> %x;]>')],
  [
    'an entity in an attribute',
    metDtd('<!DOCTYPE Bericht [<!ENTITY x "y">]>', GEWOON.replace(CLIENT, '<Client a="&x;">')),
  ],
  ['an entity that nobody defined', inBsn(`&${MERK};`)],
  ['an entity that nobody defined in an attribute', GEWOON.replace(CLIENT, '<Client a="&x;">')],
  ['a DTD without an entity', metDtd('<!DOCTYPE Bericht>')],
  ['a DTD from elsewhere', metDtd('<!DOCTYPE Bericht SYSTEM "http://192.0.2.1/x.dtd">')],
  ['a DTD with a default attribute', metDtd('<!DOCTYPE Bericht [<!ATTLIST Client a CDATA "b">]>')],
  [
    'a DTD after megabytes of comment',
    (n) => metDtd(`<!--${gevuld(Math.min(n / 2, 9_000_000), 'x')}--><!DOCTYPE Bericht>`),
  ],
];

const TE_COMPLEX: readonly Rij[] = [
  ['100,000 nested elements', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
  ['100,000 nested elements in a message', voor(CLIENT, '<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
  ['1,000,000 attributes', `<Bericht${attributen(1_000_000)}/>`],
  ['1,000,000 namespaces', `<Bericht${attributen(1_000_000).replaceAll(' a', ' xmlns:a').replaceAll(MERK, 'u')}/>`],
  ['25 MB of one text', (n) => met('Straatnaam', gevuld(n - 9000, MERK))],
  ['25 MB of one comment', (n) => voor(CLIENT, `<!--${gevuld(n - 9000, MERK)}-->`)],
  ['25 MB of white space in a message', (n) => voor(CLIENT, gevuld(n - 9000, ' \n'))],
  ['25 MB of nothing but white space', (n) => gevuld(n, ' ')],
  ['25 MB of comments', (n) => voor(CLIENT, gevuld(n - 9000, '<!--x-->'))],
  ['25 MB of processing instructions', (n) => voor(CLIENT, gevuld(n - 9000, '<?a b?>'))],
  ['25 MB of comments with space between', (n) => voor(CLIENT, gevuld(n - 9000, '\n  <!--x-->'))],
  ['a value of 25 MB of CDATA sections', (n) => met('Straatnaam', gevuld(n - 9000, 'a<![CDATA[b]]>'))],
  ['a value of 1 MB with a comment in every word', met('Straatnaam', gevuld(1_000_000, `${MERK}<!---->`))],
  [
    'a value of 25 MB with a hundred comments',
    (n) => met('Straatnaam', `${gevuld(n / 100 - 100, 'x')}<!---->`.repeat(100)),
  ],
  ['25 MB of references', (n) => met('Straatnaam', gevuld(n - 9000, '&#65;'))],
  ['25 MB of ampersands', (n) => gevuld(n, '&amp;')],
  ['25 MB of empty elements', (n) => voor(CLIENT, gevuld(n - 9000, '<x/>'))],
  ['25 MB of elements with a namespace of their own', (n) => voor(CLIENT, gevuld(n - 9000, '<x xmlns="urn:a"/>'))],
  ['a very long name', (n) => `<${gevuld(n - 3, 'a')}/>`],
  ['a name of 60,000 characters', voor(CLIENT, `<${'a'.repeat(60_000)}/>`)],
  ['a very long attribute', (n) => GEWOON.replace(CLIENT, () => `<Client a="${gevuld(n - 9000, MERK)}">`)],
  ['a number of 25 MB', (n) => met('Volume', gevuld(n - 9000, '9'))],
];

const PATROONFOUT = `' is not accepted by the pattern '${MERK}' is not a valid value of the atomic type '${MERK}'.`;
const PRODUCT = /\s*<ToegewezenProduct>[\s\S]*<\/ToegewezenProduct>/.exec(GEWOON)?.[0] ?? '';

const XSD: readonly Rij[] = [
  ['a comment in the middle of a Bsn that is too long', inBsn('99990<!-- x -->00067')],
  ['a Bsn in a Bsn', voor('<Bsn>', '<Bsn>').replace('</Bsn>', '</Bsn></Bsn>')],
  [
    'sixty Bsn elements in each other, around 9 MB',
    voor('<Bsn>', `${'<Bsn>'.repeat(55)}${'9'.repeat(9_000_000)}${'</Bsn>'.repeat(55)}`),
  ],
  ['xsi:type of another class', GEWOON.replace(CLIENT, `<Client ${XSI} xsi:type="Header">`)],
  [
    'xsi:type of a wider simple type',
    GEWOON.replace('<Bsn>', `<Bsn ${XSI} xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">`),
  ],
  ['xsi:type that is nothing', GEWOON.replace(CLIENT, `<Client ${XSI} xsi:type="${MERK}">`)],
  ['xsi:nil', GEWOON.replace('<Bsn>', `<Bsn ${XSI} xsi:nil="true">`)],
  ['xsi:nil without content', GEWOON.replace(/<Bsn>\d+/, `<Bsn ${XSI} xsi:nil="true">`)],
  ['xsi:nil false', GEWOON.replace('<Bsn>', `<Bsn ${XSI} xsi:nil="false">`)],
  ['a prefix bound to the wrong namespace', GEWOON.replace(/xmlns:iwmo="[^"]*"/, `xmlns:iwmo="urn:${MERK}"`)],
  ['a prefix that changes halfway', GEWOON.replace('<iwmo:Datum>', '<iwmo:Datum xmlns:iwmo="urn:x">')],
  ['a default namespace that is taken away', GEWOON.replace('<Header>', '<Header xmlns="">')],
  ['an element of the basis namespace in the wrong place', voor(CLIENT, `<iwmo:Datum>${MERK}</iwmo:Datum>`)],
  ['a basis element in the namespace of the message', GEWOON.replaceAll('iwmo:Identificatie', 'Identificatie')],
  [
    'an attribute with a namespace that has a quote in it',
    GEWOON.replace(CLIENT, `<Client xmlns:q="urn:a'b" q:x="${MERK}">`),
  ],
  ['an element with a namespace that has a quote in it', voor(CLIENT, `<x xmlns="urn:a'b">${MERK}</x>`)],
  ['a value that looks like a message of the parser', inBsn(PATROONFOUT)],
  ['a long value that looks like many messages of the parser', inBsn(PATROONFOUT.repeat(900))],
  ['a year of 1 MB', met('Ingangsdatum', `${'9'.repeat(1_000_000)}-03-16`)],
  ['a year of 20 digits', met('Ingangsdatum', `${'9'.repeat(20)}-03-16`)],
  ['the year 0', met('Ingangsdatum', '0000-03-16')],
  ['a number of 1 MB', met('Volume', '9'.repeat(1_000_000))],
  ['a negative number of 1 MB', met('Volume', `-${'9'.repeat(1_000_000)}`)],
  ['10 MB of nothing but white space in a name', met('Achternaam', ' '.repeat(9_900_000))],
  ['10 MB of words and then a line end in a name', met('Achternaam', `${'a '.repeat(4_900_000)}&#10;`)],
  ['10 MB of nothing but white space in Commentaar', met('Commentaar', ' \n'.repeat(4_900_000), voorbeeld('WMO315'))],
  [
    'a header of 200,000 different elements',
    voor('</Header>', Array.from({ length: 200_000 }, (_, nr) => `<a${nr}/>`).join('')),
  ],
  ['200,000 Bsn elements', voor('<Bsn>', '<Bsn/>'.repeat(200_000))],
  [
    '3,000 namespaces in reach of 200,000 elements',
    voor(
      CLIENT,
      `${`<x${Array.from({ length: 60 }, (_, nr) => ` xmlns:n${nr}="urn:${nr}"`).join('')}>`.repeat(50)}${'<n9:a/>'.repeat(200_000)}${'</x>'.repeat(50)}`,
    ),
  ],
  ['attributes by the hundred thousand', voor(PRODUCTEN, `<ToegewezenProduct${attributen(60)}/>`.repeat(3_000))],
  [
    'the same fault in 10,000 values of one list',
    voor(PRODUCTEN, PRODUCT.replace(/(Volume>)[^<]*/, `$1${MERK}`).repeat(10_000)),
  ],
  [
    'hostile values by the hundred',
    voor(
      PRODUCTEN,
      PRODUCT.replace(/(Ingangsdatum>)[^<]*/, () => `Ingangsdatum>${PATROONFOUT.repeat(400)}`).repeat(150),
    ),
  ],
];

const GOED: readonly Rij[] = [
  ['a right message', GEWOON],
  ['CDATA in every leaf', GEWOON.replace(/>([^<>]*[^<>\s][^<>]*)<\//g, '><![CDATA[$1]]></')],
  ['processing instructions everywhere', GEWOON.replaceAll('><', '><?a b?><').replace(/>\n/g, `><?a ${MERK}?>\n`)],
  ['comments everywhere', GEWOON.replace(/>\n/g, `><!-- ${MERK} <!DOCTYPE --> \n`)],
  ['a comment in the middle of a Bsn', inBsn('9999<!-- x -->00006')],
  ['a Bsn of references', inBsn('&#57;&#x39;&#57;&#57;00006')],
  ['XML 1.1', GEWOON.replace('version="1.0"', 'version="1.1"')],
  [
    'the default namespace declared on every element',
    GEWOON.replace(/<([A-Z]\w*)>/g, '<$1 xmlns="http://www.istandaarden.nl/iwmo/3_2/wmo301/schema">'),
  ],
  [
    'a prefix bound again on every element',
    GEWOON.replace(
      /<iwmo:(\w+)>/g,
      '<x:$1 xmlns:x="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema">',
    ).replaceAll('</iwmo:', '</x:'),
  ],
  [
    'the prefixes swapped',
    GEWOON.replace('xmlns=', 'xmlns:b=')
      .replace('xmlns:iwmo=', 'xmlns=')
      .replace(/(<\/?)([A-Z])/g, '$1b:$2')
      .replaceAll('iwmo:', ''),
  ],
  ['xsi:type of its own class', GEWOON.replace(CLIENT, `<Client ${XSI} xsi:type="Client">`)],
  [
    'xsi:schemaLocation with 100,000 places',
    GEWOON.replace(
      '<Bericht ',
      () => `<Bericht ${XSI} xsi:schemaLocation="${'urn:a http://192.0.2.1/b.xsd '.repeat(100_000)}" `,
    ),
  ],
  ['CR/LF', GEWOON.replaceAll('\n', '\r\n')],
  ['on one line', GEWOON.replaceAll(/>\s+</g, '><')],
  ['a date before our era', met('Ingangsdatum', '-0044-03-15').replace(/(Einddatum>)[^<]*/, '$1-0043-03-15')],
  ['the year 12026', met('Einddatum', '12026-12-31')],
  ['leading zeros', met('Volume', '0000000003')],
  ['1 MB of leading zeros', met('Volume', `${'0'.repeat(1_000_000)}3`)],
  ['a plus sign', met('Volume', '+3')],
  [
    'megabytes of white space around a date',
    met('Einddatum', `${' '.repeat(4_000_000)}2026-12-31${'\n'.repeat(4_000_000)}`),
  ],
  ['a second in a million digits', met('Toewijzingstijd', `09:30:00.${'3'.repeat(1_000_000)}`)],
  ['10 MB of Commentaar', met('Commentaar', `${MERK} `.repeat(890_000), voorbeeld('WMO315'))],
  [
    '10 MB of Commentaar that begins with white space',
    met('Commentaar', `${' \t\n'.repeat(3_300_000)}x`, voorbeeld('WMO315')),
  ],
  ['a name with everything in it', met('Achternaam', `&lt;script&gt;&apos;--&quot;; ]]&gt; \u{1F3E0}\u0301 ${MERK}`)],
];

const REGELS: readonly Rij[] = [['a begin that lies 10,000 years behind the end', met('Ingangsdatum', '12026-03-16')]];

const ONBEKEND: readonly Rij[] = [
  ['another namespace', GEWOON.replace('/wmo301/', '/wmo399/')],
  ['another root element', GEWOON.replace('<Bericht ', '<Beri ').replace('</Bericht>', '</Beri>')],
  ['HTML that is XML', '<html><body><p/></body></html>'],
];

/** Every one of them must be dealt with at once. */
export const GEVALLEN: readonly Geval[] = [
  ...rijen('geenXml', GEEN_XML),
  ...rijen('xmlDtd', DTD),
  ...rijen('xmlTeComplex', TE_COMPLEX),
  ...rijen('xsd', XSD),
  ...rijen('goed', GOED),
  ...rijen('regels', REGELS),
  ...rijen('onbekend', ONBEKEND),
];
