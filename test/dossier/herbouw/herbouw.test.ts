/** The rebuild: finds nothing when nothing is wrong, each kind of tampering, and puts it right; also when the messages are gone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bewaarFoutbericht } from '#src/aanlevering/foutbericht.ts';
import { type Baanverslag, herbouw, herbouwBaan } from '#src/dossier/herbouw/herbouw.ts';
import { TABELLEN } from '#src/dossier/opslag/rijen.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { BRONNEN } from '../../hulp/controle.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { ZAAD } from '../../hulp/zaad.ts';
import { Baanloop, levensVan, Schrijver, type Stuk, stelIn } from '../levensloop.ts';

const AANTAL = Number(process.env.AANTAL ?? 2000);
const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-herbouw-'));
const { database, weg } = await maakGegevensbank({ max: 4 });
const sleutels = leesSleutels({ sleutelbestand: undefined, data: map });
const plaats = { database, sleutels };
const loop = new Baanloop(plaats);
afterAll(async () => {
  await weg();
  rmSync(map, { recursive: true });
});

const herbouwplaats = { ...plaats, bronnen: BRONNEN, actor: 'proef' };
const GEMEENTE = '0363';
const partijen = (nr: number) => ({ gemeente: GEMEENTE, aanbieder: String(98000000 + nr) });
const sql = (tekst: string, waarden: readonly unknown[] = []) => database.pool.query(tekst, [...waarden]);

async function baanVan(nr: number): Promise<number> {
  const { rows } = await sql('select id from baan where aanbieder = $1', [partijen(nr).aanbieder]);
  return rows[0].id;
}
/** Both parties of a lane. */
async function niveau(nr: number, controleniveau: 0 | 1 | 2 | 3, retour: 'zelf' | 'knooppunt' = 'zelf'): Promise<void> {
  await stelIn(plaats, GEMEENTE, 'iwmo', { controleniveau, retour });
  await stelIn(plaats, partijen(nr).aanbieder, 'iwmo', { controleniveau, retour });
}
/** The messages of some lives, from a seed. */
function stukken(nr: number, aantal: number, zaad: number): readonly Stuk[] {
  const schrijver = new Schrijver('iwmo', partijen(nr));
  const alle: Stuk[] = [];
  for (const leven of levensVan('iwmo', zaad)) {
    alle.push(...leven.gebeurtenissen.flatMap((gebeurtenis) => schrijver.schrijf(gebeurtenis) ?? []));
    if (alle.length >= aantal) return alle.slice(0, aantal);
  }
  return alle;
}
const zonderVerschil = { verschillen: [], hersteld: false };
const nu = (baanId: number, herstel = false): Promise<Baanverslag> => herbouwBaan(herbouwplaats, baanId, herstel);
const stand = async (baanId: number) => (await sql('select * from dossier_baan where baan_id = $1', [baanId])).rows[0];
const zonderMomentopname = async (): Promise<void> => {
  await sql('delete from dossier_momentopname_deel');
  await sql('delete from dossier_momentopname');
};
/** All facts of a lane, without what tells it from another lane. */
async function feiten(baanId: number) {
  const lijsten = await Promise.all(
    TABELLEN.map((tabel) =>
      sql(
        `select to_jsonb(f) - 'baan_id' - 'bericht_id' as rij from dossier_${tabel} f where baan_id = $1 order by to_jsonb(f) - 'baan_id' - 'bericht_id'`,
        [baanId],
      ),
    ),
  );
  return lijsten.map(({ rows }) => rows.map(({ rij }) => rij));
}

beforeAll(() => registreer(database, demoOrganisaties()));

describe(`a random life of ${AANTAL} messages, seed ${ZAAD}`, () => {
  let baanId = 0;
  beforeAll(async () => {
    const alle = stukken(1, AANTAL, ZAAD);
    const keuzes = [
      ['zelf', 'zelf'],
      ['knooppunt', 'zelf'],
      ['zelf', 'knooppunt'],
      ['knooppunt', 'knooppunt'],
    ] as const;
    for (let begin = 0; begin < alle.length; begin += 125) {
      const [gemeente, aanbieder] = keuzes[(begin / 125) % keuzes.length] ?? keuzes[0];
      await stelIn(plaats, GEMEENTE, 'iwmo', { controleniveau: 3, retour: gemeente });
      await stelIn(plaats, partijen(1).aanbieder, 'iwmo', { controleniveau: 3, retour: aanbieder });
      await loop.speel(alle.slice(begin, begin + 125));
    }
    baanId = await baanVan(1);
  }, 300_000);

  test('the rebuild finds what the turns wrote, and then again on top of its snapshot', async () => {
    const eerste = await nu(baanId);
    expect(eerste).toMatchObject(zonderVerschil);
    expect(eerste.gelezen).toBeGreaterThan(AANTAL / 2);
    const { rows } = await sql('select count(*)::int as delen from dossier_momentopname_deel');
    expect(rows[0].delen).toBeGreaterThanOrEqual(1);
    expect(await nu(baanId)).toMatchObject({ ...zonderVerschil, gelezen: 0 });
  }, 120_000);
});

describe(`a smaller one, seed ${ZAAD}`, () => {
  let baanId = 0;
  beforeAll(async () => {
    await niveau(2, 3);
    await loop.speel(stukken(2, 200, ZAAD));
    baanId = await baanVan(2);
    await nu(baanId);
  }, 60_000);

  /** The first or last place of the lane in a table. */
  const plek = (welke: 'min' | 'max', tabel: string): string =>
    `baan_id = $1 and volgorde = (select ${welke}(volgorde) from dossier_${tabel} where baan_id = $1)`;
  const KNOEIEN: readonly (readonly [wat: string, tabel: string, soort: string, opdracht: string])[] = [
    ...TABELLEN.map((tabel) => {
      const opdracht = `delete from dossier_${tabel} where ${plek('min', tabel)}`;
      return [`a row of ${tabel} removed`, tabel, 'ontbreekt', opdracht] as const;
    }),
    [
      'an amount changed',
      'prestatie',
      'anders',
      `update dossier_prestatie set bedrag = bedrag + 1 where ${plek('max', 'prestatie')}`,
    ],
    [
      'a stand changed',
      'prestatie',
      'anders',
      `update dossier_prestatie set stand = case stand when 'toegekend' then 'afgewezen' else 'toegekend' end where ${plek('min', 'prestatie')}`,
    ],
    [
      'a person changed',
      'levering',
      'anders',
      `update dossier_levering set persoon = '\\x00' where ${plek('min', 'levering')}`,
    ],
    [
      'an end taken away',
      'toewijzing',
      'anders',
      `update dossier_toewijzing set einddatum = '2099-01-01' where ${plek('max', 'toewijzing')}`,
    ],
    [
      'a row inserted',
      'verzoek',
      'teVeel',
      `insert into dossier_verzoek select baan_id, volgorde, nr + 100, persoon, kenmerk from dossier_verzoek where ${plek('min', 'verzoek')} limit 1`,
    ],
    ...[999_999, -5].map((waar) => {
      const opdracht = `insert into dossier_bericht select baan_id, ${waar}, null, nummer, 'X', dagtekening from dossier_bericht where ${plek('min', 'bericht')}`;
      return [`a message inserted at ${waar}`, 'bericht', 'teVeel', opdracht] as const;
    }),
    [
      'the beginning changed',
      'baan',
      'anders',
      `update dossier_baan set eerste_dagtekening = '2030-01-01' where baan_id = $1`,
    ],
    ['the lane lost', 'baan', 'ontbreekt', 'delete from dossier_baan where baan_id = $1'],
  ];

  describe.each([
    ['on top of a snapshot', async () => undefined],
    ['from the messages', zonderMomentopname],
  ])('%s', (_, vooraf) => {
    test.each(KNOEIEN)(
      '%s is found, and put right',
      async (_wat, tabel, soort, opdracht) => {
        const goed = await feiten(baanId);
        const was = await stand(baanId);
        await vooraf();
        await sql(opdracht, [baanId]);
        const gevonden = await nu(baanId);
        expect(gevonden.hersteld).toBe(false);
        expect(gevonden.verschillen).toEqual([
          expect.objectContaining({ tabel, [soort]: expect.toSatisfy((n) => n > 0) }),
        ]);
        // Looking does not change anything.
        expect((await nu(baanId)).verschillen).toEqual(gevonden.verschillen);
        expect(await nu(baanId, true)).toMatchObject({ verschillen: gevonden.verschillen, hersteld: true });
        expect(await nu(baanId)).toMatchObject(zonderVerschil);
        expect(await feiten(baanId)).toEqual(goed);
        expect(await stand(baanId)).toEqual(was);
      },
      60_000,
    );
  });

  test('nothing of the report tells about a person', async () => {
    await sql('delete from dossier_toewijzing where baan_id = $1', [baanId]);
    const { verschillen, ...rest } = await nu(baanId);
    expect(verschillen[0]?.plekken.length).toBe(10);
    expect(JSON.stringify([verschillen, rest])).not.toMatch(/9999000|[0-9a-f]{32}/);
    await nu(baanId, true);
  }, 60_000);

  test('stands on its snapshot when the contents are gone, takes what comes after, and still sees tampering', async () => {
    expect(await nu(baanId)).toMatchObject(zonderVerschil);
    await sql('delete from inhoud using bericht b where b.id = bericht_id and b.baan_id = $1', [baanId]);
    expect(await nu(baanId)).toMatchObject({ ...zonderVerschil, overgenomen: 0 });
    const later = stukken(2, 60, ZAAD + 5000).map((stuk) => ({
      ...stuk,
      bytes: Buffer.from(String(stuk.bytes).replaceAll(/Identificatie>L(\d+)</g, 'Identificatie>K$1<')),
    }));
    await loop.speel(later);
    const erna = await nu(baanId);
    expect(erna).toMatchObject({ ...zonderVerschil, overgenomen: 0 });
    expect(erna.gelezen).toBeGreaterThan(0);
    await sql(`delete from dossier_prestatie where ${plek('min', 'prestatie')}`, [baanId]);
    expect((await nu(baanId)).verschillen).toMatchObject([{ tabel: 'prestatie' }]);
    expect(await nu(baanId, true)).toMatchObject({ hersteld: true });
    expect(await nu(baanId)).toMatchObject(zonderVerschil);
  }, 60_000);

  test('without a snapshot and without contents the tables are taken as they are: nothing is thrown away', async () => {
    await sql('delete from inhoud using bericht b where b.id = bericht_id and b.baan_id = $1', [baanId]);
    await zonderMomentopname();
    const goed = await feiten(baanId);
    const verslag = await nu(baanId, true);
    expect(verslag).toMatchObject({ ...zonderVerschil, gelezen: 0 });
    expect(verslag.overgenomen).toBe(goed[0]?.length);
    expect(await feiten(baanId)).toEqual(goed);
    expect(await stand(baanId)).toMatchObject({ blind_tot: null });
  }, 60_000);
});

describe('a lane whose dossier was not open', () => {
  let nr = 10;
  beforeEach(() => {
    nr += 2;
  });
  const LEVEN = 120;

  test('is filled from its messages, as if it had been open all along', async () => {
    const [open, dicht] = [nr, nr + 1];
    await niveau(open, 3);
    await loop.speel(stukken(open, LEVEN, ZAAD + 1));
    await niveau(dicht, 2);
    await loop.speel(stukken(dicht, LEVEN, ZAAD + 1));
    const baanId = await baanVan(dicht);
    expect(await stand(baanId)).toBeUndefined();
    // Nobody wants it: then nothing is kept either.
    expect(await nu(baanId)).toMatchObject({ ...zonderVerschil, gelezen: 0 });
    await niveau(dicht, 3);
    const gat = await nu(baanId);
    expect(gat.verschillen.length).toBeGreaterThan(0);
    expect(gat.verschillen.every(({ teVeel, anders }) => teVeel + anders === 0)).toBe(true);
    expect(await nu(baanId, true)).toMatchObject({ hersteld: true });
    expect(await feiten(baanId)).toEqual(await feiten(await baanVan(open)));
    const [een, ander] = [await stand(baanId), await stand(await baanVan(open))];
    expect({ ...een, baan_id: 0 }).toEqual({ ...ander, baan_id: 0 });
    // The next message finds no hole before it.
    await loop.speel(stukken(dicht, 20, ZAAD + 900));
    expect(await stand(baanId)).toMatchObject({ blind_tot: null });
    expect(await nu(baanId)).toMatchObject(zonderVerschil);
  }, 60_000);

  test('a hole in the middle is seen, filled, and no longer blinds', async () => {
    const alle = stukken(nr, LEVEN, ZAAD + 2);
    await niveau(nr, 3);
    await loop.speel(alle.slice(0, 40));
    await niveau(nr, 2);
    await loop.speel(alle.slice(40, 80));
    await niveau(nr, 3);
    await loop.speel(alle.slice(80));
    const baanId = await baanVan(nr);
    expect((await stand(baanId)).blind_tot).toMatch(/^\d{4}-/);
    expect(await nu(baanId, true)).toMatchObject({ hersteld: true });
    expect((await stand(baanId)).blind_tot).toBeNull();
    expect(await nu(baanId)).toMatchObject(zonderVerschil);
  }, 60_000);

  test('what cannot be read any more leaves it blind', async () => {
    const alle = stukken(nr, LEVEN, ZAAD + 3);
    await niveau(nr, 2);
    await loop.speel(alle.slice(0, 60));
    const baanId = await baanVan(nr);
    await sql('delete from inhoud using bericht b where b.id = bericht_id and b.baan_id = $1 and b.baan_nummer <= 10', [
      baanId,
    ]);
    await niveau(nr, 3);
    await nu(baanId, true);
    expect((await stand(baanId)).blind_tot).toMatch(/^\d{4}-/);
    expect(await nu(baanId)).toMatchObject(zonderVerschil);
    // Also for whoever comes later.
    await loop.speel(alle.slice(60));
    await nu(baanId, true);
    expect((await stand(baanId)).blind_tot).toMatch(/^\d{4}-/);
  }, 60_000);

  test('what its receiver does not want read is not read', async () => {
    await stelIn(plaats, GEMEENTE, 'iwmo', { controleniveau: 3 });
    await stelIn(plaats, partijen(nr).aanbieder, 'iwmo', { controleniveau: 0 });
    await loop.speel(stukken(nr, 60, ZAAD + 4));
    const baanId = await baanVan(nr);
    const verslag = await nu(baanId, true);
    expect(verslag).toMatchObject(zonderVerschil);
    expect((await sql(`select count(*)::int from dossier_toewijzing where baan_id = $1`, [baanId])).rows[0].count).toBe(
      0,
    );
    expect((await stand(baanId)).blind_tot).toMatch(/^\d{4}-/);
  }, 60_000);
});

test('a message that its receiver turned down with a Fo01 is gone, however late it is noticed', async () => {
  const nr = 40;
  await niveau(nr, 3);
  await loop.speel(stukken(nr, 20, ZAAD + 6));
  const baanId = await baanVan(nr);
  expect(await nu(baanId)).toMatchObject(zonderVerschil);
  const { rows } = await sql(
    `select b.id, b.afzender, b.referentienummer from bericht b join dossier_bericht d on d.bericht_id = b.id where b.baan_id = $1 order by b.baan_nummer limit 1`,
    [baanId],
  );
  const [heen] = rows;
  // As after a crash between the Fo01 and what it means.
  await bewaarFoutbericht(database, sleutels, {
    afzender: GEMEENTE,
    ontvanger: heen.afzender,
    domein: 'iwmo',
    release: '3.2',
    indiener: 'proef',
    referentienummer: crypto.randomUUID(),
    kruisreferentie: heen.referentienummer,
    heenberichtId: heen.id,
    foutcode: '2025-11:IB014',
    foutsoort: null,
    bytes: Buffer.from('<Fo01/>'),
  });
  const { verschillen } = await nu(baanId, true);
  expect(verschillen).toEqual(expect.arrayContaining([expect.objectContaining({ tabel: 'bericht', teVeel: 1 })]));
  expect(await nu(baanId)).toMatchObject(zonderVerschil);
  expect((await sql('select from dossier_bericht where bericht_id = $1', [heen.id])).rowCount).toBe(0);
}, 60_000);

test('all lanes, those of one organisation, or one', async () => {
  const alle: Baanverslag[] = [];
  for await (const verslag of herbouw(herbouwplaats, {}, true)) alle.push(verslag);
  const { rows } = await sql('select count(*)::int from baan');
  expect(alle).toHaveLength(rows[0].count);
  const eigen: Baanverslag[] = [];
  for await (const verslag of herbouw(herbouwplaats, { organisatie: partijen(1).aanbieder, domein: 'iwmo' }, false))
    eigen.push(verslag);
  expect(eigen.map(({ baanId }) => baanId)).toEqual([await baanVan(1)]);
  const { rows: regels } = await sql(
    `select distinct gebeurtenis, actor from logboek where gebeurtenis like 'dossier%'`,
  );
  expect(regels).toEqual([{ gebeurtenis: 'dossier herbouwd', actor: 'proef' }]);
}, 60_000);
