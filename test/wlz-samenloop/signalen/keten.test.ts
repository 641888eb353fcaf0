/** From a toewijzing to a handled signal, through the whole switch. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { maakBericht } from '../../hulp/berichten.ts';
import { startOpstelling } from '../../hulp/opstelling.ts';
import { blader, bytesVan, haalOp, verstuur, volg, vraagJson } from '../../hulp/reis.ts';
import { zetRegister } from './wereld.ts';

const BSN = '999900006';
const knooppunt = await startOpstelling({ omgeving: { KNOOPPUNT_WLZ_VERGELIJK_OM: '00:00' } });
afterAll(() => knooppunt.stop());
const gemeente = knooppunt.client('0363');
const aanbieder = knooppunt.client('98000001');

interface Lijst {
  readonly signalen: readonly {
    readonly signaalId: string;
    readonly type: string;
    readonly bsn: string;
    readonly voorzieningId: string;
    readonly overlap: object;
    readonly workflow: string;
    readonly uitkomst: string | null;
    readonly indicatie?: object;
  }[];
  readonly volgende: string | null;
}
const signalen = async (vraag = ''): Promise<Lijst['signalen']> =>
  (await vraagJson<Lijst>(gemeente, 'GET', `/v1/wlz-signalen${vraag}`)).signalen;

const toewijzing = (waarden: Record<string, string> = {}, identificatie = 'T1'): Buffer =>
  maakBericht('WMO301', {
    bsn: BSN,
    identificatie,
    waarden: { Ingangsdatum: '2026-03-16', Einddatum: '2099-12-31', ...waarden },
  });

beforeAll(async () => {
  await zetRegister(knooppunt, [{ bsn: BSN, nummer: 7, ingang: '2026-06-01' }]);
});

test('before the gemeente chose so its messages are not read', async () => {
  await verstuur(gemeente, toewijzing({}, 'T0'));
  const { rows } = await knooppunt.database.pool.query('select 1 from wmo_dossierfeit');
  expect(rows).toEqual([]);
});

test('a toewijzing meets an indicatiebesluit: a signal in the postbus within seconds, and in the list', async () => {
  await vraagJson(gemeente, 'PUT', '/v1/organisaties/0363/wlz-instelling', { dossierAlsBron: true });
  const klaar = async () => {
    // The choice takes effect within seconds: the first of these that comes after.
    await verstuur(gemeente, toewijzing({}, 'T1'));
    return (await knooppunt.database.pool.query('select 1 from wmo_dossierfeit')).rows.length > 0;
  };
  await wachtTot(klaar, { ms: 20_000, wat: 'the choice to take effect' });
  await wachtTot(async () => (await signalen()).length > 0, { ms: 20_000, wat: 'a signal' });
  const [signaal] = await signalen();
  expect(signaal).toMatchObject({
    type: 'NIEUW',
    bsn: BSN,
    voorzieningId: '98000001/36301001',
    overlap: { vanaf: '2026-06-01', totEnMet: '2099-12-31' },
    workflow: 'nieuw',
    uitkomst: null,
  });
  expect(signaal).not.toHaveProperty('indicatie');
  const [post, ...meer] = (await haalOp(gemeente, '0363', { aantal: 100 })).filter(
    ({ berichtsoort }) => berichtsoort === 'WLZ-SIGNAAL',
  );
  expect(meer).toEqual([]);
  expect(post?.afzender).toBe('knooppunt');
  if (!post) throw new Error('no signal in the postbus');
  expect(JSON.parse(bytesVan(post).toString())).toMatchObject({
    soort: 'WLZ-SIGNAAL',
    versie: '1.0',
    signaalId: signaal?.signaalId,
    gemeentecode: '0363',
    bsn: BSN,
    productcategorie: '02',
    agbAanbieder: '98000001',
    advies: { klasse: 'VERWACHT' },
    herinnering: false,
  });
  const stand = await volg(gemeente, post.berichtId);
  expect(stand).toMatchObject({ berichtsoort: 'WLZ-SIGNAAL', status: 'verwerkt', ontvanger: '0363' });
  expect(stand.stappen.map(({ stap }) => stap)).toEqual(
    ['opgesteld', 'verwerkt', 'in postbus', 'opgehaald'].filter((stap) => stap !== 'verwerkt'),
  );
});

describe('nobody else', () => {
  test('the aanbieder sees no signal, not even that there is one', async () => {
    expect((await aanbieder.vraag('GET', '/v1/wlz-signalen')).status).toBe(403);
    const [signaal] = await signalen();
    expect((await aanbieder.vraag('GET', `/v1/wlz-signalen/${signaal?.signaalId}`)).status).toBe(403);
    expect((await blader(aanbieder, '98000001')).map(({ berichtsoort }) => berichtsoort)).not.toContain('WLZ-SIGNAAL');
  });
  test('another gemeente gets the same answer for a signal of somebody else as for none', async () => {
    const ander = knooppunt.client('0344');
    const [signaal] = await signalen();
    const van = async (id: string) => (await ander.vraag('GET', `/v1/wlz-signalen/${id}`)).lichaam.toString();
    expect(await van(signaal?.signaalId ?? '')).toBe(await van('00000000-0000-4000-8000-000000000000'));
    expect((await ander.vraag('GET', '/v1/wlz-signalen?gemeente=0363')).status).toBe(403);
    expect(await vraagJson<Lijst>(ander, 'GET', '/v1/wlz-signalen')).toEqual({ signalen: [], volgende: null });
  });
});

describe('handling', () => {
  const stap = async (lijf: object): Promise<number> => {
    const [signaal] = await signalen();
    return (await gemeente.vraag('POST', `/v1/wlz-signalen/${signaal?.signaalId}/stappen`, lijf)).status;
  };
  test('only in the order of the table, with a reason, and by whom', async () => {
    expect(await stap({ naar: 'afgehandeld', uitkomst: 'gestopt', reden: 'te vroeg' })).toBe(409);
    expect(await stap({ naar: 'in_behandeling', behandelaar: 'J. de Vries' })).toBe(200);
    expect(await stap({ naar: 'in_behandeling' })).toBe(409);
    expect(await stap({ naar: 'afgehandeld', uitkomst: 'terecht_samen' })).toBe(400);
    expect(await stap({ naar: 'afgehandeld', uitkomst: 'vervallen', reden: 'x' })).toBe(400);
    expect(await stap({ naar: 'afgehandeld', uitkomst: 'terecht_samen', reden: 'MPT thuis' })).toBe(200);
    const [signaal] = await signalen();
    const { stappen } = await vraagJson<{ stappen: readonly object[] }>(
      gemeente,
      'GET',
      `/v1/wlz-signalen/${signaal?.signaalId}`,
    );
    expect(stappen).toMatchObject([
      { stap: 'gemeld', door: 'knooppunt', reden: null },
      { workflow: 'in_behandeling', door: 'demo-0363', behandelaar: 'J. de Vries' },
      { workflow: 'afgehandeld', uitkomst: 'terecht_samen', reden: 'MPT thuis' },
    ]);
  });

  test('what was handled comes back when the days change, and a stop towards the Wlz closes it', async () => {
    await verstuur(gemeente, toewijzing({ Toewijzingstijd: '10:30:00', Einddatum: '2098-12-31' }, 'T2'));
    await wachtTot(async () => (await signalen('?workflow=nieuw')).length === 1, {
      ms: 20_000,
      wat: 'the changed signal',
    });
    expect((await signalen('?workflow=nieuw'))[0]).toMatchObject({
      type: 'GEWIJZIGD',
      overlap: { totEnMet: '2098-12-31' },
    });
    const stop = maakBericht('WMO307', { bsn: BSN, waarden: { RedenBeeindiging: '39', Einddatum: '2098-06-30' } });
    await verstuur(aanbieder, stop);
    await wachtTot(async () => (await signalen('?workflow=nieuw')).length === 0, { ms: 20_000, wat: 'the follow-up' });
    expect((await signalen())[0]).toMatchObject({
      workflow: 'afgehandeld',
      uitkomst: 'gestopt',
      overlap: { totEnMet: '2098-06-30' },
    });
    const { rows } = await knooppunt.database.pool.query(
      `select count(*)::int as n from bericht where berichtsoort = 'WLZ-SIGNAAL'`,
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('of a gemeente that chooses otherwise again nothing is kept, and its signals end', async () => {
    await vraagJson(gemeente, 'PUT', '/v1/organisaties/0363/wlz-instelling', { dossierAlsBron: false });
    expect((await knooppunt.database.pool.query('select 1 from wmo_dossierfeit')).rows).toEqual([]);
  });
});

test('the planner compared everything of its own accord, and says so in a report', async () => {
  const klaar = async () =>
    (await knooppunt.database.pool.query('select 1 from wlz_run where geeindigd_op is not null')).rows.length > 0;
  await wachtTot(klaar, { ms: 30_000, wat: 'a run of the planner' });
  const { rows } = await knooppunt.database.pool.query(
    'select aanleiding, deel, indicaties::int from wlz_run order by nr limit 1',
  );
  expect(rows).toEqual([{ aanleiding: 'planner', deel: 64, indicaties: 1 }]);
});
