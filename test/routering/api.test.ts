/** The operator API of routering: only for the operator, audited with a reden, in effect when the answer is there. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WeigeringSoort } from '#src/fouten.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwAntwoord, stuur } from '../hulp/rauw.ts';
import { laatNietsAchter, verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const REDEN = 'verzoek 2026-114';
const vraag = (wie: string, methode: string, pad: string, lijf?: object): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, {
    methode,
    pad,
    koppen: { Authorization: `Bearer demo-${wie}`, ...(lijf && { 'Content-Type': 'application/json' }) },
    ...(lijf && { lijf: JSON.stringify(lijf) }),
  });
async function doe<T = Record<string, unknown>>(methode: string, pad: string, lijf?: object, status = 200): Promise<T> {
  const antwoord = await vraag('beheer', methode, `/v1/beheer${pad}`, lijf);
  expect(antwoord.status, antwoord.lijf).toBe(status);
  return JSON.parse(antwoord.lijf);
}
const laatste = async () =>
  (
    await knooppunt.database.pool.query(
      'select gebeurtenis, actor, namens, resultaat, details from logboek order by nr desc limit 1',
    )
  ).rows[0];
const uur = (aantal: number): string => {
  const moment = new Date(Date.now() + aantal * 3_600_000);
  moment.setSeconds(0, 0);
  return moment.toISOString();
};

const upload = (wie: string, bericht: Uint8Array): Promise<RauwAntwoord> =>
  stuur(knooppunt.adres, {
    pad: '/v1/berichten',
    koppen: {
      Authorization: `Bearer demo-${wie}`,
      'Content-Type': 'application/xml',
      Referentienummer: randomUUID(),
    },
    lijf: bericht,
  });

/** Every route of the operator, with a request that would be right. */
const ROUTES: readonly (readonly [string, string, object | undefined])[] = [
  ['GET', '/organisaties', undefined],
  ['GET', '/organisaties/0363', undefined],
  ['PUT', '/organisaties/0363', { naam: 'Anders', reden: REDEN }],
  ['GET', '/machtigingen', undefined],
  ['POST', '/machtigingen', { client: 'x', organisatie: '0363', domein: 'iwmo', reden: REDEN }],
  ['POST', '/machtigingen/1/intrekking', { reden: REDEN }],
  ['GET', '/vensters', undefined],
  ['PUT', '/vensters/WMO301/3.2', { vensters: [], reden: REDEN }],
  ['GET', '/bevriezingen', undefined],
  ['POST', '/bevriezingen', { vanaf: uur(1), reden: REDEN }],
  ['POST', '/bevriezingen/1/opheffing', { reden: REDEN }],
];

describe('only for the operator:', () => {
  const stand = async () => {
    // Of the log, what was done; that somebody was refused is in it too.
    const gedaan = `(select * from logboek where gebeurtenis not in ('toegang geweigerd', 'aanmelding mislukt'))`;
    const tabellen = ['organisatie', 'machtiging', 'venster', 'bevriezing', gedaan];
    return Promise.all(
      tabellen.map(
        async (tabel) => (await knooppunt.database.pool.query(`select count(*), max(t::text) from ${tabel} t`)).rows,
      ),
    );
  };
  test.each(ROUTES)('%s %s', async (methode, pad, lijf) => {
    const eerst = await stand();
    for (const wie of ['0363', '98000001'])
      verwachtWeigering(await vraag(wie, methode, `/v1/beheer${pad}`, lijf), 'nietBevoegdBeheer');
    verwachtWeigering(await vraag('9999', methode, `/v1/beheer${pad}`, lijf), 'nietAangemeld');
    expect(await stand()).toEqual(eerst);
    const { rows } = await knooppunt.database.pool.query(
      `select actor, resultaat from logboek where gebeurtenis = 'toegang geweigerd' order by nr desc limit 2`,
    );
    expect(rows.map(({ actor }) => actor)).toEqual(['demo-98000001', 'demo-0363']);
  });
});

describe('organisaties', () => {
  test('are browsed in pages', async () => {
    interface Pagina {
      readonly organisaties: readonly { readonly code: string }[];
      readonly volgende: string | null;
    }
    const codes: string[] = [];
    for (let na: string | null = ''; na !== null; ) {
      const pagina: Pagina = await doe<Pagina>('GET', `/organisaties?aantal=100&na=${na}`);
      codes.push(...pagina.organisaties.map(({ code }) => code));
      na = pagina.volgende;
    }
    const { rows } = await knooppunt.database.pool.query('select code from organisatie order by code');
    expect(codes).toEqual(rows.map(({ code }) => code));
    const { organisaties } = await doe<Pagina>('GET', '/organisaties?soort=aanbieder&aantal=1000');
    expect(organisaties).toHaveLength(204);
  });

  test('get an endpoint with a stop switch, and it is in the log', async () => {
    const stuf = { url: 'https://stuf.example/ggk', gestopt: false, budgetPerMinuut: 120 };
    expect(await doe('PUT', '/organisaties/0344', { stuf, reden: REDEN })).toMatchObject({ code: '0344', stuf });
    expect(await laatste()).toEqual({
      gebeurtenis: 'organisatie gewijzigd',
      actor: 'demo-beheer',
      namens: '0344',
      resultaat: 'gewijzigd',
      details: { stuf: '- → https://stuf.example/ggk, aan, 120 per minuut', reden: REDEN },
    });
    await doe('PUT', '/organisaties/0344', { stuf: { gestopt: true }, reden: REDEN });
    expect(await doe('GET', '/organisaties/0344')).toMatchObject({ stuf: { ...stuf, gestopt: true } });
  });

  test.each<readonly [string, string, string, object | undefined, WeigeringSoort]>([
    ['an unknown organisation', 'GET', '/organisaties/0999', undefined, 'nietGevonden'],
    ['a code that is none', 'GET', '/organisaties/036', undefined, 'invoerOngeldig'],
    ['no reden', 'PUT', '/organisaties/0363', { naam: 'x' }, 'invoerOngeldig'],
    ['an empty reden', 'PUT', '/organisaties/0363', { naam: 'x', reden: '  ' }, 'invoerOngeldig'],
    [
      'a field that does not exist',
      'PUT',
      '/organisaties/0363',
      { soort: 'aanbieder', reden: REDEN },
      'invoerOngeldig',
    ],
    ['a new one without a name', 'PUT', '/organisaties/0999', { reden: REDEN }, 'invoerOngeldig'],
    [
      'a day that does not exist',
      'PUT',
      '/organisaties/0363',
      { geldigTot: '2026-02-30', reden: REDEN },
      'invoerOngeldig',
    ],
    ['a successor without an end', 'PUT', '/organisaties/0363', { opvolger: '0344', reden: REDEN }, 'invoerOngeldig'],
    [
      'a machtiging for nobody',
      'POST',
      '/machtigingen',
      { client: 'x', organisatie: '0999', domein: 'iwmo', reden: REDEN },
      'invoerOngeldig',
    ],
    ['a machtiging that is not there', 'POST', '/machtigingen/999/intrekking', { reden: REDEN }, 'nietGevonden'],
    ['a number that is none', 'POST', '/machtigingen/x/intrekking', { reden: REDEN }, 'invoerOngeldig'],
    ['a release that is not there', 'PUT', '/vensters/WMO301/9.9', { vensters: [], reden: REDEN }, 'nietGevonden'],
    ['a freeze in the past', 'POST', '/bevriezingen', { vanaf: uur(-1), reden: REDEN }, 'invoerOngeldig'],
    ['a freeze that is not there', 'POST', '/bevriezingen/999/opheffing', { reden: REDEN }, 'nietGevonden'],
  ])('a request with %s is refused and leaves no line', async (_naam, methode, pad, lijf, soort) => {
    const regels = async () => (await knooppunt.database.pool.query('select count(*) from logboek')).rows;
    const eerst = await regels();
    verwachtWeigering(await vraag('beheer', methode, `/v1/beheer${pad}`, lijf), soort);
    expect(await regels()).toEqual(eerst);
  });
});

describe('a change is in effect when its answer is there:', () => {
  const weiger = (soort: WeigeringSoort, wie: string, bericht: Uint8Array, regel: string) =>
    laatNietsAchter(knooppunt.database, soort, async () => {
      const antwoord = await upload(wie, bericht);
      expect(JSON.parse(antwoord.lijf).detail).toMatch(new RegExp(`^Regel ${regel}: `));
      return antwoord;
    });
  const wmo301 = maakBericht('WMO301');
  const jw301 = maakBericht('JW301', { afzender: '0363', ontvanger: '98000001' });

  test('a freeze refuses with the code of the list, everybody can read of it, and lifted it is gone', async () => {
    const bevriezing = await doe<{ id: number; vanaf: string }>(
      'POST',
      '/bevriezingen',
      { berichtsoorten: ['WMO301'], vanaf: uur(0), tot: uur(2), reden: REDEN },
      201,
    );
    expect(await laatste()).toMatchObject({
      gebeurtenis: 'bevriezing aangekondigd',
      actor: 'demo-beheer',
      details: { reden: REDEN, berichtsoorten: 'WMO301', domein: 'alle' },
    });
    const { lijf } = await weiger('berichtsoortBevroren', '0363', wmo301, 'bevriezing');
    expect(JSON.parse(lijf)).toMatchObject({ foutcode: 'IB023', foutlijst: '2025-11' });
    expect((await upload('0363', jw301)).status).toBe(202);
    const openbaar = await vraag('98000001', 'GET', '/v1/bevriezingen');
    expect(JSON.parse(openbaar.lijf)).toMatchObject({ bevriezingen: [{ id: bevriezing.id, reden: REDEN }] });
    await doe('POST', `/bevriezingen/${bevriezing.id}/opheffing`, { reden: REDEN });
    expect((await laatste()).gebeurtenis).toBe('bevriezing opgeheven');
    expect((await upload('0363', wmo301)).status).toBe(202);
    expect(JSON.parse((await vraag('0363', 'GET', '/v1/bevriezingen')).lijf)).toEqual({ bevriezingen: [] });
    expect(await doe('GET', '/bevriezingen')).toMatchObject({ bevriezingen: [{ id: bevriezing.id }] });
  });

  test('a window', async () => {
    const pad = '/vensters/WMO301/3.2';
    await doe('PUT', pad, { vensters: [{ vanaf: uur(1), tot: null }], reden: REDEN });
    expect((await laatste()).gebeurtenis).toBe('venster gewijzigd');
    await weiger('berichtsoortNogNietToegestaan', '0363', wmo301, 'venster');
    await doe('PUT', pad, { vensters: [{ vanaf: '2023-04-01T00:00:00+02:00', tot: uur(0) }], reden: REDEN });
    await weiger('berichtsoortNietMeerToegestaan', '0363', wmo301, 'venster');
    await doe('PUT', pad, { vensters: [{ vanaf: '2023-04-01T00:00:00+02:00', tot: null }], reden: REDEN });
    expect((await upload('0363', wmo301)).status).toBe(202);
  });

  test('a deelname and a validity, of both parties', async () => {
    const zet = (code: string, wijziging: object) =>
      doe('PUT', `/organisaties/${code}`, { ...wijziging, reden: REDEN });
    const open = { vanaf: null, tot: null };
    for (const [code, soort, rol] of [
      ['0363', 'afzenderZonderDeelname', 'afzender'],
      ['98000001', 'ontvangerZonderDeelname', 'ontvanger'],
    ] as const) {
      await zet(code, { deelname: { iwmo: null } });
      await weiger(soort, '0363', wmo301, `deelname ${rol}`);
      await zet(code, { deelname: { iwmo: open } });
    }
    for (const [code, soort, rol] of [
      ['0363', 'afzenderNietGeldig', 'afzender'],
      ['98000001', 'aanbiederNietGeldig', 'ontvanger'],
    ] as const) {
      await zet(code, { geldigTot: '2025-12-31' });
      await weiger(soort, '0363', wmo301, `${rol} geldig`);
      await zet(code, { geldigTot: null });
    }
    await zet('0363', { geldigVanaf: '2099-01-01' });
    const retour = maakBericht('WMO305', { afzender: '98000001', ontvanger: '0363' });
    await weiger('gemeenteNietGeldig', '98000001', retour, 'ontvanger geldig');
    await zet('0363', { geldigVanaf: null });
    expect((await upload('0363', wmo301)).status).toBe(202);
  });

  test('a machtiging, in its domein only, until it is withdrawn', async () => {
    await weiger('geenToestemmingAfzender', '0344', wmo301, 'machtiging');
    const nieuw = { client: 'demo-0344', organisatie: '0363', domein: 'iwmo', reden: REDEN };
    const { id } = await doe<{ id: number }>('POST', '/machtigingen', nieuw, 201);
    expect(await laatste()).toMatchObject({ gebeurtenis: 'machtiging gegeven', namens: '0363' });
    expect((await upload('0344', wmo301)).status).toBe(202);
    await weiger('geenToestemmingAfzender', '0344', jw301, 'machtiging');
    const instelling = (domein: string) => vraag('0344', 'GET', `/v1/organisaties/0363/instellingen/${domein}`);
    expect((await instelling('iwmo')).status).toBe(200);
    verwachtWeigering(await instelling('ijw'), 'nietBevoegdVoorOrganisatie');
    expect(await doe('GET', '/machtigingen?client=demo-0344')).toMatchObject({ machtigingen: [{ id, tot: null }] });
    await doe('POST', `/machtigingen/${id}/intrekking`, { reden: REDEN });
    expect((await laatste()).gebeurtenis).toBe('machtiging ingetrokken');
    await weiger('geenToestemmingAfzender', '0344', wmo301, 'machtiging');
  });

  describe('a herindeling', () => {
    beforeAll(async () => {
      await doe('PUT', '/organisaties/0363', { geldigTot: '2025-12-31', opvolger: '0344', reden: REDEN });
    });
    afterAll(async () => {
      await doe('PUT', '/organisaties/0363', { geldigTot: null, opvolger: null, reden: REDEN });
    });

    test('the successor sends under the old code and reads its postbus; nobody else does', async () => {
      const antwoord = await upload('0344', wmo301);
      expect([antwoord.status, JSON.parse(antwoord.lijf).afzender]).toEqual([202, '0363']);
      const { berichtId } = JSON.parse(antwoord.lijf);
      expect((await vraag('0344', 'GET', `/v1/berichten/${berichtId}`)).status).toBe(200);
      expect((await vraag('0344', 'GET', '/v1/postbussen/0363/berichten')).status).toBe(200);
      await weiger('geenToestemmingAfzender', '0518', wmo301, 'machtiging');
      verwachtWeigering(await vraag('0518', 'GET', '/v1/postbussen/0363/berichten'), 'nietBevoegdVoorOrganisatie');
    });

    test('what is addressed to the old code is accepted as it is', async () => {
      const antwoord = await upload('98000001', maakBericht('WMO305', { afzender: '98000001', ontvanger: '0363' }));
      expect([antwoord.status, JSON.parse(antwoord.lijf).ontvanger]).toEqual([202, '0363']);
    });
  });
});
