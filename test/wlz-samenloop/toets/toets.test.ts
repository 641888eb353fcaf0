/** The registertoets over HTTP: who may ask, what is answered, what is written down; and never a "no" that we do not know. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { datum } from '#src/tijd.ts';
import { startOpstelling } from '../../hulp/opstelling.ts';
import { stuur } from '../../hulp/rauw.ts';
import * as sporen from '../../hulp/sporen.ts';
import { cizDat, indicatie, type Manifestkeuze, type Proefindicatie, testBsn } from '../../hulp/wlz.ts';

const PER_MINUUT = 40;
const knooppunt = await startOpstelling({
  rollen: ['api'],
  omgeving: { KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT: String(PER_MINUUT), KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT: '100' },
});
afterAll(() => knooppunt.stop());
const { database } = knooppunt;

interface Uitslag {
  readonly status: number;
  readonly lijf: Record<string, unknown>;
  readonly koppen: Readonly<Record<string, unknown>>;
}
async function vraag(token: string, inhoud: object, pad = '/v1/wlz-registertoetsen'): Promise<Uitslag> {
  const koppen = { Authorization: `Bearer demo-${token}`, 'Content-Type': 'application/json' };
  const { status, lijf, koppen: terug } = await stuur(knooppunt.adres, { pad, koppen, lijf: JSON.stringify(inhoud) });
  return { status, lijf: lijf === '' ? {} : (JSON.parse(lijf) as Record<string, unknown>), koppen: terug };
}
const toets = (bsn: string, anders: object = {}, token = '0363') => vraag(token, { bsn, doel: '2.3.5', ...anders });
let nummer = 0;
async function lever(rijen: readonly Proefindicatie[], keuze: Manifestkeuze = {}): Promise<void> {
  nummer += 1;
  const koppen = { Authorization: 'Bearer demo-ciz', 'Content-Type': 'text/csv' };
  const lijf = cizDat(rijen, { volgnummer: nummer, ...keuze });
  const antwoord = await stuur(knooppunt.adres, { pad: '/v1/wlz-leveringen', koppen, lijf });
  expect(antwoord.status, antwoord.lijf).toBe(201);
}
const dag = (dagen: number): string => datum(new Date(Date.now() + dagen * 86_400_000));
const regels = async () =>
  (
    await database.pool.query(
      `select actor, namens, resultaat, betrokkenen, details from logboek where gebeurtenis = 'wlz-registertoets' order by nr`,
    )
  ).rows as readonly {
    actor: string;
    namens: string | null;
    resultaat: string;
    betrokkenen: Buffer[];
    details: Record<string, unknown>;
  }[];
const laatste = async () => (await regels()).at(-1);

beforeEach(async () => {
  await database.pool.query('truncate wlz_toetsteller');
});

describe('without a register', () => {
  test('there is no answer, not even "no"', async () => {
    const { status, lijf, koppen } = await toets(testBsn(0));
    expect(status).toBe(503);
    expect(lijf).toMatchObject({ type: 'urn:x-knooppunt:fout:wlzRegisterNietActueel', opnieuw: true });
    expect(lijf.detail).toBe('Er is nog geen register ingelezen.');
    expect(koppen['retry-after']).toBeDefined();
    expect(lijf).not.toHaveProperty('wlzIndicatie');
    expect(await laatste()).toMatchObject({ resultaat: 'wlzRegisterNietActueel', namens: '0363' });
  });
});

describe('with a register', () => {
  const peilmoment = new Date(Date.now() - 3_600_000).toISOString();
  beforeAll(() =>
    lever(
      [
        indicatie(1),
        indicatie(2, { einddatum: dag(-1) }),
        indicatie(3, { einddatum: dag(0) }),
        indicatie(4, { ingangsdatum: dag(1) }),
        indicatie(5, { vervaldatum: dag(0) }),
        indicatie(6, { vervaldatum: dag(1) }),
        indicatie(7, { vervaldatum: '2023-01-01' }),
        indicatie(8, { einddatum: dag(-10) }),
        indicatie(8, { besluitnummer: '9008', ingangsdatum: dag(-9) }),
      ],
      { peilmoment },
    ),
  );

  test.each<readonly [string, number, boolean]>([
    ['an open-ended besluit', 1, true],
    ['a besluit that ended yesterday', 2, false],
    ['a besluit that ends today', 3, true],
    ['a besluit that begins tomorrow', 4, false],
    ['a besluit that was withdrawn as of today', 5, false],
    ['a besluit that is withdrawn as of tomorrow', 6, true],
    ['a besluit that was withdrawn before it began', 7, false],
    ['an old besluit and a new one', 8, true],
    ['nobody we know', 100, false],
  ])('%s', async (_wat, nr, verwacht) => {
    const { status, lijf } = await toets(testBsn(nr - 1));
    expect(status).toBe(201);
    expect(lijf).toEqual({
      toetsId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      wlzIndicatie: verwacht,
      registerPeilmoment: peilmoment,
    });
  });

  test.each<readonly [number, number, boolean]>([
    [2, -1, true],
    [4, 1, true],
    [5, -1, true],
    [8, -10, true],
    [8, -9, true],
    [1, 365, true],
  ])('person %i on day %i: %s', async (nr, dagen, verwacht) => {
    expect((await toets(testBsn(nr - 1), { peildatum: dag(dagen) })).lijf).toMatchObject({ wlzIndicatie: verwacht });
  });

  test('the answer holds nothing else, for yes and for no alike', async () => {
    const [ja, nee] = [await toets(testBsn(0)), await toets(testBsn(99))];
    expect(Object.keys(ja.lijf).sort()).toEqual(Object.keys(nee.lijf).sort());
    expect(Object.keys(ja.koppen).sort()).toEqual(Object.keys(nee.koppen).sort());
    expect(JSON.stringify(ja.lijf)).not.toMatch(/2024-01-01|1001/);
  });

  test('the same question again gets another id: an id tells nothing of the person', async () => {
    const ids = [await toets(testBsn(0)), await toets(testBsn(0)), await toets(testBsn(99))].map(
      ({ lijf }) => lijf.toetsId,
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('it makes no difference whose resident it is', async () => {
    for (const gemeente of ['0363', '0344', '0014']) {
      expect((await toets(testBsn(0), {}, gemeente)).lijf).toMatchObject({
        wlzIndicatie: true,
        registerPeilmoment: peilmoment,
      });
      expect((await toets(testBsn(99), {}, gemeente)).lijf).toMatchObject({
        wlzIndicatie: false,
        registerPeilmoment: peilmoment,
      });
    }
  });

  test('every question is one line in the audit log, with whom it was about as a keyed hash', async () => {
    const voor = (await regels()).length;
    const { lijf } = await toets(testBsn(0), { kenmerk: 'Z-2026/17', doel: '2.3.9', peildatum: dag(0) });
    const alle = await regels();
    expect(alle).toHaveLength(voor + 1);
    expect(alle.at(-1)).toEqual({
      actor: 'demo-0363',
      namens: '0363',
      resultaat: 'ja',
      betrokkenen: [pseudoniem(knooppunt.sleutels, testBsn(0))],
      details: {
        toetsId: lijf.toetsId,
        doel: '2.3.9',
        peildatum: dag(0),
        kenmerk: createHmac('sha256', knooppunt.sleutels.hmac).update('kenmerk\nZ-2026/17').digest('hex'),
        registerPeilmoment: peilmoment,
      },
    });
    await toets(testBsn(99));
    expect((await laatste())?.resultaat).toBe('nee');
  });

  describe('is refused, and written down:', () => {
    test.each<readonly [string, string, object, number, string]>([
      ['an aanbieder', '98000001', {}, 403, 'wlzAlleenGemeenten'],
      ['the operator', 'beheer', {}, 403, 'wlzAlleenGemeenten'],
      ['CIZ', 'ciz', {}, 403, 'wlzAlleenGemeenten'],
      ['for another gemeente', '0363', { gemeente: '0344' }, 403, 'wlzAlleenGemeenten'],
      ['for a gemeente that does not exist', '0363', { gemeente: '9999' }, 403, 'wlzAlleenGemeenten'],
      ['no BSN by the elfproef', '0363', { bsn: '999900007' }, 400, 'bsnOngeldig'],
      ['nobody', '0363', { bsn: '000000000' }, 400, 'bsnOngeldig'],
      ['somebody real in the demo', '0363', { bsn: '123456782' }, 400, 'persoonsgegevensNietToegestaan'],
      ['a day too long ago', '0363', { peildatum: dag(-400) }, 400, 'invoerOngeldig'],
      ['a day too far ahead', '0363', { peildatum: dag(400) }, 400, 'invoerOngeldig'],
    ])('%s', async (_wat, token, anders, status, soort) => {
      const voor = (await regels()).length;
      const antwoord = await vraag(token, { bsn: testBsn(0), doel: '2.3.5', ...anders });
      expect(antwoord).toMatchObject({ status, lijf: { type: `urn:x-knooppunt:fout:${soort}` } });
      expect(antwoord.lijf).not.toHaveProperty('wlzIndicatie');
      const alle = await regels();
      expect(alle).toHaveLength(voor + 1);
      expect(alle.at(-1)).toMatchObject({ actor: `demo-${token}`, resultaat: soort });
    });
  });

  describe('is no question:', () => {
    test.each<readonly [string, object]>([
      ['a purpose of the Jeugdwet', { doel: '7.4.3a' }],
      ['no purpose', { doel: undefined }],
      ['another purpose', { doel: '2.3.1' }],
      ['a purpose that every object has', { doel: 'constructor' }],
      ['two persons', { bsn: [testBsn(0), testBsn(1)] }],
      ['a list', { bsns: [testBsn(0)] }],
      ['eight digits', { bsn: '99990000' }],
      ['a number', { bsn: 999900006 }],
      ['a day that does not exist', { peildatum: '2026-02-30' }],
      ['a kenmerk with a line end', { kenmerk: 'a\nb' }],
      ['a field too many', { zorgprofiel: true }],
    ])('%s', async (_wat, anders) => {
      const { status, lijf } = await vraag('0363', { bsn: testBsn(0), doel: '2.3.5', ...anders });
      expect([status, lijf.type]).toEqual([400, 'urn:x-knooppunt:fout:invoerOngeldig']);
      expect(JSON.stringify(lijf)).not.toContain(testBsn(0));
    });

    test('nobody who is not logged in, no other method, and no BSN in an address', async () => {
      const pad = '/v1/wlz-registertoetsen';
      const lijf = JSON.stringify({ bsn: testBsn(0), doel: '2.3.5' });
      expect((await stuur(knooppunt.adres, { pad, lijf })).status).toBe(401);
      const koppen = { Authorization: 'Bearer demo-0363' };
      expect((await stuur(knooppunt.adres, { pad, koppen, methode: 'GET' })).status).toBe(405);
      expect((await stuur(knooppunt.adres, { pad: `${pad}/${testBsn(0)}`, koppen, methode: 'GET' })).status).toBe(404);
    });
  });

  test('a client that acts by machtiging may ask in iwmo, not in ijw; with two gemeenten it must name one', async () => {
    const client = 'demo-98000002';
    const geef = (organisatie: string, domein: string) =>
      vraag('beheer', { client, organisatie, domein, reden: 'proef' }, '/v1/beheer/machtigingen');
    const alsSoftware = (anders = {}) => toets(testBsn(0), anders, '98000002');
    /** A machtiging takes effect within seconds. */
    const wordt = async (doe: () => Promise<Uitslag>, status: number): Promise<Uitslag> => {
      const tot = Date.now() + 15_000;
      for (;;) {
        await database.pool.query('truncate wlz_toetsteller');
        const antwoord = await doe();
        if (antwoord.status === status || Date.now() > tot) return antwoord;
        await new Promise((klaar) => setTimeout(klaar, 200));
      }
    };
    expect((await geef('0344', 'ijw')).status).toBeLessThan(300);
    expect((await geef('0014', 'iwmo')).status).toBeLessThan(300);
    expect((await wordt(alsSoftware, 201)).lijf).toMatchObject({ wlzIndicatie: true });
    expect((await laatste())?.namens).toBe('0014');
    expect((await alsSoftware({ gemeente: '0344' })).status).toBe(403);
    expect((await geef('0344', 'iwmo')).status).toBeLessThan(300);
    expect((await wordt(alsSoftware, 400)).lijf).toMatchObject({ type: 'urn:x-knooppunt:fout:invoerOngeldig' });
    expect((await alsSoftware({ gemeente: '0344' })).status).toBe(201);
    expect((await laatste())?.namens).toBe('0344');
  });

  test('too many questions in a minute are refused, per client, and written down', async () => {
    const uitslagen = await Promise.all([...Array(PER_MINUUT + 5)].map(() => toets(testBsn(0))));
    const geweigerd = uitslagen.filter(({ status }) => status === 429);
    // The minute may have turned while we were at it.
    expect(geweigerd.length).toBeLessThanOrEqual(5);
    if (geweigerd.length === 0) return;
    expect(geweigerd[0]?.lijf).toMatchObject({ type: 'urn:x-knooppunt:fout:teVeelVragen', opnieuw: true });
    expect((await regels()).filter(({ resultaat }) => resultaat === 'teVeelVragen').length).toBeGreaterThanOrEqual(
      geweigerd.length,
    );
    expect((await toets(testBsn(0), {}, '0344')).status).toBe(201);
  });

  test('of more than 48 hours ago there is no answer, not to yes either; a fresh one answers again', async () => {
    await database.pool.query(`update wlz_register set peilmoment = now() - interval '48 hours 1 minute'`);
    for (const nr of [1, 100]) {
      const { status, lijf } = await toets(testBsn(nr - 1));
      expect([status, lijf.type]).toEqual([503, 'urn:x-knooppunt:fout:wlzRegisterNietActueel']);
      expect(lijf.detail).toMatch(
        /^Het laatste register is van \d\d-\d\d-\d{4} \d\d:\d\d, langer dan 48 uur geleden\.$/,
      );
      expect(lijf).not.toHaveProperty('wlzIndicatie');
    }
    await database.pool.query(`update wlz_register set peilmoment = now() - interval '47 hours 59 minutes'`);
    expect((await toets(testBsn(0))).lijf).toMatchObject({ wlzIndicatie: true });
    await lever([indicatie(1)]);
    expect((await toets(testBsn(99))).lijf).toMatchObject({ wlzIndicatie: false });
  });

  test('when the database is away there is no answer', async () => {
    await database.pool.query('alter table wlz_indicatie rename to wlz_indicatie_weg');
    try {
      const { status, lijf } = await toets(testBsn(0));
      expect([status, 'wlzIndicatie' in lijf]).toEqual([500, false]);
    } finally {
      await database.pool.query('alter table wlz_indicatie_weg rename to wlz_indicatie');
    }
  });
});

test('no BSN and no kenmerk stands in the log, the metrics, Redis or any table', async () => {
  const kenmerk = 'KENMERK-VAN-DE-GEMEENTE';
  await toets(testBsn(0), { kenmerk });
  const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' });
  const plekken = [
    ...(await sporen.database(database)),
    ...(await sporen.redis(knooppunt.redis, knooppunt.wachtrij.prefix)),
    { waar: '/metrics', inhoud: Buffer.from(lijf) },
    { waar: 'log', inhoud: Buffer.from(knooppunt.log()) },
  ];
  const bsns = [...Array(10)].map((_, nr) => testBsn(nr));
  expect(sporen.sporenVan([...bsns, testBsn(99), '123456782', kenmerk], plekken)).toEqual([]);
});
