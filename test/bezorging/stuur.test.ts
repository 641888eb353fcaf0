/** One request to a receiver that is dead, slow, half-open, lying or hostile: always an end, always the right cause. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { stuur } from '#src/bezorging/stuur.ts';
import type { Tijden, Verkeer } from '#src/bezorging/types.ts';
import { maakCertificaat } from '../hulp/certificaat.ts';
import { type Ontvanger, startOntvanger, status } from './ontvanger.ts';

const TIJDEN: Tijden = { verbinden: 2000, verzenden: 300, wachten: 300, lezen: 300 };
const RUIM: Tijden = { verbinden: 5000, verzenden: 5000, wachten: 5000, lezen: 5000 };
const KLEIN = { soapAction: 'urn:actie', lijf: Buffer.from('<a/>') };
const GROOT = { soapAction: 'urn:actie', lijf: Buffer.alloc(32 * 1024 * 1024, 'x') };

const servers: (() => Promise<unknown>)[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  return Promise.all(servers.splice(0).map((weg) => weg()));
});

async function luister(doe: (socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    doe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(() => {
    for (const socket of sockets) socket.destroy();
    return once(server.close(), 'close');
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pad?vraag=1`);
}
async function ontvang(...deel: Parameters<typeof startOntvanger>): Promise<Ontvanger> {
  const ontvanger = await startOntvanger(...deel);
  servers.push(() => ontvanger.weg());
  return ontvanger;
}

const naar = (url: URL | string, zending = KLEIN, keuze = {}): Promise<Verkeer> =>
  stuur(new URL(url), zending, { tijden: TIJDEN, signaal: new AbortController().signal, ...keuze });
/** Answers once the head of the request is there. */
const zeg =
  (...stukken: readonly string[]) =>
  (socket: Socket): void => {
    socket.once('data', () => {
      for (const stuk of stukken) socket.write(stuk);
    });
  };
const KOP = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n';

test('a good answer comes back whole, and the connection is not kept', async () => {
  const gezien: string[] = [];
  const url = await luister((socket) => {
    socket.on('data', (stuk) => gezien.push(stuk.toString()));
    zeg(`${KOP}Content-Length: 4\r\n\r\n<b/>`)(socket);
  });
  expect(await naar(url)).toEqual({ status: 200, lijf: Buffer.from('<b/>') });
  expect(gezien.join('')).toMatch(/^POST \/pad\?vraag=1 HTTP\/1\.1\r\n/);
  expect(gezien.join('')).toMatch(/\r\nSOAPAction: "urn:actie"\r\n.*\r\nConnection: close\r\n/s);
});

describe('the message cannot have arrived:', () => {
  test('connection refused', async () => {
    const url = await luister(() => undefined);
    await Promise.all(servers.splice(0).map((weg) => weg()));
    expect(await naar(url)).toEqual({ oorzaak: 'verbindingGeweigerd' });
  });

  test('a name that does not exist', async () => {
    expect(await naar('http://bestaat-niet.invalid/')).toEqual({ oorzaak: 'naamOnbekend' });
  });

  test('no connection in time: the host accepts TCP but never speaks TLS', async () => {
    const url = await luister(() => undefined);
    const tijden = { ...TIJDEN, verbinden: 200 };
    expect(await naar(`https://${url.host}/`, KLEIN, { tijden })).toEqual({ oorzaak: 'geenVerbinding' });
  });

  test('the receiver stops reading halfway', async () => {
    const url = await luister((socket) => socket.pause());
    expect(await naar(url, GROOT)).toEqual({ oorzaak: 'verzendenMislukt' });
  });

  test('the receiver hangs up halfway', async () => {
    const url = await luister((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await naar(url, GROOT)).toEqual({ oorzaak: 'verzendenMislukt' });
  });
});

describe('the message may have arrived:', () => {
  test('half-open: it is accepted and never answered', async () => {
    expect(await naar(await luister((socket) => socket.resume()))).toEqual({ oorzaak: 'geenAntwoord' });
  });

  test('the connection breaks before the answer', async () => {
    const url = await luister((socket) => socket.once('data', () => setTimeout(() => socket.destroy(), 30)));
    expect(await naar(url)).toEqual({ oorzaak: 'verbroken' });
  });

  test('the connection breaks halfway the answer', async () => {
    const url = await luister((socket) => {
      socket.once('data', () => socket.write(`${KOP}Content-Length: 400\r\n\r\n<b>`, () => socket.destroySoon()));
    });
    expect(await naar(url)).toEqual({ oorzaak: 'verbroken' });
  });

  test.each([
    ['head', KOP.repeat(1)],
    ['body', `${KOP}Content-Length: 100000\r\n\r\n`],
    ['chunked body', `${KOP}Transfer-Encoding: chunked\r\n\r\n`],
  ])('slow drip: the %s comes a byte at a time and has no end', async (soort, begin) => {
    const url = await luister((socket) => {
      zeg(begin)(socket);
      // Not before its begin: a byte of the body ahead of the head is no HTTP.
      socket.once('data', () => {
        const drup = setInterval(() => socket.write(soort === 'head' ? 'X: y\r\n' : '1\r\nx\r\n'), 20);
        socket.once('close', () => clearInterval(drup));
      });
    });
    const begonnen = performance.now();
    expect(await naar(url)).toEqual({ oorzaak: soort === 'head' ? 'geenAntwoord' : 'antwoordTeTraag' });
    expect(performance.now() - begonnen).toBeLessThan(5000);
  });

  test('an endless row of interim answers', async () => {
    const url = await luister((socket) => {
      const drup = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 20);
      socket.once('close', () => clearInterval(drup));
    });
    expect(await naar(url)).toEqual({ oorzaak: 'geenAntwoord' });
  });

  test('the answer is larger than any Bv03', async () => {
    const url = await luister(zeg(`${KOP}Transfer-Encoding: chunked\r\n\r\n`, `10001\r\n${'x'.repeat(0x10001)}\r\n`));
    expect(await naar(url)).toEqual({ oorzaak: 'antwoordTeGroot' });
  });

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a head without end', `${KOP}X: ${'x'.repeat(40_000)}\r\n`],
    ['two lengths', `${KOP}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
  ])('what answers is %s', async (_naam, tekst) => {
    expect(await naar(await luister(zeg(tekst)))).toEqual({ oorzaak: 'geenBv03' });
  });

  test('we break off', async () => {
    const einde = new AbortController();
    const ontvanger = await ontvang(() => einde.abort());
    expect(await naar(ontvanger.url, KLEIN, { signaal: einde.signal })).toEqual({ oorzaak: 'afgebroken' });
    expect(await naar(ontvanger.url, KLEIN, { signaal: einde.signal })).toEqual({ oorzaak: 'afgebroken' });
    expect(ontvanger.gekregen).toHaveLength(1);
  });
});

test('a redirect is an answer, not an order', async () => {
  const doel = await ontvang();
  const wegwijzer = await ontvang(status(307, '', { Location: doel.url }));
  expect(await naar(wegwijzer.url)).toMatchObject({ status: 307 });
  expect(doel.gekregen).toEqual([]);
});

test('an answer that comes before the whole message was sent is an answer', async () => {
  const url = await luister(zeg('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'));
  expect(await naar(url, GROOT)).toMatchObject({ status: 413 });
});

describe('TLS:', () => {
  const eigen = maakCertificaat({ voor: '127.0.0.1' });

  test('a certificate of somebody we trust is good', async () => {
    const { url } = await ontvang(status(200), eigen);
    expect(await naar(url, KLEIN, { tls: { ca: eigen.cert } })).toMatchObject({ status: 200 });
  });

  const verlopen = maakCertificaat({ voor: '127.0.0.1', tot: new Date(Date.now() - 60_000) });
  test.each([
    ['nobody vouches for', eigen, {}, 'eindpuntNietVertrouwd'],
    ['is for another host', maakCertificaat({ voor: 'elders.example' }), 'zelf', 'eindpuntAndereNaam'],
    ['has expired', verlopen, 'zelf', 'eindpuntVerlopen'],
  ] as const)(
    'a certificate that %s is refused, and nothing is sent',
    async (_naam, certificaat, vertrouwd, oorzaak) => {
      const ontvanger = await ontvang(status(200), certificaat);
      const tls = vertrouwd === 'zelf' ? { ca: certificaat.cert } : {};
      // What Node would take for "check nothing".
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      expect(await naar(ontvanger.url, KLEIN, { tls })).toEqual({ oorzaak });
      expect(ontvanger.gekregen).toEqual([]);
    },
  );

  test('a server that speaks no TLS', async () => {
    const { url } = await ontvang();
    expect(await naar(url.replace('http:', 'https:'))).toEqual({ oorzaak: 'tls' });
  });

  describe('a server that wants a certificate of ours', () => {
    const ca = maakCertificaat({ voor: 'Keten-CA', isUitgever: true });
    const vreemd = maakCertificaat({ voor: 'Andere-CA', isUitgever: true });
    const server = maakCertificaat({ voor: '127.0.0.1', uitgever: ca });
    const oud = maakCertificaat({ voor: 'knooppunt', uitgever: ca, tot: new Date(Date.now() - 60_000) });
    const tonen = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({ ca: ca.cert, cert, key });

    test.each(['TLSv1.2', 'TLSv1.3'] as const)(
      'gets it over %s, and nothing from who shows another',
      async (versie) => {
        const eis = {
          requestCert: true,
          rejectUnauthorized: true,
          ca: ca.cert,
          minVersion: versie,
          maxVersion: versie,
        };
        const ontvanger = await ontvang(status(200), { ...server, ...eis });
        const met = (tls: object, zending = KLEIN) => naar(ontvanger.url, zending, { tls, tijden: RUIM });
        const geen = versie === 'TLSv1.2' ? 'tls' : 'certificaatGevraagd';
        expect(await met({ ca: ca.cert })).toEqual({ oorzaak: geen });
        expect(await met({ ca: ca.cert }, GROOT)).toEqual({ oorzaak: geen });
        // A server of Node hangs up without a word on these.
        expect(await met(tonen(oud))).toMatchObject({ oorzaak: expect.any(String) });
        const andere = maakCertificaat({ voor: 'knooppunt', uitgever: vreemd });
        expect(await met(tonen(andere))).toMatchObject({ oorzaak: expect.any(String) });
        expect(ontvanger.gekregen).toEqual([]);
        expect(await met(tonen(maakCertificaat({ voor: 'knooppunt', uitgever: ca })))).toMatchObject({ status: 200 });
      },
    );

    test.each([
      [42, 'certificaatGeweigerd'],
      [45, 'certificaatVerlopen'],
      [48, 'certificaatGeweigerd'],
      [116, 'certificaatGevraagd'],
      [40, 'tls'],
    ])('says so with alert %s', async (alert, oorzaak) => {
      const url = await luister((socket) =>
        socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert]))),
      );
      expect(await naar(`https://${url.host}/`, KLEIN, { tls: tonen(oud) })).toEqual({ oorzaak });
    });
  });
});
