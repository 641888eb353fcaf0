/** Importing running toewijzingen from a CSV: what a line becomes, what refuses it, and that it never counts twice. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { herbouwBaan } from '#src/dossier/herbouw/herbouw.ts';
import { vervangTarieven } from '#src/dossier/invoer/tarieven.ts';
import { beurt, neemIn } from '../../hulp/baan.ts';
import { bouw } from '../../hulp/bouwer.ts';
import { stelIn } from '../levensloop.ts';
import { alsCsv, alsZip, CSV_KOP, CSV_REGEL, GEMEENTE, maakInvoer } from './opzet.ts';

const { plaats, voer, baanVan, feiten, weg } = await maakInvoer();
const { database } = plaats;
afterAll(weg);
const sql = (tekst: string, waarden: readonly unknown[] = []) => database.pool.query(tekst, [...waarden]);

let volgende = 98000010;
let aanbieder = '';
beforeEach(() => {
  volgende += 1;
  aanbieder = String(volgende);
});
const KOLOMMEN = CSV_KOP.split(';');
/** A line that is right, with other values. */
function regel(anders: Readonly<Record<string, string>> = {}): string {
  const cellen = CSV_REGEL.split(';');
  const waarden = { wederpartij: aanbieder, ...anders };
  return KOLOMMEN.map((naam, nr) => (waarden as Record<string, string>)[naam] ?? cellen[nr]).join(';');
}

test('a line leaves its toewijzing, its start, and what was declared', async () => {
  expect(await voer(alsCsv(regel()), { volledig: true })).toEqual({
    soort: 'regels',
    aantallen: { genomen: 1, bekend: 0, vervallen: 0, los: 0 },
    geweigerd: [],
    aantalGeweigerd: 0,
    volledig: true,
    dossierVolledigVanaf: '2026-01-01',
  });
  const baanId = await baanVan(aanbieder);
  const [bericht, toewijzing, levering, , , , prestatie] = (await feiten(baanId)) as readonly (readonly object[])[];
  expect(bericht).toEqual([{ nummer: 'csv', identificatie: '1001 2025-03-10 09:30:00', dagtekening: '2025-03-10' }]);
  expect(toewijzing).toMatchObject([
    {
      nummer: 1001,
      ingangsdatum: '2025-03-16',
      einddatum: '2026-12-31',
      volume: 3,
      eenheid: '04',
      frequentie: '2',
      budget: null,
    },
  ]);
  expect(levering).toMatchObject([{ soort: 'start', verwijdert: false, toewijzing: 1001, begindatum: '2025-03-17' }]);
  expect(prestatie).toMatchObject([
    { toewijzing: 1001, volume: 120, eenheid: '04', bedrag: 750000, code: '', stand: 'ingediend' },
  ]);
  expect(JSON.stringify(await feiten(baanId))).not.toContain('999900006');
  expect(await herbouwBaan({ ...plaats, actor: 'proef' }, baanId, false)).toMatchObject({ verschillen: [] });
});

test('a line with a budget, without a start and without an end', async () => {
  const leeg = {
    einddatum: '',
    volume: '',
    eenheid: '',
    frequentie: '',
    begindatum: '',
    gedeclareerdVolume: '',
    gedeclareerdEenheid: '',
    gedeclareerdBedrag: '',
  };
  expect(await voer(alsCsv(regel({ ...leeg, code: '', budget: '500000' })))).toMatchObject({ aantalGeweigerd: 0 });
  const [, toewijzing, levering, , , , prestatie] = (await feiten(
    await baanVan(aanbieder),
  )) as readonly (readonly object[])[];
  expect(toewijzing).toMatchObject([{ code: null, einddatum: null, volume: null, budget: 500000 }]);
  expect([levering, prestatie]).toEqual([[], []]);
});

test('an aanbieder imports what it has with its gemeenten', async () => {
  const verslag = await voer(alsCsv(regel({ wederpartij: GEMEENTE })), { organisatie: aanbieder });
  expect(verslag).toMatchObject({ aantallen: { genomen: 1 } });
  expect(await baanVan(aanbieder)).toBeGreaterThan(0);
});

test('a second time changes nothing; another version of the same toewijzing goes in', async () => {
  await voer(alsCsv(regel()));
  const eerst = await feiten(await baanVan(aanbieder));
  expect(await voer(alsCsv(regel({ gedeclareerdVolume: '130' })))).toMatchObject({
    aantallen: { genomen: 0, bekend: 1 },
  });
  expect(await feiten(await baanVan(aanbieder))).toEqual(eerst);
  const later = { toewijzingsdatum: '2025-06-01', gedeclareerdVolume: '', gedeclareerdBedrag: '', begindatum: '' };
  expect(await voer(alsCsv(regel(later)))).toMatchObject({ aantallen: { genomen: 1 } });
});

describe('refuses a line with its number and without a value:', () => {
  const GEVALLEN: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
    [{ bsn: '99990000' }, /^bsn moet uit 9 cijfers/],
    [{ bsn: '999900007' }, /^bsn .*elfproef/],
    [{ bsn: '123456782' }, /test/],
    [{ wederpartij: '123' }, /^wederpartij moet/],
    [{ wederpartij: '0344' }, /aanbieder.*gemeente/],
    [{ toewijzingnummer: '1234567890' }, /^toewijzingnummer/],
    [{ toewijzingsdatum: '2025-02-30' }, /^toewijzingsdatum moet een bestaande datum/],
    [{ toewijzingsdatum: '2026-02-01' }, /^toewijzingsdatum ligt na de peildatum/],
    [{ toewijzingstijd: '24:00:00' }, /^toewijzingstijd/],
    [{ ingangsdatum: '' }, /^ingangsdatum/],
    [{ einddatum: '2025-01-01' }, /^einddatum ligt voor/],
    [{ categorie: '2' }, /^categorie/],
    [{ code: '02 A5' }, /^code/],
    [{ volume: '' }, /alle drie/],
    [{ volume: '-1' }, /^volume/],
    [{ frequentie: '3' }, /^frequentie/],
    [{ budget: '100' }, /^volume en budget/],
    [{ budget: '1,50' }, /^budget/],
    [{ begindatum: '2025-03-01' }, /^begindatum ligt voor/],
    [{ gedeclareerdBedrag: '' }, /^gedeclareerdVolume en/],
    [{ gedeclareerdEenheid: '', volume: '', eenheid: '', frequentie: '' }, /^gedeclareerdEenheid/],
    [{ gedeclareerdVolume: '999999999' }, /^gedeclareerdVolume/],
  ];
  test.each(GEVALLEN)('%j', async (anders, reden) => {
    const verslag = await voer(alsCsv(regel(anders), regel({ toewijzingnummer: '2002' })), { volledig: true });
    expect(verslag).toMatchObject({ aantallen: { genomen: 1 }, aantalGeweigerd: 1, volledig: false });
    expect(verslag.geweigerd).toEqual([{ bestand: null, regel: 2, reden: expect.stringMatching(reden) }]);
    for (const waarde of Object.values(anders).filter((tekst) => tekst.length > 3))
      expect(JSON.stringify(verslag.geweigerd)).not.toContain(waarde);
  });

  test('the same toewijzing twice, a missing column, an empty file, a quote that is not closed', async () => {
    expect((await voer(alsCsv(regel(), regel()))).geweigerd).toMatchObject([
      { regel: 3, reden: expect.stringContaining('regel 2') },
    ]);
    for (const bytes of [
      Buffer.from('bsn;wederpartij\n1;2'),
      Buffer.from(CSV_KOP),
      Buffer.from(''),
      alsCsv(`"${regel()}`),
    ])
      expect(await voer(bytes)).toMatchObject({ aantallen: { genomen: 0 }, aantalGeweigerd: 1 });
  });
});

describe('counts nothing twice:', () => {
  const toegewezen = () =>
    bouw('iwmo', '301', (uit) => {
      uit.Header.Ontvanger = aanbieder;
      const [product] = uit.Client.ToegewezenProducten.ToegewezenProduct;
      if (product) Object.assign(product, { ToewijzingNummer: '1001', Toewijzingsdatum: '2025-03-10' });
    });
  const declaratie = () =>
    bouw('iwmo', '323', (uit) => {
      uit.Header.Afzender = aanbieder;
      const [client] = uit.Declaratie.Clienten.Client;
      for (const prestatie of client?.Prestaties.Prestatie ?? []) prestatie.ToewijzingNummer = '1001';
    });

  test('a toewijzing whose 301 was imported, or passed the switch', async () => {
    await voer(alsZip([{ bytes: toegewezen() }]));
    expect(await voer(alsCsv(regel()))).toMatchObject({ aantallen: { genomen: 0, bekend: 1 } });
    volgende += 1;
    aanbieder = String(volgende);
    await stelIn(plaats, aanbieder, 'iwmo', { controleniveau: 3 });
    await neemIn(plaats, [{ afzender: GEMEENTE, bytes: toegewezen() }]);
    await beurt(plaats, await baanVan(aanbieder));
    expect(await voer(alsCsv(regel()))).toMatchObject({ aantallen: { genomen: 0, bekend: 1 } });
  });

  test('declaraties after their sum, or their sum after declaraties', async () => {
    await voer(alsCsv(regel()));
    const na = await voer(alsZip([{ bytes: declaratie() }]));
    expect(na).toMatchObject({ aantallen: { genomen: 0 }, aantalGeweigerd: 1 });
    expect(na.geweigerd[0]?.reden).toContain('al opgegeven');
    volgende += 1;
    aanbieder = String(volgende);
    await voer(alsZip([{ bytes: declaratie() }]));
    const ervoor = await voer(alsCsv(regel()));
    expect(ervoor.geweigerd).toMatchObject([{ regel: 2, reden: expect.stringContaining('al ingevoerd') }]);
    const los = regel({ gedeclareerdVolume: '', gedeclareerdBedrag: '' });
    expect(await voer(alsCsv(los))).toMatchObject({ aantallen: { genomen: 1 } });
  });
});

test('what was declared before counts for what is declared after', async () => {
  for (const wie of [GEMEENTE, aanbieder]) await stelIn(plaats, wie, 'iwmo', { controleniveau: 3, retour: 'zelf' });
  // 3 hours a week from Monday 5 January up to and including Sunday 1 March: 8 weeks, 24 hours. 20 are gone.
  const rij = {
    toewijzingnummer: '36301001',
    toewijzingsdatum: '2025-12-20',
    ingangsdatum: '2026-01-05',
    einddatum: '2026-03-01',
    begindatum: '2026-01-05',
    gedeclareerdVolume: '20',
    gedeclareerdBedrag: '125000',
  };
  await voer(alsCsv(regel(rij)), { peildatum: '2026-02-01', volledig: true });
  const declareer = (volume: string, kenmerk: string) =>
    bouw('iwmo', '323', (uit) => {
      uit.Header.Afzender = aanbieder;
      uit.Header.BerichtIdentificatie.Identificatie = kenmerk;
      const { Declaratie } = uit;
      Declaratie.DeclaratieNummer = kenmerk;
      const bedrag = String(Number(volume) * 6250);
      Declaratie.TotaalIngediendBedrag.TotaalBedrag = bedrag;
      Declaratie.DeclaratiePeriode = { Begindatum: '2026-02-01', Einddatum: '2026-02-28' };
      const [client] = Declaratie.Clienten.Client;
      const [prestatie] = client?.Prestaties.Prestatie ?? [];
      if (!client || !prestatie) throw new Error('The example declares nothing.');
      Declaratie.Clienten.Client = [client];
      client.Prestaties.Prestatie = [prestatie];
      prestatie.ProductReferentie.ReferentieNummer = kenmerk;
      prestatie.ProductPeriode = { Begindatum: '2026-02-01', Einddatum: '2026-02-28' };
      prestatie.GeleverdVolume = volume;
      prestatie.IngediendBedrag.Bedrag = bedrag;
    });
  const bevonden = async (bytes: Buffer): Promise<readonly string[]> => {
    const [id] = await neemIn(plaats, [{ afzender: aanbieder, bytes }]);
    await beurt(plaats, await baanVan(aanbieder));
    const { rows } = await sql('select bevindingen from bevinding where bericht_id = $1', [id]);
    return (rows[0]?.bevindingen ?? []).map(
      ({ regel: code, ernst }: { regel: string; ernst: string }) => `${code} ${ernst}`,
    );
  };
  expect(await bevonden(declareer('4', 'D1'))).toEqual([]);
  expect(await bevonden(declareer('1', 'D2'))).toContain('TR322 fout');
});

test('the example of the docs goes in as it stands', async () => {
  const pagina = readFileSync(path.resolve(import.meta.dirname, '../../../docs/dossier.md'), 'utf8');
  const [lopend = '', tarieven = ''] = [...pagina.matchAll(/```csv\n(.*?)```/gs)].map(([, blok = '']) => blok);
  expect(await voer(Buffer.from(lopend))).toMatchObject({ aantallen: { genomen: 3 }, aantalGeweigerd: 0 });
  const opdracht = { gemeente: GEMEENTE, domein: 'iwmo', actor: 'proef' } as const;
  expect(await vervangTarieven(database, opdracht, tarieven)).toEqual({ lijst: 3 });
});

test('a BOM and the line ends of Windows', async () => {
  expect(await voer(Buffer.from(`\uFEFF${CSV_KOP}\r\n${regel()}\r\n`))).toMatchObject({ aantallen: { genomen: 1 } });
});
