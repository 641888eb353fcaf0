/** What a new user comes for, in a real browser and by keyboard alone: a wrong declaratie, what is wrong with it, a right one, and its answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { geenBrowser, startBrowser } from '../../gereedschap/browser.ts';
import { alsCsv, CSV_REGEL } from '../dossier/invoer/opzet.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const AANBIEDER = '98000001';
const GEMEENTE = '0363';

/** Goes on with the Tab key until the focus is on what has this text; whatever cannot be reached so, cannot be used by keyboard. */
async function tabNaar(pagina: Page, tekst: RegExp, max = 80): Promise<void> {
  for (let keer = 0; keer < max; keer += 1) {
    await pagina.keyboard.press('Tab');
    const hier = String(
      await pagina.evaluate(
        `(({ labels, textContent, tagName, ariaLabel }) =>
          tagName === 'BODY' ? '' : (ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? '').trim())(document.activeElement)`,
      ),
    );
    if (tekst.test(hier)) return;
  }
  throw new Error(`${tekst} cannot be reached with the keyboard on ${pagina.url()}`);
}

/** Goes on with the Tab key to a link or button, and where that leads. */
async function volg(pagina: Page, tekst: RegExp): Promise<void> {
  await tabNaar(pagina, tekst);
  await Promise.all([pagina.waitForNavigation(), pagina.keyboard.press('Enter')]);
}

describe.skipIf(geenBrowser !== undefined)(`in a browser${geenBrowser ? ` (${geenBrowser})` : ''}`, () => {
  const map = mkdtempSync(join(tmpdir(), 'knooppunt-taken-'));
  const goed = join(map, 'declaratie.xml');
  const fout = join(map, 'declaratie-fout.xml');
  const lopend = join(map, 'lopend.csv');
  let browser: Browser;
  let knooppunt: Awaited<ReturnType<typeof startOpstelling>>;
  beforeAll(async () => {
    knooppunt = await startOpstelling();
    const instelling = {
      controleniveau: 2,
      retour: 'knooppunt',
      dossierVolledigVanaf: null,
      foutlijst: 'IB-2025-11',
      route: 'postbus',
    };
    const huidig = await knooppunt.client('beheer').vraag('GET', `/v1/organisaties/${GEMEENTE}/instellingen/iwmo`);
    await knooppunt.client('beheer').stelIn(GEMEENTE, 'iwmo', {
      ...instelling,
      ...(JSON.parse(huidig.lichaam.toString()) as object),
      retour: 'knooppunt',
    });
    const declaratie = maakBericht('WMO323', { afzender: AANBIEDER, ontvanger: GEMEENTE }).toString();
    writeFileSync(goed, declaratie);
    writeFileSync(
      fout,
      declaratie
        .replace(/<(\w+:)?TotaalBedrag>/, '<$1TotaalBedragen>')
        .replace(/<\/(\w+:)?TotaalBedrag>/, '</$1TotaalBedragen>'),
    );
    writeFileSync(lopend, alsCsv(CSV_REGEL, CSV_REGEL.replace('999900006', '999900007')));
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await knooppunt?.stop();
    rmSync(map, { recursive: true, force: true });
  });

  async function alsWie(
    naam: RegExp,
    opties: Parameters<Browser['newContext']>[0] = {},
  ): Promise<[BrowserContext, Page]> {
    const context = await browser.newContext({ locale: 'nl-NL', ...opties });
    const pagina = await context.newPage();
    await pagina.goto(`${knooppunt.adres}/portaal`);
    await tabNaar(pagina, naam);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(`${knooppunt.adres}/portaal`);
    return [context, pagina];
  }

  async function lever(pagina: Page, bestand: string): Promise<void> {
    await pagina.setInputFiles('input[type=file]', bestand);
    await tabNaar(pagina, /^Controleren en versturen$/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForSelector(`[data-uitslag] h2:has-text("${basename(bestand)}")`);
  }

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])(
    'a wrong declaratie is understood and sent right, and its answer is found, %s',
    async (_naam, javaScriptEnabled) => {
      const [context, pagina] = await alsWie(/Medewerker aanbieder/, { javaScriptEnabled });
      const fouten: string[] = [];
      pagina.on('console', (regel) => regel.type() === 'error' && fouten.push(regel.text()));
      pagina.on('pageerror', (een) => fouten.push(een.message));
      await tabNaar(pagina, /^Aanleveren$/);
      await pagina.keyboard.press('Enter');
      await pagina.waitForSelector('input[type=file]');

      await lever(pagina, fout);
      const waar = await pagina.textContent('.kp-bron__regel--raak');
      expect(waar).toContain('TotaalBedragen');
      expect(await pagina.textContent('[data-uitslag]')).toContain('Niet verstuurd');
      // What just happened has the focus, so that who hears the page hears it first.
      if (javaScriptEnabled)
        expect(await pagina.evaluate('document.activeElement.textContent')).toContain('0 berichten verstuurd');

      await lever(pagina, goed);
      expect(await pagina.textContent('[data-uitslag]')).toContain('Verstuurd: het bericht ligt klaar');
      await tabNaar(pagina, /Declaratie-antwoord/);
      await pagina.keyboard.press('Enter');
      await pagina.waitForSelector('.kp-tijdlijn');
      expect(await pagina.textContent('h1')).toContain('WMO325');
      expect(await pagina.textContent('.utrecht-alert')).toContain('De declaratie is helemaal toegekend');
      expect(fouten).toEqual([]);
      await context.close();
    },
  );

  test('post is chosen, downloaded and confirmed', async () => {
    await knooppunt
      .client(AANBIEDER)
      .leverAan(maakBericht('WMO305', { afzender: AANBIEDER, ontvanger: GEMEENTE }), crypto.randomUUID(), 10);
    const [context, pagina] = await alsWie(/Medewerker gemeente/);
    await pagina.goto(`${knooppunt.adres}/portaal/postbus`);
    await tabNaar(pagina, /^Kies alles/);
    await pagina.keyboard.press('Enter');
    await tabNaar(pagina, /^Download de gekozen/);
    const [download] = await Promise.all([pagina.waitForEvent('download'), pagina.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe(`postbus-${GEMEENTE}.zip`);
    await tabNaar(pagina, /^Bevestig dat ik/);
    // A form that was just sent takes a moment before it can be sent again: see postbus.js.
    await pagina.waitForSelector('form.kp-postbus:not([data-onderweg])');
    await pagina.keyboard.press('Enter');
    await pagina.waitForSelector('text=Uw postbus is leeg');
    await context.close();
  });

  test('an answer that is due is found from the first page, and its message says what to do', async () => {
    await knooppunt
      .client(AANBIEDER)
      .leverAan(maakBericht('JW305', { afzender: AANBIEDER, ontvanger: GEMEENTE }), crypto.randomUUID(), 10);
    const [context, pagina] = await alsWie(/Medewerker gemeente/);
    await tabNaar(pagina, /^Door u te beantwoorden/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(/\/berichten\/openstaand$/);
    expect(await pagina.textContent('tbody')).toContain('nog 3 werkdagen');
    await tabNaar(pagina, /^Antwoord op/);
    await pagina.selectOption('select[name=soort]', 'JW305');
    await tabNaar(pagina, /^Tonen$/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(/soort=JW305/);
    await tabNaar(pagina, /^Start \(JW305\)/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForSelector('.kp-tijdlijn');
    expect(await pagina.textContent('.utrecht-alert')).toContain(
      'U moet hierop nog antwoorden: Start retour (JW306), uiterlijk',
    );
    // For who waits it is in the other list, and there is nothing to do.
    const [ander, wacht] = await alsWie(/Medewerker aanbieder/);
    await wacht.goto(`${knooppunt.adres}/portaal/berichten/openstaand?richting=te-krijgen`);
    expect(await wacht.textContent('tbody')).toContain('JW305');
    await wacht.click('tbody a >> text=JW305');
    await wacht.waitForSelector('.kp-tijdlijn');
    expect(await wacht.locator('.utrecht-alert').count()).toBe(0);
    await ander.close();
    await context.close();
  });

  test('a registertoets is asked without the BSN in an address, and no answer is given without a register of today', async () => {
    const [context, pagina] = await alsWie(/Medewerker gemeente/);
    await pagina.goto(`${knooppunt.adres}/portaal/wlz/toets`);
    await tabNaar(pagina, /^Burgerservicenummer/);
    await pagina.keyboard.type('999900006');
    await tabNaar(pagina, /aanvraag|onderzoek|2\.3\./i);
    await pagina.keyboard.press('Space');
    await tabNaar(pagina, /^Vraag het register/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForSelector('text=/geen nee/');
    expect(pagina.url()).not.toContain('999900006');
    await context.close();
  });

  test('the figures are read for another period, and taken along as CSV', async () => {
    const [context, pagina] = await alsWie(/Medewerker aanbieder/);
    await pagina.goto(`${knooppunt.adres}/portaal/ketendata`);
    await tabNaar(pagina, /^Periode/);
    await pagina.keyboard.press('End');
    await tabNaar(pagina, /^Toon cijfers/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(/weken=52/);
    await tabNaar(pagina, /^Reactietijd/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(/reactietijd/);
    expect(await pagina.textContent('h1')).toBe('Reactietijd');
    await context.close();
  });

  test('messages are found by a filter of which most is left empty', async () => {
    const [context, pagina] = await alsWie(/Medewerker aanbieder/);
    await pagina.goto(`${knooppunt.adres}/portaal/berichten`);
    await tabNaar(pagina, /^Soort/);
    await pagina.selectOption('select[name=soort]', 'WMO323');
    await tabNaar(pagina, /^Zoeken$/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(/soort=WMO323/);
    expect(await pagina.textContent('tbody')).toContain('WMO323');
    await context.close();
  });

  test('what ran before is brought along, and the report says what to put right', async () => {
    const [context, pagina] = await alsWie(/Gebruikersbeheerder gemeente/, { javaScriptEnabled: false });
    for (const link of [/^Beheer$/, /^Wat er al liep$/]) await volg(pagina, link);
    await tabNaar(pagina, /^Wmo \(iWmo\)$/);
    await pagina.keyboard.press('Space');
    await pagina.fill('input[name=peildatum]', '2026-01-01');
    await tabNaar(pagina, /^Ja, dit is alles/);
    await pagina.keyboard.press('Space');
    await pagina.setInputFiles('input[type=file]', lopend);
    await tabNaar(pagina, /^Reden/);
    await pagina.keyboard.type('Overstap naar dit knooppunt');
    await volg(pagina, /^Bestand invoeren$/);
    expect(await pagina.textContent('h1')).toBe('Verslag van de invoer');
    expect(await pagina.textContent('main')).toMatch(/telt nog niet als volledig[\s\S]*elfproef/);
    await context.close();
  });

  test('what a gemeente chooses for its Wlz signals is looked over and confirmed', async () => {
    const [context, pagina] = await alsWie(/Gebruikersbeheerder gemeente/, { javaScriptEnabled: false });
    await pagina.goto(`${knooppunt.adres}/portaal/beheer`);
    await volg(pagina, /^Wlz-signalen instellen$/);
    await tabNaar(pagina, /^Alleen met het bestand/);
    await pagina.keyboard.press('ArrowDown');
    await tabNaar(pagina, /^Herinnering na/);
    await pagina.keyboard.type('14');
    await tabNaar(pagina, /^Reden/);
    await pagina.keyboard.type('Afgesproken in het overleg');
    await volg(pagina, /^Volgende: nakijken$/);
    expect(await pagina.textContent('main')).toMatch(/Ook met uw eigen berichten[\s\S]*na 14 dagen/);
    await volg(pagina, /^Instelling wijzigen$/);
    expect(await pagina.textContent('main')).toContain('De instelling voor Wlz-signalen is gewijzigd.');
    await context.close();
  });

  test('a gemeente shares its figures with a verband, and takes that back', async () => {
    await knooppunt
      .client('beheer')
      .vraag('PUT', '/v1/beheer/samenwerkingsverbanden/regio-noord', { naam: 'Regio Noord', reden: 'voor de toets' });
    const [context, pagina] = await alsWie(/Gebruikersbeheerder gemeente/, { javaScriptEnabled: false });
    await pagina.goto(`${knooppunt.adres}/portaal/beheer`);
    for (const link of [/^Cijfers delen$/, /^Mandaat geven$/]) await volg(pagina, link);
    await tabNaar(pagina, /^Samenwerkingsverband/);
    await pagina.keyboard.press('ArrowDown');
    await tabNaar(pagina, /^Reden/);
    await pagina.keyboard.type('Besluit van het college');
    for (const knop of [/^Volgende: nakijken$/, /^Mandaat geven$/]) await volg(pagina, knop);
    expect(await pagina.textContent('tbody')).toMatch(/Regio Noord[\s\S]*geldt nu/);
    await volg(pagina, /^Intrekken/);
    await tabNaar(pagina, /^Reden/);
    await pagina.keyboard.type('Wij doen niet meer mee');
    for (const knop of [/^Volgende: nakijken$/, /^Mandaat intrekken$/]) await volg(pagina, knop);
    expect(await pagina.textContent('tbody')).toContain('ingetrokken op');
    await context.close();
  });

  test('the menu opens on a small screen, and the first Tab leads past it', async () => {
    const [context, pagina] = await alsWie(/Medewerker aanbieder/, { viewport: { width: 320, height: 640 } });
    await pagina.goto(`${knooppunt.adres}/portaal/postbus`);
    await pagina.keyboard.press('Tab');
    expect(await pagina.evaluate('document.activeElement.textContent')).toBe('Direct naar de inhoud');
    await tabNaar(pagina, /^Menu/);
    await pagina.keyboard.press('Enter');
    await tabNaar(pagina, /^Berichten$/);
    await pagina.keyboard.press('Enter');
    await pagina.waitForURL(/\/portaal\/berichten$/);
    await context.close();
  });
});
