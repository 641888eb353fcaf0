/** The scanner at its worst: away, deaf, mute, too slow, talking nonsense, cut off halfway. Never a verdict that was not given. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import { clamdAdres } from '#src/virusscan/clamd.ts';
import { Plekken } from '#src/virusscan/plekken.ts';
import { maakVirusscanner, type Scanuitslag } from '#src/virusscan/scanner.ts';

const KORT = { verbindenMs: 300, beurtMs: 500, antwoordMs: 300 };
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) server.close();
});

async function luister(doe: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    doe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const zeg =
  (tekst: string) =>
  (socket: Socket): void => {
    socket.resume().once('data', () => socket.end(tekst));
  };

interface Gescand {
  readonly soort: string;
  readonly uitslagen: readonly Scanuitslag[];
}

async function scan(adres: string, bytes: Uint8Array, bijUitval: 'weiger' | 'doorlaten' = 'weiger'): Promise<Gescand> {
  const uitslagen: Scanuitslag[] = [];
  const scanner = maakVirusscanner(
    { adres, bijUitval },
    { tijden: KORT, opUitslag: (uitslag) => uitslagen.push(uitslag) },
  );
  const beurt = scanner.begin('a');
  try {
    for (let begin = 0; begin < bytes.length; begin += 65_536)
      await beurt.voegToe(bytes.subarray(begin, begin + 65_536));
    await beurt.einde();
    return { soort: 'door', uitslagen };
  } catch (fout) {
    if (!(fout instanceof KnooppuntFout)) throw fout;
    return { soort: fout.soort, uitslagen };
  } finally {
    beurt.sluit();
  }
}

const KLEIN = Buffer.from('<a/>');
const GROOT = Buffer.alloc(8 * 1024 * 1024, ' ');
const GEEN = { soort: 'tijdelijkNietBeschikbaar', uitslagen: ['mislukt'] };

describe.each([
  ['small', KLEIN],
  ['large', GROOT],
])('a %s message', (_naam, bytes) => {
  describe.each(['weiger', 'doorlaten'] as const)('with %s', (bijUitval) => {
    test.each<readonly [string, (socket: Socket) => void]>([
      ['accepts and says nothing', (socket) => void socket.resume()],
      ['does not read', (socket) => void socket.pause()],
      ['hangs up at once', (socket) => void socket.destroy()],
      ['hangs up halfway', (socket) => void socket.once('data', () => socket.resetAndDestroy())],
      ['finds it too large', zeg('INSTREAM size limit exceeded. ERROR\0')],
      ['has an error', zeg("stream: Can't allocate memory ERROR\0")],
      ['is no clamd', zeg('HTTP/1.1 200 OK\r\n\r\n')],
      ['says something like a verdict', zeg('stream: OKE\0')],
      ['says a verdict of another', zeg('ander: stream: OK\0')],
      ['is cut off in its verdict', zeg('stream: OK')],
      ['never stops talking', zeg('x'.repeat(100_000))],
    ])('is refused for now when the scanner %s', async (_wat, doe) => {
      expect(await scan(await luister(doe), bytes, bijUitval)).toEqual(GEEN);
    });
  });

  test('is refused for now when there is no scanner, unless the installation chose otherwise', async () => {
    const adres = await luister(() => undefined);
    servers.pop()?.close();
    expect(await scan(adres, bytes)).toEqual(GEEN);
    expect(await scan(adres, bytes, 'doorlaten')).toEqual({ soort: 'door', uitslagen: ['doorgelaten'] });
    expect(await scan('/bestaat/niet.ctl', bytes)).toEqual(GEEN);
  });

  test('goes to the scanner byte for byte, in pieces with their length', async () => {
    const gekregen: Buffer[] = [];
    const adres = await luister((socket) => {
      socket.on('data', (stuk) => {
        gekregen.push(stuk);
        if (stuk.subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: OK\0');
      });
    });
    expect(await scan(adres, bytes)).toEqual({ soort: 'door', uitslagen: ['schoon'] });
    const alles = Buffer.concat(gekregen);
    expect(alles.subarray(0, 10).toString()).toBe('zINSTREAM\0');
    const stukken: Buffer[] = [];
    for (let plek = 10; ; ) {
      const lengte = alles.readUInt32BE(plek);
      if (lengte === 0) break;
      stukken.push(alles.subarray(plek + 4, plek + 4 + lengte));
      plek += 4 + lengte;
    }
    expect(Buffer.concat(stukken).equals(bytes)).toBe(true);
  });
});

describe('places', () => {
  test('one client cannot take them all, and who waits gets the next', async () => {
    const plekken = new Plekken(3, 2, 5000);
    const eerste = await plekken.neem('a');
    await plekken.neem('a');
    let derde = false;
    const wacht = plekken.neem('a').then((terug) => {
      derde = true;
      return terug;
    });
    await plekken.neem('b');
    expect(derde).toBe(false);
    eerste();
    eerste();
    await wacht;
    expect(derde).toBe(true);
  });

  test('who waits too long is told so, and takes no place any more', async () => {
    const plekken = new Plekken(1, 1, 20);
    const terug = await plekken.neem('a');
    await expect(plekken.neem('b')).rejects.toThrow('no place');
    terug();
    expect(await plekken.neem('c')).toBeTypeOf('function');
  });
});

test.each([
  ['clamav:3310', { host: 'clamav', port: 3310 }],
  ['[::1]:3310', { host: '::1', port: 3310 }],
  ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
])('%s is an address of clamd', (adres, verwacht) => {
  expect(clamdAdres(adres)).toEqual(verwacht);
});
