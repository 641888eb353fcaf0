/** TLS with client certificates, on real sockets: whose certificate it is, which are not right, and tokens that are bound to one. */

import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { decodeJwt } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfiguratieFout } from '#src/fouten.ts';
import { maakServer } from '#src/http/tls.ts';
import { draaiUitgeversleutel } from '#src/toegang/uitgeversleutels.ts';
import { type Certificaat, maakCertificaat, maakIntrekkingslijst } from '../hulp/certificaat.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bewaar, registreerClient, UITGEVER } from '../hulp/toegang.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-mtls-'));
const pad = (naam: string): string => join(map, naam);

const pkio = maakCertificaat({ voor: 'PKIoverheid van de proef', isUitgever: true });
const [OIN, ANDER, VAST] = ['00000001001234567000', '00000003271234560000', '00000001009999999000'] as const;
const van = (oins: readonly string[], anders: object = {}): Certificaat =>
  maakCertificaat({ voor: 'systeem.gemeente.test', uitgever: pkio, oins, ...anders });
const gemeente = van([OIN]);
const gemeenteTweede = van([OIN]);
const aanbieder = van([ANDER]);
const vastgezet = van([VAST]);
const ingetrokken = van([OIN]);
const server = maakCertificaat({ voor: '127.0.0.1' });
const sha256 = ({ cert }: Certificaat): string =>
  new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();

const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_DEMO: '0',
    KNOOPPUNT_UITGEVER: UITGEVER,
    KNOOPPUNT_UITGEVERSLEUTELS: pad('uitgever.json'),
    KNOOPPUNT_TLS_CERTIFICAAT: bewaar(pad('server.pem'), server.cert),
    KNOOPPUNT_TLS_SLEUTEL: bewaar(pad('server.key'), server.key),
    KNOOPPUNT_TLS_CLIENT_CA: bewaar(pad('ca.pem'), pkio.cert),
    KNOOPPUNT_TLS_CRL: bewaar(pad('ca.crl'), maakIntrekkingslijst(pkio, [ingetrokken])),
    KNOOPPUNT_MISLUKTE_AANMELDINGEN: '0',
  },
  async bereid(database) {
    await draaiUitgeversleutel(pad('uitgever.json'), false);
    await registreerClient(database, { id: 'gemeente', namens: ['0363'], oins: [OIN] });
    await registreerClient(database, { id: 'aanbieder', namens: ['98000001'], oins: [ANDER] });
    await registreerClient(database, { id: 'vast', namens: ['0344'], oins: [VAST], certificaten: [sha256(vastgezet)] });
  },
});
afterAll(async () => {
  await knooppunt.stop();
  rmSync(map, { recursive: true });
});
const poort = Number(new URL(knooppunt.adres).port);

interface Vraag {
  readonly met?: Certificaat | undefined;
  readonly methode?: string;
  readonly naar: string;
  readonly koppen?: Readonly<Record<string, string>>;
  readonly lijf?: string;
}
/** @returns status 0 when the connection was cut */
function vraag({ met, methode = 'GET', naar, koppen = {}, lijf }: Vraag): Promise<{ status: number; lijf: string }> {
  return new Promise((klaar) => {
    const agent = new Agent({ ca: server.cert, ...(met && { cert: met.cert, key: met.key }), maxCachedSessions: 0 });
    const verzoek = request(
      { host: '127.0.0.1', port: poort, path: naar, method: methode, headers: koppen, agent },
      (antwoord) => {
        let tekst = '';
        antwoord.setEncoding('utf8').on('data', (stuk: string) => {
          tekst += stuk;
        });
        antwoord.once('end', () => klaar({ status: antwoord.statusCode ?? 0, lijf: tekst }));
      },
    );
    verzoek.once('error', () => klaar({ status: 0, lijf: '' }));
    verzoek.once('close', () => agent.destroy());
    verzoek.end(lijf);
  });
}
const postbus = async (code: string, met?: Certificaat, koppen = {}): Promise<number> =>
  (await vraag({ naar: `/v1/postbussen/${code}/berichten`, met, koppen })).status;
const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });
async function tokenMet(met: Certificaat | undefined, client: string): Promise<{ status: number; token: string }> {
  const { status, lijf } = await vraag({
    met,
    methode: 'POST',
    naar: '/oauth/token',
    koppen: { 'Content-Type': 'application/x-www-form-urlencoded' },
    lijf: new URLSearchParams({ grant_type: 'client_credentials', client_id: client }).toString(),
  });
  return { status, token: (JSON.parse(lijf || '{}') as { access_token?: string }).access_token ?? '' };
}

describe('a certificate', () => {
  test('is its client: by the OIN in its Subject, for its own organisations', async () => {
    expect(await postbus('0363', gemeente)).toBe(200);
    expect(await postbus('98000001', gemeente)).toBe(403);
    expect(await postbus('98000001', aanbieder)).toBe(200);
    // Renewed: another certificate with the same OIN.
    expect(await postbus('0363', gemeenteTweede)).toBe(200);
  });

  test('lets a gemeente system in at the door of StUF', async () => {
    const roep = (met?: Certificaat) =>
      vraag({
        met,
        methode: 'POST',
        naar: '/stuf/ggk0210/OntvangAsynchroon',
        koppen: { 'Content-Type': 'text/xml', SOAPAction: 'x' },
        lijf: '<x/>',
      });
    expect((await roep()).status).toBe(401);
    // It is let in; what it says is another matter.
    expect((await roep(gemeente)).status).toBe(500);
  });

  test('that was named itself is the only one that its client has', async () => {
    expect(await postbus('0344', vastgezet)).toBe(200);
    expect(await postbus('0344', van([VAST]))).toBe(401);
  });

  test.each([
    ['of an OIN that nobody has', () => van(['00000009999999999000'])],
    ['without an OIN', () => van([])],
    ['with two OINs', () => van([OIN, ANDER])],
    ['with an OIN of nineteen digits', () => van([OIN.slice(1)])],
    ['with an OIN and something after it', () => van([`${OIN} `])],
    ['with the OIN in another place', () => van([], { voor: `serialNumber=${OIN}` })],
    ['with a line end before the OIN', () => van([], { voor: `x\nserialNumber=${OIN}` })],
  ])('%s is nobody', async (_naam, maak) => {
    expect(await postbus('0363', maak())).toBe(401);
  });

  test.each([
    [
      'of an issuer that we do not trust',
      () => maakCertificaat({ voor: 'x', uitgever: maakCertificaat({ voor: 'Kwaad', isUitgever: true }), oins: [OIN] }),
    ],
    [
      'of an issuer with the same name',
      () =>
        maakCertificaat({
          voor: 'x',
          uitgever: maakCertificaat({ voor: 'PKIoverheid van de proef', isUitgever: true }),
          oins: [OIN],
        }),
    ],
    ['that signed itself', () => maakCertificaat({ voor: 'x', oins: [OIN] })],
    ['that was signed by another client', () => maakCertificaat({ voor: 'x', uitgever: gemeente, oins: [OIN] })],
    ['that is over', () => van([OIN], { tot: new Date(Date.now() - 60_000) })],
    ['that was withdrawn', () => ingetrokken],
  ])('%s cuts the connection', async (_naam, maak) => {
    expect(await postbus('0363', maak())).toBe(0);
  });

  test('cannot be told in a header', async () => {
    const pem = encodeURIComponent(gemeente.cert);
    for (const kop of ['X-Client-Cert', 'X-Forwarded-Client-Cert', 'X-SSL-Client-Cert', 'Client-Cert'])
      expect(await postbus('0363', undefined, { [kop]: pem })).toBe(401);
    expect(await postbus('0363', undefined, { 'X-SSL-Client-S-DN': `serialNumber=${OIN}` })).toBe(401);
  });
});

test('a connection is checked anew every time: no session is resumed', async () => {
  const opties = { port: poort, host: '127.0.0.1', ca: server.cert, cert: gemeente.cert, key: gemeente.key };
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    let sessie: Buffer | undefined;
    const eerste = connect({ ...opties, maxVersion });
    eerste.on('session', (nieuw) => {
      sessie = nieuw;
    });
    eerste.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(eerste.resume(), 'close');
    const tweede = connect({ ...opties, maxVersion, ...(sessie && { session: sessie }) });
    await once(tweede, 'secureConnect');
    expect(tweede.isSessionReused(), maxVersion).toBe(false);
    tweede.destroy();
  }
});

describe('a token that was asked with a certificate', () => {
  test('is for its client, and good over a connection with that certificate alone (RFC 8705)', async () => {
    const { status, token } = await tokenMet(gemeente, 'gemeente');
    expect(status).toBe(200);
    const x5t = Buffer.from(sha256(gemeente), 'hex').toString('base64url');
    expect(decodeJwt(token)).toMatchObject({ client_id: 'gemeente', cnf: { 'x5t#S256': x5t } });
    expect(await postbus('0363', gemeente, bearer(token))).toBe(200);
    expect(await postbus('0363', undefined, bearer(token))).toBe(401);
    expect(await postbus('0363', aanbieder, bearer(token))).toBe(401);
    // The same OIN is not the same certificate.
    expect(await postbus('0363', gemeenteTweede, bearer(token))).toBe(401);
  });

  test('is not given to who names another client, or has no certificate', async () => {
    expect((await tokenMet(gemeente, 'aanbieder')).status).toBe(401);
    expect((await tokenMet(undefined, 'gemeente')).status).toBe(401);
    expect((await tokenMet(van(['00000009999999999000']), 'gemeente')).status).toBe(401);
  });
});

test('the metadata say that certificates are taken', async () => {
  const { lijf } = await vraag({ naar: '/.well-known/oauth-authorization-server' });
  expect(JSON.parse(lijf)).toMatchObject({ tls_client_certificate_bound_access_tokens: true });
  expect(JSON.parse(lijf).token_endpoint_auth_methods_supported).toContain('tls_client_auth');
});

test('so does the OpenAPI document', async () => {
  const { lijf } = await vraag({ naar: '/v1/openapi.json' });
  expect(JSON.parse(lijf).components.securitySchemes.certificaat).toMatchObject({ type: 'mutualTLS' });
});

test('plain HTTP gets no answer', async () => {
  await expect(fetch(`http://127.0.0.1:${poort}/health/live`)).rejects.toThrow();
});

describe('the files of TLS', () => {
  test('that are not right refuse to start', () => {
    const maak = (anders: object) => () =>
      maakServer(
        {},
        () => undefined,
        { certificaat: pad('server.pem'), sleutel: pad('server.key'), clientCa: undefined, crl: undefined, ...anders },
        () => undefined,
      );
    expect(maak({ certificaat: pad('niets.pem') })).toThrow(ConfiguratieFout);
    expect(maak({ sleutel: bewaar(pad('onzin.key'), 'onzin') })).toThrow(ConfiguratieFout);
    expect(maak({ sleutel: bewaar(pad('ander.key'), gemeente.key) })).toThrow(ConfiguratieFout);
  });

  test('that change are used without a restart; that cannot be used, leave the old ones', async () => {
    const [cert, key] = [bewaar(pad('wissel.pem'), server.cert), bewaar(pad('wissel.key'), server.key)];
    const fouten: unknown[] = [];
    const eigen = maakServer(
      {},
      (_req, res) => res.end(),
      { certificaat: cert, sleutel: key, clientCa: undefined, crl: undefined },
      (_melding, fout) => fouten.push(fout),
      20,
    );
    await new Promise<void>((klaar) => eigen.listen(0, '127.0.0.1', klaar));
    const { port } = eigen.address() as AddressInfo;
    const gezien = () =>
      new Promise<string>((klaar, mislukt) => {
        const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
          klaar(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
          socket.destroy();
        }).once('error', mislukt);
      });
    const afdruk = ({ cert: pem }: Certificaat) => new X509Certificate(pem).fingerprint256;
    expect(await gezien()).toBe(afdruk(server));
    const nieuw = maakCertificaat({ voor: '127.0.0.1' });
    writeFileSync(key, nieuw.key);
    await expect.poll(() => fouten.length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(await gezien()).toBe(afdruk(server));
    writeFileSync(cert, nieuw.cert);
    await expect.poll(gezien, { timeout: 5000 }).toBe(afdruk(nieuw));
    await new Promise<void>((klaar) => eigen.close(() => klaar()));
  });
});
