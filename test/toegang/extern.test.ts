/** Tokens of another issuer: a real one (oidc-provider), and one of the test that misbehaves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfiguratieFout } from '#src/fouten.ts';
import { leesExterneUitgevers } from '#src/toegang/externe-uitgevers.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bewaar, maakSleutelpaar, registreerClient, statusMet } from '../hulp/toegang.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-extern-'));
const luister = (server: Server): Promise<string> =>
  new Promise((klaar) =>
    server.listen(0, '127.0.0.1', () => klaar(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );

// The issuer of a gemeente, as one gets it from npm.
const AUDIENCE = 'https://knooppunt.test';
const paar = await maakSleutelpaar('ES256', 'uitgever-1');
const oidcServer = createServer();
const oidc = await luister(oidcServer);
const provider = new Provider(oidc, {
  clients: [
    {
      client_id: 'zorgsysteem',
      client_secret: 'geheim-van-zorgsysteem',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...(await exportJWK(paar.prive)), kid: paar.kid, alg: paar.alg, use: 'sig' }] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => AUDIENCE,
      getResourceServerInfo: (_ctx: unknown, resource: string) => ({
        scope: 'berichten',
        audience: resource,
        accessTokenTTL: 300,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});
oidcServer.on('request', provider.callback());
const tokenVan = async (resource = AUDIENCE): Promise<string> => {
  const antwoord = await fetch(`${oidc}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
    headers: { Authorization: `Basic ${Buffer.from('zorgsysteem:geheim-van-zorgsysteem').toString('base64')}` },
  });
  const lijf = (await antwoord.json()) as { access_token?: string; error?: string };
  if (!lijf.access_token) throw new Error(`the issuer says ${lijf.error}`);
  return lijf.access_token;
};

// An issuer that does whatever the test wants with the question for its keys.
let gedrag: () => { status: number; lijf: string; location?: string } = () => ({ status: 200, lijf: '{"keys":[]}' });
let gevraagd = 0;
const grillig = createServer((_req, res) => {
  gevraagd += 1;
  const { status, lijf, location } = gedrag();
  res.writeHead(status, { 'Content-Type': 'application/json', ...(location && { location }) }).end(lijf);
});
const nukken = await luister(grillig);

const uitBestand = await maakSleutelpaar('PS256', 'bestand-1');
const BESTAND = 'https://bestand.test';
const uitgevers = bewaar(join(map, 'uitgevers.json'), [
  { uitgever: oidc, jwksAdres: `${oidc}/jwks`, audience: AUDIENCE },
  {
    uitgever: BESTAND,
    jwksBestand: bewaar(join(map, 'jwks.json'), { keys: [uitBestand.openbaar] }),
    audience: AUDIENCE,
    clientClaim: 'azp',
    type: 'JWT',
    algoritmen: ['PS256'],
    klokverschilSeconden: 60,
  },
  { uitgever: nukken, jwksAdres: `${nukken}/jwks`, audience: AUDIENCE },
]);
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_DEMO: '0',
    KNOOPPUNT_EXTERNE_UITGEVERS: uitgevers,
    KNOOPPUNT_MISLUKTE_AANMELDINGEN: '0',
  },
  async bereid(database) {
    await registreerClient(database, {
      id: 'zorg',
      namens: ['0363'],
      extern: [
        { uitgever: oidc, id: 'zorgsysteem' },
        { uitgever: BESTAND, id: 'systeem-1' },
        { uitgever: nukken, id: 'nuk' },
      ],
    });
  },
});
afterAll(async () => {
  await knooppunt.stop();
  oidcServer.closeAllConnections();
  oidcServer.close();
  grillig.closeAllConnections();
  grillig.close();
  rmSync(map, { recursive: true });
});
const { adres } = knooppunt;
const postbus = (token: string, code = '0363') => statusMet(adres, token, `/v1/postbussen/${code}/berichten`);
const nu = (): number => Math.floor(Date.now() / 1000);

describe('an issuer from npm', () => {
  test('gives tokens that are good here, for what the client is registered with', async () => {
    const token = await tokenVan();
    expect(await postbus(token)).toBe(200);
    expect(await postbus(token, '0344')).toBe(403);
    expect(await statusMet(adres, token, '/v1/beheer/vensters')).toBe(403);
  });

  test('gives tokens for others, that are not', async () => {
    expect(await postbus(await tokenVan('https://elders.test'))).toBe(401);
  });

  test('has signed an id token with the same key: that is no access token', async () => {
    const inhoud = {
      iss: oidc,
      aud: AUDIENCE,
      sub: 'zorgsysteem',
      client_id: 'zorgsysteem',
      iat: nu(),
      exp: nu() + 60,
    };
    const met = (typ: string) =>
      new SignJWT(inhoud).setProtectedHeader({ alg: paar.alg, kid: paar.kid, typ }).sign(paar.prive);
    expect(await postbus(await met('JWT'))).toBe(401);
    expect(await postbus(await met('at+jwt'))).toBe(200);
  });
});

describe('an issuer of which the keys are in a file', () => {
  const teken = (anders: Readonly<Record<string, unknown>> = {}, sleutel = uitBestand) =>
    new SignJWT({ iss: BESTAND, aud: [AUDIENCE, 'account'], azp: 'systeem-1', iat: nu(), exp: nu() + 60, ...anders })
      .setProtectedHeader({ alg: sleutel.alg, kid: 'bestand-1', typ: 'JWT' })
      .sign(sleutel.prive);

  test('names its client in the claim that was agreed', async () => {
    expect(await postbus(await teken())).toBe(200);
    expect(await postbus(await teken({ azp: 'systeem-2' }))).toBe(401);
    expect(await postbus(await teken({ azp: 'zorgsysteem' }))).toBe(401);
    expect(await postbus(await teken({ azp: undefined, client_id: 'systeem-1' }))).toBe(401);
    // Our own name for a client means nothing in a token of another.
    expect(await postbus(await teken({ azp: 'zorg' }))).toBe(401);
  });

  test('may differ in its clock as much as was agreed', async () => {
    expect(await postbus(await teken({ exp: nu() - 40 }))).toBe(200);
    expect(await postbus(await teken({ exp: nu() - 70 }))).toBe(401);
    expect(await postbus(await teken({ nbf: nu() + 40 }))).toBe(200);
    expect(await postbus(await teken({ nbf: nu() + 70 }))).toBe(401);
  });

  test('cannot speak for another issuer, nor another for it', async () => {
    expect(await postbus(await teken({ iss: oidc, client_id: 'zorgsysteem' }))).toBe(401);
    expect(await postbus(await teken({}, await maakSleutelpaar('RS256', 'bestand-1')))).toBe(401);
    expect(await postbus(await teken({}, paar))).toBe(401);
  });
});

describe('an issuer that does not answer as it should', () => {
  const anders = maakSleutelpaar('EdDSA', 'nuk-1');
  const token = async (): Promise<string> => {
    const { prive } = await anders;
    return new SignJWT({ iss: nukken, aud: AUDIENCE, client_id: 'nuk', iat: nu(), exp: nu() + 60 })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'nuk-1', typ: 'at+jwt' })
      .sign(prive);
  };

  test.each([
    ['an error', () => ({ status: 500, lijf: 'kapot' })],
    ['another address', () => ({ status: 302, lijf: '', location: `${oidc}/jwks` })],
    ['far too much', () => ({ status: 200, lijf: `{"keys":[],"x":"${'x'.repeat(300_000)}"}` })],
  ])('%s: nobody can say, so try again later; and it is not asked for every token', async (_naam, doe) => {
    gedrag = doe;
    gevraagd = 0;
    const uitgever = leesExterneUitgevers(uitgevers, { productie: false, opFout: () => undefined }).get(nukken);
    for (let nr = 0; nr < 5; nr += 1)
      await expect(uitgever?.controleer(await token())).rejects.toMatchObject({ soort: 'tijdelijkNietBeschikbaar' });
    expect(gevraagd).toBe(1);
  });

  test('the API then says 503, and is itself again when the issuer is', async () => {
    gedrag = () => ({ status: 500, lijf: '' });
    expect(await postbus(await token())).toBe(503);
    // The others do not notice.
    expect(await postbus(await tokenVan())).toBe(200);
  });

  test('an unknown key is asked for once, not for every token', async () => {
    gedrag = () => ({ status: 200, lijf: '{"keys":[]}' });
    gevraagd = 0;
    const uitgever = leesExterneUitgevers(uitgevers, { productie: false, opFout: () => undefined }).get(nukken);
    for (let nr = 0; nr < 20; nr += 1) await expect(uitgever?.controleer(await token())).rejects.toThrow();
    expect(gevraagd).toBe(1);
  });
});

describe('a file that is not right refuses to start', () => {
  const goed = { uitgever: 'https://a.test', jwksAdres: 'https://a.test/jwks', audience: 'x' };
  test.each<readonly [string, unknown]>([
    ['no JSON', '['],
    ['no list', {}],
    ['no keys', [{ ...goed, jwksAdres: undefined }]],
    ['keys in two places', [{ ...goed, jwksBestand: 'x.json' }]],
    ['keys on another host', [{ ...goed, jwksAdres: 'https://b.test/jwks' }]],
    ['keys without TLS', [{ ...goed, jwksAdres: 'http://a.test/jwks' }]],
    ['keys in a file of the machine', [{ ...goed, jwksAdres: 'file:///etc/passwd' }]],
    ['an issuer without TLS', [{ ...goed, uitgever: 'http://a.test', jwksAdres: 'http://a.test/jwks' }]],
    ['a shared secret as algorithm', [{ ...goed, algoritmen: ['HS256'] }]],
    ['no algorithm', [{ ...goed, algoritmen: ['none'] }]],
    ['a clock that may be hours off', [{ ...goed, klokverschilSeconden: 3600 }]],
    ['an issuer twice', [goed, goed]],
    ['a field that we do not know', [{ ...goed, geheim: 'x' }]],
    ['no audience', [{ ...goed, audience: undefined }]],
  ])('%s', (_naam, inhoud) => {
    const lees = () =>
      leesExterneUitgevers(bewaar(join(map, 'fout.json'), inhoud), { productie: false, opFout: () => undefined });
    expect(lees).toThrow(ConfiguratieFout);
  });

  test('in production this machine needs TLS too; a host that is named may have the keys', () => {
    const bestand = bewaar(join(map, 'lokaal.json'), [{ ...goed, uitgever: oidc, jwksAdres: `${oidc}/jwks` }]);
    const lees = (pad: string, productie: boolean) => leesExterneUitgevers(pad, { productie, opFout: () => undefined });
    expect(() => lees(bestand, true)).toThrow(ConfiguratieFout);
    expect(lees(bestand, false).size).toBe(1);
    const elders = { ...goed, jwksAdres: 'https://b.test/jwks', jwksHosts: ['b.test'] };
    expect(lees(bewaar(join(map, 'elders.json'), [elders]), true).size).toBe(1);
  });
});
