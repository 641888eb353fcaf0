/** What the operator, and who manages one organisation, come to the section Beheer for: by forms alone, each change in its steps. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vanDeKlok } from '#src/portaal/paginas/beheer/velden.ts';
import { geraakteSoorten, leesVerkeer } from '#src/routering/bevriezing-bereik.ts';
import { alsCsv, alsZip, CSV_REGEL } from '../dossier/invoer/opzet.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { type Bladzijde, Browser, tokenVan } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const B = '/portaal/beheer';
const REDEN = 'afgesproken in overleg 12';
const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const beheerder = new Browser(knooppunt.adres);
const eigen = new Browser(knooppunt.adres);
const gemeente = new Browser(knooppunt.adres);
beforeAll(async () => {
  await beheerder.wordt('beheerder');
  await eigen.wordt('gebruikersbeheerder');
  await gemeente.wordt('gemeente');
});

type Velden = Readonly<Record<string, string | readonly string[]>>;
const sql = async <R extends object>(tekst: string, waarden: unknown[] = []): Promise<readonly R[]> =>
  (await knooppunt.database.pool.query<R>(tekst, waarden)).rows;
/** The last audit line of a kind. */
const laatste = async (gebeurtenis: string) =>
  (
    await sql<{ actor: string; namens: string | null; details: Record<string, unknown> }>(
      'select actor, namens, details from logboek where gebeurtenis = $1 order by nr desc limit 1',
      [gebeurtenis],
    )
  )[0];

/** Form, looking over, and doing. @returns what each step answered */
async function wijzig(
  browser: Browser,
  pad: string,
  velden: Velden,
): Promise<{ readonly zonder: Bladzijde; readonly nakijken: Bladzijde; readonly gedaan: Bladzijde }> {
  const token = tokenVan((await browser.haal(pad)).tekst);
  const stuur = (stap: string, reden: string) => browser.stuur(pad, { ...velden, stap, reden }, { token });
  const zonder = await stuur('bevestigen', 'nee');
  return { zonder, nakijken: await stuur('nakijken', REDEN), gedaan: await stuur('bevestigen', REDEN) };
}
/** Every change asks for a reason, shows itself before it is made, and then goes where it says so. */
async function eisWijziging(browser: Browser, pad: string, velden: Velden, toont: RegExp): Promise<Bladzijde> {
  const { zonder, nakijken, gedaan } = await wijzig(browser, pad, velden);
  expect(zonder.status).toBe(400);
  expect(zonder.tekst).toContain('id="veld-reden-fout"');
  expect(nakijken.status).toBe(200);
  expect(nakijken.tekst).toMatch(toont);
  expect(nakijken.tekst).toContain('value="bevestigen"');
  return gedaan;
}

test('each sees what it can do there; who manages nothing gets no page at all', async () => {
  expect((await beheerder.haal(B)).tekst).toMatch(/beheer\/clients[\s\S]*beheer\/vensters[\s\S]*beheer\/banen/);
  const van = (await eigen.haal(B)).tekst;
  expect(van).toContain(`${B}/organisaties/0363`);
  expect(van).not.toMatch(/beheer\/(?:clients|machtigingen|vensters)/);
  for (const pad of [B, `${B}/organisaties`, `${B}/organisaties/0363`, `${B}/clients`, `${B}/bevriezingen`])
    expect((await gemeente.haal(pad)).status).toBe(403);
  for (const pad of [
    '/organisaties',
    '/clients',
    '/clients/nieuw',
    '/machtigingen',
    '/vensters',
    '/bevriezingen/nieuw',
  ])
    expect((await eigen.haal(`${B}${pad}`)).status).toBe(403);
  expect((await eigen.haal(`${B}/bevriezingen`)).status).toBe(200);
  for (const pad of ['/portaal/postbus', '/portaal/berichten', '/portaal/wlz', '/portaal/aanleveren'])
    expect((await beheerder.haal(pad)).status).toBe(403);
});

test('organisations are found by name and by code; what stands for any text is text', async () => {
  const zoek = async (vraag: string) => (await beheerder.haal(`${B}/organisaties?${vraag}`)).tekst;
  expect(await zoek('q=amsterdam')).toContain(`${B}/organisaties/0363`);
  expect(await zoek('q=980000&soort=aanbieder')).toContain(`${B}/organisaties/98000001`);
  expect(await zoek('q=%25')).toContain('Geen organisatie gevonden');
  const blad = await zoek('soort=gemeente');
  const volgende = /rel="next" *|href="([^"]+na=\d{4})"/.exec(blad)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect((await beheerder.haal(volgende)).status).toBe(200);
  expect((await beheerder.haal(`${B}/organisaties/0363`)).tekst).toMatch(/Controle en antwoorden[\s\S]*Machtigingen/);
  expect((await beheerder.haal(`${B}/organisaties/9999`)).status).toBe(404);
});

describe('settings', () => {
  const INSTELLING = {
    controleniveau: '3',
    retour: 'knooppunt',
    foutlijst: '2025-11',
    dossierVolledigVanaf: '2026-01-01',
  };
  test('who manages an organisation changes its own, with what it means; it is in the log with the reason', async () => {
    const pad = `${B}/organisaties/0363/instellingen/iwmo`;
    const gedaan = await eisWijziging(eigen, pad, INSTELLING, /3\. Ook de regels tussen berichten[\s\S]*IB019/);
    expect(gedaan.naar).toBe(`${B}/organisaties/0363`);
    expect(await laatste('instelling gewijzigd')).toMatchObject({
      namens: '0363',
      actor: expect.stringMatching(/^gebruiker:/),
      details: { domein: 'iwmo', controleniveau: 3, retour: 'knooppunt', reden: REDEN },
    });
    const gelijk = await eigen.stuur(pad, { ...INSTELLING, stap: 'nakijken', reden: REDEN });
    expect(gelijk.status).toBe(400);
    expect(gelijk.tekst).toContain('U hebt niets veranderd.');
    const terug = await eigen.stuur(pad, { ...INSTELLING, stap: 'aanpassen', reden: REDEN });
    expect(terug.tekst).toContain(REDEN);
  });

  test('not those of another, not even by name; nor by who only works there', async () => {
    const pad = `${B}/organisaties/0344/instellingen/iwmo`;
    expect((await eigen.haal(pad)).status).toBe(404);
    expect((await eigen.haal(`${B}/organisaties/0344`)).status).toBe(404);
    const velden = { ...INSTELLING, stap: 'bevestigen', reden: REDEN };
    expect((await eigen.stuur(pad, velden, { van: B })).status).toBe(404);
    expect((await gemeente.stuur(pad, velden, { van: '/portaal/mijn-gegevens' })).status).toBe(403);
    expect((await eigen.stuur(pad, velden, { token: null })).status).toBe(403);
    expect(await sql(`select 1 from instelling where organisatie = '0344'`)).toEqual([]);
  });

  test('the reason holds nothing that can be a BSN', async () => {
    const pad = `${B}/organisaties/0344/instellingen/ijw`;
    const velden = { ...INSTELLING, stap: 'bevestigen', reden: 'voor inwoner 999900006' };
    const antwoord = await beheerder.stuur(pad, velden);
    expect(antwoord.status).toBe(400);
    expect(antwoord.tekst).toContain('burgerservicenummer');
  });
});

describe('organisations', () => {
  test('one is added, and ends with a successor', async () => {
    const velden = { code: '9001', naam: 'Gemeente Proefstad', iwmo: 'ja' };
    const erbij = await eisWijziging(beheerder, `${B}/organisaties/nieuw`, velden, /bestaat nog niet[\s\S]*9001/);
    expect(erbij.naar).toBe(`${B}/organisaties/9001`);
    const einde = { naam: 'Gemeente Proefstad', iwmo: 'ja', geldigTot: '2026-12-31', opvolger: '0363' };
    await eisWijziging(beheerder, `${B}/organisaties/9001/gegevens`, einde, /Hiermee eindigt deze organisatie/);
    expect(await laatste('organisatie gewijzigd')).toMatchObject({
      namens: '9001',
      details: { geldigTot: '- → 2026-12-31', opvolger: '- → 0363', reden: REDEN },
    });
    expect((await beheerder.haal(`${B}/organisaties/0363`)).tekst).toContain('Gemeente Proefstad (9001)');
  });

  test('what cannot be is said at the form', async () => {
    const fout = { naam: 'Gemeente Proefstad', opvolger: '0363', stap: 'bevestigen', reden: REDEN };
    const antwoord = await beheerder.stuur(`${B}/organisaties/9001/gegevens`, fout);
    expect(antwoord.status).toBe(400);
    expect(antwoord.tekst).toContain('kan alleen met een geldigTot');
  });

  test('pushing is set, stopped by its switch, and tried again', async () => {
    const pad = `${B}/organisaties/0344/bezorging`;
    const velden = { url: 'https://stuf.voorbeeld.test/ggk', bezorgen: 'aan', budgetPerMinuut: '60' };
    await eisWijziging(beheerder, pad, velden, /stuf\.voorbeeld\.test/);
    await eisWijziging(beheerder, pad, { ...velden, bezorgen: 'gestopt' }, /wachten in de postbus/);
    expect((await beheerder.haal(`${B}/organisaties/0344`)).tekst).toContain('Wijzigen of weer aanzetten');
    expect(String((await laatste('organisatie gewijzigd'))?.details.stuf)).toContain('gestopt');
    await eisWijziging(beheerder, `${pad}/opnieuw`, {}, /meteen/);
    expect(await laatste('bezorging hervat')).toMatchObject({ namens: '0344', details: { reden: REDEN } });
    expect((await eigen.haal(`${B}/organisaties/0363/bezorging`)).status).toBe(403);
  });
});

describe('machtigingen', () => {
  test('given and withdrawn, and who may not does neither', async () => {
    const pad = `${B}/machtigingen/nieuw`;
    const velden = { client: 'leverancier-x', organisatie: '0363', domein: 'iwmo', vanaf: '', tot: '' };
    const gedaan = await eisWijziging(beheerder, pad, velden, /Er is geen client of gebruiker met deze naam/);
    expect((await beheerder.haal(gedaan.naar ?? '')).tekst).toContain('leverancier-x');
    expect((await eigen.haal(`${B}/organisaties/0363`)).tekst).toContain('leverancier-x');
    expect((await eigen.stuur(pad, { ...velden, stap: 'bevestigen', reden: REDEN }, { van: B })).status).toBe(403);
    const [rij] = await sql<{ id: number }>(`select id from machtiging where client = 'leverancier-x'`);
    await eisWijziging(beheerder, `${B}/machtigingen/${rij?.id}/intrekken`, {}, /eindigt nu/);
    expect(await laatste('machtiging ingetrokken')).toMatchObject({ namens: '0363', details: { reden: REDEN } });
    expect((await beheerder.haal(`${B}/machtigingen/${rij?.id}/intrekken`)).status).toBe(404);
  });
});

describe('clients', () => {
  const pad = `${B}/clients/proef-client`;
  test('a secret is shown once, and is in no list, no address and no log', async () => {
    const velden = { naam: 'proef-client', namens: '0363', geheim: 'ja' };
    const gemaakt = await eisWijziging(beheerder, `${B}/clients/nieuw`, velden, /Gemeente Amsterdam \(0363\)/);
    const geheim = /kp-geheim">([^<]+)</.exec(gemaakt.tekst)?.[1] ?? '';
    expect(geheim.length).toBeGreaterThan(20);
    expect(gemaakt.koppen.get('cache-control')).toContain('no-store');
    for (const plek of [pad, `${B}/clients`]) expect((await beheerder.haal(plek)).tekst).not.toContain(geheim);
    expect(JSON.stringify(await laatste('client gemaakt'))).not.toContain(geheim);
    expect(knooppunt.log()).not.toContain(geheim);
    const nieuw = await eisWijziging(beheerder, `${pad}/geheim`, { overlap: '24' }, /nog 1 dag/);
    expect(/kp-geheim">([^<]+)</.exec(nieuw.tekst)?.[1]).not.toBe(geheim);
    expect(await laatste('client gewijzigd')).toMatchObject({ details: { overlapUren: 24, reden: REDEN } });
  });

  test('what cannot be a client is said at the form; other keys, and an end to it', async () => {
    const zonder = await beheerder.stuur(`${B}/clients/nieuw`, { naam: 'x-y', stap: 'nakijken', reden: REDEN });
    expect(zonder.status).toBe(400);
    expect(zonder.tekst).toContain('Geef op hoe de client zich aanmeldt');
    const geenSleutel = await beheerder.stuur(`${pad}/sleutels`, { sleutels: '{}', stap: 'bevestigen', reden: REDEN });
    expect(geenSleutel.tekst).toContain('geen JWK Set');
    await eisWijziging(beheerder, `${pad}/intrekken`, {}, /Dit kunt u niet terugdraaien/);
    expect(await laatste('client ingetrokken')).toMatchObject({ details: { client: 'proef-client', reden: REDEN } });
    expect((await beheerder.haal(`${pad}/geheim`)).status).toBe(404);
    expect((await beheerder.haal(pad)).tekst).toContain('Deze client is ingetrokken');
  });
});

describe('freezes', () => {
  test('the preview counts whom it hits and what travelled in the same hours, and announces nothing', async () => {
    const start = maakBericht('WMO305', { afzender: '98000001', ontvanger: '0363' });
    await knooppunt.client('98000001').leverAan(start, crypto.randomUUID());
    const velden = {
      domein: 'iwmo',
      berichtsoorten: ['WMO305', 'WMO307'],
      vanaf: '2099-12-07T08:00',
      tot: '2099-12-07T11:00',
    };
    const pad = `${B}/bevriezingen/nieuw`;
    const { tekst } = await beheerder.stuur(pad, { ...velden, stap: 'nakijken', reden: REDEN });
    expect(tekst).toContain('van maandag 7 december 2099 om 08:00 tot maandag 7 december 2099 om 11:00 (3 uur)');
    expect(tekst).toMatch(/Kunnen niet versturen[\s\S]{0,200}204 aanbieders/);
    expect(tekst).toMatch(/Blijft toegestaan:<\/strong> de antwoorden daarop \(WMO306, WMO308\)/);
    expect(tekst).toMatch(/Wachten nu[\s\S]{0,100}>1</);
    expect(await sql('select 1 from bevriezing')).toEqual([]);
    await eisWijziging(beheerder, pad, velden, /WMO305, WMO307/);
    expect(await laatste('bevriezing aangekondigd')).toMatchObject({ details: { reden: REDEN } });
  });

  test('earlier weeks are counted at the same hours, as far as they are over', async () => {
    const UUR = 3_600_000;
    const rond = (uren: number) => new Date(Date.now() + (7 * 24 + uren) * UUR);
    const { heen } = geraakteSoorten({ domein: null, berichtsoorten: ['WMO305'] });
    const { pool } = knooppunt.database;
    // Seen from a week later, this hour is the first of the weeks before.
    const verkeer = await leesVerkeer(pool, { vanaf: rond(-2), tot: rond(2) }, heen, rond(2));
    expect(verkeer.weken.map(({ berichten }) => berichten)).toEqual([1, 0, 0, 0]);
    expect(verkeer).toMatchObject({ afzenders: 1, wachtend: 1 });
    const anders = geraakteSoorten({ domein: 'ijw', berichtsoorten: null });
    expect(anders.heen.map(({ domein }) => domein)).not.toContain('iwmo');
    expect((await leesVerkeer(pool, { vanaf: rond(-2), tot: null }, anders.heen, rond(99))).afzenders).toBe(0);
  });

  test('everybody who manages something reads it; the operator alone lifts it', async () => {
    const [rij] = await sql<{ id: number }>('select id from bevriezing');
    const lijst = (await eigen.haal(`${B}/bevriezingen`)).tekst;
    expect(lijst).toContain(REDEN);
    expect(lijst).not.toContain('opheffen');
    const pad = `${B}/bevriezingen/${rij?.id}/opheffen`;
    expect((await eigen.haal(pad)).status).toBe(403);
    await eisWijziging(beheerder, pad, {}, /gaat niet door/);
    expect(await laatste('bevriezing opgeheven')).toMatchObject({ details: { reden: REDEN } });
    expect((await beheerder.haal(pad)).status).toBe(404);
  });

  test('what cannot be is said before anything happens', async () => {
    const vroeger = { domein: 'beide', vanaf: '2020-01-01T08:00', tot: '', stap: 'nakijken', reden: REDEN };
    const antwoord = await beheerder.stuur(`${B}/bevriezingen/nieuw`, vroeger);
    expect(antwoord.status).toBe(400);
    expect(antwoord.tekst).toContain('kan niet in het verleden beginnen');
    expect((await beheerder.haal(`${B}/vensters`)).tekst).toContain('WMO301');
  });
});

test('a moment is what the clock in the Netherlands shows, and the hour that is skipped is none', () => {
  expect(vanDeKlok('2026-07-01T08:00')?.toISOString()).toBe('2026-07-01T06:00:00.000Z');
  expect(vanDeKlok('2026-12-01T08:00')?.toISOString()).toBe('2026-12-01T07:00:00.000Z');
  expect(vanDeKlok('2026-10-25T02:30')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  for (const geen of ['2026-03-29T02:30', '2026-02-30T08:00', '2026-07-01T25:00', 'x', ''])
    expect(vanDeKlok(geen)).toBeUndefined();
});

describe('what an organisation brings along', () => {
  const DOSSIER = `${B}/organisaties/0363/dossier`;
  const TARIEVEN = `${B}/organisaties/0363/tarieven`;
  /** Sends a file in a form; null: without the token of the page. */
  const upload = async (
    browser: Browser,
    pad: string,
    inhoud: Buffer | string | undefined,
    velden: Readonly<Record<string, string>>,
    { naam = 'bestand.csv', van = pad as string | null } = {},
  ): Promise<Bladzijde> => {
    const lijf = new FormData();
    if (van !== null) lijf.append('_csrf', tokenVan((await browser.haal(van)).tekst));
    for (const [veld, waarde] of Object.entries(velden)) lijf.append(veld, waarde);
    if (inhoud !== undefined) lijf.append('bestand', new Blob([inhoud]), naam);
    return browser.haal(pad, { method: 'POST', body: lijf });
  };
  const LIJST = 'productcode;eenheid;tarief;aanbieder;vanaf;tot';
  const INVOER = { domein: 'iwmo', peildatum: '2026-01-01', reden: REDEN };
  const TARIEF = { domein: 'iwmo', reden: REDEN };

  test('lines are taken, refused ones are named by their line and never by what is in it, and again is harmless', async () => {
    const fout = CSV_REGEL.replace('999900006', '999900007');
    const csv = alsCsv(CSV_REGEL, fout);
    const deels = await upload(eigen, DOSSIER, csv, { ...INVOER, volledig: 'ja' });
    expect(deels.status).toBe(200);
    expect(deels.tekst).toContain('De invoer telt nog niet als volledig');
    expect(deels.tekst).toMatch(/Regel voor regel[\s\S]*>3<[\s\S]*bsn voldoet niet aan de elfproef/);
    expect(deels.tekst).not.toMatch(/99990000[67]/);
    const heel = await upload(eigen, DOSSIER, alsCsv(CSV_REGEL), { ...INVOER, volledig: 'ja' });
    expect(heel.tekst).toMatch(/Het dossier is volledig vanaf 1 januari 2026[\s\S]*Waren er al/);
    expect(await laatste('dossier ingevoerd')).toMatchObject({
      namens: '0363',
      actor: expect.stringMatching(/^gebruiker:/),
      details: { domein: 'iwmo', peildatum: '2026-01-01', bekend: 1, reden: REDEN },
    });
    const overzicht = (await eigen.haal(DOSSIER)).tekst;
    expect(overzicht).toMatch(/volledig<\/span> vanaf 1 januari 2026[\s\S]*1 toewijzing[\s\S]*aanvulling/);
  });

  test('messages in a ZIP are taken, and what is no message is named by its file', async () => {
    const zip = alsZip([{ bytes: maakBericht('WMO301') }, { bytes: Buffer.from('<kapot') }]);
    const { tekst } = await upload(beheerder, DOSSIER, zip, INVOER, { naam: 'eerder.zip' });
    expect(tekst).toMatch(/Een deel is niet ingevoerd[\s\S]*eerder\.zip[\s\S]*Bestand voor bestand[\s\S]*1\.xml/);
  });

  test('what is wrong with the form or the whole file is said at its field, with what was filled in', async () => {
    const leeg = await upload(eigen, DOSSIER, undefined, { ...INVOER, domein: '', peildatum: '2999-01-01', reden: '' });
    expect(leeg.status).toBe(400);
    for (const veld of ['domein', 'peildatum', 'bestand', 'reden'])
      expect(leeg.tekst).toContain(`href="#veld-${veld}"`);
    expect(leeg.tekst).toContain('value="2999-01-01"');
    const jaarNul = await upload(eigen, DOSSIER, alsCsv(CSV_REGEL), { ...INVOER, peildatum: '0000-06-01' });
    expect([jaarNul.status, jaarNul.tekst]).toEqual([400, expect.stringContaining('href="#veld-peildatum"')]);
    const kapot = await upload(eigen, DOSSIER, alsZip([{ bytes: maakBericht('WMO301') }]).subarray(0, 100), INVOER);
    expect(kapot.status).toBe(400);
    expect(kapot.tekst).toMatch(/id="veld-bestand-fout"[\s\S]*geen geldig ZIP-bestand/);
    const reden = await upload(eigen, DOSSIER, alsCsv(CSV_REGEL), { ...INVOER, reden: 'voor inwoner 999900006' });
    expect(reden.tekst).toContain('id="veld-reden-fout"');
  });

  test('one file at a time, and none that is too large: who is refused knows that nothing happened', async () => {
    const kopieen = Array.from({ length: 20 }, (_, nr) => ({
      bytes: maakBericht('WMO301', { identificatie: `S${nr}` }),
    }));
    const zip = alsZip(kopieen);
    const samen = await Promise.all([eigen, eigen, beheerder].map((wie) => upload(wie, DOSSIER, zip, INVOER)));
    expect(samen.map(({ status }) => status).sort()).toEqual([200, 503, 503]);
    expect(samen.find(({ status }) => status === 503)?.tekst).toContain('Er is niets met uw bestand gebeurd.');
    const groot = await upload(eigen, TARIEVEN, Buffer.alloc(8 * 1024 * 1024 + 1, 'x'), TARIEF);
    expect([groot.status, groot.tekst.includes('verdeel het over meer bestanden')]).toEqual([413, true]);
    expect((await upload(eigen, DOSSIER, zip, INVOER)).status).toBe(200);
  });

  test('a tariff list replaces the one before, or nothing happens and each line that is wrong is named', async () => {
    expect((await eigen.haal(TARIEVEN)).tekst).toContain('Er zijn geen tarieven');
    const goed = await upload(
      eigen,
      TARIEVEN,
      `${LIJST}\n02A05;04;6250;;2026-01-01;\n02A06;04;123456;98000001;2026-01-01;2026-12-31`,
      TARIEF,
    );
    expect(goed.naar).toBe(TARIEVEN);
    expect(await laatste('tarieven gewijzigd')).toMatchObject({ namens: '0363', details: { regels: 2, reden: REDEN } });
    const nu = (await eigen.haal(TARIEVEN)).tekst;
    expect(nu).toContain('De lijst heeft nu 2 regels.');
    expect(nu.replaceAll('\u00a0', ' ')).toMatch(/€ 62,50[\s\S]*alle aanbieders[\s\S]*€ 1\.234,56[\s\S]*98000001/);
    const fout = await upload(
      eigen,
      TARIEVEN,
      `${LIJST}\n02A05;04;6300;;2026-01-01;\n02A05;04;62,50;;2026-01-01;`,
      TARIEF,
    );
    expect(fout.status).toBe(400);
    expect(fout.tekst).toMatch(/De oude lijst geldt nog[\s\S]*>3<[\s\S]*hele eurocenten/);
    expect(await sql('select tarief from tarief order by tarief')).toEqual([{ tarief: 6250 }, { tarief: 123456 }]);
    expect((await upload(eigen, TARIEVEN, '', TARIEF)).status).toBe(400);
    expect((await upload(eigen, TARIEVEN, Buffer.from([0xff, 0xfe, 0x41]), TARIEF)).tekst).toContain(
      'geen tekst in UTF-8',
    );
  });

  test('not for another, not by who only works there, and not without the token of the form', async () => {
    for (const [pad, velden] of [
      [DOSSIER, INVOER],
      [TARIEVEN, TARIEF],
    ] as const) {
      const vreemd = pad.replace('0363', '0344');
      expect((await eigen.haal(vreemd)).status).toBe(404);
      expect((await upload(eigen, vreemd, 'x', velden, { van: B })).status).toBe(404);
      expect((await gemeente.haal(pad)).status).toBe(403);
      expect((await upload(gemeente, pad, 'x', velden, { van: '/portaal/mijn-gegevens' })).status).toBe(403);
      const zonder = await upload(eigen, pad, 'x', velden, { van: null });
      expect(zonder.status).toBe(403);
      expect(zonder.tekst).toContain('formulierVerlopen');
      expect((await beheerder.haal(vreemd)).status).toBe(200);
    }
    // An aanbieder has a dossier, with gemeenten at the other side, and no tariffs of its own.
    expect((await beheerder.haal(DOSSIER.replace('0363', '98000001'))).tekst).toContain(
      'Code van de gemeente, 4 cijfers.',
    );
    expect((await beheerder.haal(`${B}/organisaties/98000001`)).tekst).not.toContain('98000001/tarieven');
    expect((await beheerder.haal(TARIEVEN.replace('0363', '98000001'))).status).toBe(404);
    expect(await sql(`select 1 from dossier_invoer where organisatie <> '0363'`)).toEqual([]);
  });
});

describe('Wlz signals', () => {
  const pad = `${B}/organisaties/0363/wlz`;
  const KEUZE = { dossierAlsBron: 'ja', herinneringNaDagen: '14' };
  test('a gemeente chooses what counts and when it is reminded; what is wiped is said before', async () => {
    const aan = await eisWijziging(
      eigen,
      pad,
      KEUZE,
      /Ook met uw eigen berichten[\s\S]*na 14 dagen[\s\S]*vanaf nu worden bezorgd/,
    );
    expect(aan.naar).toBe(`${B}/organisaties/0363`);
    expect(await laatste('wlz-instelling gewijzigd')).toMatchObject({
      namens: '0363',
      actor: expect.stringMatching(/^gebruiker:/),
      details: { dossierAlsBron: 'true', herinneringNaDagen: 14, indicatieTonen: 'false', reden: REDEN },
    });
    await eisWijziging(eigen, pad, { ...KEUZE, dossierAlsBron: 'nee' }, /wordt gewist[\s\S]*vervallen/);
    for (const dagen of ['0', '366', 'x', '-1']) {
      const fout = await eigen.stuur(pad, { ...KEUZE, herinneringNaDagen: dagen, stap: 'bevestigen', reden: REDEN });
      expect([fout.status, fout.tekst.includes('id="veld-herinneringNaDagen-fout"')]).toEqual([400, true]);
    }
    await eisWijziging(eigen, pad, { dossierAlsBron: 'nee', herinneringNaDagen: '' }, /Herinnering[\s\S]*geen/);
  });

  test('the dates of a besluit are for the operator to show, and nothing is for others', async () => {
    const tonen = { dossierAlsBron: 'nee', herinneringNaDagen: '', indicatieTonen: 'ja' };
    expect((await eigen.haal(pad)).tekst).not.toContain('name="indicatieTonen"');
    expect((await eigen.stuur(pad, { ...tonen, stap: 'bevestigen', reden: REDEN })).status).toBe(403);
    expect(await sql('select 1 from wlz_instelling where indicatie_tonen')).toEqual([]);
    await eisWijziging(beheerder, pad, tonen, /functionaris gegevensbescherming/);
    // What is not in the form of a gemeente stays as it is.
    await eisWijziging(eigen, pad, KEUZE, /Ook met uw eigen berichten/);
    expect(await sql('select herinnering_na_dagen as na from wlz_instelling where indicatie_tonen')).toEqual([
      { na: 14 },
    ]);
    const velden = { ...KEUZE, stap: 'bevestigen', reden: REDEN };
    expect((await eigen.stuur(pad.replace('0363', '0344'), velden, { van: B })).status).toBe(404);
    expect((await beheerder.haal(pad.replace('0363', '98000001'))).status).toBe(404);
    expect((await gemeente.stuur(pad, velden, { van: '/portaal/mijn-gegevens' })).status).toBe(403);
    expect((await eigen.stuur(pad, velden, { token: null })).status).toBe(403);
  });

  test('the operator changes an advice from a day on, for all; a gemeente reads it', async () => {
    const wijzigen = `${B}/wlz-adviezen/wijzigen`;
    const velden = { categorie: '01', klasse: 'BEOORDELEN', tekst: 'Kijk naar het huis.', vanaf: '2026-01-01' };
    const gedaan = await eisWijziging(
      beheerder,
      wijzigen,
      velden,
      /01 Hulp bij het huishouden[\s\S]*Kijk naar het huis/,
    );
    expect(gedaan.naar).toBe(`${B}/wlz-adviezen`);
    const later = { ...velden, categorie: '-', tekst: 'Vraag het na.', vanaf: '2099-01-01' };
    await eisWijziging(beheerder, wijzigen, later, /Zonder productcategorie/);
    expect((await beheerder.haal(`${B}/wlz-adviezen`)).tekst).toMatch(
      /Wat nog ingaat[\s\S]*1 jan 2099[\s\S]*Vraag het na/,
    );
    expect(await laatste('wlz-advies gewijzigd')).toMatchObject({ details: { vanaf: '2099-01-01', reden: REDEN } });
    // What has no category stands last.
    expect((await eigen.haal(pad)).tekst).toMatch(
      /Kijk naar het huis\.[\s\S]*18 Overige[\s\S]*Zonder productcategorie/,
    );
    expect((await beheerder.haal(`${wijzigen}?categorie=01`)).tekst).toContain('>Kijk naar het huis.</textarea>');
    expect((await eigen.haal(`${B}/wlz-adviezen`)).status).toBe(403);
    const gelijk = await beheerder.stuur(wijzigen, { ...velden, stap: 'nakijken', reden: REDEN });
    expect(gelijk.tekst).toContain('U hebt niets veranderd.');
  });
});

describe('figures that are shared', () => {
  const V = `${B}/samenwerkingsverbanden`;
  const pad = `${B}/organisaties/0363/mandaten`;
  const GEEF = { verband: 'regio-noord', vanaf: '2026-01-05', tot: '' };

  test('the operator makes a verband and names it; nobody else does', async () => {
    expect((await beheerder.haal(V)).tekst).toContain('Er zijn nog geen samenwerkingsverbanden');
    expect((await eigen.haal(`${pad}/nieuw`)).tekst).toContain('Er zijn nog geen samenwerkingsverbanden');
    const nieuw = { code: 'regio-noord', naam: 'Regio Nord' };
    const gemaakt = await eisWijziging(beheerder, `${V}/nieuw`, nieuw, /bestaat nog niet[\s\S]*Regio Nord/);
    expect(gemaakt.naar).toBe(`${V}/regio-noord`);
    const dubbel = await beheerder.stuur(`${V}/nieuw`, { ...nieuw, stap: 'nakijken', reden: REDEN });
    expect(dubbel.tekst).toContain('Er is al een samenwerkingsverband met deze code.');
    for (const code of ['nieuw', 'Regio', '../x'])
      expect((await beheerder.stuur(`${V}/nieuw`, { code, naam: 'x', stap: 'bevestigen', reden: REDEN })).status).toBe(
        400,
      );
    await eisWijziging(beheerder, `${V}/regio-noord/naam`, { naam: 'Regio Noord' }, /Regio Nord[\s\S]*Regio Noord/);
    expect(await laatste('samenwerkingsverband gewijzigd')).toMatchObject({
      details: { verband: 'regio-noord', reden: REDEN },
    });
    expect((await beheerder.haal(V)).tekst).toMatch(/Regio Noord[\s\S]*te weinig gemeenten/);
    for (const adres of [V, `${V}/nieuw`, `${V}/regio-noord`]) expect((await eigen.haal(adres)).status).toBe(403);
    expect((await beheerder.haal(`${V}/regio-zuid`)).status).toBe(404);
  });

  test('a gemeente gives a mandaat and takes it back, with what that means', async () => {
    const vroeg = await eigen.stuur(`${pad}/nieuw`, { ...GEEF, tot: '2026-01-05', stap: 'bevestigen', reden: REDEN });
    expect([vroeg.status, vroeg.tekst.includes('id="veld-tot-fout"')]).toEqual([400, true]);
    const jaarNul = await eigen.stuur(`${pad}/nieuw`, {
      ...GEEF,
      vanaf: '0000-06-01',
      stap: 'bevestigen',
      reden: REDEN,
    });
    expect([jaarNul.status, jaarNul.tekst.includes('id="veld-vanaf-fout"')]).toEqual([400, true]);
    const geen = await eigen.stuur(`${pad}/nieuw`, { ...GEEF, verband: 'regio-zuid', stap: 'nakijken', reden: REDEN });
    expect(geen.tekst).toContain('Dit samenwerkingsverband is er niet.');
    const gegeven = await eisWijziging(
      eigen,
      `${pad}/nieuw`,
      GEEF,
      /Regio Noord[\s\S]*5 januari 2026[\s\S]*alleen de som/,
    );
    expect(gegeven.naar).toBe(pad);
    expect(await laatste('ketendatamandaat gegeven')).toMatchObject({
      namens: '0363',
      actor: expect.stringMatching(/^gebruiker:/),
      details: { verband: 'regio-noord', vanaf: '2026-01-05', reden: REDEN },
    });
    const [mandaat] = await sql<{ id: number }>('select id from ketendatamandaat');
    const intrekken = `${pad}/${mandaat?.id}/intrekken`;
    expect((await eigen.haal(pad)).tekst).toMatch(
      new RegExp(`Regio Noord[\\s\\S]*vanaf 5 jan 2026[\\s\\S]*${intrekken}`),
    );
    // Of another gemeente there is none, by whatever address.
    expect((await beheerder.haal(intrekken.replace('0363', '0344'))).status).toBe(404);
    await eisWijziging(eigen, intrekken, {}, /ook niet in eerdere weken[\s\S]*de cijfers van deze gemeente/);
    expect(await laatste('ketendatamandaat ingetrokken')).toMatchObject({ namens: '0363', details: { reden: REDEN } });
    expect((await eigen.haal(intrekken)).status).toBe(404);
    expect((await eigen.haal(pad)).tekst).toContain('ingetrokken op');
  });

  test('the operator notes what came on paper and sees all; others neither see nor do', async () => {
    await eisWijziging(beheerder, `${B}/organisaties/0344/mandaten/nieuw`, GEEF, /Gemeente Utrecht/);
    expect(await laatste('ketendatamandaat gegeven')).toMatchObject({ namens: '0344' });
    expect((await beheerder.haal(`${V}/regio-noord`)).tekst).toMatch(
      /Gemeente Utrecht \(0344\)[\s\S]*Gemeente Amsterdam \(0363\)/,
    );
    expect((await eigen.haal(pad)).tekst).not.toContain('Utrecht');
    const velden = { ...GEEF, stap: 'bevestigen', reden: REDEN };
    expect((await eigen.stuur(`${B}/organisaties/0344/mandaten/nieuw`, velden, { van: B })).status).toBe(404);
    expect((await gemeente.stuur(`${pad}/nieuw`, velden, { van: '/portaal/mijn-gegevens' })).status).toBe(403);
    expect((await eigen.stuur(`${pad}/nieuw`, velden, { token: null })).status).toBe(403);
    expect((await beheerder.haal(pad.replace('0363', '98000001'))).status).toBe(404);
    expect(await sql('select 1 from ketendatamandaat where ingetrokken_op is null')).toHaveLength(1);
  });
});
