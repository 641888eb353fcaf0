/**
 * Personal data stand in the payloads and nowhere else. Messages with marked values are sent, accepted, refused and rejected; then
 * everything that was left behind is searched for the marks.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { wachtTot } from '#src/proces.ts';
import { maakBericht, vervang, voorbeeld } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { type RauwVerzoek, stuur } from '../hulp/rauw.ts';
import { bevestig, bevindingenVan, bytesVan, haalOp, stelIn, volg } from '../hulp/reis.ts';
import * as sporen from '../hulp/sporen.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());

const BSN = '999954301';
const BSN_TWEE = '999961809';
const ECHT_BSN = '123456782';
const NAAM = 'Geheimnaam';
const STRAAT = 'Verborgenlaan';
const KENMERK = 'MERKTEKEN';
const MERKEN = [BSN, BSN_TWEE, ECHT_BSN, NAAM, STRAAT, KENMERK, 'MERK 1'];

const gemerkt = { bsn: BSN, waarden: { Achternaam: NAAM, Straatnaam: STRAAT } };
const declaratie = maakBericht('WMO323')
  .toString()
  .replace(/(?<=<Bsn>)\d+/, BSN_TWEE);
const geldig = [
  maakBericht('WMO301', gemerkt),
  maakBericht('WMO315', { bsn: BSN, waarden: { Achternaam: NAAM } }),
  Buffer.from(declaratie),
];
/** Invalid, with the marks as the very values that are wrong. */
const ongeldig = [
  maakBericht('WMO301', { bsn: BSN, waarden: { Achternaam: NAAM.repeat(30), Geslacht: KENMERK, Postcode: STRAAT } }),
  maakBericht('WMO301', { ...gemerkt, waarden: { Ingangsdatum: KENMERK, Toewijzingstijd: KENMERK, Volume: BSN } }),
  Buffer.from(vervang(voorbeeld('WMO301'), 'Bsn', BSN).replace('<Geslacht>', `${NAAM}<Geslacht>`)),
  Buffer.from(vervang(voorbeeld('WMO301'), 'Bsn', BSN).replace('<Client>', `<Client kenmerk="${KENMERK}">`)),
];

/** Valid for the XSD, with marks as values that break a rule. */
const fouteRegel = [
  maakBericht('WMO301', { bsn: BSN, waarden: { Achternaam: NAAM, Straatnaam: STRAAT, Postcode: 'MERK 1' } }),
  maakBericht('WMO305', { bsn: BSN, waarden: { Achternaam: NAAM, StatusAanlevering: '2' } }),
];

const wmo301 = voorbeeld('WMO301');
const GEWEIGERD: readonly RauwVerzoek[] = [
  { lijf: maakBericht('WMO301', { bsn: ECHT_BSN, waarden: { Achternaam: NAAM } }) },
  { lijf: maakBericht('WMO301', { ...gemerkt, ontvanger: '99999999' }) },
  { lijf: maakBericht('WMO301', { ...gemerkt, ontvanger: KENMERK }) },
  { lijf: maakBericht('WMO301', { ...gemerkt, waarden: { BerichtCode: BSN } }) },
  { lijf: wmo301.replace('/wmo301/', `/${KENMERK}/`) },
  { lijf: wmo301.replace('<Header>', `<!DOCTYPE ${KENMERK}><Header>`) },
  { lijf: vervang(wmo301, 'Bsn', `&${KENMERK};`) },
  { lijf: vervang(wmo301, 'Bsn', `${BSN}</${KENMERK}>`) },
  { lijf: `${NAAM} woont in de ${STRAAT}` },
  { lijf: wmo301.replace('UTF-8', KENMERK) },
].map((verzoek) => ({ pad: '/v1/berichten', ...verzoek }));
const VERZOEKEN: readonly RauwVerzoek[] = [
  { methode: 'GET', pad: `/v1/berichten/${BSN}` },
  { methode: 'GET', pad: `/v1/berichten?referentienummer=${BSN}&na=${KENMERK}` },
  { methode: 'GET', pad: `/v1/${NAAM}` },
  { methode: 'GET', pad: `/v1/postbussen/${BSN}/berichten` },
  { pad: '/v1/berichten', koppen: { Referentienummer: BSN }, lijf: wmo301 },
  { pad: '/v1/berichten', koppen: { 'Content-Type': `text/${KENMERK}` }, lijf: wmo301 },
  {
    pad: '/v1/postbussen/0363/bevestigingen',
    koppen: { 'Content-Type': 'application/json' },
    lijf: `{"${NAAM}":"${BSN}"`,
  },
  {
    pad: '/v1/postbussen/0363/bevestigingen',
    koppen: { 'Content-Type': 'application/json' },
    lijf: `{"berichtIds":["${BSN}"]}`,
  },
  {
    methode: 'PUT',
    pad: '/v1/organisaties/0363/instellingen/iwmo',
    koppen: { 'Content-Type': 'application/json' },
    lijf: `{"${NAAM}":"${BSN}","retour":"${KENMERK}"}`,
  },
];

/** A Fo01 without the message that it gives back (StUF 0301); whoever reads it must have sent that. */
function zonderOrigineel(fo01: Buffer, lezer: string): Buffer {
  const zonder = fo01.toString().replace(/(?<=<GGK:xmlBestand>)[^<]*/, (base64) => {
    const origineel = Buffer.from(base64, 'base64').toString();
    expect(origineel).toContain(`<Afzender>${lezer}<`);
    return '';
  });
  return Buffer.from(zonder);
}

const gevonden: sporen.Plek[] = [];
const zie = (waar: string, inhoud: string | Buffer): void => void gevonden.push({ waar, inhoud: Buffer.from(inhoud) });

let aangenomen: readonly { readonly berichtId: string; readonly afzender: string }[] = [];

beforeAll(async () => {
  for (const code of ['0363', '98000001']) await stelIn(knooppunt.client(code), code, 'iwmo', { retour: 'knooppunt' });
  for (const verzoek of [...GEWEIGERD, ...VERZOEKEN]) {
    const koppen = { Authorization: 'Bearer demo-0363', ...verzoek.koppen };
    const { status, lijf } = await stuur(knooppunt.adres, { ...verzoek, koppen });
    expect(status, lijf).toBeGreaterThanOrEqual(400);
    zie('een weigering', lijf);
  }
  // Taken in while no verwerker runs: so the jobs can be seen as they wait.
  const lever = async (lijf: Buffer) => {
    const afzender = lijf.includes('<Afzender>0363') ? '0363' : '98000001';
    const { status, lichaam } = await knooppunt.client(afzender).leverAan(lijf, crypto.randomUUID());
    expect(status).toBe(202);
    return { ...lichaam, afzender };
  };
  aangenomen = await Promise.all([...geldig, ...fouteRegel, ...ongeldig].map(lever));
  const inRedis = () => sporen.redis(knooppunt.redis, knooppunt.wachtrij.prefix);
  await wachtTot(async () => (await inRedis()).length > 2, { ms: 10_000, wat: 'jobs that wait in Redis' });
  gevonden.push(...(await inRedis()));

  await knooppunt.start('verwerker');
  await knooppunt.start('planner');
  for (const { berichtId, afzender } of aangenomen) {
    const klaar = async () => (await volg(knooppunt.client(afzender), berichtId)).status !== 'ontvangen';
    await wachtTot(klaar, { ms: 20_000, wat: `the outcome of ${berichtId}` });
  }
});

test('the trial reaches everything: delivered, rejected and answered', async () => {
  const standen = await Promise.all(
    aangenomen.map(({ berichtId, afzender }) => volg(knooppunt.client(afzender), berichtId)),
  );
  expect(standen.map(({ status }) => status)).toEqual([
    ...geldig.map(() => 'verwerkt'),
    ...fouteRegel.map(() => 'afgekeurd'),
    ...ongeldig.map(() => 'afgekeurd'),
  ]);
  expect(standen.flatMap(({ antwoorden }) => antwoorden.map(({ berichtsoort }) => berichtsoort)).sort()).toEqual([
    'Fo01',
    'Fo01',
    'Fo01',
    'Fo01',
    'WMO302',
    'WMO302',
    'WMO306',
    'WMO316',
    'WMO325',
  ]);
  expect(sporen.sporenVan(MERKEN, [{ waar: 'proef', inhoud: Buffer.from(`x${NAAM}x`) }])).toEqual([`${NAAM} in proef`]);
});

describe('no trace of a person', () => {
  test('in refusals and waiting jobs', () => {
    expect(gevonden.length).toBeGreaterThan(GEWEIGERD.length + VERZOEKEN.length);
    expect(sporen.sporenVan(MERKEN, gevonden)).toEqual([]);
  });

  test('in bevindingen, answers and what a Fo01 says; the message itself goes back to its sender alone', async () => {
    const plekken: sporen.Plek[] = [];
    for (const { berichtId, afzender } of aangenomen) {
      const bevindingen = JSON.stringify(await bevindingenVan(knooppunt.client(afzender), berichtId));
      plekken.push({ waar: 'bevindingen', inhoud: Buffer.from(bevindingen) });
    }
    for (const postbus of ['0363', '98000001']) {
      const post = await haalOp(knooppunt.client(postbus), postbus, { aantal: 100 });
      const gemaakt = post.filter(({ crossReferentienummer }) => crossReferentienummer !== null);
      plekken.push(
        ...gemaakt.map((stuk) => ({ waar: stuk.berichtsoort, inhoud: zonderOrigineel(bytesVan(stuk), postbus) })),
      );
      await bevestig(
        knooppunt.client(postbus),
        postbus,
        post.map(({ berichtId }) => berichtId),
      );
    }
    expect(plekken.length).toBe(aangenomen.length + 9);
    expect(sporen.sporenVan(MERKEN, plekken)).toEqual([]);
  });

  test('in Redis, in the log of the operator and in the metrics', async () => {
    const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' });
    expect(lijf).toContain('knooppunt_geweigerd_total');
    const plekken = [
      ...(await sporen.redis(knooppunt.redis, knooppunt.wachtrij.prefix)),
      { waar: '/metrics', inhoud: Buffer.from(lijf) },
      { waar: 'log', inhoud: Buffer.from(knooppunt.log()) },
    ];
    expect(sporen.sporenVan(MERKEN, plekken)).toEqual([]);
  });

  test('in any column of any table of PostgreSQL', async () => {
    const plekken = await sporen.database(knooppunt.database);
    expect(new Set(plekken.map(({ waar }) => waar.split('.')[0]))).toContain('inhoud');
    expect(sporen.sporenVan(MERKEN, plekken)).toEqual([]);
  });
});

describe('the logboek', () => {
  test('names the betrokkenen only as HMAC with our own key', async () => {
    const { rows } = await knooppunt.database.pool.query<{ id: string; betrokkenen: Buffer[] }>(
      `select bericht_id as id, betrokkenen from logboek where gebeurtenis = 'bericht ontvangen'`,
    );
    const per = new Map(rows.map(({ id, betrokkenen }) => [id, betrokkenen.map((hmac) => hmac.toString('hex'))]));
    const hmac = (bsn: string): string => pseudoniem(knooppunt.sleutels, bsn).toString('hex');
    const bsns = [...geldig, ...fouteRegel, ...ongeldig].map((xml) => [
      ...new Set(xml.toString().match(/(?<=<Bsn>)\d+/g)),
    ]);
    expect(per.size).toBe(aangenomen.length);
    expect(aangenomen.map(({ berichtId }) => per.get(berichtId))).toEqual(bsns.map((lijst) => lijst.map(hmac)));
  });

  test('has one line for every bericht handled', async () => {
    const { rows } = await knooppunt.database.pool.query<{ id: string; resultaat: string }>(
      `select bericht_id as id, resultaat from logboek where gebeurtenis = 'bericht verwerkt'`,
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(aangenomen.map(({ berichtId }) => berichtId).sort());
    expect(rows.filter(({ resultaat }) => resultaat === 'afgekeurd')).toHaveLength(fouteRegel.length + ongeldig.length);
  });

  test('has one line for every refusal, without bericht and without betrokkene', async () => {
    const { rows } = await knooppunt.database.pool.query<{ aantal: number }>(
      `select count(*)::int as aantal from logboek
       where gebeurtenis = 'bericht geweigerd' and bericht_id is null and betrokkenen = '{}'`,
    );
    expect(rows).toEqual([{ aantal: GEWEIGERD.length + 2 }]);
  });
});
