/** Sessions of the portal: what could be done with a cookie, and with what is stored. */
import { afterAll, describe, expect, test } from 'vitest';
import { DEMOGEBRUIKERS } from '#src/toegang/gebruikers/demo.ts';
import { Browser } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

describe('in the demo', () => {
  test.each(DEMOGEBRUIKERS)('a button makes one $wie', async ({ wie, naam }) => {
    const browser = new Browser(knooppunt.adres);
    const binnen = await browser.wordt(wie);
    expect([binnen.status, binnen.naar], binnen.tekst).toEqual([303, '/portaal']);
    expect((await browser.haal('/portaal/over')).tekst).toContain(naam);
  });
});
