/** Access tokens that were tampered with, made by another, or meant for another; and keys of the issuer that change while traffic runs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { ConfiguratieFout } from '#src/fouten.ts';
import { wachtTot } from '#src/proces.ts';
import { eisToegangsbestanden } from '#src/rollen/poort.ts';
import { draaiUitgeversleutel } from '#src/toegang/uitgeversleutels.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bewaar, haalToken, maakSleutelpaar, registreerClient, statusMet, UITGEVER } from '../hulp/toegang.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-tokens-'));
const bestand = join(map, 'uitgever.json');
let geheim: string | undefined;
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_DEMO: '0',
    KNOOPPUNT_UITGEVER: UITGEVER,
    KNOOPPUNT_UITGEVERSLEUTELS: bestand,
    KNOOPPUNT_MISLUKTE_AANMELDINGEN: '0',
  },
  async bereid(database) {
    await draaiUitgeversleutel(bestand, false);
    geheim = await registreerClient(database, { id: 'een', namens: ['0363'], metGeheim: true });
    await registreerClient(database, { id: 'beheer', beheerder: true, metGeheim: true });
  },
});
afterAll(async () => {
  await knooppunt.stop();
  rmSync(map, { recursive: true });
});
const { adres } = knooppunt;

const eersteSleutel = (JSON.parse(readFileSync(bestand, 'utf8')) as { sleutels: { kid: string; jwk: JWK }[] })
  .sleutels[0];
if (!eersteSleutel) throw new Error('no key');
const { kid, jwk } = eersteSleutel;
const echt = await importJWK(jwk, 'EdDSA');
const vreemd = await maakSleutelpaar('EdDSA', kid);
const token = await haalToken(adres, 'een', geheim);
const [kop = '', inhoud = '', handtekening = ''] = token.split('.');
const deel = (waarde: object): string => Buffer.from(JSON.stringify(waarde)).toString('base64url');
const uur = (uren: number): number => Math.floor(Date.now() / 1000 + uren * 3600);

/** Signed with the real key, so that only what is given is wrong. */
function teken(
  anders: Readonly<Record<string, unknown>>,
  kopAnders: object = {},
  sleutel: CryptoKey | Uint8Array = echt,
) {
  const alles = {
    iss: UITGEVER,
    aud: UITGEVER,
    sub: 'een',
    client_id: 'een',
    scope: 'berichten',
    jti: 'x',
    iat: uur(0),
    exp: uur(0.05),
    ...anders,
  };
  const over = Object.fromEntries(Object.entries(alles).filter(([, waarde]) => waarde !== undefined));
  return new SignJWT(over)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...kopAnders })
    .sign(sleutel, { crit: { vreemd: true } });
}

test('a token made by the test with the real key is good: what follows fails for what it says', async () => {
  expect(await statusMet(adres, await teken({}))).toBe(200);
  expect(await statusMet(adres, token)).toBe(200);
});

const openbaar = Buffer.from(jwk.x ?? '', 'base64url');
const GEVALLEN: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['no algorithm', () => `${deel({ alg: 'none', typ: 'at+jwt', kid })}.${inhoud}.`],
  ['no algorithm, with a signature', () => `${deel({ alg: 'none', typ: 'at+jwt', kid })}.${inhoud}.${handtekening}`],
  ['no algorithm, in other letters', () => `${deel({ alg: 'nOnE', typ: 'at+jwt', kid })}.${inhoud}.`],
  ['the public key as a shared secret', () => teken({}, { alg: 'HS256' }, openbaar)],
  [
    'another client in it',
    () =>
      `${kop}.${deel({ ...JSON.parse(Buffer.from(inhoud, 'base64url').toString()), client_id: 'beheer' })}.${handtekening}`,
  ],
  [
    'a longer life',
    () =>
      `${kop}.${deel({ ...JSON.parse(Buffer.from(inhoud, 'base64url').toString()), exp: uur(10) })}.${handtekening}`,
  ],
  ['no signature', () => `${kop}.${inhoud}.`],
  ['half a signature', () => `${kop}.${inhoud}.${handtekening.slice(0, 40)}`],
  ['the signature of another key', () => teken({}, {}, vreemd.prive)],
  ['a key of its own in the header', () => teken({}, { jwk: vreemd.openbaar }, vreemd.prive)],
  ['an address of keys in the header', () => teken({}, { jku: 'https://kwaad.test/jwks' }, vreemd.prive)],
  ['an unknown key', () => teken({}, { kid: 'anders' })],
  ['a kid that is a path', () => teken({}, { kid: '../../../dev/null' }, vreemd.prive)],
  ['another type', () => teken({}, { typ: 'JWT' })],
  ['the type of a statement', () => teken({}, { typ: 'client-authentication+jwt' })],
  ['a header that must be understood', () => teken({}, { crit: ['vreemd'], vreemd: 1 })],
  ['another issuer', () => teken({ iss: 'https://elders.test' })],
  ['an issuer that looks like it', () => teken({ iss: `${UITGEVER}/` })],
  ['no issuer', () => teken({ iss: undefined })],
  ['another audience', () => teken({ aud: 'https://elders.test' })],
  ['no audience', () => teken({ aud: undefined })],
  ['a moment that is over', () => teken({ iat: uur(-0.1), exp: uur(-0.02) })],
  ['no end', () => teken({ exp: undefined })],
  ['an end that is no number', () => teken({ exp: 'morgen' })],
  ['a beginning in the future', () => teken({ nbf: uur(0.1) })],
  ['a birth in the future', () => teken({ iat: uur(0.02) })],
  ['a life of ten years', () => teken({ iat: uur(-1), exp: uur(87_600) })],
  ['a client that is not there', () => teken({ sub: 'niemand', client_id: 'niemand' })],
  ['a client that is a list', () => teken({ client_id: ['een'] })],
  ['no client', () => teken({ client_id: undefined })],
  ['a certificate that the connection has not', () => teken({ cnf: { 'x5t#S256': 'A'.repeat(43) } })],
  ['a binding that we do not know', () => teken({ cnf: { jkt: 'A'.repeat(43) } })],
  ['no JSON in it', () => `${kop}.${Buffer.from('hallo').toString('base64url')}.${handtekening}`],
  ['two dots and nothing', () => '..'],
  ['five parts', () => `${kop}.${inhoud}.${handtekening}.a.b`],
  ['4000 letters', () => 'a'.repeat(4000)],
];

describe('a token is no good with', () => {
  test.each(GEVALLEN)('%s', async (_naam, maak) => {
    const slecht = await maak();
    expect(await statusMet(adres, slecht)).toBe(401);
    // Nor by the door of StUF, as the password of a Basic header.
    const antwoord = await fetch(`${adres}/stuf/ggk0210/OntvangAsynchroon`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`een:${slecht}`).toString('base64')}`,
        'Content-Type': 'text/xml',
        SOAPAction: 'x',
      },
    });
    expect(antwoord.status).toBe(401);
  });
});

test('a token without the scope for messages gives no organisation', async () => {
  const zonder = await teken({ scope: 'beheer' });
  expect(await statusMet(adres, zonder, '/v1/postbussen/0363/berichten')).toBe(403);
  expect(await statusMet(adres, zonder, '/v1/beheer/vensters')).toBe(403);
  expect(await statusMet(adres, await teken({}), '/v1/postbussen/0363/berichten')).toBe(200);
});

test('no token stays in a log', () => {
  expect(knooppunt.log()).not.toContain(handtekening);
  expect(knooppunt.log()).not.toMatch(/eyJ[\w-]{20}/);
});

describe('the files of who gets in are read before anything starts:', () => {
  const config = (anders: Readonly<Record<string, string>>) =>
    leesConfig({ KNOOPPUNT_DATA: map, KNOOPPUNT_UITGEVER: UITGEVER, KNOOPPUNT_UITGEVERSLEUTELS: bestand, ...anders });
  const fout = bewaar(join(map, 'fout.json'), '{}');
  const zelf = bewaar(join(map, 'zelf.json'), [{ uitgever: UITGEVER, jwksBestand: bestand, audience: 'x' }]);

  test.each([
    ['no signing keys', { KNOOPPUNT_UITGEVERSLEUTELS: join(map, 'niets.json') }],
    ['a file of signing keys that is none', { KNOOPPUNT_UITGEVERSLEUTELS: fout }],
    ['other issuers that are none', { KNOOPPUNT_EXTERNE_UITGEVERS: fout }],
    ['another issuer with our name', { KNOOPPUNT_EXTERNE_UITGEVERS: zelf }],
    ['clients that are none', { KNOOPPUNT_CLIENTS: fout }],
    ['a certificate that is none', { KNOOPPUNT_TLS_CERTIFICAAT: fout, KNOOPPUNT_TLS_SLEUTEL: fout }],
  ])('%s', async (_naam, anders) => {
    await expect(eisToegangsbestanden(config(anders))).rejects.toThrow(ConfiguratieFout);
    await eisToegangsbestanden(config({ ...anders, KNOOPPUNT_ROLLEN: 'verwerker' }));
  });

  test('and when they are right, it may', async () => {
    await eisToegangsbestanden(config({}));
  });
});

describe('the keys of the issuer change', () => {
  const kidsVan = async () =>
    ((await (await fetch(`${adres}/oauth/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(
      (sleutel) => sleutel.kid,
    );
  const kidVan = (jwt: string): string => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;

  test('without one request that fails: the new key is known before it signs, and the old one as long as its tokens live', async () => {
    const nieuw = await draaiUitgeversleutel(bestand, false);
    let fouten = 0;
    let vragen = 0;
    await wachtTot(
      async () => {
        const vers = await haalToken(adres, 'een', geheim);
        for (const een of [vers, token]) if ((await statusMet(adres, een)) !== 200) fouten += 1;
        if (kidVan(vers) === nieuw && !(await kidsVan()).includes(nieuw)) fouten += 1;
        vragen += 2;
        return kidVan(vers) === nieuw;
      },
      { ms: 30_000, wat: 'the new key' },
    );
    expect(fouten).toBe(0);
    expect(vragen).toBeGreaterThan(2);
    expect(await kidsVan()).toEqual([kid, nieuw]);
  });

  test('at once when the old ones are not to be trusted: their tokens are no good within 5 seconds', async () => {
    const oud = await haalToken(adres, 'een', geheim);
    const nieuw = await draaiUitgeversleutel(bestand, true);
    await expect.poll(() => statusMet(adres, oud), { timeout: 5000 }).toBe(401);
    expect(await kidsVan()).toEqual([nieuw]);
    expect(await statusMet(adres, await haalToken(adres, 'een', geheim))).toBe(200);
  });
});
