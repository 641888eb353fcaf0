/** The token endpoint: every way to say who you are, everything that is wrong with it, and that nobody learns which clients there are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { draaiGeheim, draaiSleutels, trekClientIn } from '#src/toegang/clientbeheer.ts';
import { draaiUitgeversleutel } from '#src/toegang/uitgeversleutels.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import {
  assertievelden,
  haalToken,
  maakAssertie,
  maakSleutelpaar,
  OPDRACHT,
  registreerClient,
  statusMet,
  UITGEVER,
  vraagToken,
} from '../hulp/toegang.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-uitgever-'));
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_DEMO: '0',
    KNOOPPUNT_UITGEVER: UITGEVER,
    KNOOPPUNT_UITGEVERSLEUTELS: join(map, 'uitgever.json'),
    KNOOPPUNT_MISLUKTE_AANMELDINGEN: '0',
    KNOOPPUNT_VERZOEKEN_PER_SECONDE: '0',
  },
  bereid: () => draaiUitgeversleutel(join(map, 'uitgever.json'), false),
});
afterAll(async () => {
  await knooppunt.stop();
  rmSync(map, { recursive: true });
});
const { adres, database } = knooppunt;

const paar = await maakSleutelpaar();
const geheim = await registreerClient(database, { id: 'met-geheim', namens: ['0363'], metGeheim: true });
const beheer = await registreerClient(database, { id: 'beheer', beheerder: true, metGeheim: true });
await registreerClient(database, { id: 'met-sleutel', namens: ['98000001'], sleutels: { keys: [paar.openbaar] } });
const basic = (naam: string, wachtwoord = ''): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${naam}:${wachtwoord}`).toString('base64')}`,
});
const perAssertie = (assertie: string) => vraagToken(adres, assertievelden(assertie));

describe('a client gets a token', () => {
  test('with its secret in a header or in the form, and it is good for the API', async () => {
    for (const antwoord of [
      await vraagToken(adres, {}, basic('met-geheim', geheim)),
      await vraagToken(adres, { client_id: 'met-geheim', client_secret: geheim ?? '' }),
    ]) {
      expect(antwoord).toMatchObject({
        status: 200,
        lijf: { token_type: 'Bearer', expires_in: 300, scope: 'berichten' },
      });
      expect(antwoord.koppen.get('cache-control')).toBe('no-store');
      const token = antwoord.lijf.access_token ?? '';
      expect(await statusMet(adres, token)).toBe(200);
      expect(await statusMet(adres, token, '/v1/postbussen/0363/berichten')).toBe(200);
      expect(await statusMet(adres, token, '/v1/postbussen/0344/berichten')).toBe(403);
      expect(await statusMet(adres, token, '/v1/beheer/vensters')).toBe(403);
    }
  });

  test('that says what RFC 9068 wants, and nothing of what it may', async () => {
    const token = await haalToken(adres, 'met-geheim', geheim);
    const kop = decodeProtectedHeader(token);
    expect(kop).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) });
    const { exp = 0, iat = 0, ...inhoud } = decodeJwt(token);
    expect(exp - iat).toBe(300);
    expect(inhoud).toEqual({
      iss: UITGEVER,
      aud: UITGEVER,
      sub: 'met-geheim',
      client_id: 'met-geheim',
      scope: 'berichten',
      jti: expect.any(String),
    });
  });

  test.each(['EdDSA', 'ES256', 'RS256', 'PS256'])('with a statement that it signed itself, %s', async (alg) => {
    const sleutel = await maakSleutelpaar(alg);
    const id = `client-${alg.toLowerCase()}`;
    await registreerClient(database, { id, namens: ['98000002'], sleutels: { keys: [sleutel.openbaar] } });
    await expect
      .poll(async () => (await perAssertie(await maakAssertie(id, sleutel))).status, { timeout: 6000 })
      .toBe(200);
    const { lijf } = await perAssertie(await maakAssertie(id, sleutel, { aud: UITGEVER }));
    expect(await statusMet(adres, lijf.access_token ?? '', '/v1/postbussen/98000002/berichten')).toBe(200);
  });

  test('for less than it may', async () => {
    const alles = await haalToken(adres, 'beheer', beheer);
    const minder = await haalToken(adres, 'beheer', beheer, 'berichten');
    expect(decodeJwt(alles).scope).toBe('berichten beheer');
    expect(await statusMet(adres, alles, '/v1/beheer/vensters')).toBe(200);
    expect(await statusMet(adres, minder, '/v1/beheer/vensters')).toBe(403);
  });

  test('and every token leaves an audit line, without the token or the secret', async () => {
    const token = await haalToken(adres, 'met-geheim', geheim);
    const { rows } = await database.pool.query<{ regel: string }>(
      `select l::text as regel from logboek l where gebeurtenis = 'token uitgegeven' order by nr desc limit 1`,
    );
    expect(rows[0]?.regel).toContain('met-geheim');
    for (const deel of [geheim ?? '?', token]) expect(rows[0]?.regel).not.toContain(deel);
    expect(knooppunt.log()).not.toContain(geheim);
  });
});

const uur = (uren: number): number => Math.floor(Date.now() / 1000) + uren * 3600;
const vreemd = await maakSleutelpaar('EdDSA', paar.kid);
const gebruikt = await maakAssertie('met-sleutel', paar);
const alsTekst = (kop: object, inhoud: object, handtekening = ''): string =>
  [...[kop, inhoud].map((deel) => Buffer.from(JSON.stringify(deel)).toString('base64url')), handtekening].join('.');
const bewering = { iss: 'met-sleutel', sub: 'met-sleutel', aud: UITGEVER, iat: uur(0), exp: uur(0.01), jti: 'x' };
const hmac = await new SignJWT(bewering)
  .setProtectedHeader({ alg: 'HS256', kid: paar.kid })
  .sign(Buffer.from(JSON.stringify(paar.openbaar)));

describe('who does not prove who it is gets no token:', () => {
  const GEVALLEN: readonly (readonly [string, () => Promise<Awaited<ReturnType<typeof vraagToken>>>])[] = [
    ['a wrong secret', () => vraagToken(adres, {}, basic('met-geheim', 'fout'))],
    ['no secret', () => vraagToken(adres, {}, basic('met-geheim'))],
    ['a client that is not there', () => vraagToken(adres, {}, basic('niemand', geheim))],
    ['a secret for a client that has keys', () => vraagToken(adres, {}, basic('met-sleutel', geheim))],
    ['the secret of another', () => vraagToken(adres, {}, basic('beheer', geheim))],
    ['a name from the prototype', () => vraagToken(adres, {}, basic('constructor', 'x'))],
    ['a Basic header without a colon', () => vraagToken(adres, {}, { Authorization: 'Basic YWJj' })],
    ['a Bearer header', () => vraagToken(adres, {}, { Authorization: 'Bearer YWJj' })],
    ['a very long secret', () => vraagToken(adres, { client_id: 'met-geheim', client_secret: 'x'.repeat(5000) })],
    ['nothing at all', () => vraagToken(adres, {})],
    ['a name alone', () => vraagToken(adres, { client_id: 'met-geheim' })],
    ['a statement that is no JWT', () => perAssertie('abc')],
    ['a statement without a signature (alg none)', () => perAssertie(alsTekst({ alg: 'none' }, bewering))],
    ['a statement signed with the public key as a secret (HS256)', () => perAssertie(hmac)],
    ['a statement signed with the key of another', async () => perAssertie(await maakAssertie('met-sleutel', vreemd))],
    ['a statement about another', async () => perAssertie(await maakAssertie('met-sleutel', paar, { sub: 'beheer' }))],
    ['a statement of another about it', async () => perAssertie(await maakAssertie('beheer', paar))],
    [
      'a statement for another audience',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { aud: 'https://elders.test' })),
    ],
    [
      'a statement for more than one audience',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { aud: [UITGEVER, 'https://elders.test'] })),
    ],
    [
      'a statement without an audience',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { aud: undefined })),
    ],
    [
      'an expired statement',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { iat: uur(-1), exp: uur(-0.9) })),
    ],
    [
      'a statement that never expires',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { exp: undefined })),
    ],
    [
      'a statement that lives too long',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { exp: uur(1) })),
    ],
    [
      'a statement from the future',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { iat: uur(0.1), exp: uur(0.11) })),
    ],
    [
      'a statement that is not valid yet',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { nbf: uur(0.1) })),
    ],
    [
      'a statement without a moment',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { iat: undefined })),
    ],
    [
      'a statement without a number',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, { jti: undefined })),
    ],
    [
      'an access token as a statement',
      async () => perAssertie(await maakAssertie('met-sleutel', paar, {}, { typ: 'at+jwt' })),
    ],
    [
      'a statement that was used before',
      async () => {
        expect((await perAssertie(gebruikt)).status).toBe(200);
        return perAssertie(gebruikt);
      },
    ],
  ];
  test.concurrent.each(GEVALLEN)('%s', async (_naam, doe) => {
    const { status, lijf } = await doe();
    expect(status).toBe(401);
    // One answer for all: it does not say whether there is such a client.
    expect(lijf).toEqual({
      error: 'invalid_client',
      error_description: 'De client is niet bekend, of wat zij toont klopt niet.',
    });
  });

  test('a statement that is used twenty times at once gives one token', async () => {
    const assertie = await maakAssertie('met-sleutel', paar);
    const antwoorden = await Promise.all(Array.from({ length: 20 }, () => perAssertie(assertie)));
    expect(antwoorden.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('statements that expired are not kept', async () => {
    await database.pool.query(
      `insert into client_jti (client, jti, vervalt_op) select 'met-sleutel', sha256(n::text::bytea), now() - interval '1 second' from generate_series(1, 30) n`,
    );
    for (let nr = 0; nr < 2; nr += 1) await perAssertie(await maakAssertie('met-sleutel', paar));
    const { rows } = await database.pool.query('select from client_jti where vervalt_op < now()');
    expect(rows).toHaveLength(0);
  });
});

describe('a call that is not right:', () => {
  const goed = { client_id: 'met-geheim', client_secret: geheim ?? '' };
  const rauw = (tekst: string) => vraagToken(adres, tekst);
  const vorm = new URLSearchParams({ grant_type: 'client_credentials', ...goed }).toString();
  test.each([
    ['no grant', () => rauw(new URLSearchParams(goed).toString()), 'invalid_request'],
    ['another grant', () => vraagToken(adres, { ...goed, grant_type: 'password' }), 'unsupported_grant_type'],
    ['a field twice', () => rauw(`${vorm}&grant_type=client_credentials`), 'invalid_request'],
    ['two secrets', () => rauw(`${vorm}&client_secret=x`), 'invalid_request'],
    ['a secret in two places', () => vraagToken(adres, goed, basic('met-geheim', geheim)), 'invalid_request'],
    [
      'a header for one client and a form for another',
      () => vraagToken(adres, { client_id: 'beheer' }, basic('met-geheim', geheim)),
      'invalid_request',
    ],
    [
      'another type of statement',
      () => vraagToken(adres, { client_assertion_type: 'x', client_assertion: 'y' }),
      'invalid_request',
    ],
    ['JSON', () => vraagToken(adres, '{}', { 'Content-Type': 'application/json' }), 'invalid_request'],
    ['too much', () => rauw(`${vorm}&x=${'x'.repeat(20_000)}`), 'invalid_request'],
    ['a scope that it may not have', () => vraagToken(adres, { ...goed, scope: 'berichten beheer' }), 'invalid_scope'],
    ['a scope that is not there', () => vraagToken(adres, { ...goed, scope: 'alles' }), 'invalid_scope'],
  ] as const)('%s', async (_naam, doe, fout) => {
    const { status, lijf } = await doe();
    expect([status, lijf.error]).toEqual([400, fout]);
  });

  test('another method', async () => {
    for (const pad of ['/oauth/token', '/oauth/jwks']) {
      const antwoord = await fetch(`${adres}${pad}`, { method: 'PUT' });
      expect([antwoord.status, antwoord.headers.get('allow')]).toEqual([405, pad === '/oauth/token' ? 'POST' : 'GET']);
    }
  });
});

test('the metadata say where everything is, and the JWKS holds no private part', async () => {
  const metadata = await (await fetch(`${adres}/.well-known/oauth-authorization-server`)).json();
  expect(metadata).toMatchObject({
    issuer: UITGEVER,
    token_endpoint: `${UITGEVER}/oauth/token`,
    jwks_uri: `${UITGEVER}/oauth/jwks`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  });
  const { keys } = (await (await fetch(`${adres}/oauth/jwks`)).json()) as { keys: object[] };
  for (const sleutel of keys) expect(Object.keys(sleutel).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});

test('the OpenAPI document says how to get a token', async () => {
  const { components, security } = (await (await fetch(`${adres}/v1/openapi.json`)).json()) as {
    components: { securitySchemes: Record<string, { flows?: object }> };
    security: object[];
  };
  expect(security).toEqual([{ bearer: [] }, { oauth2: [] }]);
  expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'oauth2']);
  expect(components.securitySchemes.oauth2?.flows).toMatchObject({ clientCredentials: { tokenUrl: '/oauth/token' } });
});

test('the time of a refusal does not tell whether there is such a client', async () => {
  // In turn, and the shortest of each: what else this machine does is then no part of it.
  const kortste = new Map(['met-geheim', 'met-sleutel', 'niemand'].map((naam) => [naam, Number.POSITIVE_INFINITY]));
  const verhoudingen = (): readonly number[] => {
    const [met = 0, ...anderen] = kortste.values();
    return anderen.map((ander) => ander / met);
  };
  const gelijk = (): boolean => verhoudingen().every((verhouding) => verhouding > 0.7 && verhouding < 1.4);
  for (let nr = 0; nr < 3 || (nr < 30 && !gelijk()); nr += 1)
    for (const [naam, tot] of kortste) {
      const sinds = performance.now();
      await vraagToken(adres, {}, basic(naam, 'fout'));
      kortste.set(naam, Math.min(tot, performance.now() - sinds));
    }
  expect(gelijk(), `${verhoudingen()}`).toBe(true);
});

describe('within 5 seconds, and without a restart,', () => {
  const binnen = { timeout: 5000, interval: 100 };
  // What is new may take as long, and its refusals until then take their time.
  const ruim = { timeout: 10_000, interval: 100 };

  test('a client that was withdrawn gets no token, and those it has are no good', async () => {
    const eigen = await registreerClient(database, { id: 'gaat-weg', namens: ['0363'], metGeheim: true });
    let token = '';
    await expect
      .poll(async () => {
        token = await haalToken(adres, 'gaat-weg', eigen).catch(() => '');
        return token !== '' && statusMet(adres, token);
      }, ruim)
      .toBe(200);
    await trekClientIn(database, OPDRACHT, 'gaat-weg');
    await expect.poll(() => statusMet(adres, token), binnen).toBe(401);
    expect((await vraagToken(adres, {}, basic('gaat-weg', eigen))).status).toBe(401);
  });

  test('a new secret holds beside the old one, and alone when that was asked', async () => {
    const eerste = await registreerClient(database, { id: 'draait', metGeheim: true });
    const status = async (wachtwoord: string | undefined) =>
      (await vraagToken(adres, {}, basic('draait', wachtwoord))).status;
    const tweede = await draaiGeheim(database, OPDRACHT, 'draait', 1);
    await expect.poll(() => status(tweede), ruim).toBe(200);
    expect(await status(eerste)).toBe(200);
    const derde = await draaiGeheim(database, OPDRACHT, 'draait', 0);
    await expect.poll(() => status(derde), ruim).toBe(200);
    expect([await status(eerste), await status(tweede)]).toEqual([401, 401]);
  });

  test('other keys hold in place of the old ones', async () => {
    const [oud, nieuw] = [await maakSleutelpaar(), await maakSleutelpaar()];
    await registreerClient(database, { id: 'andere-sleutels', sleutels: { keys: [oud.openbaar] } });
    await draaiSleutels(database, OPDRACHT, 'andere-sleutels', { keys: [nieuw.openbaar] });
    const status = async (sleutel: typeof oud) =>
      (await perAssertie(await maakAssertie('andere-sleutels', sleutel))).status;
    await expect.poll(() => status(nieuw), ruim).toBe(200);
    expect(await status(oud)).toBe(401);
  });
});
