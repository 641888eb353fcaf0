/** CIZ delivers over HTTP: who may, in which forms, and that nothing of what must not be kept is left anywhere. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { startOpstelling } from '../../hulp/opstelling.ts';
import { open, stuur } from '../../hulp/rauw.ts';
import * as sporen from '../../hulp/sporen.ts';
import { cizDat, indicatie, inStukken, type Manifestkeuze, manifestVan, testBsn } from '../../hulp/wlz.ts';
import { GEHEIMEN, io31, ir, type Register } from '../../hulp/wlz-vormen.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const { database } = knooppunt;
const PAD = '/v1/wlz-leveringen';

beforeEach(async () => {
  await database.pool.query('truncate wlz_indicatie, wlz_register, wlz_levering');
});

type Koppen = Readonly<Record<string, string>>;
const lever = (token: string, lijf: string | AsyncIterable<Uint8Array>, koppen: Koppen = {}, pad = PAD) =>
  stuur(knooppunt.adres, {
    pad,
    koppen: { Authorization: `Bearer demo-${token}`, 'Content-Type': 'text/csv', ...koppen },
    lijf,
  });
const lees = (token: string, pad: string) =>
  stuur(knooppunt.adres, { methode: 'GET', pad, koppen: { Authorization: `Bearer demo-${token}` } });
const soortVan = ({ lijf }: { readonly lijf: string }): string =>
  String((JSON.parse(lijf) as { type: string }).type).replace(/.*:/, '');
const lijst = (aantal: number) => Array.from({ length: aantal }, (_, nr) => indicatie(nr + 1));
const aantalIndicaties = async (): Promise<number> =>
  (await database.pool.query('select from wlz_indicatie')).rowCount ?? 0;

describe('who may', () => {
  test('CIZ and the operator deliver, and see what became of it', async () => {
    const eerste = await lever('ciz', cizDat(lijst(30)));
    expect([eerste.status, JSON.parse(eerste.lijf)]).toMatchObject([
      201,
      { toestand: 'verwerkt', herhaling: false, toegevoegd: 30 },
    ]);
    const weer = await lever('ciz', cizDat(lijst(31), { volgnummer: 2 }));
    expect(weer.status).toBe(201);
    const { leveringId } = JSON.parse(weer.lijf) as { leveringId: string };
    for (const token of ['ciz', 'beheer']) {
      expect(JSON.parse((await lees(token, `${PAD}/${leveringId}`)).lijf)).toMatchObject({
        volgnummer: 2,
        toegevoegd: 1,
      });
      expect(JSON.parse((await lees(token, '/v1/wlz-register')).lijf)).toMatchObject({
        register: { volgnummer: 2, aantal: 31, leveringId },
        actueel: true,
        lopend: null,
      });
    }
    expect((await lees('ciz', `${PAD}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
  });

  test('delivering the same again is 200 and does nothing', async () => {
    const tekst = cizDat(lijst(30));
    const [eerst, weer] = [await lever('ciz', tekst), await lever('ciz', tekst)];
    expect([eerst.status, weer.status]).toEqual([201, 200]);
    expect(JSON.parse(weer.lijf)).toEqual({ ...JSON.parse(eerst.lijf), herhaling: true });
  });

  test.each(['0363', '98000001'])('%s may not, and learns nothing of the register', async (token) => {
    expect((await lever(token, cizDat(lijst(30)))).status).toBe(403);
    expect((await lees(token, '/v1/wlz-register')).status).toBe(403);
    expect((await lees(token, `${PAD}/00000000-0000-4000-8000-000000000000`)).status).toBe(403);
    expect(await aantalIndicaties()).toBe(0);
  });

  test('CIZ may nothing else', async () => {
    expect((await lees('ciz', '/v1/berichten')).lijf).toContain('"berichten":[]');
    expect((await lees('ciz', '/v1/postbussen/0363/berichten')).status).toBe(403);
    expect((await lees('ciz', '/v1/beheer/organisaties')).status).toBe(403);
  });

  test('nobody without a token', async () => {
    expect((await stuur(knooppunt.adres, { pad: PAD, lijf: cizDat(lijst(30)) })).status).toBe(401);
    expect(await aantalIndicaties()).toBe(0);
  });
});

describe('letting pass what is refused', () => {
  test('is for the operator, with a reason; never for CIZ itself', async () => {
    await lever('ciz', cizDat(lijst(30)));
    const kleiner = cizDat(lijst(10), { volgnummer: 2 });
    const geweigerd = await lever('ciz', kleiner);
    expect([geweigerd.status, soortVan(geweigerd)]).toEqual([409, 'wlzKrimp']);
    expect((await lever('ciz', kleiner, {}, `${PAD}?staToe=krimp&reden=x`)).status).toBe(403);
    expect((await lever('beheer', kleiner, {}, `${PAD}?staToe=krimp`)).status).toBe(400);
    expect((await lever('beheer', kleiner, {}, `${PAD}?staToe=alles&reden=x`)).status).toBe(400);
    expect(await aantalIndicaties()).toBe(30);
    expect((await lever('beheer', kleiner, {}, `${PAD}?staToe=krimp&reden=afgestemd`)).status).toBe(201);
    expect(await aantalIndicaties()).toBe(10);
  });
});

const REGISTER: Register = [
  ...[...Array(30)].map((_, nr) => ({
    bsn: testBsn(nr),
    besluitnummer: 70_001 + nr,
    ingangsdatum: '2024-01-01',
    pakketten: [['759', '1']] as const,
  })),
  { bsn: testBsn(40), besluitnummer: 71_001, ingangsdatum: '2024-01-01', pakketten: [['999', '1']] },
  { bsn: '999900007', besluitnummer: 71_002, ingangsdatum: '2024-01-01', pakketten: [['759', '1']] },
];
const VORMEN: readonly (readonly [string, string, (keuze: Manifestkeuze) => { lijf: string; koppen: Koppen }])[] = [
  ['CSV', 'text/csv', (keuze) => ({ lijf: cizDat(lijst(30), keuze), koppen: {} })],
  [
    'JSON Lines',
    'application/x-ndjson; charset=utf-8',
    (keuze) => {
      const regels = lijst(30)
        .map((rij) => `${JSON.stringify(rij)}\n`)
        .join('');
      return { lijf: `${manifestVan(regels, 30, keuze)}\n${regels}`, koppen: {} };
    },
  ],
  [
    'IO31',
    'application/xml',
    (keuze) => ({
      lijf: io31(REGISTER),
      koppen: { 'Wlz-Manifest': manifestVan(io31(REGISTER), REGISTER.length, keuze) },
    }),
  ],
  [
    'Indicatieregister',
    'application/json',
    (keuze) => {
      const lijf = ir(REGISTER, { omhulsel: 'antwoord', release: 2 });
      return { lijf, koppen: { 'Wlz-Manifest': manifestVan(lijf, REGISTER.length, keuze) } };
    },
  ],
];

describe('the form', () => {
  test.each(VORMEN)('%s is taken, in pieces and without a length', async (_naam, type, maak) => {
    const { lijf, koppen } = maak({});
    const antwoord = await lever('ciz', inStukken(lijf, 1000), { 'Content-Type': type, ...koppen });
    expect([antwoord.status, await aantalIndicaties()], antwoord.lijf).toEqual([201, 30]);
  });

  test.each([
    ['another type', { 'Content-Type': 'application/zip' }],
    ['no type', { 'Content-Type': '' }],
    ['packed', { 'Content-Encoding': 'gzip' }],
  ])('%s is refused', async (_wat, koppen) => {
    expect((await lever('ciz', cizDat(lijst(30)), koppen)).status).toBe(415);
  });

  test('a length beyond the limit is refused before a byte is read', async () => {
    const koppen = {
      Authorization: 'Bearer demo-ciz',
      'Content-Type': 'text/csv',
      'Content-Length': String(5 * 2 ** 30),
    };
    const vraag = open(knooppunt.adres, { pad: PAD, koppen });
    const status = new Promise<number>((klaar) => vraag.once('response', ({ statusCode = 0 }) => klaar(statusCode)));
    vraag.flushHeaders();
    expect(await status).toBe(413);
    vraag.destroy();
  });

  test('a manifest that is no manifest is refused', async () => {
    const antwoord = await lever('ciz', io31(REGISTER), {
      'Content-Type': 'application/xml',
      'Wlz-Manifest': '{"versie":1}',
    });
    expect([antwoord.status, soortVan(antwoord)]).toEqual([400, 'wlzManifestOngeldig']);
  });
});

test('CIZ that hangs up halfway leaves the register as it was, and may come again', async () => {
  await lever('ciz', cizDat(lijst(30)));
  const tekst = cizDat(lijst(31), { volgnummer: 2 });
  const koppen = {
    Authorization: 'Bearer demo-ciz',
    'Content-Type': 'text/csv',
    'Content-Length': String(tekst.length),
  };
  const vraag = open(knooppunt.adres, { pad: PAD, koppen });
  vraag.write(tekst.slice(0, -100));
  const register = async () =>
    JSON.parse((await lees('ciz', '/v1/wlz-register')).lijf) as { lopend: { volgnummer: number } | null };
  await wachtTot(async () => (await register()).lopend?.volgnummer === 2, {
    ms: 10_000,
    wat: 'a delivery that is loading',
  });
  vraag.destroy();
  await wachtTot(async () => (await register()).lopend === null, { ms: 10_000, wat: 'the end of the delivery' });
  expect(await aantalIndicaties()).toBe(30);
  expect((await lever('ciz', tekst)).status).toBe(201);
  expect(await aantalIndicaties()).toBe(31);
});

describe('what must not be kept', () => {
  const BSNS = [...REGISTER.map(({ bsn }) => bsn), ...lijst(30).map(({ bsn }) => bsn), '999999990'];
  /** Names of what tells more than that there is a besluit. */
  const WOORDEN = ['zzp', 'grondslag', 'stoornis', 'beperking', 'financiering', 'zorgprofiel', 'voorkeur'];

  test('stands in no table, log, metric or answer: no BSN, no profile, no name', async () => {
    const antwoorden: sporen.Plek[] = [];
    let volgnummer = 0;
    for (const [naam, type, maak] of VORMEN) {
      volgnummer += 1;
      const { lijf, koppen } = maak({ volgnummer });
      const antwoord = await lever('ciz', lijf, { 'Content-Type': type, ...koppen });
      expect(antwoord.status, naam).toBe(201);
      antwoorden.push({ waar: naam, inhoud: Buffer.from(antwoord.lijf) });
      // Refused: with the marks as what is wrong.
      const kapot = await lever('ciz', lijf.slice(0, -20), { 'Content-Type': type, ...koppen });
      antwoorden.push({ waar: `${naam}, cut off`, inhoud: Buffer.from(kapot.lijf) });
    }
    const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' });
    const plekken = [
      ...antwoorden,
      ...(await sporen.database(database)),
      ...(await sporen.redis(knooppunt.redis, knooppunt.wachtrij.prefix)),
      { waar: '/metrics', inhoud: Buffer.from(lijf) },
      { waar: 'log', inhoud: Buffer.from(knooppunt.log()) },
    ];
    expect(new Set(plekken.map(({ waar }) => waar))).toContain('wlz_indicatie.bsn_hmac');
    const { zorgkantoor: _, ...geheimen } = GEHEIMEN;
    expect(sporen.sporenVan([...new Set(BSNS), ...Object.values(geheimen)], plekken)).toEqual([]);
  });

  test('has no place to stand: the store has no column for it, and no value of a package is in the register', async () => {
    const { lijf, koppen } = (VORMEN[2] as (typeof VORMEN)[number])[2]({});
    await lever('ciz', lijf, { 'Content-Type': 'application/xml', ...koppen });
    const { rows } = await database.pool.query<{ kolom: string }>(
      `select table_name || '.' || column_name as kolom from information_schema.columns where table_schema = 'public'`,
    );
    expect(rows.filter(({ kolom }) => WOORDEN.some((woord) => kolom.includes(woord)))).toEqual([]);
    const eigen = (await sporen.database(database)).filter(({ waar }) => waar.startsWith('wlz_indicatie'));
    expect(new Set(eigen.map(({ waar }) => waar.split('.')[1]))).toEqual(
      new Set(['besluitnummer', 'bsn_hmac', 'ingangsdatum', 'einddatum', 'vervaldatum', 'levering_id']),
    );
    // The packages of every row: 759, financed by 1, on grondslag 02.
    expect(eigen.filter(({ inhoud }) => ['759', '02', '"759"'].includes(inhoud.toString()))).toEqual([]);
    const tellers = (await sporen.database(database)).filter(({ waar }) => waar.startsWith('wlz_levering'));
    // As a number of its own: an id or a millisecond may have these digits.
    expect(tellers.filter(({ inhoud }) => /(?<![\da-f.-])759(?![\da-f-])/.test(inhoud.toString('latin1')))).toEqual([]);
  });
});
