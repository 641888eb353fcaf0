/** Callers that never come to a request: too slow, too much, or no HTTP at all. Each hears one short refusal and is gone; others notice nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as wacht } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { begrens, SERVER_GRENZEN } from '#src/http/server-grenzen.ts';
import { voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { alsAntwoord, stuur } from '../hulp/rauw.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const GEHEIM = '999900006';

/** Says this, hangs on, and gives what the server says until it closes. */
async function zeg(adres: string, tekst: string): Promise<string> {
  const { hostname, port } = new URL(adres);
  const socket = connect(Number(port), hostname);
  let gezegd = '';
  socket.setEncoding('latin1').on('data', (stuk: string) => {
    gezegd += stuk;
  });
  socket.on('error', () => undefined);
  socket.write(tekst, 'latin1');
  await once(socket, 'close');
  return gezegd;
}

const kop = (...regels: readonly string[]): string => ['GET /v1/berichten HTTP/1.1', ...regels, '', ''].join('\r\n');

describe('what is no request gets one refusal, without what was in it, and the connection closes:', () => {
  test.each<readonly [string, WeigeringSoort, string]>([
    ['headers of 17 kB', 'koppenTeGroot', kop('Host: x', `X-Veel: ${GEHEIM.repeat(2000)}`)],
    ['an address of 17 kB', 'koppenTeGroot', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['two hundred headers', 'koppenTeGroot', kop('Host: x', ...Array.from({ length: 200 }, (_, nr) => `X-${nr}: 1`))],
    ['no HTTP at all', 'invoerOngeldig', `${GEHEIM}\r\n\r\n`],
    ['TLS on a port without', 'invoerOngeldig', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['HTTP/2 without asking', 'invoerOngeldig', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/9.9', 'invoerOngeldig', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a method that does not exist', 'invoerOngeldig', 'STEEL /v1/berichten HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a space in the address', 'invoerOngeldig', 'GET /v1/ berichten HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a NUL in a header', 'invoerOngeldig', kop('Host: x', `X-A: ${GEHEIM}\u0000`)],
    ['a space before the colon', 'invoerOngeldig', kop('Host: x', 'X-A : 1')],
    ['a header over two lines', 'invoerOngeldig', kop('Host: x', 'X-A: 1', ' 2')],
    ['a header without a name', 'invoerOngeldig', kop('Host: x', ': 1')],
    ['a bare LF after a header', 'invoerOngeldig', 'GET / HTTP/1.1\r\nHost: x\nX-A: 1\r\n\r\n'],
    ['two lengths', 'invoerOngeldig', kop('Host: x', 'Content-Length: 1', 'Content-Length: 2')],
    ['a length and chunks', 'invoerOngeldig', kop('Host: x', 'Content-Length: 1', 'Transfer-Encoding: chunked')],
    ['a negative length', 'invoerOngeldig', kop('Host: x', 'Content-Length: -1')],
    ['a length that is no number', 'invoerOngeldig', kop('Host: x', 'Content-Length: 1e3')],
    ['a length beyond all numbers', 'invoerOngeldig', kop('Host: x', `Content-Length: ${'9'.repeat(40)}`)],
    ['chunks that are not last', 'invoerOngeldig', kop('Host: x', 'Transfer-Encoding: chunked, gzip')],
    ['an expectation that nobody can meet', 'invoerOngeldig', kop('Host: x', 'Expect: 200-ok')],
  ])('%s → %s', async (_naam, soort, tekst) => {
    const gezegd = await zeg(knooppunt.adres, tekst);
    expect(gezegd.match(/HTTP\/1\.1 /g), gezegd).toHaveLength(1);
    verwachtWeigering(alsAntwoord({ gezegd, ervoor: 0, erna: 0 }), soort);
    expect(gezegd).not.toContain(GEHEIM);
    expect(gezegd).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/);
    expect(gezegd).toMatch(/\r\nConnection: close\r\n/);
  });

  test('a request without Host', async () => {
    expect(await zeg(knooppunt.adres, 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 /,
    );
  });

  test('a tunnel through us: no word', async () => {
    const gezegd = await zeg(knooppunt.adres, 'CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: 127.0.0.1:5432\r\n\r\n');
    expect(gezegd).not.toMatch(/^HTTP\/1.1 2/);
  });

  test('a second request hidden in the body of the first is its body', async () => {
    const verborgen = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
    const tekst = [
      'POST /v1/controles HTTP/1.1',
      'Host: x',
      'Authorization: Bearer demo-0363',
      'Content-Type: application/xml',
      'Connection: close',
      `Content-Length: ${verborgen.length}`,
      '',
      verborgen,
    ].join('\r\n');
    const gezegd = await zeg(knooppunt.adres, tekst);
    expect(gezegd).not.toContain('knooppunt_');
    expect(gezegd.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

describe('slow callers:', () => {
  test('two hundred that drip their headers are gone within the time for headers, and others are served meanwhile', async () => {
    const { hostname, port } = new URL(knooppunt.adres);
    const sockets = Array.from({ length: 200 }, (): Socket => {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      socket.write('POST /v1/berichten HTTP/1.1\r\nHost: x\r\n');
      return socket;
    });
    const dicht = Promise.all(sockets.map((socket) => once(socket.resume(), 'close')));
    const drup = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('X-A: 1\r\n');
    }, 500);
    const begin = performance.now();
    const gewoon = await stuur(knooppunt.adres, {
      pad: '/v1/berichten',
      koppen: { Authorization: 'Bearer demo-0363' },
      lijf: voorbeeld('WMO301'),
    });
    expect(gewoon.status).toBe(202);
    await dicht;
    clearInterval(drup);
    // 10 s for the headers, looked at every second; the rest is for a busy machine.
    expect(performance.now() - begin).toBeLessThan(30_000);
  }, 60_000);

  test('one that drips its body hears that it is too slow', async () => {
    const snel = { ...SERVER_GRENZEN, headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 20 };
    const gehoord: WeigeringSoort[] = [];
    const server = createServer(snel, (req) => void req.resume());
    begrens(server, (soort) => gehoord.push(soort));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const adres = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const gezegd = await zeg(adres, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab');
    verwachtWeigering(alsAntwoord({ gezegd, ervoor: 0, erna: 0 }), 'verzoekTeTraag');
    expect(gehoord).toEqual(['verzoekTeTraag']);
    server.close();
  });

  test('one that asks and never reads the answer costs no other anything', async () => {
    const { hostname, port } = new URL(knooppunt.adres);
    const stil = connect(Number(port), hostname)
      .on('error', () => undefined)
      .pause();
    stil.write('GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500));
    await wacht(0);
    expect((await stuur(knooppunt.adres, { methode: 'GET', pad: '/health/live' })).status).toBe(200);
    stil.destroy();
  });
});

test('the limits of the server are those of every listener', () => {
  expect(SERVER_GRENZEN).toMatchObject({ headersTimeout: 10_000, requestTimeout: 300_000, maxHeaderSize: 16 * 1024 });
});
