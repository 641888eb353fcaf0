/** Requests that are bent: addresses, methods, types, encodings, JSON, queries, headers. */
import { gzipSync } from 'node:zlib';
import { voorbeeld } from '../hulp/berichten.ts';
import { type Aanval, type Aanvalsgroep, als, BSN, GEMEENTE, haal, lever, MERK, stuurJson } from './types.ts';

const xml = voorbeeld('WMO301');
const OPHALINGEN = `/v1/postbussen/${GEMEENTE}/ophalingen`;
const INSTELLING = `/v1/organisaties/${GEMEENTE}/instellingen/iwmo`;

const PADEN: readonly (readonly [pad: string, weigering: 'nietGevonden' | 'invoerOngeldig'])[] = [
  ['/../../../../etc/passwd', 'nietGevonden'],
  ['/..%2f..%2f..%2fetc%2fpasswd', 'nietGevonden'],
  ['/%2e%2e/%2e%2e/package.json', 'nietGevonden'],
  ['/....//....//package.json', 'nietGevonden'],
  ['/..\\..\\package.json', 'nietGevonden'],
  ['/stuf/../package.json', 'nietGevonden'],
  ['/stuf/ggk0210/../../../src/config.ts', 'nietGevonden'],
  ['/stuf/%2e%2e/%2e%2e/data/sleutels.json', 'nietGevonden'],
  ['/stuf/ggk0210/ggk0210.xsd%00.xml', 'nietGevonden'],
  ['/stuf/0301/stuf0301.xsd/', 'nietGevonden'],
  ['/.env', 'nietGevonden'],
  ['/.git/config', 'nietGevonden'],
  ['/data/sleutels.json', 'nietGevonden'],
  ['/.well-known/security.txt/../../metrics', 'nietGevonden'],
  ['/server-status', 'nietGevonden'],
  ['/actuator/env', 'nietGevonden'],
  ['/debug/pprof/', 'nietGevonden'],
  ['/v1/', 'nietGevonden'],
  ['/v2/berichten', 'nietGevonden'],
  ['/v1/berichten/../beheer/organisaties', 'nietGevonden'],
  ['/v1/berichten/..;/beheer/organisaties', 'nietGevonden'],
  ['/v1/%62eheer%2forganisaties', 'nietGevonden'],
  ['/v1/beheer//organisaties', 'nietGevonden'],
  ['http://127.0.0.1:5432/v1/kw44d', 'nietGevonden'],
  ['/v1/kw44d%0d%0aSet-Cookie:%20a=b', 'nietGevonden'],
  ['/v1/kw44d%0aINFO%20vals', 'nietGevonden'],
  ['/v1/<script>kw44d</script>', 'nietGevonden'],
  ['/v1/{{7*7}}kw44d', 'nietGevonden'],
  ['/v1/$' + '{jndi:ldap://127.0.0.1/kw44d}', 'nietGevonden'],
  [`/v1/${'a/'.repeat(5000)}kw44d`, 'nietGevonden'],
  [`/v1/berichten/${BSN}`, 'invoerOngeldig'],
  ['/v1/berichten/kw44d%00', 'invoerOngeldig'],
  ['/v1/berichten/%c0%ae%c0%ae%2f', 'invoerOngeldig'],
  ['/v1/berichten/%u002e', 'invoerOngeldig'],
  ['/v1/berichten/1%27%20or%201%3d1--', 'invoerOngeldig'],
  ['/v1/postbussen/0363%2f..%2f0344/berichten', 'invoerOngeldig'],
  ['/v1/postbussen/0363%0d%0a/berichten', 'invoerOngeldig'],
  ['/v1/postbussen/__proto__/berichten', 'invoerOngeldig'],
  ['/v1/organisaties/0363/instellingen/__proto__', 'invoerOngeldig'],
];

const VRAGEN: readonly string[] = [
  'aantal=1&aantal=100',
  'aantal=%D9%A1',
  'aantal=99999999999999999999',
  'status=verwerkt%00',
  "referentienummer=' or '1'='1",
  'vanaf=2026-01-01T00:00:00%2B99:99',
  'vanaf=infinity',
  'tot=-infinity',
  'tot=now()',
  'na=../../etc/passwd',
  `bsn=${BSN}`,
];

const JSONS: readonly (readonly [naam: string, lijf: string])[] = [
  ['half an object', '{"aantal":'],
  ['something after it', '{} kw44d'],
  ['a comment in it', '{/* kw44d */}'],
  ['single quotes', "{'aantal':1}"],
  ['a comma too many', '{"aantal":1,}'],
  ['NaN', '{"aantal":NaN}'],
  ['a number that is infinite', '{"aantal":1e999}'],
  ['a number as text', '{"aantal":"1"}'],
  ['a list for a number', '{"aantal":[1]}'],
  ['an object for a number', '{"aantal":{"valueOf":1}}'],
  ['a negative number', '{"aantal":-1}'],
  ['half a number', '{"aantal":0.5}'],
  ['a field twice', '{"aantal":1,"aantal":100}'],
  ['a field twice, hidden', '{"aantal":1,"\\u0061antal":100}'],
  ['the prototype', '{"__proto__":{"beheerder":true}}'],
  ['the constructor', '{"constructor":{"prototype":{"beheerder":true}}}'],
  ['a thousand levels', '['.repeat(1000) + ']'.repeat(1000)],
  ['sixty thousand levels', '['.repeat(60_000)],
  ['more than fits', `{"aantal":${' '.repeat(140_000)}1}`],
  ['UTF-16', Buffer.from('{"aantal":1}', 'utf16le').toString('latin1')],
  ['a list', '[]'],
  ['text', '"kw44d"'],
  ['null', 'null'],
  ['true', 'true'],
];

const METHODEN: readonly (readonly [methode: string, pad: string])[] = [
  ['TRACE', '/v1/berichten'],
  ['DELETE', '/v1/berichten'],
  ['PATCH', INSTELLING],
  ['POST', INSTELLING],
  ['OPTIONS', '/v1/berichten'],
  ['PROPFIND', '/v1/controles'],
  ['PUT', '/v1/berichten'],
  ['MKCOL', OPHALINGEN],
  ['GET', OPHALINGEN],
  ['QUERY', '/v1/zoekopdrachten'],
];

const TYPEN: readonly (readonly [naam: string, koppen: Readonly<Record<string, string>>, lijf?: Buffer])[] = [
  ['JSON that is XML', { 'Content-Type': 'application/json' }],
  ['multipart', { 'Content-Type': 'multipart/form-data; boundary=kw44d' }],
  ['XML in UTF-7', { 'Content-Type': 'application/xml; charset=utf-7' }],
  ['XML in UTF-16', { 'Content-Type': 'application/xml; charset=utf-16' }],
  ['a type that is none', { 'Content-Type': '../../kw44d' }],
  ['two types', { 'Content-Type': 'application/xml, text/html' }],
  ['a type of an XML with everything', { 'Content-Type': 'application/xslt+xml' }],
  ['gzip', { 'Content-Encoding': 'gzip' }, gzipSync(Buffer.alloc(50_000_000))],
  ['Brotli', { 'Content-Encoding': 'br' }],
  ['gzip twice', { 'Content-Encoding': 'gzip, gzip' }],
];

const NUMMERS: readonly (readonly [naam: string, Referentienummer: string])[] = [
  ['SQL', "'; drop table bericht; --"],
  ['a path', '../../../etc/passwd'],
  ['a BSN', BSN],
  ['a UUID of another version', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['capitals', '7D444840-9DC0-4A3B-8D4B-3C0B1F7E6A2F'],
  ['something behind it', '7d444840-9dc0-4a3b-8d4b-3c0b1f7e6a2f;kw44d'],
];

export const VORM: Aanvalsgroep = {
  naam: 'bent requests',
  aanvallen: [
    ...PADEN.map(
      ([pad, weigering]): Aanval => ({ naam: `GET ${pad.slice(0, 70)}`, verzoek: () => haal(pad), weigering }),
    ),
    ...VRAGEN.map(
      (vraag): Aanval => ({
        naam: `a search for ${vraag}`,
        verzoek: () => haal(`/v1/berichten?${encodeURI(vraag).replaceAll('%25', '%')}`),
        weigering: 'invoerOngeldig',
      }),
    ),
    ...JSONS.map(
      ([naam, lijf]): Aanval => ({
        naam: `JSON: ${naam}`,
        verzoek: () => stuurJson('POST', OPHALINGEN, lijf),
        weigering: 'invoerOngeldig',
      }),
    ),
    ...METHODEN.map(
      ([methode, pad]): Aanval => ({
        naam: `${methode} ${pad}`,
        verzoek: () => ({ ...haal(pad), methode }),
        weigering: 'methodeNietToegestaan',
      }),
    ),
    ...TYPEN.map(
      ([naam, koppen, lijf = Buffer.from(xml)]): Aanval => ({
        naam: `an upload of ${naam}`,
        verzoek: () => lever(lijf, koppen),
        weigering: 'inhoudstypeOnjuist',
      }),
    ),
    ...NUMMERS.map(
      ([naam, Referentienummer]): Aanval => ({
        naam: `a referentienummer with ${naam}`,
        verzoek: () => lever(xml, { Referentienummer }),
        weigering: 'referentienummerOngeldig',
      }),
    ),
    {
      naam: 'a list of tariffs beyond what may be sent',
      verzoek: () => ({
        methode: 'PUT',
        pad: `/v1/organisaties/${GEMEENTE}/tarieven/iwmo`,
        koppen: {
          ...als(GEMEENTE),
          'Content-Type': 'text/csv',
          'Content-Length': String(2 ** 40),
          Expect: '100-continue',
        },
      }),
      weigering: 'invoerTeGroot',
    },
    {
      naam: 'a form for JSON',
      verzoek: () => ({
        pad: OPHALINGEN,
        koppen: { ...als(GEMEENTE), 'Content-Type': 'application/x-www-form-urlencoded' },
        lijf: `aantal=1&${MERK}=1`,
      }),
      weigering: 'inhoudstypeOnjuist',
    },
    {
      naam: 'a length beyond what may be sent',
      verzoek: () => ({
        pad: '/v1/berichten',
        koppen: { ...als(GEMEENTE), 'Content-Length': String(2 ** 40), Expect: '100-continue' },
      }),
      weigering: 'berichtTeGroot',
    },
  ],
};
