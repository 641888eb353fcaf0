/** Content that is small to send and large to handle, or that makes us fetch something: XML, ZIP and StUF. */
import { deflateRawSync } from 'node:zlib';
import { schrijfDi01 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import type { StufFoutSoort } from '#src/envelop/stuf-fout.ts';
import type { WeigeringSoort } from '#src/fouten.ts';
import { soort, vervang, voorbeeld } from '../hulp/berichten.ts';
import { maakZip } from '../hulp/zipbouwer.ts';
import { type Aanval, type Aanvalsgroep, als, DERDE, GEMEENTE, lever, MERK } from './types.ts';

const xml = voorbeeld('WMO301');
const MIB = 1024 * 1024;
const [DECLARATIE = '', ...REST] = xml.split('\n');
const metDtd = (dtd: string, waarde = ''): string =>
  `${DECLARATIE}\n<!DOCTYPE Bericht [${dtd}]>\n${vervang(REST.join('\n'), 'Straatnaam', waarde)}`;
const lach = (macht: number): string =>
  Array.from({ length: macht }, (_, nr) => `<!ENTITY l${nr + 1} "${`&l${nr};`.repeat(10)}">`).join('');

export const XML: readonly (readonly [naam: string, lijf: () => string, weigering: WeigeringSoort])[] = [
  ['a billion laughs', () => metDtd(`<!ENTITY l0 "ha">${lach(9)}`, '&l9;'), 'xmlDtd'],
  ['a quadratic blow-up', () => metDtd(`<!ENTITY a "${'a'.repeat(100_000)}">`, '&a;'.repeat(10_000)), 'xmlDtd'],
  ['an entity of parameters', () => metDtd(`<!ENTITY % a SYSTEM "http://127.0.0.1:1/${MERK}"> %a;`), 'xmlDtd'],
  ['a file of ours', () => metDtd('<!ENTITY a SYSTEM "file:///etc/passwd">', '&a;'), 'xmlDtd'],
  [
    'a file of ours, sent elsewhere',
    () => metDtd('<!ENTITY % f SYSTEM "file:///etc/hostname"><!ENTITY % d SYSTEM "http://127.0.0.1:1/"> %d;'),
    'xmlDtd',
  ],
  ['an entity that never ends', () => metDtd('<!ENTITY a SYSTEM "file:///dev/zero">', '&a;'), 'xmlDtd'],
  ['a default from a DTD', () => metDtd(`<!ATTLIST Bericht ${MERK} CDATA "x">`), 'xmlDtd'],
  ['a DTD of somebody else', () => `<!DOCTYPE Bericht SYSTEM "gopher://127.0.0.1/">${REST.join('')}`, 'xmlDtd'],
  ['a hundred thousand levels', () => `${'<a>'.repeat(100_000)}`, 'xmlTeComplex'],
  [
    'a hundred thousand attributes',
    () => `<a ${Array.from({ length: 100_000 }, (_, nr) => `b${nr}=""`).join(' ')}/>`,
    'xmlTeComplex',
  ],
  [
    'a hundred thousand namespaces',
    () => `<a ${Array.from({ length: 100_000 }, (_, nr) => `xmlns:b${nr}="c"`).join(' ')}/>`,
    'xmlTeComplex',
  ],
  ['two million elements', () => `<a>${'<b/>'.repeat(2_000_000)}</a>`, 'xmlTeComplex'],
  ['a million comments', () => `<a>${'<!---->'.repeat(1_000_000)}</a>`, 'xmlTeComplex'],
  ['a million references', () => `<a>${'&#13;'.repeat(1_000_000)}</a>`, 'xmlTeComplex'],
  ['a name of 11 MB', () => `<${'a'.repeat(11_000_000)}/>`, 'berichtsoortOnbekend'],
  [
    'a style sheet',
    () => xml.replace(DECLARATIE, `${DECLARATIE}<?xml-stylesheet href="http://127.0.0.1:1/"?>`).slice(0, -20),
    'geenXml',
  ],
  ['an XInclude that is no XML', () => '<xi:include href="file:///etc/passwd" parse="text"/>', 'geenXml'],
  ['a NUL', () => vervang(xml, 'Straatnaam', '\u0000'), 'geenXml'],
];

const zip = (bytes: Buffer): ReturnType<Aanval['verzoek']> => lever(bytes, { 'Content-Type': 'application/zip' });
const goed = { naam: 'a.xml', inhoud: xml };
const nullen = deflateRawSync(Buffer.alloc(25 * MIB));
/** Says that it is as large as may be, and does it thirty times. */
const dertig = Array.from({ length: 30 }, (_, nr) => ({
  naam: `${nr}.xml`,
  pakket: Buffer.alloc(MIB / 2),
  lokaal: { uitgepakt: 24 * MIB },
  centraal: { uitgepakt: 24 * MIB },
}));
const ZIP: readonly (readonly [naam: string, bytes: () => Buffer, weigering: Aanval['weigering']])[] = [
  ['no ZIP', () => Buffer.from(xml), 'zipOngeldig'],
  ['half a ZIP', () => maakZip([goed]).subarray(0, 200), 'zipOngeldig'],
  ['a ZIP with a program before it', () => Buffer.concat([Buffer.from('MZ'), maakZip([goed])]), 'zipOngeldig'],
  ['a ZIP with two directories', () => Buffer.concat([maakZip([goed]), maakZip([goed])]), 'zipOngeldig'],
  [
    'files that share their bytes',
    () => maakZip([goed, { ...goed, naam: 'b.xml', centraal: { plaats: 0 } }]),
    'zipOngeldig',
  ],
  ['two names for one file', () => maakZip([{ ...goed, lokaal: { naam: `${MERK}.xml` } }]), 'zipOngeldig'],
  ['a directory beyond the end', () => maakZip([goed], { plaats: 0x7fffffff }), 'zipOngeldig'],
  ['a million files', () => maakZip([goed], { zip64: 'vol', zip64Aantal: 1_000_000 }), 'zipTeVeelBestanden'],
  ['31 files', () => maakZip(Array.from({ length: 31 }, (_, nr) => ({ naam: `${nr}.xml` }))), 'zipTeVeelBestanden'],
  ['a password', () => maakZip([{ ...goed, vlaggen: 1 }]), 'zipWachtwoord'],
  ['nothing', () => maakZip([]), 'zipLeeg'],
  ['thirty times 24 MB', () => maakZip(dertig), 'zipTeGroot'],
];
/** A ZIP that is taken, with a file that is not. */
export const ZIPBESTANDEN: readonly (readonly [
  naam: string,
  bytes: () => Buffer,
  weigering: 'zipBestandOngeldig' | 'zipBestandTeGroot',
])[] = [
  [
    '25 MB of nothing in 25 kB',
    () => maakZip([{ naam: 'a.xml', inhoud: Buffer.alloc(25 * MIB) }]),
    'zipBestandOngeldig',
  ],
  [
    'more than it said',
    () => maakZip([{ ...goed, pakket: nullen, lokaal: { uitgepakt: 100_000 }, centraal: { uitgepakt: 100_000 } }]),
    'zipBestandOngeldig',
  ],
  ['26 MB', () => maakZip([{ naam: 'a.xml', inhoud: Buffer.alloc(25 * MIB + 1) }]), 'zipBestandTeGroot'],
  ['a way out', () => maakZip([{ ...goed, naam: '../../etc/cron.d/a' }]), 'zipBestandOngeldig'],
  ['a way out of Windows', () => maakZip([{ ...goed, naam: 'C:\\a.xml' }]), 'zipBestandOngeldig'],
  ['a line break in its name', () => maakZip([{ ...goed, naam: 'a\r\nb.xml' }]), 'zipBestandOngeldig'],
  ['a name that reads from right to left', () => maakZip([{ ...goed, naam: 'a\u202elmx.exe' }]), 'zipBestandOngeldig'],
  [
    'a link',
    () => maakZip([{ ...goed, centraal: { gemaaktDoor: 0x031e, attributen: 0o120777 << 16 } }]),
    'zipBestandOngeldig',
  ],
  ['a ZIP in it', () => maakZip([{ naam: 'a.xml', methode: 0, inhoud: maakZip([goed]) }]), 'zipBestandOngeldig'],
];
export const zipVerzoek = zip;

const PAD = '/stuf/ggk0210/OntvangAsynchroon';
const ACTIE = '"http://www.stufstandaarden.nl/koppelvlak/ggk0210/ggk_Di01"';
const di01 = (zender = GEMEENTE): string =>
  inSoap(
    schrijfDi01({
      zender,
      ontvanger: '98000001',
      referentienummer: crypto.randomUUID(),
      moment: new Date(),
      soort: soort('WMO301'),
      inhoud: Buffer.from(xml),
    }),
  ).toString();
const roep = (lijf: string, koppen: Readonly<Record<string, string>> = {}): ReturnType<Aanval['verzoek']> => ({
  pad: PAD,
  koppen: { ...als(GEMEENTE), 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: ACTIE, ...koppen },
  lijf,
});
const inKop = (kop: string): string => di01().replace('<soap:Body>', `<soap:Header>${kop}</soap:Header><soap:Body>`);
const inBestand = (base64: string): string => di01().replace(/(?<=<GGK:xmlBestand>)[^<]+/, base64);
const dtd = (entiteiten: string): string =>
  di01().replace('<soap:Envelope', `<!DOCTYPE a [${entiteiten}]><soap:Envelope`);
const basic = (wachtwoord: string): string => `Basic ${Buffer.from(`x:${wachtwoord}`).toString('base64')}`;

const STUF: readonly (readonly [naam: string, verzoek: Aanval['verzoek'], fout: StufFoutSoort])[] = [
  ['no token', () => roep(di01(), { Authorization: '' }), 'nietAangemeld'],
  ['a wrong token', () => roep(di01(), { Authorization: `Bearer ${MERK}` }), 'nietAangemeld'],
  ['a wrong password', () => roep(di01(), { Authorization: basic(MERK) }), 'nietAangemeld'],
  ['a password with a line break', () => roep(di01(), { Authorization: basic('demo-0363\r\nX: y') }), 'nietAangemeld'],
  ['a password that is empty', () => roep(di01(), { Authorization: basic('') }), 'nietAangemeld'],
  ['Basic that is no base64', () => roep(di01(), { Authorization: 'Basic !!!!' }), 'nietAangemeld'],
  ['the envelope of another gemeente', () => roep(di01(DERDE)), 'nietAangemeld'],
  ['another action', () => roep(di01(), { SOAPAction: `"urn:${MERK}"` }), 'soapActionOnjuist'],
  ['the action of a Du01', () => roep(di01(), { SOAPAction: ACTIE.replace('Di01', 'Du01') }), 'soapActionOnjuist'],
  ['SOAP 1.2', () => roep(di01(), { 'Content-Type': 'application/soap+xml; action="x"' }), 'soapVersie'],
  ['a type of another', () => roep(di01(), { 'Content-Type': 'application/json' }), 'geenSoap'],
  ['MTOM', () => roep(di01(), { 'Content-Type': 'multipart/related; type="application/xop+xml"' }), 'geenSoap'],
  ['gzip', () => roep(di01(), { 'Content-Encoding': 'gzip' }), 'geenSoap'],
  ['another charset', () => roep(di01(), { 'Content-Type': 'text/xml; charset=utf-7' }), 'geenSoap'],
  ['a billion laughs', () => roep(dtd(`<!ENTITY l0 "ha">${lach(9)}`).replace('WMO301', '&l9;')), 'xmlDtd'],
  ['a file of ours', () => roep(dtd('<!ENTITY a SYSTEM "file:///etc/passwd">').replace('WMO301', '&a;')), 'xmlDtd'],
  ['a hundred thousand levels in a header', () => roep(inKop('<a>'.repeat(100_000))), 'xmlTeComplex'],
  ['a million comments in its base64', () => roep(inBestand('<!---->'.repeat(1_000_000))), 'xmlTeComplex'],
  ['a header to be understood', () => roep(inKop(`<${MERK} soap:mustUnderstand="1"/>`)), 'soapHeader'],
  [
    'a signature around something else',
    () => roep(di01().replace('<soap:Body>', `<soap:Body Id="${MERK}"/><soap:Body>`)),
    'geenSoap',
  ],
  ['two messages', () => roep(di01().replace(/<GGK:envelop.*<\/GGK:envelop[^>]*>/s, '$&$&')), 'geenSoap'],
  ['no XML', () => roep(`{"${MERK}":1}`), 'geenXml'],
  ['nothing', () => roep(''), 'geenXml'],
  ['another message', () => roep(di01().replaceAll('ggk_Di01', 'ggk_Di02')), 'berichtOnbekend'],
  ['base64 that is none', () => roep(inBestand(`${MERK}-_-`)), 'base64Ongeldig'],
  [
    'a referentienummer of SQL',
    () => roep(di01().replace(/(?<=referentienummer>)[^<]+/, `${MERK}' or 1=1`)),
    'envelopOngeldig',
  ],
];

export const BOMMEN: Aanvalsgroep = {
  naam: 'bombs',
  aanvallen: [
    ...XML.map(
      ([naam, lijf, weigering]): Aanval => ({ naam: `XML: ${naam}`, verzoek: () => lever(lijf()), weigering }),
    ),
    ...ZIP.map(
      ([naam, bytes, weigering]): Aanval => ({ naam: `ZIP: ${naam}`, verzoek: () => zip(bytes()), weigering }),
    ),
    ...STUF.map(([naam, verzoek, stuf]): Aanval => ({ naam: `StUF: ${naam}`, verzoek, weigering: { stuf } })),
  ],
};
