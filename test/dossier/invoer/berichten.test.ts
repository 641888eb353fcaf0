/** Importing earlier messages: the same dossier as if they had passed, once, whatever the order, and nothing of what is no message. */
import { afterAll, describe, expect, test } from 'vitest';
import { herbouwBaan } from '#src/dossier/herbouw/herbouw.ts';
import { Invoerbaan, plekVan } from '#src/dossier/invoer/baan.ts';
import { beurt, neemIn } from '../../hulp/baan.ts';
import { maakBericht } from '../../hulp/berichten.ts';
import { bouw } from '../../hulp/bouwer.ts';
import { maakToeval } from '../../hulp/toeval.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import { maakZip } from '../../hulp/zipbouwer.ts';
import { Baanloop, levensVan, Schrijver, type Stuk, stelIn } from '../levensloop.ts';
import { alsZip, GEMEENTE, MIB, maakInvoer, PEILDATUM } from './opzet.ts';

const { plaats, voer, baanVan, feiten, opdracht, weg } = await maakInvoer();
const { database } = plaats;
afterAll(weg);
const sql = (tekst: string, waarden: readonly unknown[] = []) => database.pool.query(tekst, [...waarden]);
const herbouwplaats = { ...plaats, actor: 'proef' };

let volgende = 98000010;
const nieuweAanbieder = (): string => {
  volgende += 1;
  return String(volgende);
};

/** A life with all its answers, of receivers that answer themselves. */
function leven(aanbieder: string, zaad: number): readonly Stuk[] {
  const schrijver = new Schrijver('iwmo', { gemeente: GEMEENTE, aanbieder });
  for (const dit of levensVan('iwmo', zaad)) {
    if (dit.antwoordt.gemeente !== 'zelf' || dit.antwoordt.aanbieder !== 'zelf') continue;
    return dit.gebeurtenissen.flatMap((gebeurtenis) => schrijver.schrijf(gebeurtenis) ?? []);
  }
  return [];
}

describe(`a life, seed ${ZAAD}`, () => {
  const live = nieuweAanbieder();
  const invoer = nieuweAanbieder();
  const stukken = leven(invoer, ZAAD);

  test('leaves the same dossier, live or imported', async () => {
    for (const wie of [GEMEENTE, live]) await stelIn(plaats, wie, 'iwmo', { controleniveau: 3, retour: 'zelf' });
    await new Baanloop(plaats).speel(leven(live, ZAAD));
    const verslag = await voer(alsZip(stukken));
    expect(verslag).toMatchObject({ soort: 'berichten', aantalGeweigerd: 0, aantallen: { bekend: 0 } });
    const ingevoerd = await feiten(await baanVan(invoer));
    expect(ingevoerd).toEqual(await feiten(await baanVan(live)));
    expect(JSON.stringify(ingevoerd).length).toBeGreaterThan(1000);
    const { rows } = await sql(
      'select count(*)::int from dossier_bericht where baan_id = $1 and (volgorde >= 0 or bericht_id is not null)',
      [await baanVan(invoer)],
    );
    expect(rows[0].count).toBe(0);
  }, 60_000);

  test('a second time changes nothing, and says so', async () => {
    const eerst = await feiten(await baanVan(invoer));
    const verslag = await voer(alsZip(stukken));
    expect(await feiten(await baanVan(invoer))).toEqual(eerst);
    expect(verslag.aantallen.bekend).toBeGreaterThan(5);
    const { rows } = await sql('select count(*)::int as aantal from dossier_bericht where baan_id = $1', [
      await baanVan(invoer),
    ]);
    expect(verslag.aantallen.bekend).toBeGreaterThanOrEqual(rows[0].aantal - 1);
  }, 60_000);

  test('in any order, and in two halves, it leaves the same', async () => {
    const goed = await feiten(await baanVan(invoer));
    const [door, half] = [nieuweAanbieder(), nieuweAanbieder()];
    const toeval = maakToeval(ZAAD);
    const geschud = leven(door, ZAAD)
      .map((stuk) => [toeval.breuk(), stuk] as const)
      .sort(([a], [b]) => a - b)
      .map(([, stuk]) => stuk);
    await voer(alsZip(geschud));
    expect(await feiten(await baanVan(door))).toEqual(goed);
    const heel = leven(half, ZAAD);
    await voer(alsZip(heel.slice(0, heel.length / 2)));
    await voer(alsZip(heel));
    expect(await feiten(await baanVan(half))).toEqual(goed);
  }, 60_000);

  test('the rebuild keeps it, and sees tampering with it', async () => {
    const baanId = await baanVan(invoer);
    const goed = await feiten(baanId);
    expect(await herbouwBaan(herbouwplaats, baanId, false)).toMatchObject({ verschillen: [] });
    await sql(
      'delete from dossier_toewijzing where baan_id = $1 and volgorde = (select min(volgorde) from dossier_toewijzing where baan_id = $1)',
      [baanId],
    );
    await sql(
      `update dossier_bericht set identificatie = 'X' where baan_id = $1 and volgorde = (select max(volgorde) from dossier_bericht where baan_id = $1)`,
      [baanId],
    );
    const { verschillen } = await herbouwBaan(herbouwplaats, baanId, true);
    expect(verschillen.map(({ tabel, ontbreekt, anders }) => [tabel, ontbreekt > 0, anders])).toEqual([
      ['bericht', false, 1],
      ['toewijzing', true, 0],
    ]);
    expect(await herbouwBaan(herbouwplaats, baanId, false)).toMatchObject({ verschillen: [] });
    expect(await feiten(baanId)).toEqual(goed);
  }, 60_000);
});

const DRIE = ['301', '305', '323'] as const;
const bericht = (nummer: (typeof DRIE)[number], aanbieder: string, identificatie = 'E1') =>
  maakBericht(`WMO${nummer}`, {
    ...(nummer === '301' ? { afzender: GEMEENTE, ontvanger: aanbieder } : { afzender: aanbieder, ontvanger: GEMEENTE }),
    identificatie,
  });
const aantal = async (aanbieder: string): Promise<number> =>
  (await sql('select count(*)::int from dossier_bericht where baan_id = $1', [await baanVan(aanbieder)])).rows[0].count;

test('a declaratie that its answer undid stays out, also when the answer was imported before', async () => {
  const aanbieder = nieuweAanbieder();
  const declaratie = bericht('323', aanbieder, 'D1');
  const antwoord = bouw('iwmo', '325', (inhoud) => {
    inhoud.Header.Afzender = GEMEENTE;
    inhoud.Header.Ontvanger = aanbieder;
    inhoud.Header.BerichtIdentificatie.Identificatie = 'A1';
    inhoud.Header.DeclaratieIdentificatie.Identificatie = 'D1';
    inhoud.Header.RetourCodes = { RetourCode: ['0001'] };
    inhoud.Header.XsltVersie = '1.0.0';
    inhoud.DeclaratieAntwoord = undefined;
  });
  const zip = alsZip([{ bytes: declaratie }, { bytes: antwoord }]);
  expect(await voer(zip)).toMatchObject({ aantallen: { genomen: 1, vervallen: 1 } });
  expect(await voer(zip)).toMatchObject({ aantallen: { genomen: 0, bekend: 1, vervallen: 1 } });
  const { rows } = await sql('select nummer from dossier_bericht where baan_id = $1', [await baanVan(aanbieder)]);
  expect(rows).toEqual([{ nummer: '325' }]);
});

test('what passed the switch is not imported, also when nobody kept a dossier of it', async () => {
  const aanbieder = nieuweAanbieder();
  await stelIn(plaats, GEMEENTE, 'iwmo', { controleniveau: 2 });
  await stelIn(plaats, aanbieder, 'iwmo', { controleniveau: 2 });
  const bytes = bericht('301', aanbieder);
  await neemIn(plaats, [{ afzender: GEMEENTE, bytes }]);
  // Still waiting in its lane.
  expect(await voer(alsZip([{ bytes }]))).toMatchObject({ aantallen: { genomen: 0, bekend: 1 } });
  await beurt(plaats, await baanVan(aanbieder));
  expect(await voer(alsZip([{ bytes }]))).toMatchObject({ aantallen: { genomen: 0, bekend: 1 } });
  expect(await aantal(aanbieder)).toBe(0);
});

test('a turn sees all of an import or nothing', async () => {
  const aanbieder = nieuweAanbieder();
  await neemIn(plaats, [{ afzender: GEMEENTE, bytes: bericht('301', aanbieder, 'T1') }]);
  const baanId = await baanVan(aanbieder);
  const { promise: open, resolve: sluit } = Promise.withResolvers<void>();
  const begonnen = Promise.withResolvers<void>();
  const invoer = Invoerbaan.met(
    database,
    { gemeente: GEMEENTE, aanbieder, domein: 'iwmo' },
    { actor: 'proef', namens: GEMEENTE },
    async () => {
      begonnen.resolve();
      await open;
    },
  );
  await begonnen.promise;
  expect((await beurt(plaats, baanId)).stand).toBe('bezet');
  sluit();
  await invoer;
  expect((await beurt(plaats, baanId)).stand).toBe('klaar');
});

test('an answer to what is nowhere is left out, and counted', async () => {
  const aanbieder = nieuweAanbieder();
  const retour = maakBericht('WMO302', { afzender: GEMEENTE, ontvanger: aanbieder });
  const antwoord = maakBericht('WMO325', { afzender: GEMEENTE, ontvanger: aanbieder });
  const verslag = await voer(alsZip([{ bytes: retour }, { bytes: antwoord }]));
  expect(verslag).toMatchObject({ aantallen: { genomen: 0, los: 2 }, aantalGeweigerd: 0 });
  expect(await aantal(aanbieder)).toBe(0);
});

test('an identification that was used again after a rejection: the first is gone, the second counts', async () => {
  const aanbieder = nieuweAanbieder();
  const eerste = bericht('301', aanbieder, 'H1');
  const tweede = Buffer.from(String(eerste).replace('>36301001<', '>36301009<'));
  const retour = bouw('iwmo', '302', (uit) => {
    uit.Header.Afzender = GEMEENTE;
    uit.Header.Ontvanger = aanbieder;
    uit.Header.BerichtIdentificatie = { Identificatie: 'H1', Dagtekening: '2026-03-10' };
    uit.Header.RetourCodes = { RetourCode: ['0001'] };
  });
  const verslag = await voer(alsZip([{ bytes: eerste }, { bytes: retour }, { bytes: tweede }]));
  expect(verslag).toMatchObject({ aantallen: { genomen: 2, vervallen: 1, los: 0 } });
  const { rows } = await sql('select nummer from dossier_toewijzing where baan_id = $1', [await baanVan(aanbieder)]);
  expect(rows).toEqual([{ nummer: 36301009 }]);
});

describe('refuses, with a reason and without a name,', () => {
  const aanbieder = nieuweAanbieder();
  const bom = maakZip([{ naam: 'bom.xml', inhoud: Buffer.alloc(20 * MIB, 32) }]);
  const GEVALLEN: readonly (readonly [string, Buffer, RegExp])[] = [
    ['what is no XML', alsZip([{ bytes: Buffer.from('geen XML') }]), /geen welgevormd XML/],
    [
      'what breaks its XSD',
      alsZip([{ bytes: maakBericht('WMO301', { ontvanger: aanbieder, geldig: false }) }]),
      /^Het bericht is niet goed: XSD op regel 12/,
    ],
    [
      'what breaks a rule of level 2',
      alsZip([{ bytes: maakBericht('WMO301', { ontvanger: aanbieder, bsn: '999900007' }) }]),
      /^Het bericht is niet goed: CS002 op regel \d+/,
    ],
    [
      'a message of other parties',
      alsZip([{ bytes: maakBericht('WMO301', { afzender: '0344', ontvanger: aanbieder }) }]),
      /geen afzender of ontvanger/,
    ],
    [
      'a message of the other domein',
      alsZip([{ bytes: maakBericht('JW301', { afzender: GEMEENTE }) }]),
      /andere domein/,
    ],
    [
      'a real BSN in a demo',
      alsZip([{ bytes: maakBericht('WMO301', { ontvanger: aanbieder, bsn: '123456782' }) }]),
      /test/i,
    ],
    ['a bomb', bom, /./],
    ['a ZIP in a ZIP', maakZip([{ naam: 'a.zip', inhoud: alsZip([]) }]), /./],
    ['a folder', maakZip([{ naam: 'map/a.xml', inhoud: 'x' }]), /./],
  ];
  test.each(GEVALLEN)('%s', async (_, zip, reden) => {
    const verslag = await voer(zip, { volledig: true });
    expect(verslag).toMatchObject({ aantallen: { genomen: 0 }, aantalGeweigerd: 1, volledig: false });
    expect(verslag.geweigerd[0]?.reden).toMatch(reden);
  });

  test('and the others go in all the same, thirty and more', async () => {
    const goed = Array.from({ length: 60 }, (_, nr) => ({
      naam: `${nr}.xml`,
      inhoud: bericht('301', aanbieder, `V${nr}`),
    }));
    const verslag = await voer(maakZip([{ naam: 'kapot.xml', inhoud: '<' }, ...goed]));
    expect(verslag).toMatchObject({ aantallen: { genomen: 60 }, aantalGeweigerd: 1 });
    expect(await aantal(aanbieder)).toBe(60);
  });

  test('a name that holds a BSN is not repeated', async () => {
    const verslag = await voer(maakZip([{ naam: 'brief 999900006 en 999.900.018.xml', inhoud: '<' }]));
    expect(verslag.geweigerd[0]?.bestand).toBe('brief ********* en *********.xml');
  });

  test.each([
    ['a ZIP that is none', Buffer.from('PK geen ZIP')],
    ['a ZIP with a file that is cut off', alsZip([{ bytes: bericht('301', aanbieder) }]).subarray(0, 300)],
    ['what is no text', Buffer.from([0xff, 0xfe, 0, 1])],
  ])('%s as a whole', async (_, bytes) => {
    const voor = (await sql('select count(*)::int from dossier_invoer')).rows[0].count;
    await expect(voer(bytes)).rejects.toThrow();
    expect((await sql('select count(*)::int from dossier_invoer')).rows[0].count).toBe(voor);
  });

  test('an organisation that nobody knows, and a day that has not come', async () => {
    const zip = alsZip([{ bytes: bericht('301', aanbieder) }]);
    await expect(voer(zip, { organisatie: '9999' })).rejects.toThrow(/./);
    await expect(voer(zip, { peildatum: '2999-01-01' })).rejects.toThrow(/./);
  });
});

describe('--volledig', () => {
  const instelling = async () =>
    (
      await sql(
        `select to_char(dossier_volledig_vanaf, 'YYYY-MM-DD') as vanaf, controleniveau from instelling where organisatie = '0014' and domein = 'iwmo'`,
      )
    ).rows[0];
  const zip = (identificatie: string) =>
    alsZip([{ bytes: maakBericht('WMO301', { afzender: '0014', ontvanger: '98000001', identificatie }) }]);
  const keuze = { organisatie: '0014', volledig: true };

  test('makes the dossier complete from the peildatum, when it was not yet', async () => {
    expect(await voer(zip('B1'), { ...keuze, volledig: false })).toMatchObject({
      volledig: false,
      dossierVolledigVanaf: null,
    });
    expect(await instelling()).toBeUndefined();
    expect(await voer(zip('B1'), keuze)).toMatchObject({ volledig: true, dossierVolledigVanaf: PEILDATUM });
    expect(await instelling()).toEqual({ vanaf: PEILDATUM, controleniveau: 2 });
    // Earlier goes before later.
    expect(await voer(zip('B2'), { ...keuze, peildatum: '2025-06-01' })).toMatchObject({
      dossierVolledigVanaf: '2025-06-01',
    });
    expect(await voer(zip('B3'), { ...keuze, peildatum: '2025-09-01' })).toMatchObject({
      dossierVolledigVanaf: '2025-06-01',
    });
    const { rows } = await sql(
      `select peildatum, volledig, berichten, regels, geweigerd, door from dossier_invoer where organisatie = '0014' order by id`,
    );
    expect(rows.map(({ volledig }) => volledig)).toEqual([false, true, true, true]);
    expect(rows[1]).toEqual({
      peildatum: PEILDATUM,
      volledig: true,
      berichten: 0,
      regels: 0,
      geweigerd: 0,
      door: 'proef',
    });
  });

  test('is accounted for, with the persons that it is about', async () => {
    const { rows } = await sql(
      `select actor, namens, resultaat, cardinality(betrokkenen) as personen from logboek where gebeurtenis = 'dossier ingevoerd' and namens = '0014' order by nr limit 2`,
    );
    expect(rows).toEqual([
      { actor: 'proef', namens: '0014', resultaat: 'ingevoerd', personen: 1 },
      { actor: 'proef', namens: '0014', resultaat: 'aanvullend', personen: 0 },
    ]);
    expect(opdracht.organisatie).toBe(GEMEENTE);
  });
});

test('places are negative, exact, in order of the day and then of import', () => {
  const dagen = ['-0044-03-15', '0001-01-01', '1999-12-31', '2024-02-29', '2024-03-01', '2026-01-01', '12026-01-01'];
  const plekken = dagen.flatMap((dag) => [plekVan(dag, 1), plekVan(dag, 2)]);
  expect(plekken.every((plek) => Number.isSafeInteger(plek) && plek < 0)).toBe(true);
  expect([...new Set(plekken)].sort((a, b) => a - b)).toEqual(plekken);
});
