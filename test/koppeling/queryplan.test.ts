/** The questions of pairs use their index, however many messages and open answers there are: no plan walks through a large table. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { laadKalender } from '#src/koppeling/feestdagen.ts';
import { zoekHeenbericht } from '#src/koppeling/heenbericht.ts';
import { openTermijnenVan, zoekOpenstaand } from '#src/koppeling/openstaand.ts';
import { boekVerloop } from '#src/koppeling/verloop.ts';
import { herzieVerzoeken, zoekVerzoekparen } from '#src/koppeling/verzoekparen.ts';
import type { Database } from '#src/opslag/database.ts';
import { luisterAf, type Vraag } from '../hulp/afluisteraar.ts';
import { maakBericht, soort } from '../hulp/berichten.ts';
import { inhoudVan } from '../hulp/bouwer.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { lees, SLEUTELS } from './opzet.ts';

const AANTAL = 60_000;
const GROOT = ['bericht', 'baan', 'openstaand', 'verzoekreferentie'];

const { database, weg } = await maakGegevensbank({ max: 4 });
const kalender = await laadKalender();
afterAll(weg);

/** A year of messages in many lanes: heenberichten with and without an answer, and references. */
const VULLING = `
insert into baan (gemeente, aanbieder, domein, teller)
  select lpad((g * 3)::text, 4, '0'), (98000000 + a)::text, 'iwmo', ${AANTAL} from generate_series(1, 40) g, generate_series(1, 100) a;
insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    identificatie, dagtekening, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select gen_random_uuid(), 'aanlevering', baan.id, n, 'iwmo', 'WMO301', '3.2', baan.gemeente, baan.aanbieder, 'proef', gen_random_uuid(),
    'B' || n, '2026-01-01', '\\x00', 4000, 'verwerkt', now() - n * interval '10 seconds', now() - n * interval '10 seconds'
  from generate_series(1, ${AANTAL}) n join baan on baan.id = 1 + n % 4000;
insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    identificatie, heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select gen_random_uuid(), 'aanlevering', baan_id, baan_nummer + ${AANTAL}, 'iwmo', 'WMO302', '3.2', ontvanger, afzender, 'proef', gen_random_uuid(),
    'R' || identificatie, id, '\\x00', 4000, 'verwerkt', ontvangen_op, verwerkt_op from bericht where random() < 0.5;
insert into openstaand
  select baan_id, true, 'retour', date_trunc('milliseconds', verwerkt_op), baan_nummer, id, berichtsoort from bericht where berichtsoort = 'WMO301';
insert into verzoekreferentie
  select baan_id, sha256(identificatie::bytea), baan_nummer, id, case when baan_nummer % 2 = 0 then 'verzoek' else 'besluit' end
  from bericht where berichtsoort = 'WMO301';`;

beforeAll(async () => {
  await database.pool.query(VULLING);
  await database.pool.query('vacuum analyze');
});

interface Knoop {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Knoop[];
}
const knopenVan = (knoop: Knoop): readonly Knoop[] => [knoop, ...(knoop.Plans ?? []).flatMap(knopenVan)];

/** The plans of a statement: for these values, and the one for all values that PostgreSQL changes to after a while. */
const uitleg = ({ text, values }: Vraag) => [
  { text: `explain (format json) ${text}`, values: [...values] },
  { text: `explain (format json, generic_plan) ${text}`, values: [] },
];

/** Runs something and explains every statement that it sent, under the settings that it set for its transaction. */
async function gebruikt(doe: (database: Database) => Promise<unknown>): Promise<readonly Knoop[]> {
  const gehoord = luisterAf(database);
  await doe(gehoord.database);
  const instellingen = gehoord.vragen.filter(({ text }) => text.startsWith('set local '));
  const vragen = gehoord.vragen.filter((vraag) => !instellingen.includes(vraag)).flatMap(uitleg);
  expect(vragen.length).toBeGreaterThan(0);
  return database.transactie(async (client) => {
    for (const { text } of instellingen) await client.query(text);
    const knopen: Knoop[] = [];
    for (const vraag of vragen) {
      const { rows } = await client.query(vraag);
      knopen.push(...knopenVan(rows[0]['QUERY PLAN'][0].Plan));
    }
    return knopen;
  });
}

const een = async (
  code: string,
): Promise<{ readonly id: string; readonly baanId: number; readonly baanNummer: number }> => {
  const { rows } = await database.pool.query(
    'select id, baan_id as "baanId", baan_nummer::float8 as "baanNummer" from bericht where berichtsoort = $1 limit 1',
    [code],
  );
  return rows[0];
};
const antwoord = lees(maakBericht('WMO302', { identificatie: 'B17' }));
const zoekHeen = (db: Database, nummer?: string): Promise<unknown> =>
  zoekHeenbericht(db, antwoord.adres, antwoord.voorblad, nummer).catch(() => undefined);
const zoek = (db: Database, organisatie: string, deel: object): Promise<unknown> =>
  zoekOpenstaand(
    db,
    { voor: [{ organisatie, domein: 'iwmo' }], richting: 'te-krijgen', aantal: 25, ...deel },
    kalender,
    new Date(),
  );
const boek = async (db: Database, code: string, vervangen: object = {}): Promise<void> => {
  const { id } = await een(code === 'WMO302' ? code : 'WMO301');
  const stuk = { id, soort: soort(code), inhoud: { ...inhoudVan(soort(code)), ...vervangen }, beantwoord: false };
  await boekVerloop(db.pool, SLEUTELS, [stuk]);
};

const HEET: readonly (readonly [string, readonly string[], (database: Database) => Promise<unknown>])[] = [
  [
    'a heenbericht by number',
    ['bericht_referentienummer_afzender_key', 'bericht_antwoord'],
    (db) => zoekHeen(db, randomUUID()),
  ],
  ['a heenbericht by header', ['bericht_identificatie', 'bericht_antwoord'], (db) => zoekHeen(db)],
  ['the books of a delivery', ['bericht_pkey', 'baan_pkey'], (db) => boek(db, 'WMO315')],
  [
    'the books of an answer',
    ['bericht_pkey', 'openstaand_pkey', 'verzoekreferentie_bericht'],
    (db) => boek(db, 'WMO302'),
  ],
  [
    'a request looked at again',
    ['verzoekreferentie_pkey', 'verzoekreferentie_bericht', 'bericht_pkey', 'openstaand_pkey'],
    async (db) => {
      const { baanId, baanNummer } = await een('WMO301');
      await herzieVerzoeken(db.pool, [{ baanId, baanNummer, referentie: Buffer.alloc(32) }]);
    },
  ],
  [
    'the pairs of a request',
    ['verzoekreferentie_bericht', 'verzoekreferentie_pkey'],
    async (db) => zoekVerzoekparen(db.pool, (await een('WMO301')).id),
  ],
  [
    'the open terms of a message',
    ['bericht_pkey', 'openstaand_pkey'],
    async (db) => openTermijnenVan(db.pool, (await een('WMO301')).id),
  ],
  [
    'what a gemeente waits for',
    ['baan_gemeente_aanbieder_domein_key', 'openstaand_pkey', 'bericht_pkey'],
    (db) => zoek(db, '0003', {}),
  ],
  [
    'what an aanbieder must give',
    ['baan_aanbieder', 'openstaand_pkey'],
    (db) => zoek(db, '98000007', { richting: 'te-geven' }),
  ],
  ['what is late', ['openstaand_pkey'], (db) => zoek(db, '0003', { overschreden: true })],
  [
    'a next page',
    ['openstaand_pkey'],
    (db) => zoek(db, '0003', { na: { bezorgdOp: new Date(), baanId: 1, baanNummer: 1, termijn: 'retour' } }),
  ],
];

describe.each(HEET)('%s', (_naam, indexen, doe) => {
  test('walks through no large table, and uses its index', async () => {
    const knopen = await gebruikt(doe);
    const lopend = knopen.filter(
      (knoop) =>
        GROOT.includes(knoop['Relation Name'] ?? '') &&
        /Scan$/.test(knoop['Node Type']) &&
        !['Bitmap Heap Scan', 'Tid Scan'].includes(knoop['Node Type']) &&
        knoop['Index Cond'] === undefined,
    );
    expect(lopend.map((knoop) => knoop['Index Name'] ?? `all of ${knoop['Relation Name']}`)).toEqual([]);
    const gebruikte = new Set(knopen.map((knoop) => knoop['Index Name']));
    expect(indexen.filter((index) => !gebruikte.has(index))).toEqual([]);
  });
});

describe('a lane with a year of open answers costs no more than one with three:', () => {
  test('a page follows the index and sorts no lane', async () => {
    const knopen = await gebruikt((db) => zoek(db, '0003', {}));
    const perBaan = knopen.filter((knoop) => knoop['Node Type'] === 'Limit' && knoop.Plans?.length === 1);
    const opIndex = perBaan.filter((knoop) => knoop.Plans?.[0]?.['Index Name'] === 'openstaand_pkey');
    // For these values and for all values; the limit over all lanes stands on a sort.
    expect(opIndex).toHaveLength(2);
    expect(knopen.filter((knoop) => knoop['Index Name'] === 'openstaand_pkey')).toHaveLength(2);
  });

  test('an answer finds its row by the whole key', async () => {
    const knopen = await gebruikt((db) => boek(db, 'WMO302'));
    const sleutels = knopen.filter((knoop) => knoop['Index Name'] === 'openstaand_pkey');
    expect(sleutels.length).toBeGreaterThan(0);
    for (const { 'Index Cond': voorwaarde } of sleutels)
      for (const kolom of ['baan_id', 'van_gemeente', 'termijn', 'sinds', 'baan_nummer'])
        expect(voorwaarde).toContain(`(${kolom} = `);
  });
});

test('no index names what the verdict changes, so a verdict changes a message in place', async () => {
  const { rows } = await database.pool.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where tablename = 'bericht' and indexdef ~ '(toestand|verwerkt_op)'`,
  );
  expect(rows).toEqual([]);
});
