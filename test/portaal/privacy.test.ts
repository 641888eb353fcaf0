/**
 * One organisation sees nothing of another's: every page, as every kind of user, by every link there is and by every address that somebody else
 * could open.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maakPaginas } from '#src/portaal/paginas.ts';
import { DEMOGEBRUIKERS } from '#src/toegang/gebruikers/demo.ts';
import { isPagina, soortVan } from '../../gereedschap/schermafdrukken.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { Browser } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

/** What travelled: whose it is, and by what it would be known on a page. */
const VERKEER = [
  { gemeente: '0363', aanbieder: '98000001' },
  { gemeente: '0363', aanbieder: '98000077' },
  { gemeente: '0599', aanbieder: '98000001' },
  { gemeente: '0599', aanbieder: '98000088' },
] as const;
/** For whom each user of the demo may see messages. */
const EIGEN: Readonly<Record<string, readonly string[]>> = {
  gemeente: ['0363'],
  gebruikersbeheerder: ['0363'],
  aanbieder: ['98000001'],
  regio: ['0344', '0363', '0518'],
  landelijk: [],
  beheerder: [],
};

interface Spoor {
  readonly partijen: readonly string[];
  readonly berichtId: string;
  readonly referentienummer: string;
}
const sporen: Spoor[] = [];
beforeAll(async () => {
  for (const { gemeente, aanbieder } of VERKEER)
    for (const fout of [false, true]) {
      const xml = maakBericht('WMO305', { afzender: aanbieder, ontvanger: gemeente }).toString();
      const referentienummer = crypto.randomUUID();
      const bytes = Buffer.from(fout ? xml.replace('<Geslacht>', '<Geslacht>9') : xml);
      const { lichaam } = await knooppunt.client(aanbieder).leverAan(bytes, referentienummer, 10);
      sporen.push({ partijen: [gemeente, aanbieder], berichtId: lichaam.berichtId, referentienummer });
    }
});

interface Gezien {
  readonly pad: string;
  readonly status: number;
  readonly tekst: string;
}

/** Every page that this user can reach by links, each kind of address at most a few times. */
async function loop(browser: Browser): Promise<readonly Gezien[]> {
  const gezien = new Map<string, Gezien>();
  const keren = new Map<string, number>();
  const rij = ['/portaal'];
  while (rij.length > 0) {
    const pad = (rij.shift() ?? '').replace(/#.*/, '').replaceAll('&amp;', '&');
    const keer = keren.get(soortVan(pad)) ?? 0;
    if (gezien.has(pad) || keer >= 6 || !isPagina(pad)) continue;
    keren.set(soortVan(pad), keer + 1);
    const { status, tekst, naar } = await browser.haal(pad);
    gezien.set(pad, { pad, status, tekst });
    if (naar?.startsWith('/portaal')) rij.push(naar);
    rij.push(...[...tekst.matchAll(/href="(\/portaal[^"]*)"/g)].map(([, adres = '']) => adres));
  }
  return [...gezien.values()];
}

const alsWie = async (wie: string): Promise<Browser> => {
  const browser = new Browser(knooppunt.adres);
  await browser.wordt(wie);
  return browser;
};

test('no page shows a message of others, and no address of others opens', async () => {
  const lopen = new Map<string, readonly Gezien[]>();
  for (const { wie } of DEMOGEBRUIKERS) lopen.set(wie, await loop(await alsWie(wie)));
  const paden = new Set([...lopen.values()].flat().map(({ pad }) => pad));
  const lekken: string[] = [];
  for (const { wie } of DEMOGEBRUIKERS) {
    const eigen = EIGEN[wie] ?? [];
    const vreemd = sporen.filter(({ partijen }) => !partijen.some((code) => eigen.includes(code)));
    const browser = await alsWie(wie);
    const zelf = new Set(lopen.get(wie)?.map(({ pad }) => pad));
    const anders = await Promise.all(
      [...paden].filter((pad) => !zelf.has(pad)).map(async (pad) => ({ pad, ...(await browser.haal(pad)) })),
    );
    for (const { pad, status, tekst } of [...(lopen.get(wie) ?? []), ...anders]) {
      if (status >= 500) lekken.push(`${wie}: ${pad} failed with ${status}`);
      for (const { berichtId, referentienummer } of vreemd)
        if (tekst.includes(referentienummer) || (tekst.includes(berichtId) && !pad.includes(berichtId)))
          lekken.push(`${wie}: ${pad} shows a message of others`);
    }
    for (const { berichtId } of vreemd)
      for (const eind of ['', '/bekijken', '/inhoud']) {
        const { status } = await browser.haal(`/portaal/berichten/${berichtId}${eind}`);
        if (status !== 403 && status !== 404) lekken.push(`${wie}: /berichten/…${eind} of others gives ${status}`);
      }
  }
  expect(lekken).toEqual([]);
  // Nor is it worth anything when nobody saw a message at all.
  for (const wie of ['gemeente', 'aanbieder'])
    for (const { partijen, berichtId } of sporen.filter((spoor) =>
      spoor.partijen.some((code) => EIGEN[wie]?.includes(code)),
    ))
      expect(
        lopen.get(wie)?.some(({ tekst }) => tekst.includes(berichtId)),
        `${wie} ${partijen}`,
      ).toBe(true);
  // The walk is worth something only when it came everywhere: pages without a number in their address are all reached by somebody.
  const bereikt = new Set([...paden].map((pad) => pad.replace(/\?.*/, '')));
  const vast = maakPaginas(knooppunt as never).filter(({ methode, pad }) => methode === 'get' && !pad.includes(':'));
  const nooit = vast
    .map(({ pad }) => `/portaal${pad === '/' ? '' : pad}`)
    .filter((pad) => !bereikt.has(pad) && !NIET_DOOR_EEN_LINK.has(pad));
  expect(nooit).toEqual([]);
});

/** Pages to which no link leads for who is logged in. */
const NIET_DOOR_EEN_LINK = new Set([
  // A download; what is in it is tested with the figures.
  '/portaal/ketendata/csv',
  '/portaal/aanmelden',
  '/portaal/afgemeld',
  '/portaal/uitnodiging',
  '/portaal/geen-toegang',
  '/portaal/berichten/bsn',
]);
