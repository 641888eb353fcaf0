/**
 * Nobody waits for a receiver that is dead, slow or flooded. Waiting is counted in messages of others that went before, not in
 * milliseconds: that is what the pusher decides, whatever else the machine is doing.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { maakCertificaat } from '../hulp/certificaat.ts';
import { bv03, fo03, type Gedrag, type Ontvanger, startOntvanger, status, zwijg } from './ontvanger.ts';
import { maakProefbank } from './proefbank.ts';

const bank = await maakProefbank();
const open: { weg(): Promise<unknown> }[] = [];
afterEach(async () => {
  await bank.rust();
  await Promise.all(open.splice(0).map((ontvanger) => ontvanger.weg()));
});
afterAll(() => bank.weg());

/** Longer than any test: whoever hangs stays hanging. */
const LANG = { verbinden: 60_000, verzenden: 60_000, wachten: 60_000, lezen: 60_000 };
const PLAATSEN = { totaal: 8, verdacht: 2, perOntvanger: 1 };
const GEWOON = 20;
const PER_ONTVANGER = 5;
const VLOED = 300;

async function ontvanger(gedrag: Gedrag, aantal: number): Promise<Ontvanger> {
  const nieuw = await startOntvanger(gedrag);
  open.push(nieuw);
  await bank.leg(await bank.ontvanger(nieuw.url), { aantal });
  return nieuw;
}

/** Takes the connection, reads nothing and says nothing: what a network that went silent looks like. */
async function halfOpen(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    async weg() {
      for (const socket of sockets) socket.destroy();
      await new Promise((klaar) => server.close(klaar));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stuf`;
}
async function dood(): Promise<string> {
  const ontvanger = await startOntvanger();
  await ontvanger.weg();
  return ontvanger.url;
}
/** Says that the answer comes, and then says a letter now and then. */
const druppel: Gedrag = (_bericht, antwoord) => {
  antwoord.writeHead(200, { 'Content-Type': 'text/xml' }).write('<');
  const tik = setInterval(() => antwoord.write('a'), 50);
  antwoord.once('close', () => clearInterval(tik));
};

/** Every way in which a receiver can be a trouble; what each gets is noted. */
const LASTIG: Readonly<Record<string, (noteer: (gedrag: Gedrag) => Gedrag) => Promise<string>>> = {
  dood,
  halfOpen,
  traag: async (noteer) => (await luister(noteer(druppel))).url,
  'Bv03 for another message': async (noteer) => (await luister(noteer(bv03(() => crypto.randomUUID())))).url,
  'Fo03, client': async (noteer) => (await luister(noteer(fo03('envelopOngeldig')))).url,
  'Fo03, server': async (noteer) => (await luister(noteer(fo03('interneFout')))).url,
  '500': async (noteer) => (await luister(noteer(status(500)))).url,
  '200 with HTML': async (noteer) => (await luister(noteer(status(200)))).url,
  breekt: async (noteer) => (await luister(noteer((_bericht, antwoord) => antwoord.destroy()))).url,
  TLS: async (noteer) => (await luister(noteer(bv03()), maakCertificaat({ voor: '127.0.0.1' }))).url,
};

async function luister(...deel: Parameters<typeof startOntvanger>): Promise<Ontvanger> {
  const ontvanger = await startOntvanger(...deel);
  open.push(ontvanger);
  return ontvanger;
}

/**
 * Ordinary receivers with a little post each, beside one that is flooded and some that are a trouble.
 * @param lastig start the latter; they get `noteer` to count what goes to them
 * @returns of each ordinary message, how many messages of others went before it since its own predecessor
 */
async function ronde(
  lastig: readonly ((noteer: (gedrag: Gedrag) => Gedrag) => Promise<string>)[],
): Promise<readonly number[]> {
  const gegaan: string[] = [];
  const noteer =
    (naam: string) =>
    (gedrag: Gedrag): Gedrag =>
    (bericht, antwoord) => {
      gegaan.push(naam);
      gedrag(bericht, antwoord);
    };
  for (const begin of lastig) await bank.leg(await bank.ontvanger(await begin(noteer('lastig'))), { aantal: 50 });
  await ontvanger(noteer('vloed')(bv03()), VLOED);
  const namen = Array.from({ length: GEWOON }, (_, nr) => `gewoon ${nr}`);
  await Promise.all(namen.map((naam) => ontvanger(noteer(naam)(bv03()), PER_ONTVANGER)));
  const bezorger = bank.bezorger({ plaatsen: PLAATSEN, tijden: LANG });
  const klaar = () => gegaan.filter((naam) => naam.startsWith('gewoon')).length === GEWOON * PER_ONTVANGER;
  await wachtTot(klaar, { ms: 30_000, wat: 'every ordinary message delivered' });
  const wachttijden = namen.flatMap((naam) => {
    const plekken = gegaan.flatMap((wie, plek) => (wie === naam ? [plek] : []));
    return plekken.map((plek, nr) => plek - (plekken[nr - 1] ?? -1) - 1);
  });
  await bezorger.stop();
  return wachttijden;
}
const p99 = (getallen: readonly number[]): number =>
  getallen.toSorted((a, b) => a - b)[Math.ceil(getallen.length * 0.99) - 1] ?? 0;

test('a flood and four that hang: the others wait at most one and a half times as long as without', async () => {
  const zonder = p99(await ronde([]));
  await bank.rust();
  const hangers: Ontvanger[] = [];
  const hang = async (): Promise<string> => {
    const hanger = await luister(zwijg);
    hangers.push(hanger);
    return hanger.url;
  };
  const wachttijden = await ronde([hang, hang, hang, hang]);
  // Without fairness the flood alone would put some hundred messages before theirs.
  expect(zonder).toBeLessThan(3 * GEWOON);
  expect(p99(wachttijden)).toBeLessThanOrEqual(1.5 * zonder);
  expect(hangers.map(({ gekregen }) => gekregen.length)).toEqual([1, 1, 1, 1]);
});

test(`a flood and one of each trouble (${Object.keys(LASTIG).join(', ')}): the same`, async () => {
  const zonder = p99(await ronde([]));
  await bank.rust();
  expect(p99(await ronde(Object.values(LASTIG)))).toBeLessThanOrEqual(1.5 * zonder);
});

describe('more that hang than there are places', () => {
  test('once they failed they keep to their corner, however often they are tried', async () => {
    const begin = Date.now();
    // Their pauses of seconds are over in milliseconds: they are always due.
    const nu = () => new Date(begin + (Date.now() - begin) * 1000);
    const hangers = await Promise.all(Array.from({ length: 20 }, () => ontvanger(zwijg, 3)));
    bank.bezorger({ plaatsen: PLAATSEN, tijden: { ...LANG, wachten: 150 }, nu });
    await Promise.all(hangers.map((hanger) => hanger.tot(1)));
    const tegelijk = () => hangers.reduce((som, hanger) => som + hanger.onderweg(), 0);
    await wachtTot(() => tegelijk() <= PLAATSEN.verdacht, { ms: 10_000, wat: 'the first attempts to be over' });
    let meeste = 0;
    const gewoon = await Promise.all(
      Array.from({ length: 6 }, () =>
        ontvanger((bericht, antwoord) => {
          meeste = Math.max(meeste, tegelijk());
          bv03()(bericht, antwoord);
        }, 20),
      ),
    );
    await Promise.all(gewoon.map((goed) => goed.tot(20)));
    expect(meeste).toBeLessThanOrEqual(PLAATSEN.verdacht);
    await Promise.all(hangers.map((hanger) => hanger.tot(2)));
  });
});

test('large messages go a few at a time, and small ones go past them', async () => {
  const groot = Buffer.alloc(1_100_000, 'x');
  const traag = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const nieuw = await startOntvanger(zwijg);
      open.push(nieuw);
      await bank.leg(await bank.ontvanger(nieuw.url), { bytes: groot });
      return nieuw;
    }),
  );
  bank.bezorger({ tijden: LANG });
  const bezig = () => traag.filter((hanger) => hanger.onderweg() > 0).length;
  await wachtTot(() => bezig() === 3, { ms: 10_000, wat: 'three large messages under way' });
  const klein = await ontvanger(bv03(), 10);
  await klein.tot(10);
  expect(bezig()).toBe(3);
});
