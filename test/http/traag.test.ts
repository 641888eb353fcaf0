/** A thousand senders at the same time who take for ever: everybody hears something clear, and together they hold little memory. */
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { schrijfDi01 } from '#src/envelop/schrijf.ts';
import { inSoap } from '#src/envelop/soap.ts';
import { Uploadruimte } from '#src/http/upload-ruimte.ts';
import { wachtTot } from '#src/proces.ts';
import { maakBericht, soort, voorbeeld, waardeVan } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { open, stuur } from '../hulp/rauw.ts';
import { telling } from '../hulp/weigering.ts';

setFlagsFromString('--expose_gc');
const ruimOp = runInNewContext('gc') as () => void;
const KIB = 1024;
const MIB = KIB * KIB;
/** Sixteen such messages may be coming in at the same time. */
const GROOTSTE = MIB;
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: { KNOOPPUNT_MAX_BERICHT_BYTES: String(GROOTSTE) },
});
afterAll(() => knooppunt.stop());

const AANTAL = 1000;
/** What each sends before it falls silent: beyond its first 64 kB there is room for some 250 of them. */
const DEEL = 128 * KIB;
const MINSTENS_GEWEIGERD = 700;
const GEMEENTEN = ['0363', '0344', '0518', '0599'];

interface Deur {
  readonly pad: string;
  readonly koppen: Readonly<Record<string, string>>;
  /** What comes before and after the endless white space in one message. */
  readonly bericht: (van: string) => readonly [begin: Buffer, eind: Buffer];
  readonly wit: Buffer;
  /** The name of the refusal in an answer. */
  readonly tijdelijk: (lijf: string) => boolean;
}

const REST: Deur = {
  pad: '/v1/berichten',
  koppen: { 'Content-Type': 'application/xml' },
  bericht: (van) => {
    const xml = maakBericht('WMO301', { afzender: van }).toString();
    const plek = xml.indexOf('<Header>');
    return [Buffer.from(xml.slice(0, plek)), Buffer.from(xml.slice(plek))];
  },
  wit: Buffer.alloc(16 * KIB, ' '),
  tijdelijk: (lijf) => lijf.includes('urn:x-knooppunt:fout:tijdelijkNietBeschikbaar'),
};
const STUF: Deur = {
  pad: '/stuf/ggk0210/OntvangAsynchroon',
  koppen: {
    'Content-Type': 'text/xml; charset=utf-8',
    SOAPAction: '"http://www.stufstandaarden.nl/koppelvlak/ggk0210/ggk_Di01"',
  },
  bericht: (van) => {
    const inhoud = maakBericht('WMO301', { afzender: van });
    const di01 = schrijfDi01({
      zender: van,
      ontvanger: '98000001',
      referentienummer: crypto.randomUUID(),
      moment: new Date(),
      soort: soort('WMO301'),
      // So long that its base64 can go on.
      inhoud: Buffer.concat([inhoud, Buffer.alloc(3 - (inhoud.length % 3), ' ')]),
    });
    const xml = inSoap(di01);
    const plek = xml.indexOf('</GGK:xmlBestand>');
    return [xml.subarray(0, plek), xml.subarray(plek)];
  },
  wit: Buffer.from(Buffer.alloc(12 * KIB, ' ').toString('base64')),
  tijdelijk: (lijf) => waardeVan(lijf, 'code') === 'StUF046' && waardeVan(lijf, 'plek') === 'server',
};

interface Trage {
  readonly vraag: ClientRequest;
  readonly eind: Buffer;
  readonly antwoord: Promise<{ readonly status: number; readonly lijf: string }>;
}

/** Begins an upload and sends so much of it; does not end it. */
async function begin({ pad, koppen, bericht, wit }: Deur, van: string): Promise<Trage> {
  const vraag = open(knooppunt.adres, { pad, koppen: { ...koppen, Authorization: `Bearer demo-${van}` } });
  const antwoord = once(vraag, 'response').then(async ([komt]: IncomingMessage[]) => ({
    status: komt?.statusCode ?? 0,
    lijf: Buffer.concat((await komt?.toArray()) ?? []).toString(),
  }));
  antwoord.catch(() => undefined);
  const [kop, eind] = bericht(van);
  vraag.write(kop);
  for (let bytes = 0; bytes < DEEL; bytes += wit.length)
    if (!vraag.write(wit)) await Promise.race([once(vraag, 'drain'), antwoord]);
  return { vraag, eind, antwoord };
}

describe.each([
  ['REST', REST],
  ['StUF', STUF],
])('over %s', (_naam, deur) => {
  test('a thousand that send a part and fall silent hold little memory, and others are served meanwhile', async () => {
    const gebruik = (): number => {
      ruimOp();
      return process.memoryUsage().arrayBuffers;
    };
    const vooraf = gebruik();
    const eerst = await telling(knooppunt.database);
    const tragen = await Promise.all(
      Array.from({ length: AANTAL }, (_, nr) => begin(deur, GEMEENTEN[nr % GEMEENTEN.length] ?? '')),
    );
    let gehoord = 0;
    for (const { antwoord } of tragen)
      antwoord.then(
        ({ lijf }) => {
          if (deur.tijdelijk(lijf)) gehoord += 1;
        },
        () => undefined,
      );
    await wachtTot(() => gehoord > MINSTENS_GEWEIGERD, { ms: 30_000, wat: 'those for whom there is no room' });
    // The first 64 kB of each, and sixteen large ones.
    await expect.poll(gebruik, { timeout: 20_000 }).toBeLessThan(vooraf + AANTAL * 64 * KIB + 16 * GROOTSTE + 16 * MIB);
    const gewoon = await Promise.all(
      Array.from({ length: 20 }, () =>
        stuur(knooppunt.adres, {
          pad: '/v1/berichten',
          koppen: { Authorization: 'Bearer demo-0363' },
          lijf: voorbeeld('WMO301'),
        }),
      ),
    );
    expect(gewoon.map(({ status }) => status)).toEqual(Array(20).fill(202));
    for (const { vraag, eind } of tragen) vraag.end(eind);
    const antwoorden = await Promise.all(tragen.map(({ antwoord }) => antwoord));
    const aangenomen = antwoorden.filter(({ status }) => status === 202 || status === 200);
    const geweigerd = antwoorden.filter(({ lijf }) => deur.tijdelijk(lijf));
    // Every one of them hears one of the two; and what was taken in, is stored.
    expect(aangenomen.length + geweigerd.length).toBe(AANTAL);
    expect(aangenomen.length).toBeGreaterThan(100);
    expect(geweigerd.length).toBeGreaterThan(MINSTENS_GEWEIGERD);
    const { berichten } = await telling(knooppunt.database);
    expect(berichten).toBe(eerst.berichten + aangenomen.length + gewoon.length);
    // And all of it is given back.
    const na = await begin(deur, '0363');
    na.vraag.end(na.eind);
    expect(deur.tijdelijk((await na.antwoord).lijf)).toBe(false);
  }, 120_000);
});

describe('the room for uploads', () => {
  /** Takes pieces of these sizes, and holds them until told to let go. */
  function houd(ruimte: Uploadruimte, client: string, maten: readonly number[]) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const gelezen = Promise.withResolvers<void>();
    async function* inhoud(): AsyncGenerator<Uint8Array> {
      for (const maat of maten) yield Buffer.alloc(maat);
    }
    const klaar = ruimte.met(client, inhoud(), async (stukken) => {
      for await (const _ of stukken);
      gelezen.resolve();
      await promise;
    });
    klaar.catch(() => undefined);
    /** Whether there was room for all of it. */
    const past = Promise.race([gelezen.promise.then(() => true), klaar.then(() => true)]).catch(() => false);
    return { klaar, past, laatLos: resolve };
  }
  const VRIJ = 64 * KIB;
  const vol = (ruimte: Uploadruimte, client: string) => houd(ruimte, client, [VRIJ + MIB]);

  test('one client cannot take what belongs to the others, and small messages always find room', async () => {
    const ruimte = new Uploadruimte(MIB);
    const groot = ['a', 'b', 'c'].flatMap((client) => Array.from({ length: 6 }, () => vol(ruimte, client)));
    // Of everybody together sixteen, in whatever order they come.
    expect((await Promise.all(groot.map(({ past }) => past))).filter(Boolean)).toHaveLength(16);
    await expect(vol(ruimte, 'd').klaar).rejects.toMatchObject({ soort: 'tijdelijkNietBeschikbaar' });
    const klein = houd(ruimte, 'd', [VRIJ / 2, VRIJ / 2]);
    klein.laatLos();
    await klein.klaar;
    for (const { laatLos } of groot) laatLos();
    await Promise.allSettled(groot.map(({ klaar }) => klaar));
    const weer = vol(ruimte, 'a');
    weer.laatLos();
    await weer.klaar;
  });

  test('of one client the seventh large one is refused, though there is room for others', async () => {
    const ruimte = new Uploadruimte(MIB);
    const groot = Array.from({ length: 6 }, () => vol(ruimte, 'a'));
    expect(await Promise.all(groot.map(({ past }) => past))).toEqual(Array(6).fill(true));
    await expect(vol(ruimte, 'a').klaar).rejects.toMatchObject({ soort: 'tijdelijkNietBeschikbaar' });
    const ander = vol(ruimte, 'b');
    for (const { laatLos } of [...groot, ander]) laatLos();
    await Promise.all([...groot, ander].map(({ klaar }) => klaar));
  });
});
