/** What a gemeente comes to the section Wlz for, by forms alone: asking the register, delivering residents, handling signals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Routering } from '#src/routering/routering.ts';
import { datum } from '#src/tijd.ts';
import { type Bladzijde, Browser, tokenVan } from '../hulp/browser.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { testBsn } from '../hulp/wlz.ts';
import { vergelijkIneens } from '../wlz-samenloop/signalen/proef.ts';
import { zetRegister } from '../wlz-samenloop/signalen/wereld.ts';

const TOETS = '/portaal/wlz/toets';
const INWONERS = '/portaal/wlz/inwoners';
const SIGNALEN = '/portaal/wlz/signalen';
const [MET, ZONDER] = [testBsn(0), testBsn(1)];
const knooppunt = await startOpstelling({ rollen: ['api'], omgeving: { KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT: '20' } });
afterAll(() => knooppunt.stop());

const gemeente = new Browser(knooppunt.adres);
const regio = new Browser(knooppunt.adres);
const aanbieder = new Browser(knooppunt.adres);
const beheerder = new Browser(knooppunt.adres);
const sql = async <R extends object>(tekst: string, waarden: unknown[] = []): Promise<readonly R[]> =>
  (await knooppunt.database.pool.query<R>(tekst, waarden)).rows;
const logregels = (gebeurtenis: string) =>
  sql<{ actor: string; namens: string | null; resultaat: string; details: Record<string, unknown> }>(
    'select actor, namens, resultaat, details from logboek where gebeurtenis = $1 order by nr',
    [gebeurtenis],
  );

beforeAll(async () => {
  for (const [browser, wie] of [
    [gemeente, 'gemeente'],
    [regio, 'regio'],
    [aanbieder, 'aanbieder'],
    [beheerder, 'beheerder'],
  ] as const)
    await browser.wordt(wie);
  // An aanbieder that was given the services all the same.
  await sql(
    `insert into gebruiker_dienst (gebruiker, dienst) select id, d from gebruiker cross join unnest(array['wlz-toets', 'wlz-signalen']) d
     where organisatie = '98000001'`,
  );
  await zetRegister(knooppunt, [{ bsn: MET, nummer: 7, ingang: '2024-01-01' }]);
});

/** Ids are random, and some have nine digits in a row. */
const zonderIds = (tekst: string): string => tekst.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');

/** In no address, and in no title: those stay in histories and logs of others. */
function zonderBsn({ naar, tekst }: Bladzijde): void {
  const adressen = [...tekst.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, pad = '']) => pad);
  const titel = /<title>(.*?)<\/title>/.exec(tekst)?.[1] ?? '';
  for (const plek of [naar ?? '', titel, ...adressen]) expect(zonderIds(plek)).not.toMatch(/\d{9}/);
}

describe('registertoets', () => {
  const vraag = (bsn: string, anders: Record<string, string> = {}) =>
    gemeente.stuur(TOETS, { bsn, doel: '2.3.5', peildatum: '', kenmerk: 'zaak 1', ...anders });

  test('yes or no and the moment of the register, nothing more, and no BSN in any address', async () => {
    const ja = await vraag(MET);
    expect(ja.status).toBe(200);
    expect(ja.tekst).toContain('kp-antwoord__woord">Ja<');
    expect(ja.tekst).toContain('artikel 2.3.5 lid 6');
    expect(ja.tekst).toContain('Stand van het register');
    expect(ja.tekst).not.toContain('2024');
    expect(ja.tekst).not.toContain(MET);
    zonderBsn(ja);
    expect((await vraag(`${ZONDER.slice(0, 3)} ${ZONDER.slice(3)}`)).tekst).toContain('kp-antwoord__woord">Nee<');
    const regels = await logregels('wlz-registertoets');
    expect(regels.map(({ resultaat, namens }) => [resultaat, namens])).toEqual([
      ['ja', '0363'],
      ['nee', '0363'],
    ]);
    expect(regels[0]?.actor).toMatch(/^gebruiker:/);
  });

  test('what is not right is said beside its field, with what was filled in', async () => {
    const leeg = await vraag('', { doel: '' });
    expect(leeg.status).toBe(400);
    expect(leeg.tekst).toContain('Vul een burgerservicenummer van 9 cijfers in.');
    expect(leeg.tekst).toContain('Kies waarvoor u het antwoord nodig hebt.');
    expect((await vraag('123456789')).tekst).toContain('Dit burgerservicenummer bestaat niet.');
    expect((await vraag(MET, { peildatum: '1999-01-01' })).tekst).toMatch(/id="veld-peildatum-fout"/);
    expect((await vraag(MET, { peildatum: '1999-01-01' })).status).toBe(400);
  });

  test('who works for more gemeenten says for which, and only for its own', async () => {
    const zonder = await regio.stuur(TOETS, { bsn: MET, doel: '2.3.2' });
    expect(zonder.status).toBe(400);
    expect(zonder.tekst).toContain('Kies namens welke gemeente u vraagt.');
    expect((await regio.stuur(TOETS, { bsn: MET, doel: '2.3.2', gemeente: '0518' })).status).toBe(200);
    const vreemd = await regio.stuur(TOETS, { bsn: MET, doel: '2.3.2', gemeente: '0014' });
    expect(vreemd.status).toBe(403);
    expect(vreemd.tekst).not.toContain('kp-antwoord');
  });

  test('an aanbieder hears why not; the operator does not even get the page; nobody without the token of its form', async () => {
    for (const pad of ['/portaal/wlz', TOETS, INWONERS, SIGNALEN]) {
      const antwoord = await aanbieder.haal(pad);
      expect(antwoord.status).toBe(403);
      expect(antwoord.tekst).toContain('Dit onderdeel is er alleen voor gemeenten');
      expect((await beheerder.haal(pad)).tekst).toContain('nietBevoegdPagina');
    }
    const geweigerd = await aanbieder.stuur(TOETS, { bsn: MET, doel: '2.3.5' }, { van: '/portaal/mijn-gegevens' });
    expect(geweigerd.status).toBe(403);
    expect(geweigerd.tekst).not.toContain('kp-antwoord');
    expect((await gemeente.stuur(TOETS, { bsn: MET, doel: '2.3.5' }, { token: null })).status).toBe(403);
  });

  test('an old register is never a no', async () => {
    await sql(`update wlz_register set peilmoment = peilmoment - interval '10 days'`);
    const oud = await vraag(ZONDER);
    expect(oud.status).toBe(503);
    expect(oud.tekst).toContain('Dit is dus geen nee.');
    expect(oud.tekst).not.toContain('kp-antwoord');
    await sql(`update wlz_register set peilmoment = peilmoment + interval '10 days'`);
  });

  test('who asks very much is asked to wait, and does not have to fill in the form again', async () => {
    await sql(`update wlz_toetsteller set aantal = 20, minuut = date_trunc('minute', now())`);
    const teVeel = await vraag(MET);
    // The next minute may have begun in between.
    if (teVeel.status === 200) return;
    expect(teVeel.status).toBe(429);
    expect(teVeel.tekst).toContain('Wacht een minuut');
    expect(teVeel.tekst).toContain('value="zaak 1"');
    await sql('delete from wlz_toetsteller');
  });
});

describe('residents', () => {
  const lever = async (inhoud: string, naam = 'inwoners.csv', velden: Record<string, string> = {}, wie = gemeente) => {
    const lijf = new FormData();
    lijf.append('_csrf', tokenVan((await wie.haal(INWONERS)).tekst));
    for (const [veld, waarde] of Object.entries(velden)) lijf.append(veld, waarde);
    lijf.append('bestand', new Blob([inhoud]), naam);
    return wie.haal(INWONERS, { method: 'POST', body: lijf });
  };
  const KOP = 'bsn;voorzieningId;ingangsdatum;einddatum;productcategorie';

  test('nothing delivered yet: the page says what that means', async () => {
    expect((await gemeente.haal(SIGNALEN)).tekst).toContain('Nog geen signalen');
    expect((await gemeente.haal(INWONERS)).tekst).toContain('Er is nog niets aangeleverd');
  });

  test('a report row by row, by line and reason and never a value; it has an address of its own', async () => {
    const antwoord = await lever(
      [KOP, `${MET};V1;2026-01-01;;01`, `123456789;V2;2026-01-01;;01`, `${ZONDER};V3;2026-13-01;;01`].join('\n'),
    );
    expect(antwoord.status).toBe(303);
    zonderBsn(antwoord);
    const rapport = await gemeente.haal(antwoord.naar ?? '');
    expect(rapport.tekst).toContain('geldt nu');
    expect(rapport.tekst).toMatch(/kp-rijkop">3<\/th>[\s\S]{0,200}geen bestaand burgerservicenummer/);
    expect(rapport.tekst).toMatch(/kp-rijkop">4<\/th>[\s\S]{0,200}geen bestaande datum/);
    expect(rapport.tekst).not.toMatch(/123456789|2026-13-01/);
    expect(rapport.tekst).not.toContain(MET);
    expect((await regio.haal(antwoord.naar ?? '')).status).toBe(200);
    expect((await aanbieder.haal(antwoord.naar ?? '')).status).toBe(403);
    expect(await logregels('wmo-voorzieningen aangeleverd')).toMatchObject([{ namens: '0363' }, { namens: '0363' }]);
  });

  test('a delivery of which nothing can be used leaves the one before it, and tells its rows too', async () => {
    const antwoord = await lever(`${KOP}\n123456789;V2;2026-01-01;;01`);
    const rapport = await gemeente.haal(antwoord.naar ?? '');
    expect(rapport.tekst).toContain('niet overgenomen');
    expect(rapport.tekst).toContain('de vorige blijft gelden');
    expect(await sql(`select 1 from wmo_levering where toestand = 'actueel'`)).toHaveLength(1);
  });

  test('what is no delivery at all is said at the form; another gemeente sees none of it', async () => {
    expect((await lever('naam;adres\nx;y')).tekst).toContain('De eerste regel noemt de kolommen');
    expect((await lever('x', 'inwoners.pdf')).tekst).toContain('eindigt op .csv of .json');
    const vreemd = await lever(`${KOP}\n${MET};V1;;;01`, 'i.csv', { gemeente: '0014' }, regio);
    expect(vreemd.tekst).toContain('Kies voor welke gemeente u aanlevert.');
    expect((await regio.haal(`${INWONERS}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
  });

  test('without the token of the form nothing is read', async () => {
    const lijf = new FormData();
    lijf.append('bestand', new Blob([`${KOP}\n${MET};V9;;;01`]), 'i.csv');
    const antwoord = await gemeente.haal(INWONERS, { method: 'POST', body: lijf });
    expect(antwoord.status).toBe(403);
    expect(antwoord.tekst).toContain('formulierVerlopen');
  });
});

describe('signals', () => {
  let pad = '';
  beforeAll(async () => {
    await vergelijkIneens(
      { ...knooppunt, ...knooppunt.config.wlz, routering: new Routering(knooppunt.database) },
      datum(new Date()),
    );
    const [signaal] = await sql<{ id: string }>('select id from wlz_signaal');
    pad = `${SIGNALEN}/${signaal?.id}`;
  });

  test('what waits comes first, and each look is in the log as it is for the API', async () => {
    const lijst = await gemeente.haal(SIGNALEN);
    expect(lijst.status).toBe(200);
    expect(lijst.tekst).toContain(`href="${pad}"`);
    zonderBsn(lijst);
    const een = await gemeente.haal(pad);
    expect(een.tekst).toContain('In behandeling nemen');
    expect(een.tekst).toContain('Advies: Wlz gaat meestal voor');
    zonderBsn(een);
    const inzagen = await logregels('wlz-signalen ingezien');
    expect(inzagen.at(-1)).toMatchObject({ namens: '0363', resultaat: 'getoond', details: { aantal: 1 } });
    for (const vraag of ['?stand=nieuw&type=NIEUW', '?stand=x&type=y&na=z'])
      expect((await gemeente.haal(`${SIGNALEN}${vraag}`)).status).toBe(200);
    expect((await gemeente.haal(`${SIGNALEN}?stand=afgehandeld`)).tekst).toContain('Geen signalen gevonden');
  });

  test('of another gemeente there is none: not to see, and not to handle', async () => {
    await sql(`update wlz_signaal set gemeente = '0014'`);
    for (const wie of [gemeente, regio]) {
      expect((await wie.haal(pad)).status).toBe(404);
      const stap = await wie.stuur(pad, { naar: 'in_behandeling', reden: '' }, { van: SIGNALEN });
      expect(stap.status).toBe(404);
      expect((await wie.haal(SIGNALEN)).tekst).not.toContain(pad);
    }
    await sql(`update wlz_signaal set gemeente = '0363'`);
    expect((await aanbieder.haal(pad)).status).toBe(403);
  });

  test('it is taken up, and closed with an outcome and a reason', async () => {
    const op = await gemeente.stuur(pad, { naar: 'in_behandeling', reden: 'bel de inwoner' });
    expect(op.naar).toBe(pad);
    const zonder = await gemeente.stuur(pad, { naar: 'afgehandeld', reden: '' });
    expect(zonder.status).toBe(400);
    expect(zonder.tekst).toContain('Kies hoe u het signaal hebt afgehandeld.');
    expect(zonder.tekst).toContain('Schrijf op waarom u dit kiest.');
    await gemeente.stuur(pad, { naar: 'afgehandeld', uitkomst: 'terecht_samen', reden: 'MPT thuis' });
    const klaar = await gemeente.haal(pad);
    expect(klaar.tekst).toContain('U hebt dit signaal afgehandeld.');
    expect(klaar.tekst).toMatch(/bel de inwoner[\s\S]*MPT thuis/);
    expect(klaar.tekst).toContain('door Medewerker gemeente');
    const nogEens = await gemeente.stuur(pad, { naar: 'in_behandeling', reden: '' });
    expect((await gemeente.haal(nogEens.naar ?? '')).tekst).toContain('Het signaal is intussen veranderd.');
    expect((await logregels('wlz-signaal behandeld')).map(({ resultaat }) => resultaat)).toEqual([
      'in_behandeling',
      'terecht_samen',
    ]);
  });
});
