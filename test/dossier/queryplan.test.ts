/** The dossier of a message is found by index, whatever there is besides: no plan walks through a table, and few rows are read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dossier } from '#src/dossier/dossier.ts';
import type { Feiten } from '#src/dossier/feiten.ts';
import { ruimBaanOp, telBaan } from '#src/dossier/opruimen/opruimen.ts';
import { verwijder } from '#src/dossier/opruimen/verwijder.ts';
import { zoekGaten } from '#src/dossier/opslag/gaten.ts';
import { laadDossiers, type Vraag } from '#src/dossier/opslag/laad.ts';
import { leesRijen, TABELLEN, vervangRijen } from '#src/dossier/opslag/rijen.ts';
import { schrijfBegin, schrijfDossiers, vergeetBericht } from '#src/dossier/opslag/schrijf.ts';
import { leesTarieven } from '#src/dossier/opslag/tarieven.ts';
import { DOSSIERMETINGEN } from '#src/ketendata/metingen/dossiermetingen.ts';
import type { Database } from '#src/opslag/database.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { gebruikt, gelezen, zonderVoorwaarde } from '../hulp/plannen.ts';

const BANEN = 100;
const PER_BAAN = 400;
/** Of a lane. */
const PERSONEN = 100;
const { database, weg } = await maakGegevensbank({ max: 4 });
afterAll(weg);

const hex = (soort: string, nr: number): string => Buffer.from(`${soort}${nr}`).toString('hex');
const PERSOON = `('p' || n % ${PERSONEN})::bytea`;
/** Each message brings one fact of every kind, and three prestaties. */
const VULLING = `
insert into baan (gemeente, aanbieder, domein, teller) select '0363', (98000000 + n)::text, 'iwmo', ${PER_BAAN} from generate_series(1, ${BANEN}) n;
create temporary table vol as select b as baan, n from generate_series(1, ${BANEN}) b, generate_series(1, ${PER_BAAN}) n;
insert into dossier_baan select id, ${PER_BAAN}, '2026-01-01', null from baan;
insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select gen_random_uuid(), 'aanlevering', baan, n, 'iwmo', 'WMO301', '3.2', '0363', (98000000 + baan)::text, 'proef', gen_random_uuid(), '\\x00', 4000,
    'verwerkt', now() + n * interval '1 second', now() from vol;
insert into dossier_bericht select baan_id, baan_nummer, id, '301', 'I' || baan_nummer, '2026-01-01' from bericht;
insert into dossier_toewijzing select baan, n, 0, ${PERSOON}, n, '2026-01-01', '09:00:00', '2026-01-01', null, '02', '02A05', 3, '04', '2', null, null,
  ('k' || n)::bytea from vol;
insert into dossier_levering select baan, n, 0, ${PERSOON}, 'start', false, n, '02', '02A05', '2026-01-01', null, null from vol;
insert into dossier_verzoek select baan, n, 0, ${PERSOON}, ('k' || n)::bytea from vol;
insert into dossier_antwoord select baan, n, 0, ('k' || n)::bytea, false, null from vol;
insert into dossier_declaratie select baan, n, 'I' || n, 'D' || n, '2026-01-01', '2026-01-01', '1.0.0', '1.0.0' from vol;
insert into dossier_prestatie select baan, n, nr, ${PERSOON}, ('r' || n * 3 + nr)::bytea, case when nr = 2 then ('r' || n * 3)::bytea end, n, '02', '02A05',
  '2026-01-01', '2026-01-31', 5, '04', 100, 500, nr = 2, 'toegekend' from vol, generate_series(0, 2) nr;
insert into tarief (gemeente, domein, aanbieder, productcode, eenheid, tarief, vanaf, tot)
  select '0363', 'iwmo', (98000001 + n % 200)::text, 'P' || n % 500, '04', 100, '2026-01-01', null from generate_series(1, 20000) n;`;
const GROOT = [...TABELLEN.map((tabel) => `dossier_${tabel}`), 'dossier_baan', 'bericht', 'tarief'];

beforeAll(async () => {
  await registreer(database, demoOrganisaties());
  await database.pool.query(VULLING);
  await database.pool.query('vacuum analyze');
});

const NIETS: Vraag = {
  baanId: 7,
  identificatie: 'I200',
  toewijzingen: [],
  personen: [],
  leveringen: false,
  verzoeken: false,
  kenmerken: [],
  gedeclareerd: [],
  prestaties: [],
  declaratienummers: [],
  laatsteDeclaratie: false,
  declaraties: [],
};
/** What a message of each kind asks. */
const VRAGEN: Readonly<Record<string, Partial<Vraag>>> = {
  301: { toewijzingen: [200], personen: [hex('p', 3)], kenmerken: [hex('k', 200)], gedeclareerd: [200] },
  305: { toewijzingen: [200], personen: [hex('p', 3)], leveringen: true },
  317: { toewijzingen: [200], personen: [hex('p', 3)], verzoeken: true, kenmerken: [hex('k', 200)] },
  319: { kenmerken: [hex('k', 200)] },
  323: {
    toewijzingen: [200, 201],
    personen: [hex('p', 3), hex('p', 4)],
    gedeclareerd: [200, 201],
    prestaties: [hex('r', 9001), hex('r', 9002)],
    declaratienummers: ['D200'],
    laatsteDeclaratie: true,
  },
  325: { declaraties: ['I200'], declaratienummers: ['D200'] },
};
const laad = (db: Database, vraag: Partial<Vraag>) =>
  laadDossiers(db.pool, [
    { ...NIETS, ...vraag },
    { ...NIETS, ...vraag, baanId: 8 },
  ]);

const berichtVan = async (volgorde: number): Promise<string> =>
  (
    await database.pool.query('select bericht_id as id from dossier_bericht where baan_id = 7 and volgorde = $1', [
      volgorde,
    ])
  ).rows[0]?.id;

/** A turn that takes facts in, undoes some, and decides on a declaratie. */
async function schrijf(db: Database): Promise<void> {
  const dossier = new Dossier();
  const herkomst = {
    volgorde: 5000 + Math.floor(Math.random() * 1e9),
    berichtId: crypto.randomUUID(),
    dagtekening: '2026-02-01',
  };
  const persoon = hex('p', 3);
  const kenmerk = hex('k', 200);
  const feiten: Feiten = {
    bericht: { herkomst, nummer: '319', identificatie: 'NIEUW' },
    toewijzingen: [],
    leveringen: [],
    verzoeken: [{ herkomst, persoon, kenmerk }],
    antwoorden: [{ herkomst, kenmerk, inOnderzoek: false, redenAfwijzing: null }],
    declaraties: [],
    prestaties: [],
  };
  dossier.neem(feiten);
  dossier.vergeet(11);
  dossier.beslis({ volgorde: 12, afgewezen: new Set([`${persoon} ${hex('r', 36)} `]) });
  await schrijfDossiers(db.pool, new Map([[7, dossier]]));
  await schrijfBegin(db.pool, [{ baanId: 7, totNummer: 400, eersteDagtekening: '2026-01-01', blindTot: null }]);
}

const CIJFERS = DOSSIERMETINGEN.filter(({ bron }) => bron === undefined);
/** What the figures of one message cost: which others they touch, and what it counts for. */
async function tel(db: Database): Promise<void> {
  const ids = [await berichtVan(13)];
  for (const { raakt, bijdragen } of CIJFERS) {
    await raakt?.(db.pool, ids);
    await bijdragen(db.pool, ids);
  }
}

const HEET: readonly (readonly [string, (db: Database) => Promise<unknown>])[] = [
  ...Object.entries(VRAGEN).map(
    ([nummer, vraag]) => [`the dossier of a ${nummer}`, (db: Database) => laad(db, vraag)] as const,
  ),
  ['writing a turn down', schrijf],
  ['a message turned down outside its lane', async (db) => vergeetBericht(db.pool, await berichtVan(13))],
  ['the figures of a message', tel],
  ['looking for holes', (db) => zoekGaten(db.pool, [{ baanId: 7, na: 100, voor: 110 }])],
  [
    'tariffs',
    (db) =>
      leesTarieven(db.pool, { gemeente: '0363', domein: 'iwmo', aanbieder: '98000007', productcodes: ['P7', 'P8'] }),
  ],
  ['rows of a rebuild', (db) => leesRijen(db.pool, 7, { van: 100, tot: 120 })],
  ['rows of an import', (db) => leesRijen(db.pool, 7, [-3, 100, 101])],
  // Everything is open, so nothing goes; what goes is another person's.
  ['looking for what is over', (db) => ruimBaanOp(db, 9, '2027-01-01')],
  ['counting what is over', (db) => telBaan(db, 9, '2027-01-01')],
  [
    'removing what is over',
    (db) =>
      verwijder(db.pool, 9, {
        ...{ personen: new Set([hex('p', 3)]), kenmerken: new Set([hex('k', 3)]), dag: '2026-02-01' },
        plekken: [3, 103, 203, 303],
      }),
  ],
  [
    'mending rows',
    async (db) => vervangRijen(db.pool, 7, [20, 21], await leesRijen(database.pool, 7, { van: 20, tot: 21 })),
  ],
];

test.each(HEET)('%s walks through no table', async (_, doe) => {
  expect(zonderVoorwaarde(await gebruikt(database, doe), GROOT)).toEqual([]);
});

describe('the dossier of a message reads few rows', () => {
  // Of a person there are some versions, requests and deliveries; of a toewijzing three prestaties.
  test.each(Object.entries(VRAGEN))('%s', async (_, vraag) => {
    for (const tabel of TABELLEN) {
      const rijen = await gelezen(database, `dossier_${tabel}`, (db) => laad(db, vraag));
      expect(rijen, tabel).toBeLessThan(200);
    }
  });
  test('for its figures', async () => {
    for (const tabel of ['bericht', ...TABELLEN.map((naam) => `dossier_${naam}`)])
      expect(await gelezen(database, tabel, tel), tabel).toBeLessThan(300);
  });
});
