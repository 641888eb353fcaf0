/** The import over HTTP: for who may do it, in a thread, one at a time, and the same as from the command line. */
import { afterAll, expect, test } from 'vitest';
import { maakBericht } from '../../hulp/berichten.ts';
import { startOpstelling } from '../../hulp/opstelling.ts';
import { stuur } from '../../hulp/rauw.ts';
import { alsCsv, alsZip, CSV_REGEL } from './opzet.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const PAD = '/v1/organisaties/0363/dossiers/iwmo/invoer';
const TARIEVEN = '/v1/organisaties/0363/tarieven/iwmo';

const vraag = (methode: string, pad: string, wie: string, type: string, lijf: Buffer | string) =>
  stuur(knooppunt.adres, { methode, pad, koppen: { Authorization: `Bearer demo-${wie}`, 'Content-Type': type }, lijf });
const voerIn = (lijf: Buffer, type = 'application/zip', wie = '0363', naar = '?peildatum=2026-01-01&volledig=true') =>
  vraag('POST', `${PAD}${naar}`, wie, type, lijf);
const KOP = 'productcode;eenheid;tarief;aanbieder;vanaf;tot';

test('messages in a ZIP and lines of a CSV are imported, and again is harmless', async () => {
  const zip = alsZip([{ bytes: maakBericht('WMO301') }, { bytes: Buffer.from('<kapot') }]);
  for (const aantallen of [
    { genomen: 1, bekend: 0 },
    { genomen: 0, bekend: 1 },
  ]) {
    const { status, lijf } = await voerIn(zip);
    expect([status, JSON.parse(lijf)]).toMatchObject([
      200,
      { soort: 'berichten', aantallen, aantalGeweigerd: 1, volledig: false, geweigerd: [{ bestand: '1.xml' }] },
    ]);
  }
  const csv = await voerIn(alsCsv(CSV_REGEL), 'text/csv; charset=utf-8', 'beheer');
  expect([csv.status, JSON.parse(csv.lijf)]).toMatchObject([
    200,
    { soort: 'regels', dossierVolledigVanaf: '2026-01-01' },
  ]);
  const { rows } = await knooppunt.database.pool.query(`select door from dossier_invoer order by id`);
  expect(rows.map(({ door }) => door)).toEqual(['demo-0363', 'demo-0363', 'demo-beheer']);
});

test('is refused to others, in other types, without a peildatum, and when it is no archive', async () => {
  const zip = alsZip([{ bytes: maakBericht('WMO301') }]);
  expect((await voerIn(zip, 'application/zip', '98000001')).status).toBe(403);
  expect((await voerIn(zip, 'application/xml')).status).toBe(415);
  expect((await voerIn(zip, 'application/zip', '0363', '')).status).toBe(400);
  expect((await voerIn(zip, 'application/zip', '0363', '?peildatum=2999-01-01')).status).toBe(400);
  const kapot = await voerIn(zip.subarray(0, 100));
  expect([kapot.status, JSON.parse(kapot.lijf).type]).toEqual([400, 'urn:x-knooppunt:fout:zipOngeldig']);
  expect(knooppunt.log()).not.toContain('99990000');
});

test('one at a time: who comes second is told to come again', async () => {
  const zip = alsZip(
    Array.from({ length: 20 }, (_, nr) => ({ bytes: maakBericht('WMO301', { identificatie: `S${nr}` }) })),
  );
  const uitslagen = await Promise.all([voerIn(zip), voerIn(zip), voerIn(zip)]);
  expect(uitslagen.map(({ status }) => status).sort()).toEqual([200, 503, 503]);
  expect((await voerIn(zip)).status).toBe(200);
});

test('tariffs are replaced as a whole, or refused with the lines that are wrong', async () => {
  const put = (lijf: string, wie = '0363') => vraag('PUT', TARIEVEN, wie, 'text/csv', lijf);
  const goed = await put(`${KOP}\n02A05;04;6250;;2026-01-01;`);
  expect([goed.status, goed.lijf]).toEqual([200, '{"regels":1}']);
  const fout = await put(`${KOP}\n02A05;04;x;;2026-01-01;`);
  expect([fout.status, JSON.parse(fout.lijf).detail]).toEqual([400, expect.stringMatching(/^Regel 2: tarief /)]);
  expect((await put(`${KOP}\n`, '98000001')).status).toBe(403);
  const { rows } = await knooppunt.database.pool.query('select tarief from tarief');
  expect(rows).toEqual([{ tarief: 6250 }]);
});
