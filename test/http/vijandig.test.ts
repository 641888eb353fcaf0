/** XML made to harm or to deceive: refused while it is read, in little memory and little time, and nothing of it is stored. */
import { afterAll, describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { laatNietsAchter } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const wmo301 = voorbeeld('WMO301');
const [DECLARATIE = '', ...REST] = wmo301.split('\n');
const KERN = REST.join('\n');

const levert = (lijf: Uint8Array | string): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, { pad: '/v1/berichten', koppen: { Authorization: 'Bearer demo-0363' }, lijf });

type Geval = readonly [naam: string, lijf: Uint8Array | string];

const metDtd = (dtd: string, xml = KERN): string => `${DECLARATIE}\n${dtd}\n${xml}`;
const lachers = Array.from({ length: 9 }, (_, nr) => `<!ENTITY l${nr + 1} "${`&l${nr};`.repeat(10)}">`).join('');
const inBsn = (tekst: string): string => KERN.replace('999900006', tekst);
/** The example as Latin-1, with a letter that is no UTF-8 there. */
const latin1 = Buffer.from(wmo301.replaceAll('ouédraogo', 'é'), 'latin1');
const utf16 = (tekst: string, grootEerst: boolean): Buffer => {
  const bytes = Buffer.from(tekst, 'utf16le');
  return grootEerst ? bytes.swap16() : bytes;
};

const GEEN_XML: readonly Geval[] = [
  ['nothing', ''],
  ['white space only', ' \n\t '],
  ['a declaration only', DECLARATIE],
  ['plain text', 'Geachte heer, mevrouw'],
  ['JSON', '{"Bericht":{}}'],
  ['HTML', '<html><body><p>niet<br></body></html>'],
  ['a bericht that ends halfway', wmo301.slice(0, wmo301.length / 2)],
  ['a bericht without its last character', wmo301.trimEnd().slice(0, -1)],
  ['two berichten in a row', wmo301 + KERN],
  ['text after the bericht', `${wmo301}einde`],
  ['a DTD after the bericht', `${wmo301}<!DOCTYPE Bericht>`],
  ['text before the bericht', `a${wmo301}`],
  ['white space before the declaration', `\n${wmo301}`],
  ['wrongly nested', wmo301.replace('</Bsn>', '</Client>')],
  ['two equal attributes', wmo301.replace('<Bericht ', '<Bericht a="1" a="1" ')],
  ['an attribute without quotes', wmo301.replace('<Header>', '<Header a=1>')],
  ['a prefix without a namespace', wmo301.replaceAll('iwmo:Datum', 'x:Datum')],
  ['a NUL', wmo301.replace('999900006', '\u0000')],
  ['a control character', wmo301.replace('999900006', '\u0008')],
  ['a reference to NUL', wmo301.replace('999900006', '&#0;')],
  ['a bare ampersand', wmo301.replace('999900006', 'a & b')],
  ['UTF-16, little-endian, with a BOM', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(wmo301, false)])],
  ['UTF-16, big-endian, with a BOM', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(wmo301, true)])],
  ['UTF-16 without a BOM', utf16(wmo301, false)],
  ['UTF-8 with a BOM', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(wmo301)])],
  ['Latin-1 with a declaration of UTF-8', latin1],
  ['a declaration of Latin-1', wmo301.replace('UTF-8', 'ISO-8859-1')],
  ['a declaration of UTF-16', wmo301.replace('UTF-8', 'UTF-16')],
  ['a declaration of an encoding that does not exist', wmo301.replace('UTF-8', 'x-geheim')],
  ['half a character at the end', Buffer.concat([Buffer.from(`${wmo301}<!-- `), Buffer.from([0xc3])])],
  ['an overlong character', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc0, 0xbc]), Buffer.from('</a>')])],
  ['a lone surrogate', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('</a>')])],
];

const DTD: readonly Geval[] = [
  ['an empty DTD', metDtd('<!DOCTYPE Bericht>')],
  ['a DTD from elsewhere', metDtd('<!DOCTYPE Bericht SYSTEM "http://127.0.0.1:1/kwaad.dtd">')],
  ['a public DTD', metDtd('<!DOCTYPE Bericht PUBLIC "-//W3C//DTD XHTML 1.0//EN" "xhtml.dtd">')],
  ['an external entity', metDtd('<!DOCTYPE Bericht [<!ENTITY x SYSTEM "file:///etc/passwd">]>', inBsn('&x;'))],
  ['a parameter entity', metDtd('<!DOCTYPE Bericht [<!ENTITY % x SYSTEM "http://127.0.0.1:1/"> %x;]>')],
  ['a billion laughs', metDtd(`<!DOCTYPE Bericht [<!ENTITY l0 "ha">${lachers}]>`, inBsn('&l9;'))],
  ['an entity that names itself', metDtd('<!DOCTYPE Bericht [<!ENTITY x "&x;">]>', inBsn('&x;'))],
  ['an entity that is declared nowhere', wmo301.replace('999900006', '&nbsp;')],
  ['an entity in an attribute', wmo301.replace('<Header>', '<Header a="&x;">')],
];

const diep = (aantal: number): string => '<a>'.repeat(aantal) + '</a>'.repeat(aantal);
const attributen = (aantal: number): string => Array.from({ length: aantal }, (_, nr) => ` a${nr}="1"`).join('');
const TE_COMPLEX: readonly Geval[] = [
  ['65 levels deep', diep(65)],
  ['a million levels deep', diep(1_000_000)],
  ['a million attributes', `<Bericht${attributen(1_000_000)}/>`],
  ['65 attributes', `<Bericht${attributen(65)}/>`],
  ['a thousand namespaces', `<Bericht${attributen(1000).replaceAll(' a', ' xmlns:a')}/>`],
  ['a million and a half elements', `<a>${'<b/>'.repeat(1_500_000)}</a>`],
];

const TABEL: readonly (readonly [WeigeringSoort, readonly Geval[]])[] = [
  ['geenXml', GEEN_XML],
  ['xmlDtd', DTD],
  ['xmlTeComplex', TE_COMPLEX],
];

describe.each(TABEL)('%s:', (soort, gevallen) => {
  test.each(gevallen)('%s', async (_naam, lijf) => {
    const { lijf: antwoord } = await laatNietsAchter(knooppunt.database, soort, () => levert(lijf));
    expect(antwoord).not.toMatch(/geheim|passwd|999900006/);
  });
});

describe('what looks odd but is allowed:', () => {
  test.each<Geval>([
    ['without a declaration', KERN],
    ['with lower case in the encoding', wmo301.replace('UTF-8', 'utf-8')],
    ['with a declaration without an encoding', wmo301.replace(' encoding="UTF-8"', '')],
    ['with a comment and a processing instruction', wmo301.replace('<Header>', '<!-- <!DOCTYPE x> --><?a b?><Header>')],
    ['with the five predefined entities', wmo301.replace('Proefkade', '&lt;&gt;&amp;&apos;&quot;')],
    ['with characters outside the first plane', wmo301.replace('Proefkade', '𝔓roefkade 🏠')],
    ['with CDATA in the header', wmo301.replace('>0363<', '><![CDATA[0363]]><')],
    ['with CR/LF', wmo301.replaceAll('\n', '\r\n')],
    ['with another prefix', wmo301.replaceAll('iwmo:', 'x:').replace('xmlns:iwmo', 'xmlns:x')],
    ['on one line', wmo301.replaceAll(/>\s+</g, '><')],
  ])('%s', async (_naam, lijf) => {
    const antwoord = await levert(lijf);
    expect(antwoord.status, antwoord.lijf).toBe(202);
  });
});

test('a burgerservicenummer in pieces does not escape the check', async () => {
  const stukken = ['1234<!-- -->56782', '<![CDATA[123456]]>782', '&#49;23456782', ' 123456782 '];
  for (const bsn of stukken) {
    await laatNietsAchter(knooppunt.database, 'persoonsgegevensNietToegestaan', () =>
      levert(wmo301.replace('999900006', bsn)),
    );
  }
});
