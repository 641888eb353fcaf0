/**
 * Every search that users make reads little of 200,000 messages: it walks along an index from where the page begins, and stops when the page
 * is full. Counted in rows, not in time. Half of all messages are of one gemeente; the rest is spread over 300 others.
 */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoekBerichten } from '#src/verwerking/zoeken.ts';
import type { Plek, Zoekvraag } from '#src/verwerking/zoekvraag.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { gebruikt, gelezen, zonderVoorwaarde } from '../hulp/plannen.ts';

const AANTAL = 200_000;
/** Of so many messages the same person is the subject, far more than of any real one. */
const HEET = 40_000;
const { database, weg } = await maakGegevensbank({ max: 4 });
afterAll(weg);

const PERSONEN = { heet: 'p0', gewoon: 'p17' };
const hmacVan = (persoon: string): Buffer => createHash('sha256').update(persoon).digest();

/**
 * A message every 30 seconds. A gemeente sends 301, an aanbieder 305. Every fiftieth is rejected, also long ago; the last 2,000 wait; of the
 * last 10,000 before them one in ten lies in a postbus, and of all 20 are undeliverable.
 */
const VULLING = `
insert into baan (gemeente, aanbieder, domein)
  select '0363', (98000001 + a)::text, 'iwmo' from generate_series(0, 199) a
  union all
  select (1000 + g)::text, (98000001 + (g * 7 + k) % 200)::text, 'iwmo' from generate_series(0, 299) g, generate_series(0, 2) k;
insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    identificatie, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select gen_random_uuid(), 'aanlevering', b.id, n, 'iwmo', case when n / 400 % 2 = 0 then 'WMO301' else 'WMO305' end, '3.2',
    case when n / 400 % 2 = 0 then b.gemeente else b.aanbieder end, case when n / 400 % 2 = 0 then b.aanbieder else b.gemeente end, 'proef',
    gen_random_uuid(), 'I' || n, '\\x00', 4000,
    case when n > ${AANTAL} - 2000 then 'ontvangen' when n / 2 % 50 = 7 then 'afgekeurd' else 'verwerkt' end,
    now() - (${AANTAL} - n) * interval '30 seconds', now()
  from generate_series(1, ${AANTAL}) n
  join baan b on b.gemeente = case when n % 2 = 0 then '0363' else (1000 + n / 2 % 300)::text end
    and b.aanbieder = (98000001 + case when n % 2 = 0 then n / 2 else n / 2 % 300 * 7 + n / 600 % 3 end % 200)::text;
insert into te_doen select baan_id, baan_nummer, id, omvang, ontvangen_op from bericht where toestand = 'ontvangen';
insert into postbus_item (bericht_id, postbus, bezorging)
  select id, ontvanger, case when baan_nummer % 9973 = 0 then 'onbestelbaar'
    when baan_nummer > ${AANTAL} - 12000 and baan_nummer / 2 % 10 = 3 then 'te_bezorgen' else 'bevestigd' end
  from bericht where toestand = 'verwerkt' order by ontvangen_op;
insert into betrokkene (hmac, ontvangen_op, bericht_id)
  select sha256((case when baan_nummer % ${AANTAL / HEET} = 0 then 'p0' else 'p' || baan_nummer % 40000 end)::bytea), ontvangen_op, id from bericht;`;

/** The place of a message far back, to go on from there. */
let diep: Plek;
let nummer = { referentienummer: '', identificatie: '' };
beforeAll(async () => {
  await database.pool.query(VULLING);
  await database.pool.query('vacuum analyze');
  const { rows } = await database.pool.query<Plek & typeof nummer>(
    `select to_char(ontvangen_op at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment, id, referentienummer, identificatie
     from bericht where afzender = '0363' and toestand = 'verwerkt' order by ontvangen_op limit 1 offset 1000`,
  );
  const [rij] = rows;
  const geteld = await database.pool.query<{ aantal: number }>('select count(*)::int as aantal from bericht');
  if (!rij || geteld.rows[0]?.aantal !== AANTAL) throw new Error('not what was to be searched');
  diep = { moment: rij.moment, id: rij.id };
  nummer = { referentienummer: rij.referentienummer, identificatie: rij.identificatie };
});

const GROOTSTE = { organisaties: ['0363'] };
const DRIEHONDERD = { organisaties: Array.from({ length: 300 }, (_, nr) => String(1000 + nr)) };
const PER_DOMEIN = { organisaties: [], perDomein: DRIEHONDERD.organisaties.map((code) => [code, 'iwmo'] as const) };
const dagen = (aantal: number): Date => new Date(Date.now() - aantal * 86_400_000);
const EIGEN = ['bericht_afzender', 'bericht_ontvanger'];
const heet = { betrokkene: hmacVan(PERSONEN.heet) };
const gewoon = { betrokkene: hmacVan(PERSONEN.gewoon) };

type Deel = Partial<Zoekvraag>;
/** What is asked, which indexes it should use, how many messages are found on the first page, and how many rows of bericht it may read. */
const ZOEKVRAGEN: readonly (readonly [string, () => Deel, readonly string[], gevonden: number, hoogstens: number])[] = [
  ['all', () => ({}), EIGEN, 25, 150],
  ['a period', () => ({ vanaf: dagen(40), tot: dagen(30) }), EIGEN, 25, 150],
  ['a soort that it sends', () => ({ berichtsoort: 'WMO301' }), EIGEN, 25, 600],
  ['a soort that it gets', () => ({ berichtsoort: 'WMO305' }), EIGEN, 25, 600],
  ['a soort and a period', () => ({ berichtsoort: 'WMO305', vanaf: dagen(40), tot: dagen(30) }), EIGEN, 25, 600],
  ['rejected', () => ({ status: 'afgekeurd' }), EIGEN, 25, 20_000],
  [
    'rejected, a soort, a period',
    () => ({ status: 'afgekeurd', berichtsoort: 'WMO305', vanaf: dagen(40) }),
    EIGEN,
    25,
    20_000,
  ],
  ['delivered', () => ({ status: 'verwerkt' }), EIGEN, 25, 20_000],
  ['waiting', () => ({ status: 'ontvangen' }), ['bericht_pkey'], 25, 3_000],
  ['waiting, a soort', () => ({ status: 'ontvangen', berichtsoort: 'WMO301' }), ['bericht_pkey'], 25, 3_000],
  ['not fetched', () => ({ bezorging: 'te_bezorgen' }), ['postbus_open', 'bericht_pkey'], 25, 1_300],
  [
    'not fetched, a counterpart',
    () => ({ bezorging: 'te_bezorgen', wederpartij: '98000007' }),
    ['postbus_open', 'bericht_pkey'],
    0,
    1_300,
  ],
  ['undeliverable', () => ({ bezorging: 'onbestelbaar' }), ['postbus_onbestelbaar', 'bericht_pkey'], 8, 100],
  ['confirmed', () => ({ bezorging: 'bevestigd' }), EIGEN, 25, 20_000],
  ['a counterpart', () => ({ wederpartij: '98000007' }), ['bericht_baan'], 25, 150],
  ['a counterpart, a soort', () => ({ wederpartij: '98000007', berichtsoort: 'WMO305' }), ['bericht_baan'], 25, 2_000],
  ['a counterpart, rejected', () => ({ wederpartij: '98000007', status: 'afgekeurd' }), ['bericht_baan'], 0, 2_500],
  [
    'a counterpart, a period',
    () => ({ wederpartij: '98000007', vanaf: dagen(40), tot: dagen(30) }),
    ['bericht_baan'],
    25,
    150,
  ],
  ['a counterpart it has nothing with', () => ({ wederpartij: '0344' }), [], 0, 0],
  [
    'a referentienummer',
    () => ({ referentienummer: nummer.referentienummer }),
    ['bericht_referentienummer_afzender_key'],
    1,
    5,
  ],
  [
    'an unknown referentienummer',
    () => ({ referentienummer: randomUUID() }),
    ['bericht_referentienummer_afzender_key'],
    0,
    0,
  ],
  ['an identificatie', () => ({ identificatie: nummer.identificatie }), ['bericht_identificatie'], 1, 5],
  [
    'an identificatie, a soort',
    () => ({ identificatie: nummer.identificatie, berichtsoort: 'WMO301' }),
    ['bericht_identificatie'],
    1,
    5,
  ],
  ['a BSN', () => gewoon, ['betrokkene_pkey', 'bericht_pkey'], 0, 30],
  [
    'a BSN, a period',
    () => ({ ...heet, vanaf: dagen(40), tot: dagen(30) }),
    ['betrokkene_pkey', 'bericht_pkey'],
    25,
    200,
  ],
  ['a BSN, a soort', () => ({ ...heet, berichtsoort: 'WMO301' }), ['betrokkene_pkey', 'bericht_pkey'], 25, 500],
  ['a BSN of very many messages', () => heet, ['betrokkene_pkey', 'bericht_pkey'], 25, 200],
  ['a page far back', () => ({ na: diep }), EIGEN, 25, 150],
  ['a page far back, a soort', () => ({ na: diep, berichtsoort: 'WMO301' }), EIGEN, 25, 600],
  ['a page far back, a counterpart', () => ({ na: diep, wederpartij: '98000007' }), ['bericht_baan'], 11, 150],
  ['a page far back, a BSN', () => ({ na: diep, ...heet }), ['betrokkene_pkey', 'bericht_pkey'], 25, 200],
];

/** These walk through a set that is small by nature, whatever the size of bericht. */
const KLEINE_VERZAMELINGEN = ['all of te_doen', 'te_doen_pkey', 'postbus_open', 'postbus_onbestelbaar'];
const GROOT = ['bericht', 'inhoud', 'postbus_item', 'te_doen', 'logboek', 'betrokkene', 'baan'];

const zoek = (vraag: Zoekvraag) => (db: typeof database) => zoekBerichten(db, vraag);

describe('one organisation with half of all messages, asking for', () => {
  test.each(ZOEKVRAGEN)('%s', async (_naam, deel, indexen, gevonden, hoogstens) => {
    const vraag = { ...GROOTSTE, aantal: 25, ...deel() };
    expect((await zoekBerichten(database, vraag)).berichten.length).toBe(gevonden);
    const knopen = await gebruikt(database, zoek(vraag));
    const lopend = zonderVoorwaarde(knopen, GROOT).filter((index) => !KLEINE_VERZAMELINGEN.includes(index));
    expect(lopend).toEqual([]);
    const gebruikte = new Set(knopen.map((knoop) => knoop['Index Name']));
    expect(indexen.filter((index) => !gebruikte.has(index))).toEqual([]);
    expect(await gelezen(database, 'bericht', zoek(vraag))).toBeLessThanOrEqual(hoogstens);
  });
});

/** Two walks per organisation, each no longer than a page; once more for each time that it looks further back. */
const PER_ORGANISATIE = 2 * 26;
describe.each([
  ['in every domein', DRIEHONDERD],
  ['in one domein', PER_DOMEIN],
])('300 organisations %s, asking for', (_naam, zicht) => {
  test.each(ZOEKVRAGEN)('%s', async (_wat, deel, _indexen, _gevonden, hoogstens) => {
    const vraag = { ...zicht, aantal: 25, ...deel() };
    const lopend = zonderVoorwaarde(await gebruikt(database, zoek(vraag)), GROOT);
    expect(lopend.filter((index) => !KLEINE_VERZAMELINGEN.includes(index))).toEqual([]);
    const gelezenRijen = await gelezen(database, 'bericht', zoek(vraag));
    expect(gelezenRijen).toBeLessThanOrEqual(hoogstens + 300 * PER_ORGANISATIE);
  });
});
