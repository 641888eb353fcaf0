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
  ['niets', ''],
  ['alleen witruimte', ' \n\t '],
  ['alleen een declaratie', DECLARATIE],
  ['gewone tekst', 'Geachte heer, mevrouw'],
  ['JSON', '{"Bericht":{}}'],
  ['HTML', '<html><body><p>niet<br></body></html>'],
  ['een bericht dat halverwege ophoudt', wmo301.slice(0, wmo301.length / 2)],
  ['een bericht zonder laatste teken', wmo301.trimEnd().slice(0, -1)],
  ['twee berichten achter elkaar', wmo301 + KERN],
  ['tekst na het bericht', `${wmo301}einde`],
  ['een DTD na het bericht', `${wmo301}<!DOCTYPE Bericht>`],
  ['tekst voor het bericht', `a${wmo301}`],
  ['witruimte voor de declaratie', `\n${wmo301}`],
  ['verkeerd genest', wmo301.replace('</Bsn>', '</Client>')],
  ['twee gelijke attributen', wmo301.replace('<Bericht ', '<Bericht a="1" a="1" ')],
  ['een attribuut zonder aanhalingstekens', wmo301.replace('<Header>', '<Header a=1>')],
  ['een voorvoegsel zonder namespace', wmo301.replaceAll('iwmo:Datum', 'x:Datum')],
  ['een NUL', wmo301.replace('999900006', '\u0000')],
  ['een stuurteken', wmo301.replace('999900006', '\u0008')],
  ['een verwijzing naar NUL', wmo301.replace('999900006', '&#0;')],
  ['een losse ampersand', wmo301.replace('999900006', 'a & b')],
  ['UTF-16, klein eerst, met BOM', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(wmo301, false)])],
  ['UTF-16, groot eerst, met BOM', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(wmo301, true)])],
  ['UTF-16 zonder BOM', utf16(wmo301, false)],
  ['UTF-8 met BOM', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(wmo301)])],
  ['Latin-1 met een declaratie van UTF-8', latin1],
  ['een declaratie van Latin-1', wmo301.replace('UTF-8', 'ISO-8859-1')],
  ['een declaratie van UTF-16', wmo301.replace('UTF-8', 'UTF-16')],
  ['een declaratie van een codering die niet bestaat', wmo301.replace('UTF-8', 'x-geheim')],
  ['een half teken aan het eind', Buffer.concat([Buffer.from(`${wmo301}<!-- `), Buffer.from([0xc3])])],
  ['een te lang geschreven teken', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc0, 0xbc]), Buffer.from('</a>')])],
  ['een los surrogaat', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('</a>')])],
];

const DTD: readonly Geval[] = [
  ['een lege DTD', metDtd('<!DOCTYPE Bericht>')],
  ['een DTD van elders', metDtd('<!DOCTYPE Bericht SYSTEM "http://127.0.0.1:1/kwaad.dtd">')],
  ['een publieke DTD', metDtd('<!DOCTYPE Bericht PUBLIC "-//W3C//DTD XHTML 1.0//EN" "xhtml.dtd">')],
  ['een externe entiteit', metDtd('<!DOCTYPE Bericht [<!ENTITY x SYSTEM "file:///etc/passwd">]>', inBsn('&x;'))],
  ['een parameterentiteit', metDtd('<!DOCTYPE Bericht [<!ENTITY % x SYSTEM "http://127.0.0.1:1/"> %x;]>')],
  ['een miljard keer gelach', metDtd(`<!DOCTYPE Bericht [<!ENTITY l0 "ha">${lachers}]>`, inBsn('&l9;'))],
  ['een entiteit die zichzelf noemt', metDtd('<!DOCTYPE Bericht [<!ENTITY x "&x;">]>', inBsn('&x;'))],
  ['een entiteit die nergens staat', wmo301.replace('999900006', '&nbsp;')],
  ['een entiteit in een attribuut', wmo301.replace('<Header>', '<Header a="&x;">')],
];

const diep = (aantal: number): string => '<a>'.repeat(aantal) + '</a>'.repeat(aantal);
const attributen = (aantal: number): string => Array.from({ length: aantal }, (_, nr) => ` a${nr}="1"`).join('');
const TE_COMPLEX: readonly Geval[] = [
  ['65 lagen diep', diep(65)],
  ['een miljoen lagen diep', diep(1_000_000)],
  ['een miljoen attributen', `<Bericht${attributen(1_000_000)}/>`],
  ['65 attributen', `<Bericht${attributen(65)}/>`],
  ['duizend namespaces', `<Bericht${attributen(1000).replaceAll(' a', ' xmlns:a')}/>`],
  ['anderhalf miljoen elementen', `<a>${'<b/>'.repeat(1_500_000)}</a>`],
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

describe('wat er vreemd uitziet maar mag:', () => {
  test.each<Geval>([
    ['zonder declaratie', KERN],
    ['met kleine letters in de codering', wmo301.replace('UTF-8', 'utf-8')],
    ['met een declaratie zonder codering', wmo301.replace(' encoding="UTF-8"', '')],
    ['met commentaar en een verwerkingsopdracht', wmo301.replace('<Header>', '<!-- <!DOCTYPE x> --><?a b?><Header>')],
    ['met de vijf vaste entiteiten', wmo301.replace('Proefkade', '&lt;&gt;&amp;&apos;&quot;')],
    ['met tekens buiten het eerste vlak', wmo301.replace('Proefkade', '𝔓roefkade 🏠')],
    ['met CDATA in de header', wmo301.replace('>0363<', '><![CDATA[0363]]><')],
    ['met CR/LF', wmo301.replaceAll('\n', '\r\n')],
    ['met een ander voorvoegsel', wmo301.replaceAll('iwmo:', 'x:').replace('xmlns:iwmo', 'xmlns:x')],
    ['op één regel', wmo301.replaceAll(/>\s+</g, '><')],
  ])('%s', async (_naam, lijf) => {
    const antwoord = await levert(lijf);
    expect(antwoord.status, antwoord.lijf).toBe(202);
  });
});

test('een burgerservicenummer in stukken ontkomt niet aan de controle', async () => {
  const stukken = ['1234<!-- -->56782', '<![CDATA[123456]]>782', '&#49;23456782', ' 123456782 '];
  for (const bsn of stukken) {
    await laatNietsAchter(knooppunt.database, 'persoonsgegevensNietToegestaan', () =>
      levert(wmo301.replace('999900006', bsn)),
    );
  }
});
