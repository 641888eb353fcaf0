/** Getting in without a token that is right. Tokens of OAuth have attacks of their own where they are issued and checked. */
import { createHmac } from 'node:crypto';
import { voorbeeld } from '../hulp/berichten.ts';
import { type Aanval, type Aanvalsgroep, GEMEENTE, MERK } from './types.ts';

const xml = voorbeeld('WMO301');
const deel = (iets: object): string => Buffer.from(JSON.stringify(iets)).toString('base64url');
/** A token in the form of a JWT, signed by nobody we know. */
function jwt(kop: object, inhoud: object, handtekening?: string): string {
  const tekst = `${deel(kop)}.${deel(inhoud)}`;
  return `${tekst}.${handtekening ?? createHmac('sha256', MERK).update(tekst).digest('base64url')}`;
}
const nu = Math.floor(Date.now() / 1000);
const WIE = {
  iss: 'https://kw44d.example',
  sub: 'beheer',
  aud: 'knooppunt',
  exp: nu + 600,
  iat: nu,
  client_id: 'beheer',
};

const KOPPEN: readonly (readonly [naam: string, authorization: string])[] = [
  ['a token of an organisation that does not exist', 'Bearer demo-9999'],
  ['a token of an aanbieder that does not exist', 'Bearer demo-99999999'],
  ['a token of a role that does not exist', 'Bearer demo-admin'],
  ['a token in capitals', 'Bearer DEMO-BEHEER'],
  ['a token with a space before it', 'Bearer  demo-0363'],
  ['a token with a tab', 'Bearer\tdemo-0363'],
  ['a token with something behind it', 'Bearer demo-0363 demo-beheer'],
  ['two tokens with a comma', 'Bearer demo-0363, Bearer demo-beheer'],
  ['a token with a semicolon', 'Bearer demo-0363;role=beheer'],
  ['a token in quotes', 'Bearer "demo-beheer"'],
  ['a token in percent codes', 'Bearer demo%2dbeheer'],
  ['a token in base64', `Bearer ${Buffer.from('demo-beheer').toString('base64')}`],
  ['a token with a path', 'Bearer demo-0363/../beheer'],
  ['a token with SQL', "Bearer demo-0363'/**/or/**/'1'='1"],
  ['a token that is a pattern', 'Bearer demo-*'],
  ['a token with other digits', Buffer.from('Bearer demo-٠٣٦٣').toString('latin1')],
  ['a token with a letter that looks the same', Buffer.from('Bearer demo-bеheer').toString('latin1')],
  ['the hash of a token', `Bearer ${'0'.repeat(64)}`],
  ['no token', 'Bearer'],
  ['a token of one character', 'Bearer x'],
  ['a token of 10 kB', `Bearer ${MERK.repeat(2000)}`],
  ['null', 'Bearer null'],
  ['undefined', 'Bearer undefined'],
  ['an object', 'Bearer [object Object]'],
  ['a name of JavaScript', 'Bearer __proto__'],
  ['another name of JavaScript', 'Bearer constructor'],
  ['the token without its scheme', 'demo-beheer'],
  ['another scheme', 'Token demo-beheer'],
  ['Basic on REST', `Basic ${Buffer.from('beheer:demo-beheer').toString('base64')}`],
  ['Digest', `Digest username="${MERK}", response="x"`],
  ['Negotiate', 'Negotiate YIIB'],
  ['a JWT without a signature', `Bearer ${jwt({ alg: 'none', typ: 'JWT' }, WIE, '')}`],
  ['a JWT with alg None', `Bearer ${jwt({ alg: 'None' }, WIE, '')}`],
  ['a JWT of somebody else', `Bearer ${jwt({ alg: 'HS256' }, WIE)}`],
  [
    'a JWT that names its own key',
    `Bearer ${jwt({ alg: 'EdDSA', jku: 'http://127.0.0.1:1/jwks', jwk: { kty: 'oct' } }, WIE)}`,
  ],
  ['a JWT whose key is a file', `Bearer ${jwt({ alg: 'HS256', kid: '../../../../dev/null' }, WIE)}`],
  ['a JWT that is a query', `Bearer ${jwt({ alg: 'HS256', kid: "x' union select 'a" }, WIE)}`],
  ['a JWT that has expired', `Bearer ${jwt({ alg: 'EdDSA' }, { ...WIE, exp: nu - 1 })}`],
  ['a JWT for another', `Bearer ${jwt({ alg: 'EdDSA' }, { ...WIE, aud: 'elders' })}`],
  ['a JWT with two headers', `Bearer ${deel({ alg: 'none' })}.${jwt({ alg: 'HS256' }, WIE)}`],
  ['a JWE', `Bearer ${deel({ alg: 'dir', enc: 'A256GCM' })}..${MERK}.${MERK}.${MERK}`],
  ['a JWT of dots', 'Bearer ..'],
];

const ELDERS: readonly (readonly [naam: string, koppen: Readonly<Record<string, string>>, vraag?: string])[] = [
  ['in the address', {}, '?access_token=demo-beheer'],
  ['in a cookie', { Cookie: 'Authorization=Bearer demo-beheer; token=demo-beheer' }],
  ['as the header of a proxy', { 'Proxy-Authorization': 'Bearer demo-beheer' }],
  ['as a key', { 'X-Api-Key': 'demo-beheer', 'Api-Key': 'demo-beheer' }],
  ['as a user that a proxy vouches for', { 'X-Forwarded-User': 'beheer', 'X-Remote-User': 'demo-beheer' }],
  [
    'as a certificate that a proxy vouches for',
    { 'X-SSL-Client-Verify': 'SUCCESS', 'X-Forwarded-Client-Cert': `Subject="${MERK}"` },
  ],
  ['as an address that is ours', { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1', Host: 'localhost' }],
];

const aanvallen: readonly Aanval[] = [
  { naam: 'no token at all', verzoek: () => ({ pad: '/v1/berichten', lijf: xml }), weigering: 'nietAangemeld' },
  ...KOPPEN.map(
    ([naam, Authorization]): Aanval => ({
      naam,
      verzoek: () => ({
        pad: '/v1/berichten',
        koppen: { Authorization, 'Content-Type': 'application/xml' },
        lijf: xml,
      }),
      weigering: 'nietAangemeld',
    }),
  ),
  ...ELDERS.map(
    ([naam, koppen, vraag = '']): Aanval => ({
      naam: `a token ${naam}`,
      verzoek: () => ({ methode: 'GET', pad: `/v1/beheer/organisaties${vraag}`, koppen }),
      weigering: 'nietAangemeld',
    }),
  ),
  {
    naam: 'a token in the body',
    verzoek: () => ({
      pad: `/v1/postbussen/${GEMEENTE}/ophalingen`,
      koppen: { 'Content-Type': 'application/json' },
      lijf: '{"Authorization":"Bearer demo-0363"}',
    }),
    weigering: 'nietAangemeld',
  },
];

export const AANMELDEN: Aanvalsgroep = { naam: 'getting in', aanvallen };
