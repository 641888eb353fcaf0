/** Uploads as a stream: what is too large is cut off while it comes in, and what breaks off halfway never counts as a message. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { alsAntwoord, type Gesprek, open, spreek, stuur } from '../hulp/rauw.ts';
import { laatNietsAchter, telling, verwachtWeigering } from '../hulp/weigering.ts';

const MIB = 1024 * 1024;
const GRENS = 25 * MIB;
const KLEINE_GRENS = 2 * MIB;
const knooppunt = await startOpstelling({ rollen: ['api'] });
/** One that finds everything over 2 MB too large. */
const klein = await startOpstelling({
  rollen: ['api'],
  omgeving: { KNOOPPUNT_MAX_BERICHT_BYTES: String(KLEINE_GRENS) },
});
afterAll(async () => {
  await knooppunt.stop();
  await klein.stop();
});

/** What may be under way in the buffers of both sides when the refusal comes. */
const ONDERWEG = 16 * MIB;
const koppen = { Authorization: 'Bearer demo-0363', 'Content-Type': 'application/xml' };
const pad = '/v1/berichten';
const wmo301 = Buffer.from(voorbeeld('WMO301'));

/** The example with white space behind its lines, of exactly this size: no reader takes 25 MB between two tags. */
function vanOmvang(bytes: number): Buffer {
  const regels = wmo301
    .toString('latin1')
    .split('\n')
    .map((regel) => Buffer.from(`${regel}\n`, 'latin1'));
  const extra = bytes - regels.reduce((som, { length }) => som + length, 0);
  const elk = Math.floor(extra / (regels.length - 1));
  const wit = regels.map((_, nr) => Buffer.alloc(nr === 0 ? extra - elk * (regels.length - 1) : elk, ' '));
  return Buffer.concat(regels.flatMap((regel, nr) => [regel, wit[nr] ?? Buffer.alloc(0)]));
}

/** The same in pieces, for a body without a Content-Length. */
const inStukken = (bytes: number): Iterable<Uint8Array> => [
  wmo301,
  ...Array.from({ length: Math.ceil(bytes / MIB) }, () => Buffer.alloc(MIB, ' ')),
];

const kop = (extra: string): Buffer =>
  Buffer.from(
    `POST ${pad} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-0363\r\nContent-Type: application/xml\r\n${extra}\r\n\r\n`,
  );
const stuk = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
/** An upload that never ends. */
const eindeloos = (adres: string, verbinding = 'keep-alive'): Promise<Gesprek> => {
  const begin = kop(`Transfer-Encoding: chunked\r\nConnection: ${verbinding}`);
  return spreek(adres, Buffer.concat([begin, stuk(wmo301)]), stuk(Buffer.alloc(64 * 1024, ' ')));
};

describe('too large:', () => {
  test('a stream without end and without Content-Length is cut off at 25 MB, and the connection closes', async () => {
    let gesprek: Gesprek | undefined;
    const { verstuurd } = await laatNietsAchter(knooppunt.database, 'berichtTeGroot', async () => {
      gesprek = await eindeloos(knooppunt.adres);
      return alsAntwoord(gesprek);
    });
    expect(verstuurd).toBeGreaterThan(GRENS);
    expect(verstuurd).toBeLessThan(GRENS + ONDERWEG);
    // It may go on for a while, so that it hears why; not for ever.
    expect(gesprek?.erna).toBeLessThan(100 * MIB);
  });

  test.each(['keep-alive', 'close'])(
    'who keeps sending hears why every time, also with Connection: %s',
    async (verbinding) => {
      for (let keer = 0; keer < 5; keer += 1) {
        verwachtWeigering(alsAntwoord(await eindeloos(klein.adres, verbinding)), 'berichtTeGroot');
      }
    },
  );

  test('who says beforehand that it is too large hears so before the first byte', async () => {
    const groot = { ...koppen, 'Content-Length': String(GRENS + 1), Expect: '100-continue' };
    const antwoord = await laatNietsAchter(knooppunt.database, 'berichtTeGroot', async () => {
      const vraag = open(knooppunt.adres, { pad, koppen: groot });
      vraag.flushHeaders();
      const komt = await new Promise<import('node:http').IncomingMessage>((klaar, mislukt) =>
        vraag
          .once('response', klaar)
          .once('error', mislukt)
          .once('continue', () => mislukt(new Error('was invited to send'))),
      );
      const lijf = Buffer.concat(await komt.toArray()).toString('utf8');
      return { status: komt.statusCode ?? 0, koppen: komt.headers, lijf, verstuurd: 0 };
    });
    expect(antwoord.lijf).toContain('IB003');
  });

  test('exactly 25 MB is allowed, one byte more is not', async () => {
    expect((await stuur(knooppunt.adres, { pad, koppen, lijf: vanOmvang(GRENS) })).status).toBe(202);
    for (const lijf of [vanOmvang(GRENS + 1), [vanOmvang(GRENS + 1)]]) {
      await laatNietsAchter(knooppunt.database, 'berichtTeGroot', () => stuur(knooppunt.adres, { pad, koppen, lijf }));
    }
  });

  test('what was refused does not stay in memory', async () => {
    setFlagsFromString('--expose-gc');
    const ruimOp = runInNewContext('gc') as () => void;
    const gebruik = (): number => {
      ruimOp();
      return process.memoryUsage().arrayBuffers;
    };
    const eerst = gebruik();
    for (let nr = 0; nr < 20; nr += 1) {
      verwachtWeigering(await stuur(klein.adres, { pad, koppen, lijf: inStukken(KLEINE_GRENS) }), 'berichtTeGroot');
    }
    await expect.poll(gebruik, { timeout: 10_000 }).toBeLessThan(eerst + 5 * KLEINE_GRENS);
  });

  test('somebody else notices nothing: their bericht is accepted meanwhile', async () => {
    const groot = stuur(knooppunt.adres, { pad, koppen, lijf: inStukken(GRENS) });
    const klein = await Promise.all(
      Array.from({ length: 20 }, () => stuur(knooppunt.adres, { pad, koppen, lijf: wmo301 })),
    );
    expect(klein.map(({ status }) => status)).toEqual(Array(20).fill(202));
    verwachtWeigering(await groot, 'berichtTeGroot');
  });
});

describe('broken off halfway:', () => {
  const half = wmo301.subarray(0, wmo301.length / 2);
  test.each([
    ['fewer bytes than promised', [kop(`Content-Length: ${wmo301.length}`), half]],
    ['a whole bericht, and then fewer bytes than promised', [kop(`Content-Length: ${wmo301.length + 1}`), wmo301]],
    ['half a chunk', [kop('Transfer-Encoding: chunked'), stuk(wmo301).subarray(0, -500)]],
    ['a whole bericht without a last chunk', [kop('Transfer-Encoding: chunked'), stuk(wmo301)]],
    ['not a single byte', [kop(`Content-Length: ${wmo301.length}`)]],
  ])('%s is not stored', async (_naam, delen) => {
    const { regels, ...eerst } = await telling(knooppunt.database);
    expect((await spreek(knooppunt.adres, Buffer.concat(delen))).gezegd).not.toMatch(/^HTTP\/1.1 2/);
    await expect.poll(() => telling(knooppunt.database)).toEqual({ ...eerst, regels: regels + 1 });
  });

  test('staying away is no failure of the knooppunt: the audit line says that the request was not complete', async () => {
    const { regels, ...eerst } = await telling(knooppunt.database);
    const vraag = open(knooppunt.adres, { pad, koppen });
    await new Promise((klaar) => vraag.write(half, klaar));
    vraag.destroy();
    await expect.poll(() => telling(knooppunt.database)).toEqual({ ...eerst, regels: regels + 1 });
    const { rows } = await knooppunt.database.pool.query('select resultaat from logboek order by nr desc limit 1');
    expect(rows).toEqual([{ resultaat: 'invoerOngeldig' }]);
    expect(knooppunt.log()).not.toContain('verzoek mislukt');
  });

  test('a hundred that break off leave no connection open and hold nobody up', async () => {
    const eerst = await telling(knooppunt.database);
    for (let nr = 0; nr < 100; nr += 1) {
      const vraag = open(knooppunt.adres, { pad, koppen });
      vraag.write(half);
      vraag.once('socket', (socket) => socket.once('connect', () => setImmediate(() => vraag.destroy())));
    }
    expect((await stuur(knooppunt.adres, { pad, koppen, lijf: wmo301 })).status).toBe(202);
    const { berichten } = await telling(knooppunt.database);
    expect(berichten).toBe(eerst.berichten + 1);
  });
});
