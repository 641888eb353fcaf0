/** Uploads as a stream: what is too large is cut off while it comes in, and what breaks off halfway never counts as a message. */
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { open, stuur } from '../hulp/rauw.ts';
import { laatNietsAchter, telling, verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
/** One that finds everything over 64 kB too large. */
const klein = await startOpstelling({ rollen: ['api'], omgeving: { KNOOPPUNT_MAX_BERICHT_BYTES: String(64 * 1024) } });
afterAll(async () => {
  await knooppunt.stop();
  await klein.stop();
});

const MIB = 1024 * 1024;
const GRENS = 25 * MIB;
/** What may be under way in the buffers of both sides when the refusal comes. */
const ONDERWEG = 16 * MIB;
const koppen = { Authorization: 'Bearer demo-0363', 'Content-Type': 'application/xml' };
const pad = '/v1/berichten';
const wmo301 = Buffer.from(voorbeeld('WMO301'));

/** The example with white space at its end, of exactly this size. */
const vanOmvang = (bytes: number): Buffer => Buffer.concat([wmo301, Buffer.alloc(bytes - wmo301.length, ' ')]);

function eindeloos(): { readonly stukken: Iterable<Uint8Array>; readonly gestopt: () => boolean } {
  let gestopt = false;
  function* stukken(): Generator<Uint8Array> {
    try {
      yield wmo301;
      for (;;) yield Buffer.alloc(64 * 1024, ' ');
    } finally {
      gestopt = true;
    }
  }
  return { stukken: stukken(), gestopt: () => gestopt };
}

describe('te groot:', () => {
  test('een stroom zonder einde en zonder Content-Length wordt bij 25 MB afgekapt, en de verbinding gaat dicht', async () => {
    const { stukken, gestopt } = eindeloos();
    const antwoord = await laatNietsAchter(knooppunt.database, 'berichtTeGroot', () =>
      stuur(knooppunt.adres, { pad, koppen, lijf: stukken }),
    );
    expect(antwoord.verstuurd).toBeGreaterThan(GRENS);
    expect(antwoord.verstuurd).toBeLessThan(GRENS + ONDERWEG);
    await expect.poll(gestopt, { timeout: 10_000 }).toBe(true);
  });

  test('wie vooraf zegt dat het te groot is, hoort het voor de eerste byte', async () => {
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

  test.each(['keep-alive', 'close'])(
    'wie blijft sturen hoort telkens waarom, ook met Connection: %s',
    async (Connection) => {
      for (let keer = 0; keer < 15; keer += 1) {
        const { stukken, gestopt } = eindeloos();
        const antwoord = await stuur(klein.adres, { pad, koppen: { ...koppen, Connection }, lijf: stukken });
        verwachtWeigering(antwoord, 'berichtTeGroot');
        await expect.poll(gestopt, { timeout: 15_000 }).toBe(true);
      }
    },
  );

  test('precies 25 MB mag, één byte meer niet', async () => {
    expect((await stuur(knooppunt.adres, { pad, koppen, lijf: vanOmvang(GRENS) })).status).toBe(202);
    for (const lijf of [vanOmvang(GRENS + 1), [vanOmvang(GRENS + 1)]]) {
      await laatNietsAchter(knooppunt.database, 'berichtTeGroot', () => stuur(knooppunt.adres, { pad, koppen, lijf }));
    }
  });

  test('wat geweigerd is, blijft niet in het geheugen', async () => {
    setFlagsFromString('--expose-gc');
    const ruimOp = runInNewContext('gc') as () => void;
    const gebruik = (): number => {
      ruimOp();
      return process.memoryUsage().arrayBuffers;
    };
    const eerst = gebruik();
    for (let nr = 0; nr < 3; nr += 1) {
      verwachtWeigering(await stuur(knooppunt.adres, { pad, koppen, lijf: eindeloos().stukken }), 'berichtTeGroot');
    }
    await expect.poll(gebruik, { timeout: 10_000 }).toBeLessThan(eerst + GRENS);
  });

  test('een ander merkt er niets van: zijn bericht wordt intussen aangenomen', async () => {
    const groot = stuur(knooppunt.adres, { pad, koppen, lijf: eindeloos().stukken });
    const klein = await Promise.all(
      Array.from({ length: 20 }, () => stuur(knooppunt.adres, { pad, koppen, lijf: wmo301 })),
    );
    expect(klein.map(({ status }) => status)).toEqual(Array(20).fill(202));
    verwachtWeigering(await groot, 'berichtTeGroot');
  });
});

/** A request written by hand, after which the sender says that it is done. */
function stuurRuw(tekst: string): Promise<string> {
  const { hostname, port } = new URL(knooppunt.adres);
  return new Promise((klaar) => {
    let antwoord = '';
    const socket = connect(Number(port), hostname, () => socket.end(Buffer.from(tekst, 'latin1')));
    socket.setEncoding('utf8').on('data', (stuk: string) => {
      antwoord += stuk;
    });
    socket.on('error', () => undefined).once('close', () => klaar(antwoord));
  });
}
const kop = (extra: string): string =>
  `POST ${pad} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-0363\r\nContent-Type: application/xml\r\n${extra}\r\n\r\n`;
const stuk = (bytes: Buffer): string => `${bytes.length.toString(16)}\r\n${bytes.toString('latin1')}\r\n`;

describe('halverwege afgebroken:', () => {
  const half = wmo301.subarray(0, wmo301.length / 2);
  test.each([
    ['minder bytes dan beloofd', kop(`Content-Length: ${wmo301.length}`) + half.toString('latin1')],
    [
      'een heel bericht, en dan minder bytes dan beloofd',
      kop(`Content-Length: ${wmo301.length + 1}`) + wmo301.toString('latin1'),
    ],
    ['een half stuk', kop('Transfer-Encoding: chunked') + stuk(wmo301).slice(0, -500)],
    ['een heel bericht zonder laatste stuk', kop('Transfer-Encoding: chunked') + stuk(wmo301)],
    ['geen enkele byte', kop(`Content-Length: ${wmo301.length}`)],
  ])('%s wordt niet bewaard', async (_naam, tekst) => {
    const { regels, ...eerst } = await telling(knooppunt.database);
    expect(await stuurRuw(tekst)).not.toMatch(/^HTTP\/1.1 2/);
    await expect.poll(() => telling(knooppunt.database)).toEqual({ ...eerst, regels: regels + 1 });
  });

  test('wegblijven is geen storing van het knooppunt: de auditregel zegt dat het verzoek niet volledig was', async () => {
    const { regels, ...eerst } = await telling(knooppunt.database);
    const vraag = open(knooppunt.adres, { pad, koppen });
    await new Promise((klaar) => vraag.write(half, klaar));
    vraag.destroy();
    await expect.poll(() => telling(knooppunt.database)).toEqual({ ...eerst, regels: regels + 1 });
    const { rows } = await knooppunt.database.pool.query('select resultaat from logboek order by nr desc limit 1');
    expect(rows).toEqual([{ resultaat: 'invoerOngeldig' }]);
    expect(knooppunt.log()).not.toContain('verzoek mislukt');
  });

  test('honderd afbrekers laten geen verbinding open en houden niemand op', async () => {
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
