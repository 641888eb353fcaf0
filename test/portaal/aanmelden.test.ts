/** Logging in through a broker: a real one, as an outsider would see it. What a broker can do wrong is in broker.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { vrijePoort } from '#src/proces.ts';
import { Routering } from '#src/routering/routering.ts';
import { nodigOpnieuwUit, nodigUit, trekGebruikerIn } from '#src/toegang/gebruikers/beheer.ts';
import { trekIdentificatieIn } from '#src/toegang/gebruikers/identificaties.ts';
import type { Rol } from '#src/toegang/gebruikers/types.ts';
import { type Bezoeker, CLIENT, EH2, startBroker } from '../hulp/broker.ts';
import { Browser, tokenVan } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-aanmelden-'));
const geheim = join(map, 'geheim');
writeFileSync(geheim, `${CLIENT.geheim}\n`);
const poort = await vrijePoort(0);
const adres = `http://127.0.0.1:${poort}`;
const broker = await startBroker(adres);
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: {
    KNOOPPUNT_DEMO: '0',
    KNOOPPUNT_MISLUKTE_AANMELDINGEN: '6',
    KNOOPPUNT_PROXIES: '127.0.0.1',
    KNOOPPUNT_POORT: String(poort),
    KNOOPPUNT_PORTAAL_ADRES: adres,
    KNOOPPUNT_PORTAAL_UITGEVER: broker.uitgever,
    KNOOPPUNT_PORTAAL_CLIENT: CLIENT.id,
    KNOOPPUNT_PORTAAL_GEHEIM: geheim,
  },
});
const { database } = knooppunt;
const routering = new Routering(database);
afterAll(async () => {
  await knooppunt.stop();
  await broker.stop();
  rmSync(map, { recursive: true });
});

const OPDRACHT = { actor: 'cli:proef', reden: 'voor de proef', gezag: { soort: 'beheerder' } } as const;
const START = '/portaal/aanmelden/start';
const KVK_0363 = '34366966';

let nr = 0;
let plek = 0;
/** Invites somebody of gemeente 0363, or of nobody's organisation. */
async function genodigd(rol: Rol = 'gebruiker', organisatie: string | null = '0363') {
  nr += 1;
  const identificatie = organisatie === '0363' ? KVK_0363 : `9000000${nr}`;
  const uitgenodigd = await nodigUit({ database, routering }, OPDRACHT, {
    naam: `Proefpersoon ${'abcdefghijklmnopqrstuvwxyz'[nr]}`,
    organisatie,
    rol,
    diensten: rol === 'gebruiker' ? ['wmo'] : [],
    identificatie,
  });
  return { ...uitgenodigd, bezoeker: { persoon: `persoon-${nr}`, kvk: identificatie } };
}
/** From an address of its own: who fails keeps out who comes from there. */
function nieuweBrowser(): Browser {
  plek += 1;
  return new Browser(adres, { 'X-Forwarded-For': `192.0.2.${plek}` });
}
/** The way to the broker and back. */
async function loopt(bezoeker: Bezoeker, browser = nieuweBrowser(), start = START) {
  broker.bezoeker = bezoeker;
  return { browser, ...(await browser.volg(start)) };
}
/** Somebody who came in with an invitation before. */
async function bekend(rol?: Rol, organisatie?: string | null) {
  const { id, code, bezoeker } = await genodigd(rol, organisatie);
  const { browser, tekst } = await loopt(bezoeker);
  const binnen = await browser.stuur('/portaal/uitnodiging', { code }, { token: tokenVan(tekst) });
  expect([binnen.status, binnen.naar], binnen.tekst).toEqual([303, '/portaal']);
  return { id, bezoeker, browser };
}
const wieIs = async (browser: Browser): Promise<string | undefined> =>
  /kp-wie__naam"><a[^>]*>([^<]+)/.exec((await browser.haal('/portaal/over')).tekst)?.[1];
const regels = async (gebeurtenis: string) =>
  (
    await database.pool.query<{ actor: string; namens: string | null; details: Record<string, unknown> }>(
      'select actor, namens, details from logboek where gebeurtenis = $1 order by nr',
      [gebeurtenis],
    )
  ).rows;

describe('with an invitation', () => {
  test('somebody becomes the user that was invited, with a code that is good once', async () => {
    const { id, code, bezoeker } = await genodigd();
    const { browser, adres: waar, tekst } = await loopt(bezoeker);
    expect(waar).toBe(`${adres}/portaal/uitnodiging`);
    expect(tekst).toContain('eHerkenning kent u, maar dit portaal nog niet');
    // As it was written down by hand.
    const getypt = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    expect((await browser.stuur('/portaal/uitnodiging', { code: getypt })).naar).toBe('/portaal');
    expect(await wieIs(browser)).toMatch(/^Proefpersoon/);
    expect((await regels('gebruiker gekoppeld')).at(-1)).toMatchObject({ actor: `gebruiker:${id}`, namens: '0363' });

    const ander = await loopt({ ...bezoeker, persoon: 'nog iemand' });
    const weer = await ander.browser.stuur('/portaal/uitnodiging', { code });
    expect(weer.status).toBe(400);
    expect(weer.tekst).toContain('al gebruikt');
    expect(await wieIs(ander.browser)).toBeUndefined();
  });

  test('of another organisation nobody gets in, whoever has the code', async () => {
    const { code } = await genodigd('landelijk', null);
    const { browser } = await loopt({ persoon: 'een ander', kvk: KVK_0363 });
    const antwoord = await browser.stuur('/portaal/uitnodiging', { code });
    expect([antwoord.status, antwoord.tekst.includes('van een andere organisatie')]).toEqual([400, true]);
    expect(await wieIs(browser)).toBeUndefined();
  });

  test('that has expired nobody gets in', async () => {
    const { id, code, bezoeker } = await genodigd();
    await database.pool.query(`update uitnodiging set vervalt_op = now() where gebruiker = $1`, [id]);
    const { browser } = await loopt(bezoeker);
    expect((await browser.stuur('/portaal/uitnodiging', { code })).status).toBe(400);
  });

  test('guessing codes is slowed down, and of the guesses there are lines without the code', async () => {
    const { browser } = await loopt({ persoon: 'rader', kvk: KVK_0363 });
    const antwoorden = [];
    for (let poging = 0; poging < 8; poging += 1)
      antwoorden.push(await browser.stuur('/portaal/uitnodiging', { code: `AAAAA-BBBBB-CCCCC-DDDD${poging}` }));
    expect(antwoorden.map(({ status }) => status)).toEqual([...Array(6).fill(400), 429, 429]);
    expect(antwoorden.at(-1)?.koppen.get('retry-after')).toBe('1');
    expect(JSON.stringify(await regels('aanmelding mislukt'))).not.toMatch(/BBBBB/i);
    expect((await regels('aanmelding mislukt')).at(-1)?.details).toMatchObject({ wat: 'uitnodiging' });
  });
});

describe('who comes back from the broker', () => {
  test('is a user that it knows, and is sent where it wanted to be', async () => {
    const { bezoeker } = await bekend();
    const { browser, adres: waar } = await loopt(bezoeker, undefined, `${START}?terug=%2Fportaal%2Fover%3Fa%3D1`);
    expect(waar).toBe(`${adres}/portaal/over?a=1`);
    expect(await wieIs(browser)).toMatch(/^Proefpersoon/);
    expect((await regels('gebruiker aangemeld')).at(-1)).toMatchObject({ namens: '0363' });
  });

  test('is not sent to another site', async () => {
    const { bezoeker } = await bekend();
    const { adres: waar } = await loopt(bezoeker, undefined, `${START}?terug=https%3A%2F%2Felders.example`);
    expect(new URL(waar).origin).toBe(adres);
  });

  test.each<readonly [string, Partial<Bezoeker>, number, string]>([
    ['with a means that is not strong enough', { acr: EH2 }, 403, 'Uw inlogmiddel is niet sterk genoeg'],
    ['for an organisation that we do not know', { kvk: '00000001' }, 403, 'Uw organisatie is hier niet bekend'],
    ['without an organisation', { kvk: undefined }, 403, 'Uw organisatie is hier niet bekend'],
    ['after pressing cancel', { afbreken: true }, 400, 'Het inloggen is afgebroken'],
  ])('%s is told what to do, and is not in', async (_, anders, status, titel) => {
    const { bezoeker } = await bekend();
    const voor = (await regels('aanmelding mislukt')).length;
    const { browser, ...bladzijde } = await loopt({ ...bezoeker, ...anders });
    expect([bladzijde.status, bladzijde.tekst]).toEqual([status, expect.stringContaining(titel)]);
    expect(bladzijde.tekst).toContain('Opnieuw inloggen');
    expect(await wieIs(browser)).toBeUndefined();
    expect((await regels('aanmelding mislukt')).length - voor).toBe(anders.afbreken ? 0 : 1);
  });

  test('another time with the same answer gets nothing, and neither does another browser', async () => {
    const { bezoeker } = await bekend();
    broker.bezoeker = bezoeker;
    const browser = nieuweBrowser();
    let terug = START;
    for (let stap = 0; !terug.includes('code='); stap += 1) {
      expect(stap).toBeLessThan(10);
      terug = (await browser.haal(terug)).naar ?? '';
      if (!terug.startsWith('http')) terug = new URL(terug, broker.uitgever).href;
    }
    const ander = nieuweBrowser();
    expect((await ander.haal(terug)).tekst).toContain('duurde te lang, of was al gebruikt');
    // One that is on its own way: the state is not its own.
    await ander.haal(START);
    expect((await ander.haal(terug)).tekst).toContain('Het inloggen is niet gelukt');
    const goed = await browser.haal(terug);
    expect([goed.status, goed.naar]).toEqual([303, '/portaal']);
    expect((await browser.haal(terug)).tekst).toContain('duurde te lang, of was al gebruikt');
    expect(await wieIs(ander)).toBeUndefined();
  });

  test('has another cookie than before, so one that was put there beforehand is worth nothing', async () => {
    const { bezoeker } = await bekend();
    const aanvaller = nieuweBrowser();
    await aanvaller.haal(START);
    const gelegd = aanvaller.koekjes.get('knooppunt') ?? '';
    expect(gelegd).not.toBe('');
    const slachtoffer = nieuweBrowser();
    slachtoffer.koekjes.set('knooppunt', gelegd);
    await loopt(bezoeker, slachtoffer);
    expect(await wieIs(slachtoffer)).toMatch(/^Proefpersoon/);
    expect(slachtoffer.koekjes.get('knooppunt')).not.toBe(gelegd);
    expect(await wieIs(aanvaller)).toBeUndefined();
  });

  test('after it was withdrawn is out at once, hears why, and has no way back but a new invitation', async () => {
    const { id, bezoeker, browser } = await bekend();
    await trekGebruikerIn({ database }, OPDRACHT, id);
    expect(await wieIs(browser)).toBeUndefined();
    const weer = await loopt(bezoeker);
    expect(weer.tekst).toContain('Uw toegang is ingetrokken');
    expect(await wieIs(weer.browser)).toBeUndefined();
    const { code } = await genodigd();
    expect((await weer.browser.stuur('/portaal/uitnodiging', { code })).naar).toBe('/portaal');
    expect(await wieIs(weer.browser)).toMatch(/^Proefpersoon/);
  });

  test('with another means, by a new code, is the same user; the old means is nobody any more', async () => {
    const { id, bezoeker, browser } = await bekend();
    const code = await nodigOpnieuwUit({ database }, OPDRACHT, id);
    const nieuw = await loopt({ ...bezoeker, persoon: 'nieuw middel' });
    expect((await nieuw.browser.stuur('/portaal/uitnodiging', { code })).naar).toBe('/portaal');
    expect(await wieIs(browser)).toBeUndefined();
    expect((await loopt(bezoeker)).adres).toBe(`${adres}/portaal/uitnodiging`);
  });

  test('for a legal entity that was taken from its organisation is out', async () => {
    const { bezoeker, browser } = await bekend('landelijk', null);
    await trekIdentificatieIn(database, OPDRACHT, { identificatie: bezoeker.kvk, organisatie: null });
    expect(await wieIs(browser)).toBeUndefined();
    expect((await loopt(bezoeker)).tekst).toContain('Uw organisatie is hier niet bekend');
  });
});

test('who begins to log in without end is held up: each beginning leaves a row behind', async () => {
  const browser = nieuweBrowser();
  const antwoorden = await Promise.all(Array.from({ length: 25 }, () => browser.haal(START)));
  const statussen = antwoorden.map(({ status }) => status);
  expect(new Set(statussen)).toEqual(new Set([303, 429]));
  expect(statussen.filter((status) => status === 303).length).toBeLessThan(25);
  expect((await nieuweBrowser().haal(START)).status).toBe(303);
});

test('logging out ends the session, and goes on to the broker', async () => {
  const { browser } = await bekend();
  const token = tokenVan((await browser.haal('/portaal/over')).tekst);
  const oud = browser.koekjes.get('knooppunt') ?? '';
  const weg = await browser.stuur('/portaal/afmelden', {}, { token });
  expect([weg.status, weg.naar]).toEqual([303, '/portaal/afgemeld?ook=broker']);
  expect(browser.koekjes.has('knooppunt')).toBe(false);
  const dief = nieuweBrowser();
  dief.koekjes.set('knooppunt', oud);
  expect(await wieIs(dief)).toBeUndefined();
  expect((await regels('gebruiker afgemeld')).length).toBeGreaterThan(0);

  const naar =
    (await browser.haal('/portaal/afgemeld?ook=broker')).koppen.get('refresh')?.replace(/^0; url=/, '') ?? '';
  // The broker asks whether one is sure; then it sends the browser back.
  const vraag = await browser.haal(naar);
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(vraag.tekst) ?? [];
  const body = new URLSearchParams({ xsrf, logout: 'yes' });
  const klaar = await browser.haal(`${broker.uitgever}/session/end/confirm`, { method: 'POST', body });
  expect(klaar.naar).toBe(`${adres}/portaal/afgemeld`);
});

test('outside the demo there are no users of the demo, and no way to become one', async () => {
  const browser = nieuweBrowser();
  const { tekst } = await browser.haal('/portaal/aanmelden');
  expect(tekst).toContain('Inloggen met eHerkenning');
  expect(tekst).not.toMatch(/demonstratie|name="wie"/i);
  // With a form token that is right, for there is another form on the way.
  const onderweg = await loopt({ persoon: 'onbekende', kvk: KVK_0363 });
  const poging = await onderweg.browser.stuur(
    '/portaal/aanmelden/demo',
    { wie: 'beheerder' },
    { token: tokenVan(onderweg.tekst) },
  );
  expect(poging.status).toBe(404);
  const { rows } = await database.pool.query(`select from gebruiker where naam like 'Medewerker%'`);
  expect(rows).toEqual([]);
});

test('of a person and a session nothing is stored by which it could be taken over or known', async () => {
  const { bezoeker, browser } = await bekend();
  const { rows } = await database.pool.query<{ alles: string }>(
    `select (select string_agg(to_jsonb(g)::text, '') from gebruiker g) || (select string_agg(to_jsonb(s)::text, '') from portaal_sessie s) as alles`,
  );
  const sid = decodeURIComponent(browser.koekjes.get('knooppunt') ?? '').replace(/^s:([^.]+)\..*$/, '$1');
  expect(sid.length).toBeGreaterThan(30);
  for (const geheimpje of [sid, bezoeker.persoon, bezoeker.kvk]) expect(rows[0]?.alles).not.toContain(geheimpje);
  expect(knooppunt.log()).not.toContain(bezoeker.persoon);
});
