/** A broker that answers wrongly, or not: nobody gets in by it. The right answers are in aanmelden.test.ts. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfiguratieFout } from '#src/fouten.ts';
import { leesBewijs } from '#src/portaal/aanmelden/bewijs.ts';
import { Broker } from '#src/portaal/aanmelden/broker.ts';
import { Aanmeldfout } from '#src/portaal/aanmelden/fouten.ts';
import { EH3, KVK } from '../hulp/broker.ts';
import { bewaar, maakSleutelpaar, type Sleutelpaar } from '../hulp/toegang.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-broker-'));
const paar = await maakSleutelpaar('ES256', 'een');
const vreemd = await maakSleutelpaar('ES256', 'een');
/** What the token endpoint says, and what it was asked. */
let antwoord: () => Promise<{ readonly status?: number; readonly lijf: object }>;
let gevraagd = new URLSearchParams();
let uitval = false;
const server = createServer(async (req, res) => {
  if (uitval) return void req.socket.destroy();
  const stukken: Buffer[] = [];
  for await (const stuk of req) stukken.push(stuk as Buffer);
  const stuur = (lijf: object, status = 200) =>
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(lijf));
  if (req.url === '/jwks') return void stuur({ keys: [{ ...paar.openbaar, use: 'sig' }] });
  if (req.url !== '/token') return void stuur(BESCHRIJVING);
  gevraagd = new URLSearchParams(Buffer.concat(stukken).toString());
  const { lijf, status } = await antwoord();
  stuur(lijf, status);
});
await new Promise<void>((klaar) => server.listen(0, '127.0.0.1', klaar));
const uitgever = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const BESCHRIJVING = {
  issuer: uitgever,
  authorization_endpoint: `${uitgever}/auth`,
  token_endpoint: `${uitgever}/token`,
  jwks_uri: `${uitgever}/jwks`,
  id_token_signing_alg_values_supported: ['ES256'],
};
afterAll(() => {
  server.close();
  rmSync(map, { recursive: true });
});

const CONFIG = {
  adres: 'https://knooppunt.example',
  uitgever,
  client: 'portaal',
  bewijs: { soort: 'geheim', bestand: bewaar(join(map, 'geheim'), 'g'.repeat(40)) },
  scope: 'openid',
  persoon: 'sub',
  organisatie: [KVK],
  niveaus: [EH3],
} as const;
const broker = new Broker(CONFIG);

const idToken = (claims: object, { prive, alg, kid }: Sleutelpaar = paar): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, kid }).sign(prive);

/** Goes to the broker and comes back, with what is different. */
async function terug(
  anders: Readonly<Record<string, unknown>> = {},
  { sleutel, vraag = {}, van = broker }: { sleutel?: Sleutelpaar; vraag?: Record<string, string>; van?: Broker } = {},
) {
  const { adres, heen } = await van.heen();
  const { searchParams } = new URL(adres);
  expect(searchParams.get('state')).toBe(heen.state);
  expect(adres).not.toContain(heen.verifier);
  const nu = Math.floor(Date.now() / 1000);
  const goed = { iss: uitgever, aud: 'portaal', sub: 'iemand', nonce: heen.nonce, iat: nu, exp: nu + 60, acr: EH3 };
  const claims = { ...goed, [KVK]: '12345678', ...anders };
  antwoord = async () => ({
    lijf: { access_token: 'x', token_type: 'Bearer', id_token: await idToken(claims, sleutel) },
  });
  const uitslag = van.terug(new URLSearchParams({ code: 'c', state: heen.state, ...vraag }).toString(), heen);
  return { heen, uitslag };
}
const soort = (uitslag: Promise<unknown>): Promise<unknown> =>
  uitslag.then(
    () => 'binnen',
    (fout: unknown) => (fout instanceof Aanmeldfout ? fout.soort : fout),
  );

test('a right answer says who it is, and the code is bound to who asked for it (PKCE)', async () => {
  const { heen, uitslag } = await terug();
  expect(await uitslag).toEqual({ uitgever, persoon: 'iemand', organisatie: '12345678' });
  expect(gevraagd.get('code_verifier')).toBe(heen.verifier);
  expect(gevraagd.get('redirect_uri')).toBe('https://knooppunt.example/portaal/aanmelden/terug');
});

describe('nobody is let in by an answer', () => {
  const verleden = Math.floor(Date.now() / 1000) - 3600;
  test.each<readonly [string, Record<string, unknown>, string]>([
    ['for another try (nonce)', { nonce: 'andere' }, 'ongeldig'],
    ['without nonce', { nonce: undefined }, 'ongeldig'],
    ['for another service (audience)', { aud: 'ander-portaal' }, 'ongeldig'],
    ['of another issuer', { iss: 'https://elders.example' }, 'ongeldig'],
    ['that has expired', { iat: verleden, exp: verleden + 60 }, 'ongeldig'],
    ['without a person', { sub: undefined }, 'ongeldig'],
    ['without a level of assurance', { acr: undefined }, 'niveauTeLaag'],
    ['of a lower level', { acr: 'urn:etoegang:core:assurance-class:loa2plus' }, 'niveauTeLaag'],
    ['of a level that begins the same', { acr: `${EH3}0` }, 'niveauTeLaag'],
    ['of a list of levels', { acr: [EH3] }, 'niveauTeLaag'],
    ['without an organisation', { [KVK]: undefined }, 'organisatieOnbekend'],
    ['with an organisation that is no text', { [KVK]: 12345678 }, 'organisatieOnbekend'],
    ['with an organisation without end', { [KVK]: '1'.repeat(5000) }, 'organisatieOnbekend'],
  ])('%s', async (_, anders, verwacht) => {
    expect(await soort((await terug(anders)).uitslag)).toBe(verwacht);
  });

  test('signed by another', async () => {
    expect(await soort((await terug({}, { sleutel: vreemd })).uitslag)).toBe('ongeldig');
  });

  test.each<readonly [string, Record<string, string>, string]>([
    ['with another state', { state: 'andere' }, 'ongeldig'],
    ['that is an error of the broker', { error: 'server_error' }, 'ongeldig'],
    ['that the user broke off', { error: 'access_denied' }, 'afgebroken'],
    ['of another broker (RFC 9207)', { iss: 'https://elders.example' }, 'ongeldig'],
  ])('%s', async (_, vraag, verwacht) => {
    expect(await soort((await terug({}, { vraag })).uitslag)).toBe(verwacht);
  });

  test('that the broker takes back: the code was used before', async () => {
    const { heen } = await broker.heen();
    antwoord = async () => ({ status: 400, lijf: { error: 'invalid_grant' } });
    expect(await soort(broker.terug(`code=c&state=${heen.state}`, heen))).toBe('ongeldig');
  });
});

test('a broker that is away is told as such, and asked again the next time', async () => {
  const nieuw = new Broker(CONFIG);
  uitval = true;
  expect(await soort(nieuw.heen())).toBe('storing');
  expect(await nieuw.uit()).toBeUndefined();
  uitval = false;
  const { uitslag } = await terug({}, { van: nieuw });
  uitval = true;
  expect(await soort(uitslag)).toBe('storing');
  uitval = false;
});

test.each(['rsa', 'ec', 'ed25519'] as const)(
  'with a private key (%s) we show who we are by a signed statement',
  async (type) => {
    const { privateKey } =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : type === 'ec'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const bestand = bewaar(join(map, type), pem);
    const van = new Broker({ ...CONFIG, bewijs: { soort: 'sleutel', bestand, id: 'onze-sleutel' } });
    await (await terug({}, { van })).uitslag;
    expect(gevraagd.get('client_secret')).toBeNull();
    const { kid, alg } = decodeProtectedHeader(gevraagd.get('client_assertion') ?? '');
    expect([kid, alg]).toEqual(['onze-sleutel', { rsa: 'PS256', ec: 'ES256', ed25519: 'Ed25519' }[type]]);
  },
);

test.each<readonly ['geheim' | 'sleutel', string | undefined]>([
  ['geheim', undefined],
  ['geheim', ' \n'],
  ['sleutel', undefined],
  ['sleutel', 'geen sleutel'],
  [
    'sleutel',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  ],
  ['sleutel', generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()],
])('a file that is no %s (%#) is told at the start, without what is in it', async (soort, inhoud) => {
  const bestand = join(map, 'onbruikbaar');
  rmSync(bestand, { force: true });
  if (inhoud !== undefined) bewaar(bestand, inhoud);
  const lezing = leesBewijs({ bewijs: { soort, bestand, id: undefined } });
  await expect(lezing).rejects.toThrow(ConfiguratieFout);
  await expect(lezing).rejects.not.toThrow(/geen sleutel$|PRIVATE/);
});
