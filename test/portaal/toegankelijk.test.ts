/**
 * In a real browser: every page, for every kind of user, against the rules of WCAG 2.2 A and AA, in both colour schemes, and from 320 to 1920
 * pixels wide without anything sticking out.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMOGEBRUIKERS } from '#src/toegang/gebruikers/demo.ts';
import { geenBrowser, startBrowser } from '../../gereedschap/browser.ts';
import { meldAan, wandel } from '../../gereedschap/schermafdrukken.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const REGELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What can differ between two colour schemes. */
const KLEURREGELS = ['color-contrast', 'link-in-text-block'];
const BREEDTES = [320, 768, 1920];
const LANG = process.env.TEST_PROEVEN === 'lang';

interface Overtreding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

async function overtredingen(pagina: Page, runOnly: readonly string[]): Promise<readonly string[]> {
  const gevonden = (await pagina.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })}).then(({ violations }) => violations)`,
  )) as readonly Overtreding[];
  return gevonden.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
}

// Where there is no Chromium these tests cannot be: the reason is printed with the name.
describe.skipIf(geenBrowser !== undefined)(`in a browser${geenBrowser ? ` (${geenBrowser})` : ''}`, () => {
  let browser: Browser;
  let knooppunt: Awaited<ReturnType<typeof startOpstelling>>;
  beforeAll(async () => {
    knooppunt = await startOpstelling();
    const aanbieder = knooppunt.client('98000001');
    for (const xml of [
      maakBericht('WMO305', { afzender: '98000001', ontvanger: '0363' }),
      Buffer.from(
        maakBericht('WMO307', { afzender: '98000001', ontvanger: '0363' })
          .toString()
          .replace('<Geslacht>', '<Geslacht>9'),
      ),
    ])
      await aanbieder.leverAan(xml, crypto.randomUUID(), 5);
    // Pages with something on them as well as empty ones.
    const reden = 'voor de toets';
    const verband = '/v1/beheer/samenwerkingsverbanden/regio-noord';
    await knooppunt.client('beheer').vraag('PUT', verband, { naam: 'Regio Noord', reden });
    await knooppunt
      .client('0363')
      .vraag('POST', '/v1/organisaties/0363/ketendatamandaten', { verband: 'regio-noord', vanaf: '2026-01-05', reden });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await knooppunt?.stop();
  });

  test('nothing on any page breaks a rule, or sticks out, whoever opens it', async () => {
    const bezwaren: string[] = [];
    // A page that several may open is looked at once in the short form; in the long form as each of them sees it.
    const gezien = new Set<string>();
    for (const { wie } of DEMOGEBRUIKERS) {
      const context = await browser.newContext({ locale: 'nl-NL', bypassCSP: true });
      await context.addInitScript(AXE);
      const pagina = await meldAan(context, knooppunt.adres, wie);
      for await (const pad of wandel(pagina, knooppunt.adres, LANG ? new Set() : gezien)) {
        for (const [kleuren, regels] of [
          ['light', REGELS],
          ['dark', LANG ? REGELS : KLEURREGELS],
        ] as const) {
          await pagina.emulateMedia({ colorScheme: kleuren, reducedMotion: 'reduce' });
          for (const een of await overtredingen(pagina, regels)) bezwaren.push(`${wie}: ${pad} (${kleuren}) ${een}`);
        }
        for (const width of BREEDTES) {
          await pagina.setViewportSize({ width, height: 900 });
          const steekt = await pagina.evaluate('document.documentElement.scrollWidth - innerWidth');
          if (Number(steekt) > 0) bezwaren.push(`${wie}: ${pad} sticks out ${steekt} px at ${width}`);
        }
      }
      await context.close();
    }
    expect(bezwaren).toEqual([]);
  }, 600_000);
});
