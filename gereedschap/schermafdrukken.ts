/**
 * `npm run schermafdrukken -- ADRES [MAP]`: a picture of every page of the portal of a running demo, for each user of the demo, wide and narrow,
 * light and dark. Pages are found by following links, so that none is forgotten; of pages that differ only in a number, one is taken.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import type { BrowserContext, Page } from 'playwright-core';
import { DEMOGEBRUIKERS } from '../src/toegang/gebruikers/demo.ts';
import { geenBrowser, startBrowser } from './browser.ts';

const VORMEN = [
  { naam: 'breed', breedte: 1280, kleuren: 'light' },
  { naam: 'smal', breedte: 320, kleuren: 'light' },
  { naam: 'donker', breedte: 1280, kleuren: 'dark' },
] as const;
/** Of one user. */
const MAX_PAGINAS = 80;

/** Numbers, ids and questions left out: pages of one kind have the same. */
export const soortVan = (pad: string): string =>
  pad
    .replace(/[?#].*/, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/\/\d{4,8}(?=\/|$)/g, '/…')
    .replace(/\/\d+(?=\/|$)/g, '/…');

/** Addresses of pages of the portal that this page leads to. */
export const verwijzingenOp = (pagina: Page): Promise<readonly string[]> =>
  pagina.$$eval('a[href^="/portaal"]', (elementen) => elementen.map((element) => element.getAttribute('href') ?? ''));

export async function meldAan(context: BrowserContext, adres: string, wie: string): Promise<Page> {
  const pagina = await context.newPage();
  await pagina.goto(`${adres}/portaal/aanmelden`);
  await pagina.click(`button[value="${wie}"]`);
  await pagina.waitForURL(`${adres}/portaal`);
  return pagina;
}

/** Downloads are no pages. */
export const isPagina = (pad: string): boolean =>
  !/\/portaal\/web\/|\/(?:inhoud|csv)(?:$|\?)|\/oefenbestand\/|[?&]vorm=csv|\.csv|\/weergave/.test(pad);

/**
 * Walks every page that this user can reach, each kind once.
 * @param gezien kinds that were seen before, by others: of these only the links are followed
 */
export async function* wandel(pagina: Page, adres: string, gezien = new Set<string>()): AsyncGenerator<string> {
  const eigen = new Set<string>();
  const rij = ['/portaal'];
  while (rij.length > 0 && eigen.size < MAX_PAGINAS) {
    const pad = rij.shift() ?? '';
    const soort = soortVan(pad);
    if (eigen.has(soort) || !isPagina(pad)) continue;
    eigen.add(soort);
    await pagina.goto(`${adres}${pad}`);
    if (!gezien.has(soort)) yield pad;
    gezien.add(soort);
    rij.push(...(await verwijzingenOp(pagina)));
  }
}

async function maakAlle(adres: string, map: string): Promise<void> {
  mkdirSync(map, { recursive: true });
  const browser = await startBrowser();
  for (const { wie } of DEMOGEBRUIKERS) {
    const context = await browser.newContext({ locale: 'nl-NL' });
    const pagina = await meldAan(context, adres, wie);
    for await (const pad of wandel(pagina, adres))
      for (const { naam, breedte, kleuren } of VORMEN) {
        await pagina.setViewportSize({ width: breedte, height: 900 });
        await pagina.emulateMedia({ colorScheme: kleuren });
        const bestand = `${wie}${soortVan(pad).replace('/portaal', '').replaceAll('/', '-')}-${naam}.png`;
        await pagina.screenshot({ path: join(map, bestand), fullPage: true });
        console.log(bestand);
      }
    await context.close();
  }
  await browser.close();
}

if (import.meta.filename === argv[1]) {
  const [adres, map = './data/schermafdrukken'] = argv.slice(2);
  if (!adres) throw new Error('usage: npm run schermafdrukken -- http://127.0.0.1:8080 [folder]');
  if (geenBrowser) throw new Error(geenBrowser);
  await maakAlle(adres.replace(/\/$/, ''), map);
}
