/** What one comes to the portal for with messages, as an aanbieder and a gemeente do it: by forms alone, without a script. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schrijfDi01 } from '#src/envelop/schrijf.ts';
import { DEMOGEBRUIKERS } from '#src/toegang/gebruikers/demo.ts';
import { maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
import { Browser, tokenVan } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { maakZip } from '../hulp/zipbouwer.ts';

const AANBIEDER = '98000001';
const GEMEENTE = '0363';
const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

const aanbieder = new Browser(knooppunt.adres);
const gemeente = new Browser(knooppunt.adres);
const regio = new Browser(knooppunt.adres);
beforeAll(async () => {
  await aanbieder.wordt('aanbieder');
  await gemeente.wordt('gemeente');
  await regio.wordt('regio');
});

interface Bestand {
  readonly naam: string;
  readonly inhoud: string | Uint8Array;
}

async function lever(
  browser: Browser,
  bestanden: readonly Bestand[],
  opdracht: string,
  velden: Record<string, string> = {},
) {
  const lijf = new FormData();
  lijf.append('_csrf', tokenVan((await browser.haal('/portaal/aanleveren')).tekst));
  for (const [naam, waarde] of Object.entries({ opdracht, ...velden })) lijf.append(naam, waarde);
  for (const { naam, inhoud } of bestanden)
    lijf.append('bestanden', new Blob([inhoud as Uint8Array<ArrayBuffer>]), naam);
  return browser.haal('/portaal/aanleveren', { method: 'POST', body: lijf });
}
const wmo305 = (): string => maakBericht('WMO305', { afzender: AANBIEDER, ontvanger: GEMEENTE }).toString();
const aantalBerichten = async (): Promise<number> =>
  (await knooppunt.database.pool.query<{ n: number }>('select count(*)::int as n from bericht')).rows[0]?.n ?? 0;

describe('handing in', () => {
  test('a wrong message is not sent; it says what to change, beside the line', async () => {
    const voor = await aantalBerichten();
    const fout = wmo305()
      .replace(/<Begindatum>/, '<Begindatums>')
      .replace(/<\/Begindatum>/, '</Begindatums>');
    const { status, tekst } = await lever(aanbieder, [{ naam: 'start.xml', inhoud: fout }], 'versturen');
    expect(status).toBe(200);
    expect(tekst).toContain('Niet verstuurd');
    expect(tekst).toMatch(/kp-bron__regel--raak[\s\S]{0,300}Begindatums/);
    expect(await aantalBerichten()).toBe(voor);
  });

  test('a right one is sent, once, however often its form is', async () => {
    const zending = crypto.randomUUID();
    const bestand = { naam: 'start.xml', inhoud: wmo305() };
    const eerste = await lever(aanbieder, [bestand], 'versturen', { zending });
    const id = /\/portaal\/berichten\/([0-9a-f-]{36})/.exec(eerste.tekst)?.[1];
    expect(eerste.tekst).toContain('1 bericht verstuurd');
    expect((await lever(aanbieder, [bestand], 'versturen', { zending })).tekst).toContain(id);
  });

  test('the files to practise with are what they say, for an aanbieder and for a gemeente', async () => {
    for (const browser of [aanbieder, gemeente])
      for (const [welk, uitslag] of [
        ['fout', '0 berichten in orde, 1 bericht niet'],
        ['goed', '1 bericht in orde'],
      ] as const) {
        const { tekst: inhoud } = await browser.haal(`/portaal/aanleveren/oefenbestand/${welk}`);
        expect((await lever(browser, [{ naam: 'oefening.xml', inhoud }], 'controleren')).tekst).toContain(uitslag);
      }
    expect((await aanbieder.haal('/portaal/aanleveren/oefenbestand/anders')).status).toBe(404);
  });

  test('only checking keeps nothing', async () => {
    const voor = await aantalBerichten();
    const { tekst } = await lever(aanbieder, [{ naam: 'start.xml', inhoud: wmo305() }], 'controleren');
    expect(tekst).toContain('1 bericht in orde');
    expect(await aantalBerichten()).toBe(voor);
  });

  test('of a ZIP each message has its own outcome', async () => {
    const zip = maakZip([
      { naam: 'goed.xml', inhoud: wmo305() },
      { naam: 'stuk.xml', inhoud: '<Bericht>' },
    ]);
    const { tekst } = await lever(aanbieder, [{ naam: 'post.zip', inhoud: zip }], 'versturen');
    expect(tekst).toContain('1 bericht verstuurd, 1 bericht niet');
    expect(tekst).toContain('post.zip › stuk.xml');
  });

  test('an envelope is opened to check what is in it, and not sent', async () => {
    const envelop = (bsn?: string): string =>
      schrijfDi01({
        zender: AANBIEDER,
        ontvanger: GEMEENTE,
        referentienummer: crypto.randomUUID(),
        moment: new Date(),
        soort: soort('WMO305'),
        inhoud: maakBericht('WMO305', { afzender: AANBIEDER, ontvanger: GEMEENTE, ...(bsn && { bsn }) }),
      }).toString();
    const voor = await aantalBerichten();
    const goed = [{ naam: 'goed.xml', inhoud: envelop() }];
    expect((await lever(aanbieder, goed, 'controleren')).tekst).toContain('1 bericht in orde');
    expect((await lever(aanbieder, goed, 'versturen')).tekst).toContain('zonder de envelop');
    const { tekst } = await lever(aanbieder, [{ naam: 'fout.xml', inhoud: envelop('999900007') }], 'versturen');
    expect(tekst).toMatch(/kp-bron__regel--raak[\s\S]{0,300}Bsn/);
    expect(await aantalBerichten()).toBe(voor);
  });

  test('a message of another organisation is refused', async () => {
    const vreemd = maakBericht('WMO305', { afzender: '98000002', ontvanger: GEMEENTE });
    expect((await lever(aanbieder, [{ naam: 'x.xml', inhoud: vreemd }], 'versturen')).tekst).toContain(
      'geen berichten indienen',
    );
  });

  test('without files, or without the token before them, nothing happens', async () => {
    expect((await lever(aanbieder, [], 'versturen')).status).toBe(400);
    const lijf = new FormData();
    lijf.append('bestanden', new Blob([wmo305()]), 'x.xml');
    lijf.append('_csrf', tokenVan((await aanbieder.haal('/portaal/aanleveren')).tekst));
    expect((await aanbieder.haal('/portaal/aanleveren', { method: 'POST', body: lijf })).status).toBe(403);
  });
});

describe('the postbus', () => {
  const keuzes = (tekst: string): string[] =>
    [...tekst.matchAll(/name="bericht" value="([^"]+)"/g)].map(([, id = '']) => id);

  test('gives what is chosen as a ZIP, keeps it until it is confirmed, and confirms twice without harm', async () => {
    const ids = keuzes((await gemeente.haal('/portaal/postbus')).tekst);
    expect(ids.length).toBeGreaterThan(0);
    const velden = { postbus: GEMEENTE, bericht: ids };
    for (let keer = 0; keer < 2; keer += 1) {
      const zip = await gemeente.stuur('/portaal/postbus', { ...velden, doel: 'downloaden' });
      expect(zip.koppen.get('content-type')).toBe('application/zip');
      expect(zip.tekst).toContain(`WMO305_${AANBIEDER}_`);
    }
    expect(keuzes((await gemeente.haal('/portaal/postbus')).tekst)).toEqual(ids);
    for (let keer = 0; keer < 2; keer += 1)
      expect(
        (await gemeente.stuur('/portaal/postbus', { ...velden, doel: 'bevestigen' }, { van: '/portaal/mijn-gegevens' }))
          .status,
      ).toBe(303);
    expect((await gemeente.haal('/portaal/postbus')).tekst).toContain('Uw postbus is leeg');
  });

  test('of another organisation stays shut', async () => {
    expect((await gemeente.haal('/portaal/postbus?postbus=0344')).status).toBe(403);
    const { rows } = await knooppunt.database.pool.query<{ id: string }>('select id from bericht limit 1');
    const velden = { postbus: '0344', bericht: rows[0]?.id ?? '', doel: 'bevestigen' };
    expect((await gemeente.stuur('/portaal/postbus', velden)).status).toBe(403);
  });
});

describe('one message', () => {
  test('tells its journey, and what is expected of whom and when', async () => {
    const lijst = await aanbieder.haal('/portaal/berichten?soort=WMO305');
    const pad = /\/portaal\/berichten\/[0-9a-f-]{36}/.exec(lijst.tekst)?.[0] ?? '';
    const { tekst } = await aanbieder.haal(pad);
    expect(tekst).toContain('Ontvangst bevestigd');
    expect(tekst).toMatch(/Start retour \(WMO306\)[\s\S]*uiterlijk/);
    expect((await gemeente.haal(`${pad}/bekijken`)).tekst).toContain('&lt;Begindatum&gt;');
    expect((await gemeente.haal(`${pad}/inhoud`)).koppen.get('content-disposition')).toContain('attachment');
  });

  test('is not looked for by what the database cannot hold', async () => {
    expect((await aanbieder.haal('/portaal/berichten?kenmerk=a%00')).status).toBe(400);
  });

  test('does not exist for who has nothing to do with it', async () => {
    const { rows } = await knooppunt.database.pool.query<{ id: string }>(
      "select id from bericht where berichtsoort = 'WMO305' limit 1",
    );
    const vreemd = new Browser(knooppunt.adres);
    await vreemd.wordt('landelijk');
    for (const eind of ['', '/bekijken', '/inhoud'])
      expect((await vreemd.haal(`/portaal/berichten/${rows[0]?.id}${eind}`)).status).toBe(403);
    expect((await regio.haal(`/portaal/berichten/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await regio.haal('/portaal/berichten/geen-nummer')).status).toBe(404);
  });
});

test('a search by BSN leaves the BSN nowhere but in the question', async () => {
  const bsn = /<Bsn>(\d{9})</.exec(voorbeeld('WMO305'))?.[1] ?? /[^0-9](9999\d{5})[^0-9]/.exec(wmo305())?.[1] ?? '';
  const gevonden = await aanbieder.stuur('/portaal/berichten/bsn', { bsn }, { van: '/portaal/berichten' });
  expect(gevonden.status).toBe(200);
  expect(gevonden.tekst).not.toContain(bsn);
  const fout = await aanbieder.stuur('/portaal/berichten/bsn', { bsn: '123456789' }, { van: '/portaal/berichten' });
  expect(fout.status).toBe(400);
  expect(fout.tekst).not.toContain('123456789');
  expect(knooppunt.log()).not.toContain(bsn);
});

test('start says what needs attention, and every role has a first page', async () => {
  expect((await aanbieder.haal('/portaal')).tekst).toContain('Door u te beantwoorden');
  for (const { wie } of DEMOGEBRUIKERS) {
    const browser = new Browser(knooppunt.adres);
    await browser.wordt(wie);
    expect((await browser.haal('/portaal')).status).toBe(200);
  }
});
