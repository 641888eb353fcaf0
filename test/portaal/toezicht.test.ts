/** The pages of the operator who watches: what they show, the stop switch by its form alone, and that nobody else gets there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { duur } from '#src/portaal/paginas/toezicht/woorden.ts';
import { meldStoring } from '#src/verwerking/storing.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { Browser } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const [GEMEENTE, AANBIEDER] = ['0363', '98000001'] as const;
const REDEN = 'Verzoek van de gemeente, 2026-114';
const knooppunt = await startOpstelling({ rollen: ['api', 'verwerker'] });
afterAll(() => knooppunt.stop());

const beheerder = new Browser(knooppunt.adres);
const gemeente = new Browser(knooppunt.adres);
const aanbieder = new Browser(knooppunt.adres);
beforeAll(async () => {
  await beheerder.wordt('beheerder');
  await gemeente.wordt('gemeente');
  await aanbieder.wordt('aanbieder');
});

const STOP = '/portaal/beheer/stop';
const zet = (velden: Readonly<Record<string, string | readonly string[]>>) =>
  beheerder.stuur(STOP, { organisatie: AANBIEDER, ...velden }, { van: `${STOP}?organisatie=${AANBIEDER}` });

test('nobody but the operator opens them', async () => {
  for (const pad of ['stand', 'banen', `stop?organisatie=${GEMEENTE}`])
    for (const [wie, status] of [
      [gemeente, 403],
      [beheerder, 200],
    ] as const)
      expect((await wie.haal(`/portaal/beheer/${pad}`)).status, pad).toBe(status);
});

test('the state says which part does not run', async () => {
  const { tekst } = await beheerder.haal('/portaal/beheer/stand');
  expect(tekst).toMatch(/Planner[\s\S]{0,200}Draait niet/);
  expect(tekst).toMatch(/Redis[\s\S]{0,200}In orde/);
  expect(tekst).toContain('Niets is stilgezet');
  expect((await beheerder.haal('/portaal')).tekst).toMatch(/Draait niet: Planner/);
});

describe('the stop switch', () => {
  test('refuses without a reden, and keeps what was filled in', async () => {
    const { status, tekst } = await zet({ stil: ['bezorging'], reden: 'nee' });
    expect(status).toBe(400);
    expect(tekst).toContain('Geef een reden op van 5 tot 200 tekens.');
    expect(tekst).toMatch(/value="bezorging" checked/);
    expect(tekst).not.toMatch(/value="aanlevering" checked/);
  });

  test('holds post back by every door of the portal, and says so to the organisation', async () => {
    const { lichaam } = await knooppunt
      .client(GEMEENTE)
      .leverAan(maakBericht('WMO301', { afzender: GEMEENTE, ontvanger: AANBIEDER }), crypto.randomUUID(), 20);
    const gezet = await zet({ stil: ['bezorging', 'aanlevering'], reden: REDEN });
    expect([gezet.status, gezet.naar]).toEqual([303, '/portaal/beheer/stand']);
    const { tekst } = await beheerder.haal('/portaal/beheer/stand');
    expect(tekst).toContain('aanleveren en bezorgen');
    expect(tekst).toContain(REDEN);
    for (const pad of ['/portaal', '/portaal/postbus'])
      expect((await aanbieder.haal(pad)).tekst, pad).toContain(`Reden: ${REDEN}`);
    expect((await gemeente.haal('/portaal')).tekst).not.toContain(REDEN);
    const { berichtId } = lichaam;
    const download = { postbus: AANBIEDER, bericht: berichtId, doel: 'downloaden' };
    expect((await aanbieder.stuur('/portaal/postbus', download)).status).toBe(503);
    const { status } = await knooppunt.client(AANBIEDER).vraag('GET', `/v1/berichten/${berichtId}/inhoud`);
    expect(status).toBe(503);
  });

  test('is lifted by taking the ticks away', async () => {
    expect((await zet({ reden: REDEN })).status).toBe(303);
    expect((await beheerder.haal('/portaal/beheer/stand')).tekst).toContain('Niets is stilgezet');
    expect((await aanbieder.haal('/portaal')).tekst).not.toContain(REDEN);
  });

  test('says what is wrong with a code, and knows no organisation that is not there', async () => {
    expect((await beheerder.haal(STOP)).status).toBe(200);
    for (const [code, zin] of [
      ['12"><b>', 'Dat is geen code'],
      ['9999', 'geen organisatie met deze code'],
    ] as const) {
      const { status, tekst } = await beheerder.haal(`${STOP}?organisatie=${encodeURIComponent(code)}`);
      expect(status).toBe(404);
      expect(tekst).toContain(zin);
      expect(tekst).not.toContain('<b>');
    }
  });
});

describe('the lanes', () => {
  test('are empty when all is done', async () => {
    expect((await beheerder.haal('/portaal/beheer/banen')).tekst).toContain('Er wacht niets');
  });

  test('show the one in storing, with the kind of error and never its text', async () => {
    const { rows } = await knooppunt.database.pool.query<{ id: number }>('select id from baan limit 1');
    const baanId = rows[0]?.id ?? 0;
    await meldStoring(knooppunt.database.pool, baanId, new TypeError('Jansen'));
    await knooppunt.database.pool.query(`update baan_storing set volgende_poging = now() + interval '1 hour'`);
    await knooppunt.client(GEMEENTE).leverAan(maakBericht('WMO301'), crypto.randomUUID(), 0);
    await knooppunt.database.pool.query(`update baan_storing set sinds = now() - interval '3 hours'`);
    const { tekst } = await beheerder.haal('/portaal/beheer/banen?toon=storing');
    expect(tekst).toMatch(/In storing[\s\S]{0,200}Al 3 uur, 1e poging[\s\S]{0,100}TypeError/);
    expect(tekst).not.toContain('Jansen');
  });
});

test('a duration is said as one says it', () => {
  const gezegd = [0, 1, 119, 120, 7199, 7200, 172_799, 172_800].map(duur);
  expect(gezegd).toEqual([
    '0 seconden',
    '1 seconde',
    '119 seconden',
    '2 minuten',
    '119 minuten',
    '2 uur',
    '47 uur',
    '2 dagen',
  ]);
});
