/** Sessions of the portal: what could be done with a cookie, with a form of another site, and with what is stored. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { SessionData } from 'express-session';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Sessieopslag } from '#src/portaal/aanmelden/opslag.ts';
import { metSessie } from '#src/portaal/aanmelden/sessie.ts';
import { isVerlopen } from '#src/portaal/aanmelden/termijnen.ts';
import { maakPaginas } from '#src/portaal/paginas.ts';
import { magOpenen } from '#src/portaal/toegang.ts';
import { Routering } from '#src/routering/routering.ts';
import { DEMOGEBRUIKERS, demogebruikerId } from '#src/toegang/gebruikers/demo.ts';
import { leesGebruiker } from '#src/toegang/gebruikers/lezen.ts';
import type { Gebruiker } from '#src/toegang/gebruikers/types.ts';
import { Browser, tokenVan } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
const { database, adres } = knooppunt;
const routering = new Routering(database);
afterAll(() => knooppunt.stop());

const TLS = { 'X-Forwarded-Proto': 'https' };
async function ingelogd(wie = 'gemeente', koppen: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const browser = new Browser(adres, koppen);
  const binnen = await browser.wordt(wie);
  expect([binnen.status, binnen.naar], binnen.tekst).toEqual([303, '/portaal']);
  return browser;
}
const isBinnen = async (browser: Browser): Promise<boolean> =>
  (await browser.haal('/portaal/mijn-gegevens')).status === 200;
/** All sessions as they are, longer ago. */
const eerder = (velden: readonly string[], hoeveel: string): Promise<unknown> =>
  database.pool.query(`update portaal_sessie set ${velden.map((veld) => `${veld} = ${veld} - interval '${hoeveel}'`)}`);

describe('in the demo', () => {
  test.each(DEMOGEBRUIKERS)('a button makes one $wie', async ({ wie, naam }) => {
    expect((await (await ingelogd(wie)).haal('/portaal/mijn-gegevens')).tekst).toContain(naam);
  });
});

describe('the cookie', () => {
  const koekjeVan = async (koppen: Readonly<Record<string, string>>): Promise<string> => {
    const browser = new Browser(adres, koppen);
    return (await browser.wordt('gemeente')).koppen.get('set-cookie') ?? '';
  };

  test('is for no script, no other site, no other host, and for as long as the browser is open', async () => {
    expect((await koekjeVan({})).split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
  });

  test('over TLS is bound to TLS and this host, by its name too', async () => {
    const [waarde, ...deel] = (await koekjeVan(TLS)).split('; ');
    expect(waarde).toMatch(/^__Host-knooppunt=/);
    expect(deel.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
  });

  test('that was put there without TLS counts for nothing over TLS, and the other way around', async () => {
    const [zonder, met] = [await ingelogd('gemeente'), await ingelogd('gemeente', TLS)];
    const nu = zonder.koekjes.get('knooppunt') ?? '';
    expect((await zonder.haal('/portaal/mijn-gegevens', { headers: TLS })).status).toBe(303);
    zonder.koekjes.clear();
    zonder.koekjes.set('__Host-knooppunt', nu);
    expect(await isBinnen(zonder)).toBe(false);
    expect(await isBinnen(met)).toBe(true);
  });

  test('with a number that was made up, or signed by another, is not taken over', async () => {
    const browser = await ingelogd();
    const [sid = ''] = decodeURIComponent(browser.koekjes.get('knooppunt') ?? '').split('.');
    for (const vals of [sid, `${sid}.${'A'.repeat(43)}`, 's:verzonnen', 'verzonnen', '%']) {
      const ander = new Browser(adres);
      ander.koekjes.set('knooppunt', encodeURIComponent(vals));
      expect(await isBinnen(ander)).toBe(false);
      await ander.wordt('gemeente');
      expect(decodeURIComponent(ander.koekjes.get('knooppunt') ?? '')).not.toContain(vals.split('.')[0]);
    }
  });

  test('is not given to who only looks around', async () => {
    for (const pad of ['/portaal', '/portaal/over', '/portaal/uitnodiging', '/portaal/afgemeld', '/portaal/nergens'])
      expect((await new Browser(adres).haal(pad)).koppen.get('set-cookie')).toBeNull();
  });

  test('in production is never sent without TLS', async () => {
    const config = { ...knooppunt.config, productie: true };
    const omgeving = { ...knooppunt, config, routering, mislukkingen: undefined as never, logFout: () => undefined };
    const app = express().use(metSessie(omgeving), (req, res) => {
      req.session.csrf = 'x';
      res.end();
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const hier = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await fetch(hier)).headers.get('set-cookie')).toBeNull();
    expect((await fetch(hier, { headers: TLS })).headers.get('set-cookie')).toMatch(/^__Host-knooppunt=.*Secure/);
    server.close();
  });
});

describe('a session ends', () => {
  test('after half an hour in which nothing was done', async () => {
    const browser = await ingelogd();
    await eerder(['gezien_op'], '29 minutes');
    expect(await isBinnen(browser)).toBe(true);
    // That counts: the half hour begins anew.
    await eerder(['gezien_op'], '29 minutes');
    expect(await isBinnen(browser)).toBe(true);
    await eerder(['gezien_op'], '30 minutes');
    expect(await isBinnen(browser)).toBe(false);
  });

  test('after eight hours, whatever was done', async () => {
    const browser = await ingelogd();
    await eerder(['gemaakt_op'], '479 minutes');
    expect(await isBinnen(browser)).toBe(true);
    await eerder(['gemaakt_op'], '1 minute');
    expect(await isBinnen(browser)).toBe(false);
  });

  test.each<readonly [boolean, number, number, boolean]>([
    [true, 30, 60, true],
    [true, 29, 479, false],
    [true, 1, 480, true],
    [false, 15, 16, true],
    [false, 14, 29, false],
    [false, 1, 30, true],
  ])('logged in %s, quiet for %i minutes, %i minutes old: over %s', (aangemeld, stil, oud, over) => {
    const nu = Date.UTC(2026, 0, 1);
    const geleden = (minuten: number): Date => new Date(nu - minuten * 60_000);
    expect(isVerlopen({ aangemeld, gezienOp: geleden(stil), gemaaktOp: geleden(oud) }, nu)).toBe(over);
  });

  test('and what is over is removed by the next one', async () => {
    await ingelogd();
    await eerder(['gemaakt_op', 'gezien_op'], '9 hours');
    await ingelogd();
    const { rows } = await database.pool.query(
      `select from portaal_sessie where gemaakt_op < now() - interval '8 hours'`,
    );
    expect(rows).toEqual([]);
  });

  test('when its user logs out; one in another browser goes on', async () => {
    const [een, ander] = [await ingelogd(), await ingelogd()];
    const koekje = een.koekjes.get('knooppunt') ?? '';
    const weg = await een.stuur('/portaal/afmelden', {}, { van: '/portaal/over' });
    expect([weg.status, weg.naar, een.koekjes.size]).toEqual([303, '/portaal/afgemeld', 0]);
    een.koekjes.set('knooppunt', koekje);
    expect([await isBinnen(een), await isBinnen(ander)]).toEqual([false, true]);
  });

  test('for good: a request that was still under way does not bring it back', async () => {
    const opslag = new Sessieopslag(database.pool, Date.now);
    const doe = <T>(werk: (klaar: (fout?: unknown, waarde?: T) => void) => void): Promise<T | undefined> =>
      new Promise((goed, mis) => werk((fout, waarde) => (fout ? mis(fout) : goed(waarde))));
    const cookie = { originalMaxAge: null };
    await doe((klaar) => opslag.set('onderweg', { cookie, csrf: 'x' }, klaar));
    const gelezen = await doe<SessionData | null>((klaar) => opslag.get('onderweg', klaar));
    expect(gelezen).toMatchObject({ csrf: 'x' });
    await doe((klaar) => opslag.destroy('onderweg', klaar));
    if (gelezen) await doe((klaar) => opslag.set('onderweg', gelezen, klaar));
    expect(await doe((klaar) => opslag.get('onderweg', klaar))).toBeNull();
  });
});

describe('a form of another site', () => {
  const paginas = maakPaginas(knooppunt as never).filter(({ methode }) => methode === 'post');
  const browsers = new Map<string, Browser>();
  const gebruikers: { readonly wie: string; readonly gebruiker: Gebruiker }[] = [];
  let buitenstaander: Browser;
  beforeAll(async () => {
    for (const { wie } of DEMOGEBRUIKERS) {
      browsers.set(wie, await ingelogd(wie));
      const gebruiker = await leesGebruiker({ verbinding: database.pool, routering }, demogebruikerId(wie));
      if (gebruiker) gebruikers.push({ wie, gebruiker });
    }
    buitenstaander = new Browser(adres);
    await buitenstaander.haal('/portaal/aanmelden');
  });
  test.each(paginas)('gets nothing done at $id, nor does one with the token of another session', async (pagina) => {
    const pad = `/portaal${pagina.pad.replace(/:\w+/g, () => crypto.randomUUID())}`;
    const wie = gebruikers.find(({ gebruiker }) => magOpenen(gebruiker, pagina.toegang))?.wie ?? '';
    const browser = pagina.toegang === 'iedereen' ? buitenstaander : browsers.get(wie);
    if (!browser) throw new Error(`nobody of the demo may open ${pagina.id}`);
    const eigen = tokenVan(
      (await browser.haal(browser === buitenstaander ? '/portaal/aanmelden' : '/portaal/over')).tekst,
    );
    const vreemd = tokenVan((await (await ingelogd(wie || 'gemeente')).haal('/portaal/over')).tekst);
    const lijf = (token: string | undefined): FormData | URLSearchParams => {
      const velden = pagina.eigenLijf ? new FormData() : new URLSearchParams();
      if (token !== undefined) velden.append('_csrf', token);
      velden.append('reden', 'van een andere site');
      return velden;
    };
    const poging = (token: string | undefined, koppen: Record<string, string> = {}) =>
      browser.haal(pad, { method: 'POST', body: lijf(token), headers: koppen });
    const antwoorden = [
      await poging(undefined),
      await poging(''),
      await poging(vreemd),
      await poging(eigen, { 'Sec-Fetch-Site': 'cross-site' }),
      await poging(eigen, { 'Sec-Fetch-Site': 'same-site' }),
    ];
    expect(eigen).not.toBe('');
    for (const { status, tekst } of antwoorden)
      expect([status, tekst]).toEqual([403, expect.stringContaining('formulierVerlopen')]);
  });

  test('is known by its Origin when the browser tells no more', async () => {
    const pad = '/portaal/aanmelden/demo';
    for (const [origin, status] of [
      ['https://elders.example', 403],
      [adres, 303],
    ] as const) {
      const browser = new Browser(adres);
      const { tekst } = await browser.haal('/portaal/aanmelden');
      const body = new URLSearchParams({ _csrf: tokenVan(tekst), wie: 'gemeente' }).toString();
      const cookie = `knooppunt=${browser.koekjes.get('knooppunt')}`;
      const headers = { cookie, origin, 'Content-Type': 'application/x-www-form-urlencoded' };
      const antwoord = await stuur(adres, { methode: 'POST', pad, koppen: headers, lijf: body });
      expect(antwoord.status).toBe(status);
    }
  });
});
