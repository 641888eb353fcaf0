/** Calls from someone who means harm, or whose software does: refused for what they are, without a value of theirs in the answer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schrijfFo03 } from '#src/envelop/schrijf.ts';
import { STUF } from '#src/envelop/stuf.ts';
import { StufFout, type StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import { di01, du01, foutVan, GEGEVENS, KRUISREFERENTIE, lees, REFERENTIENUMMER } from './hulp.ts';

const XML = di01();
const BASE64 = /(?<=<GGK:xmlBestand>)[^<]+/;
const BESTAND = /<GGK:xmlBestand>.*<\/GGK:xmlBestand>/;
const in_ = (deel: string): string => XML.replace('<soap:Body>', `${deel}<soap:Body>`);
const inhoud = (base64: string): string => XML.replace(BASE64, base64);
const DTD = (entiteiten: string): string => XML.replace('<soap:Envelope', `<!DOCTYPE a [${entiteiten}]><soap:Envelope`);
const LOL = Array.from({ length: 9 }, (_, nr) => `<!ENTITY l${nr + 1} "${`&l${nr};`.repeat(10)}">`).join('');

const GEVALLEN: readonly (readonly [string, string, StufFoutSoort])[] = [
  // Not XML.
  ['nothing at all', '', 'geenXml'],
  ['JSON', '{"a":1}', 'geenXml'],
  ['an end that is missing', XML.slice(0, -30), 'geenXml'],
  ['a tag that is not closed', XML.replace('</StUF:functie>', ''), 'geenXml'],
  ['two documents', `${XML}${XML.replace(/^<\?xml.*?\?>/, '')}`, 'geenXml'],
  ['another encoding', XML.replace('UTF-8', 'ISO-8859-1'), 'geenXml'],
  [
    'a prefix that nobody declared',
    XML.replace('StUF:functie>', 'x:functie>').replace('/StUF:functie', '/x:functie'),
    'geenXml',
  ],
  ['a NUL', XML.replace('WMO302', 'WMO\u0000'), 'geenXml'],
  ['a reference to a NUL', XML.replace('WMO302', '&#0;'), 'geenXml'],
  ['a reference without an end', XML.replace('WMO302', '&amp'), 'geenXml'],
  // DTDs and entities.
  ['a DTD', DTD(''), 'xmlDtd'],
  ['a billion laughs', DTD(`<!ENTITY l0 "lol">${LOL}`).replace('WMO302', '&l9;'), 'xmlDtd'],
  ['a file as entity', DTD('<!ENTITY x SYSTEM "file:///etc/passwd">').replace('WMO302', '&x;'), 'xmlDtd'],
  [
    'a DTD elsewhere',
    XML.replace('<soap:Envelope', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/"><soap:Envelope'),
    'xmlDtd',
  ],
  ['an entity in referentienummer', XML.replace(REFERENTIENUMMER, '&x;'), 'xmlDtd'],
  ['an entity in the base64', inhoud('QUJD&x;'), 'xmlDtd'],
  // Too much of it.
  ['100,000 elements in each other', XML.replace('WMO302', '<a>'.repeat(100_000)), 'xmlTeComplex'],
  ['100,000 levels in a header', in_(`<soap:Header>${'<a>'.repeat(100_000)}`), 'xmlTeComplex'],
  [
    '1,000,000 attributes',
    XML.replace('<GGK:bericht', `$& ${Array.from({ length: 1e6 }, (_, nr) => `a${nr}=""`).join(' ')}`),
    'xmlTeComplex',
  ],
  [
    '1,000,000 namespaces',
    XML.replace('<GGK:bericht', `$& ${Array.from({ length: 1e6 }, (_, nr) => `xmlns:a${nr}="b"`).join(' ')}`),
    'xmlTeComplex',
  ],
  ['1,000,000 elements in a header', in_(`<soap:Header>${'<a/>'.repeat(1e6)}</soap:Header>`), 'xmlTeComplex'],
  ['1,000,000 comments in the base64', inhoud('<!---->'.repeat(1e6)), 'xmlTeComplex'],
  ['1,000,000 references in the base64', inhoud('&#13;'.repeat(1e6)), 'xmlTeComplex'],
  ['1,000,000 times > in comments', inhoud(`<!--${'>'.repeat(50_000)}-->`.repeat(20)), 'xmlTeComplex'],
  ['a value of 10 MB', XML.replace('WMO302', 'x'.repeat(1e7)), 'xmlTeComplex'],
  ['an attribute of 10 MB', XML.replace('<GGK:bericht', `$& x="${'x'.repeat(1e7)}"`), 'xmlTeComplex'],
  ['a name of 10 MB', XML.replace('<GGK:bericht', `<${'x'.repeat(1e7)}/>$&`), 'xmlTeComplex'],
  ['a comment of 10 MB', in_(`<!--${'x'.repeat(1e7)}-->`), 'xmlTeComplex'],
  ['a DTD of 10 MB', DTD('<!ENTITY x "y">'.repeat(1e6)), 'xmlTeComplex'],
  // No SOAP 1.1.
  ['the bare message', XML.replace(/<\/?soap:[^>]*>/g, ''), 'geenSoap'],
  [
    'SOAP 1.2',
    XML.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
    'soapVersie',
  ],
  [
    'an envelope of no SOAP',
    XML.replace('xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"', 'xmlns:soap="x"'),
    'soapVersie',
  ],
  ['HTML', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', 'geenSoap'],
  ['no body', XML.replace(/<soap:Body>.*<\/soap:Body>/s, ''), 'geenSoap'],
  ['an empty body', XML.replace(/<soap:Body>.*<\/soap:Body>/s, '<soap:Body/>'), 'geenSoap'],
  ['a body of text', XML.replace(/<soap:Body>.*<\/soap:Body>/s, '<soap:Body>x</soap:Body>'), 'geenSoap'],
  ['text beside the message', XML.replace('</soap:Body>', 'x$&'), 'geenSoap'],
  ['text beside the body', XML.replace('</soap:Envelope>', '<![CDATA[x]]>$&'), 'geenSoap'],
  ['two bodies', XML.replace('</soap:Envelope>', '<soap:Body/>$&'), 'geenSoap'],
  ['two headers', in_('<soap:Header/><soap:Header/>'), 'geenSoap'],
  ['a header after the body', XML.replace('</soap:Envelope>', '<soap:Header/>$&'), 'geenSoap'],
  ['another element in the envelope', in_('<x/>'), 'geenSoap'],
  ['two messages', XML.replace(/<GGK:envelop.*<\/GGK:envelop[^>]*>/s, '$&$&'), 'geenSoap'],
  ['a message and something else', XML.replace('</soap:Body>', '<x/>$&'), 'geenSoap'],
  // Headers that must be understood.
  ['a header that must be understood', in_('<soap:Header><x soap:mustUnderstand="1"/></soap:Header>'), 'soapHeader'],
  ['the same as a word', in_('<soap:Header><x soap:mustUnderstand=" true "/></soap:Header>'), 'soapHeader'],
  [
    'the same for another actor',
    in_('<soap:Header><x soap:actor="urn:y" soap:mustUnderstand="1"/></soap:Header>'),
    'soapHeader',
  ],
  [
    'the same with another prefix',
    in_('<soap:Header><x xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:mustUnderstand="1"/></soap:Header>'),
    'soapHeader',
  ],
  // Another message.
  ['a Bv03', XML.replace(/<GGK:envelop.*<\/GGK:envelop[^>]*>/s, `<Bv03Bericht xmlns="${STUF}"/>`), 'berichtOnbekend'],
  ['a SOAP fault', XML.replace(/<GGK:envelop.*<\/GGK:envelop[^>]*>/s, '<soap:Fault/>'), 'berichtOnbekend'],
  ['an older ggk', XML.replace('koppelvlak/ggk0210', 'koppelvlak/ggk0200'), 'berichtOnbekend'],
  ['a Di02', XML.replaceAll('ggk_Di01', 'ggk_Di02'), 'berichtOnbekend'],
  // Base64.
  ['garbage in the base64', inhoud('QUJD-_-_'), 'base64Ongeldig'],
  ['garbage as a reference', inhoud('QUJD&#233;QUI'), 'base64Ongeldig'],
  ['garbage in CDATA', inhoud('<![CDATA[<Bericht/>]]>'), 'base64Ongeldig'],
  ['XML as text', inhoud('&lt;Bericht/&gt;'), 'base64Ongeldig'],
  ['half a group', inhoud('QUJDQ'), 'base64Ongeldig'],
  ['missing padding', inhoud('QUI'), 'base64Ongeldig'],
  ['too much padding', inhoud('QUJD='), 'base64Ongeldig'],
  ['padding in the middle', inhoud('QQ==QUJD'), 'base64Ongeldig'],
  ['bits behind the end', inhoud('QR=='), 'base64Ongeldig'],
  // A message that is not valid.
  ['two xmlBestand', XML.replace(BESTAND, '$&$&'), 'envelopOngeldig'],
  [
    'xmlBestand and tekstBestand',
    XML.replace(BESTAND, '$&<GGK:tekstBestand bestandsnaam="a.csv">QUJD</GGK:tekstBestand>'),
    'envelopOngeldig',
  ],
  ['neither', XML.replace(BESTAND, ''), 'envelopOngeldig'],
  ['an element in the base64', inhoud('QUJD<a/>QUJD'), 'envelopOngeldig'],
  ['a message that is not base64 but XML', inhoud('<Bericht/>'), 'envelopOngeldig'],
  [
    'a bestandsnaam with a path',
    XML.replace(BESTAND, '<GGK:tekstBestand bestandsnaam="../../etc/passwd">QUJD</GGK:tekstBestand>'),
    'envelopOngeldig',
  ],
  ['a tekstBestand without bestandsnaam', XML.replaceAll('xmlBestand', 'tekstBestand'), 'envelopOngeldig'],
  ['an xmlBestand with bestandsnaam', XML.replace('<GGK:xmlBestand', '$& bestandsnaam="a.csv"'), 'envelopOngeldig'],
  ['a referentienummer that is no UUID', XML.replace(REFERENTIENUMMER, 'x'), 'envelopOngeldig'],
  [
    'a referentienummer of version 1',
    XML.replace(REFERENTIENUMMER, '9c0f7b90-5c69-11e5-a837-0800200c9a66'),
    'envelopOngeldig',
  ],
  ['a Du01 without crossRefnummer', du01().replace(/<StUF:cross.*/, ''), 'envelopOngeldig'],
  ['a Du01 that calls itself Di01', du01().replace('>Du01<', '>Di01<'), 'envelopOngeldig'],
  [
    'a Di01 with a crossRefnummer',
    XML.replace('<StUF:functie>', `<StUF:crossRefnummer>${KRUISREFERENTIE}</StUF:crossRefnummer>$&`),
    'envelopOngeldig',
  ],
  ['text between elements', XML.replace('<GGK:parameters>', 'x$&'), 'envelopOngeldig'],
  ['a no-break space between elements', XML.replace('<GGK:parameters>', '\u00a0$&'), 'envelopOngeldig'],
  [
    'an xsi:type from nowhere',
    XML.replace('<StUF:zender', '$& xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="x"'),
    'envelopOngeldig',
  ],
  [
    'a namespace that is no URI',
    XML.replace('<GGK:parameters', '$& xmlns:x=" <>"').replace(' <>', ' &lt;>'),
    'envelopOngeldig',
  ],
];

describe('refused, whole or byte by byte', () => {
  test.each(GEVALLEN)('%s', (_wat, aanroep, soort) => {
    expect(foutVan(aanroep).soort).toBe(soort);
    expect(foutVan(aanroep, aanroep.length > 100_000 ? [65_536, 1] : [1]).soort).toBe(soort);
  });

  test('what is not UTF-8', () => {
    for (const codering of ['utf16le', 'latin1'] as const)
      expect(foutVan(Buffer.from(XML.replace('WMO302', 'é'), codering)).soort).toBe('geenXml');
  });
});

describe('no value of the call in what we say of it', () => {
  const GEHEIM = 'Jansen999900006';
  const geheim = du01()
    .replace('>0363<', `>${GEHEIM}<`)
    .replace('>98000001<', `>${GEHEIM}<`)
    .replace('>WMO302<', `>${GEHEIM}<`)
    .replace('</StUF:zender>', `<StUF:gebruiker>${GEHEIM}</StUF:gebruiker></StUF:zender>`)
    .replace(BESTAND, `<GGK:tekstBestand bestandsnaam="${GEHEIM}">SmFuc2Vu</GGK:tekstBestand>`);
  const zonderGeheim = (fout: StufFout): void => {
    const antwoord = schrijfFo03(fout, { ...GEGEVENS, kruisreferentie: undefined }).toString();
    for (const tekst of [fout.message, fout.details ?? '', antwoord]) expect(tekst).not.toMatch(/Jansen|99990|SmFu/);
  };
  test('the call itself is good', () => {
    expect(lees(geheim).envelop).toMatchObject({ functie: GEHEIM, zender: { organisatie: GEHEIM } });
  });

  const VELDEN = [
    'berichtcode',
    'organisatie',
    'applicatie',
    'referentienummer',
    'tijdstipBericht',
    'crossRefnummer',
    'functie',
    'applicatieVersie',
    'functieSubversie',
    'tekstBestand',
  ];
  test.each(VELDEN)('wherever it stands: %s', (veld) => {
    const inVeld = new RegExp(`(<\\w+:${veld}[^>]*>)[^<]*`);
    for (const waarde of [
      GEHEIM,
      `${GEHEIM}${'x'.repeat(300)}`,
      `${GEHEIM}<a>${GEHEIM}</a>`,
      `${GEHEIM}&${GEHEIM};`,
      `<!--${GEHEIM}-->-\u00a0${GEHEIM}`,
    ]) {
      const aanroep = geheim.replace(inVeld, `$1${waarde}`);
      try {
        lees(aanroep);
      } catch (fout) {
        zonderGeheim(fout as StufFout);
      }
    }
    zonderGeheim(foutVan(geheim.replace(inVeld, `$1<a b="${GEHEIM}">${GEHEIM}</a>`)));
    zonderGeheim(foutVan(geheim.replace(new RegExp(`<(\\w+:${veld})`), `<$1 a="${GEHEIM}"`)));
  });

  test('wherever it is damaged', () => {
    const bytes = Buffer.from(geheim);
    const plek = fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(...'<>&;"/ \0=:x-!'));
    fc.assert(
      fc.property(fc.array(plek, { minLength: 1, maxLength: 4 }), (plekken) => {
        const kapot = Buffer.from(bytes);
        for (const [waar, teken] of plekken) kapot.write(teken, waar);
        try {
          lees(kapot);
        } catch (fout) {
          expect(fout).toBeInstanceOf(StufFout);
          // A name of an element is no value; damage can make one of what was a value.
          if (!/[<\0]/.test(plekken.map(([, teken]) => teken).join(''))) zonderGeheim(fout as StufFout);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
