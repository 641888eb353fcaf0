/** At the door: who keeps failing is slowed down, who asks too much is held back, and a good client is not harmed by what others do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Emmers } from '#src/toegang/emmers.ts';
import { netwerkVan } from '#src/toegang/mislukkingen.ts';
import { Rem } from '#src/toegang/rem.ts';
import { draaiUitgeversleutel } from '#src/toegang/uitgeversleutels.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { haalToken, registreerClient, UITGEVER, vraagToken } from '../hulp/toegang.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-deur-'));
const bestand = join(map, 'uitgever.json');
const geheimen = new Map<string, string>();
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_DEMO: '0',
    KNOOPPUNT_UITGEVER: UITGEVER,
    KNOOPPUNT_UITGEVERSLEUTELS: bestand,
    KNOOPPUNT_MISLUKTE_AANMELDINGEN: '3',
    KNOOPPUNT_VERZOEKEN_PER_SECONDE: '2',
    KNOOPPUNT_PROXIES: '127.0.0.1',
  },
  async bereid(database) {
    await draaiUitgeversleutel(bestand, false);
    for (const id of ['druk', 'rustig', 'doelwit', 'stuf'])
      geheimen.set(id, (await registreerClient(database, { id, namens: ['0363'], metGeheim: true })) ?? '');
  },
});
afterAll(async () => {
  await knooppunt.stop();
  rmSync(map, { recursive: true });
});
const { adres, database } = knooppunt;

/** Of this address the proxy says that it calls. */
const vanaf = (ip: string): Record<string, string> => ({ 'X-Forwarded-For': ip });
const probeer = (client: string, geheim: string, ip: string) =>
  vraagToken(adres, { client_id: client, client_secret: geheim }, vanaf(ip));
const regels = async (gebeurtenis: string, waar = 'true') =>
  (
    await database.pool.query<{ actor: string; resultaat: string; details: Record<string, unknown> }>(
      `select actor, resultaat, details from logboek where gebeurtenis = $1 and ${waar} order by nr`,
      [gebeurtenis],
    )
  ).rows;

describe('at the token endpoint', () => {
  test('an address that keeps failing has to wait, whatever it shows; another address has not', async () => {
    for (let nr = 0; nr < 4; nr += 1) expect((await probeer(`gok-${nr}`, 'x', '192.0.2.1')).status).toBe(401);
    const { status, koppen, lijf } = await probeer('rustig', geheimen.get('rustig') ?? '', '192.0.2.1');
    expect([status, lijf.error]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(koppen.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await probeer('rustig', geheimen.get('rustig') ?? '', '192.0.2.2')).status).toBe(200);
  });

  test('the wait is over by itself, and gets longer with the next failure', async () => {
    const ip = '192.0.2.3';
    for (let nr = 0; nr < 4; nr += 1) await probeer(`gis-${nr}`, 'x', ip);
    // After a second one may try again; failing then costs two.
    await expect.poll(async () => (await probeer('gis-4', 'x', ip)).status, { timeout: 5000 }).toBe(401);
    const { koppen } = await probeer('gis-5', 'x', ip);
    expect(Number(koppen.get('retry-after'))).toBe(2);
  });

  test('a client is slowed down for guessing from many addresses, but not where it has been let in before', async () => {
    const geheim = geheimen.get('doelwit') ?? '';
    expect((await probeer('doelwit', geheim, '198.51.100.1')).status).toBe(200);
    for (let nr = 1; nr <= 4; nr += 1) expect((await probeer('doelwit', 'x', `203.0.113.${nr}`)).status).toBe(401);
    expect((await probeer('doelwit', 'x', '203.0.113.9')).status).toBe(429);
    expect((await probeer('doelwit', geheim, '198.51.100.1')).status).toBe(200);
  });

  test('a client that is not there is slowed down no differently', async () => {
    for (let nr = 1; nr <= 4; nr += 1) expect((await probeer('niemand', 'x', `203.0.113.1${nr}`)).status).toBe(401);
    expect((await probeer('niemand', 'x', '203.0.113.19')).status).toBe(429);
  });

  test('the audit log says so at the 1st, 2nd and 4th time, of whom and from where', async () => {
    const van = await regels('aanmelding mislukt', `details ->> 'adres' = '192.0.2.1'`);
    expect(van.map(({ details }) => details.aantal)).toEqual([1, 2, 4]);
    expect(new Set(van.map(({ actor, resultaat }) => `${actor} ${resultaat}`))).toEqual(new Set(['onbekend secret']));
    const doelwit = await regels('aanmelding mislukt', `actor = 'doelwit'`);
    expect(doelwit.length).toBeGreaterThanOrEqual(4);
  });
});

describe('at the API', () => {
  const vraag = (token: string, ip: string, pad = '/v1/bevriezingen') =>
    stuur(adres, { methode: 'GET', pad, koppen: { Authorization: `Bearer ${token}`, ...vanaf(ip) } });
  let goed = '';
  beforeAll(async () => {
    goed = await haalToken(adres, 'rustig', geheimen.get('rustig'));
  });

  test('bad tokens are slowed down, and a good token from the same address is not', async () => {
    for (let nr = 0; nr < 4; nr += 1) verwachtWeigering(await vraag(`gok-${nr}`, '192.0.2.50'), 'nietAangemeld');
    const antwoord = await vraag('gok-9', '192.0.2.50');
    verwachtWeigering(antwoord, 'teVeelMislukt');
    expect(Number(antwoord.koppen['retry-after'])).toBeGreaterThanOrEqual(1);
    expect((await vraag(goed, '192.0.2.50')).status).toBe(200);
  });

  test('who shows nothing fails in nothing', async () => {
    for (let nr = 0; nr < 10; nr += 1)
      verwachtWeigering(
        await stuur(adres, { methode: 'GET', pad: '/v1/bevriezingen', koppen: vanaf('192.0.2.60') }),
        'nietAangemeld',
      );
  });

  test('a client that asks too much hears when it may go on, and the others notice nothing', async () => {
    const druk = await haalToken(adres, 'druk', geheimen.get('druk'));
    const antwoorden = await Promise.all(Array.from({ length: 40 }, () => vraag(druk, '192.0.2.70')));
    const geweigerd = antwoorden.filter(({ status }) => status === 429);
    // Its bucket holds twenty, less the one of its token.
    expect(geweigerd.length).toBeGreaterThanOrEqual(15);
    for (const antwoord of geweigerd) {
      verwachtWeigering(antwoord, 'teVeelVerzoeken');
      expect(Number(antwoord.koppen['retry-after'])).toBeGreaterThanOrEqual(1);
    }
    expect((await vraag(goed, '192.0.2.70')).status).toBe(200);
    expect(await regels('toegang geweigerd', `actor = 'druk'`)).toHaveLength(1);
    await expect.poll(async () => (await vraag(druk, '192.0.2.70')).status, { timeout: 5000 }).toBe(200);
  });

  test('StUF says it with a Fo03 and the same status', async () => {
    const token = await haalToken(adres, 'stuf', geheimen.get('stuf'));
    const roep = () =>
      stuur(adres, {
        pad: '/stuf/ggk0210/OntvangAsynchroon',
        koppen: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'text/xml',
          SOAPAction: 'x',
          ...vanaf('192.0.2.80'),
        },
        lijf: '<x/>',
      });
    const antwoorden = await Promise.all(Array.from({ length: 40 }, roep));
    const vol = antwoorden.find(({ status }) => status === 429);
    expect(vol?.lijf).toContain('StUF046');
    expect(vol?.koppen['retry-after']).toBeDefined();
  });
});

describe('the brake', () => {
  test('waits longer with each failure beyond the free ones, up to its bound; success and time forget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 40 }), (vrij, keren) => {
        let nu = 0;
        const rem = new Rem({ vrij, maxMs: 60_000, klok: () => nu });
        for (let nr = 1; nr <= keren; nr += 1) expect(rem.mislukt('a')).toBe(nr);
        const verwacht = keren <= vrij ? 0 : Math.min(60_000, 1000 * 2 ** (keren - vrij - 1));
        expect(rem.wacht('a')).toBe(verwacht);
        expect(rem.wacht('b')).toBe(0);
        nu += verwacht;
        expect(rem.wacht('a')).toBe(0);
        nu += 31 * 60_000;
        expect(rem.mislukt('a')).toBe(1);
        rem.gelukt('a');
        expect(rem.mislukt('a')).toBe(1);
      }),
    );
  });

  test('remembers a bounded number, and those that failed last', () => {
    const rem = new Rem({ vrij: 1, maxMs: 60_000, klok: () => 0 });
    rem.mislukt('oud');
    rem.mislukt('oud');
    for (let nr = 0; nr < 20_000; nr += 1) rem.mislukt(`${nr}`);
    expect(rem.wacht('oud')).toBe(0);
    expect(rem.mislukt('19999')).toBe(2);
  });

  test('that is off never holds anybody', () => {
    const rem = new Rem({ vrij: 0, maxMs: 60_000 });
    for (let nr = 0; nr < 100; nr += 1) rem.mislukt('a');
    expect(rem.wacht('a')).toBe(0);
  });
});

test('a bucket never gives more than its burst and what came in, and always something after the wait that it named', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 200 }),
      (perSeconde, pauzes) => {
        let nu = 0;
        const emmers = new Emmers(perSeconde, () => nu);
        let gegeven = 0;
        for (const pauze of pauzes) {
          nu += pauze;
          const wacht = emmers.neem('a');
          if (wacht === 0) gegeven += 1;
          else {
            nu += wacht + 0.001;
            expect(emmers.neem('a')).toBe(0);
            gegeven += 1;
          }
        }
        expect(gegeven).toBeLessThanOrEqual(perSeconde * 10 + (nu / 1000) * perSeconde + 1);
        expect(emmers.neem('b')).toBe(0);
      },
    ),
  );
  expect(new Emmers(0).neem('a')).toBe(0);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('the network of %s is %s', (ip, netwerk) => {
  expect(netwerkVan(ip)).toBe(netwerk);
});
