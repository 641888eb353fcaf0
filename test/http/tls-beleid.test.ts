/** The TLS policy holds in real handshakes: what is old or weak gets no connection, and what is allowed gets one. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HANDTEKENINGEN, KROMMEN, SUITES, TLS_IN, TLS_UIT } from '#src/http/tls-beleid.ts';
import { maakCertificaat } from '../hulp/certificaat.ts';

const certificaat = maakCertificaat({ voor: '127.0.0.1' });
const sockets = new Set<tls.TLSSocket>();
let poort = 0;

const server = tls.createServer({ ...certificaat, ...TLS_IN }, (socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined).on('data', (stuk) => socket.write(stuk));
});
server.on('tlsClientError', () => undefined);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  poort = (server.address() as AddressInfo).port;
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  return new Promise((klaar) => server.close(klaar));
});

/** What a client may try when it has no manners: OpenSSL itself would not even offer it otherwise. */
const SLORDIG = ':@SECLEVEL=0';

interface Uitkomst {
  readonly versie: string | null;
  readonly suite: string;
}

/** @returns what was agreed; undefined when there was no agreement */
async function schud(opties: tls.ConnectionOptions, op = poort): Promise<Uitkomst | undefined> {
  const socket = tls.connect({ host: '127.0.0.1', port: op, ca: certificaat.cert, ...opties });
  try {
    await once(socket, 'secureConnect');
    return { versie: socket.getProtocol(), suite: socket.getCipher().name };
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

describe('a client gets no connection', () => {
  test.each<readonly [string, tls.ConnectionOptions]>([
    ['with TLS 1.0', { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: `ALL${SLORDIG}` }],
    ['with TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: `ALL${SLORDIG}` }],
    ['with CBC', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA' }],
    ['with CCM', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-CCM8:ECDHE-ECDSA-AES256-CCM' }],
    ['with a key exchange without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: `AES256-GCM-SHA384${SLORDIG}` }],
    ['with finite-field Diffie-Hellman', { maxVersion: 'TLSv1.2', ciphers: `DHE-RSA-AES256-GCM-SHA384${SLORDIG}` }],
    ['without encryption', { maxVersion: 'TLSv1.2', ciphers: `ECDHE-ECDSA-NULL-SHA${SLORDIG}` }],
    ['without authentication', { maxVersion: 'TLSv1.2', ciphers: `AECDH-AES256-SHA${SLORDIG}` }],
    ['with a curve that is phased out', { ecdhCurve: 'secp224r1', maxVersion: 'TLSv1.2' }],
    ['with a curve that is not on the list', { ecdhCurve: 'secp521r1' }],
    ['with signatures over SHA-1', { sigalgs: 'ECDSA+SHA1', maxVersion: 'TLSv1.2', ciphers: `ALL${SLORDIG}` }],
    ['with signatures over SHA-224', { sigalgs: 'ECDSA+SHA224', maxVersion: 'TLSv1.2', ciphers: `ALL${SLORDIG}` }],
  ])('%s', async (_naam, opties) => {
    expect(await schud(opties)).toBeUndefined();
  });

  test('and the same client with good manners gets one', async () => {
    expect(await schud({ ciphers: `ALL${SLORDIG}` })).toMatchObject({ versie: 'TLSv1.3' });
    expect(await schud({ ciphers: `ALL${SLORDIG}`, maxVersion: 'TLSv1.2' })).toEqual({
      versie: 'TLSv1.2',
      suite: 'ECDHE-ECDSA-AES256-GCM-SHA384',
    });
  });
});

describe('a client gets a connection', () => {
  const van13 = SUITES.filter((suite) => suite.startsWith('TLS_'));
  // RSA suites need a certificate with an RSA key.
  const van12 = SUITES.filter((suite) => suite.includes('-ECDSA-'));

  test.each(van13)('of TLS 1.3 with %s', async (suite) => {
    expect(await schud({ minVersion: 'TLSv1.3', ciphers: suite })).toEqual({ versie: 'TLSv1.3', suite });
  });

  test.each(van12)('of TLS 1.2 with %s', async (suite) => {
    expect(await schud({ maxVersion: 'TLSv1.2', ciphers: suite })).toEqual({ versie: 'TLSv1.2', suite });
  });

  test.each(KROMMEN)('over %s', async (kromme) => {
    expect(await schud({ ecdhCurve: kromme })).toBeDefined();
  });
});

test('our order of suites counts, not that of the client', async () => {
  const { length } = SUITES;
  const achterstevoren = SUITES.toReversed().join(':');
  expect(length).toBeGreaterThan(3);
  expect(await schud({ maxVersion: 'TLSv1.2', ciphers: achterstevoren })).toMatchObject({
    suite: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  });
});

test('nobody negotiates again on a connection that stands', async () => {
  const socket = tls.connect({ host: '127.0.0.1', port: poort, ca: certificaat.cert, maxVersion: 'TLSv1.2' });
  await once(socket, 'secureConnect');
  const uitkomst = await new Promise<Error | null>((klaar) => {
    socket.once('error', klaar);
    socket.once('close', () => klaar(new Error('closed')));
    socket.renegotiate({}, (fout) => klaar(fout));
  });
  socket.destroy();
  expect(uitkomst).toBeInstanceOf(Error);
});

describe('what we ask of others', () => {
  test('goes over no old TLS, whatever they want', async () => {
    const oud = tls.createServer({
      ...certificaat,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: `ALL${SLORDIG}`,
    });
    oud.on('tlsClientError', () => undefined);
    oud.listen(0, '127.0.0.1');
    await once(oud, 'listening');
    expect(await schud(TLS_UIT, (oud.address() as AddressInfo).port)).toBeUndefined();
    oud.close();
  });

  test('goes over good TLS', async () => {
    expect(await schud(TLS_UIT)).toMatchObject({ versie: 'TLSv1.3' });
  });
});

test('every name in the policy is one that this Node knows', () => {
  const bekend = new Set(tls.getCiphers());
  expect(SUITES.filter((suite) => !bekend.has(suite.toLowerCase()))).toEqual([]);
  for (const sigalgs of HANDTEKENINGEN) expect(() => tls.createSecureContext({ sigalgs })).not.toThrow();
});
