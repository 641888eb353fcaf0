/** The statements of pushing use their indexes, however many messages there are and were. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteerGelukt, noteerMislukt } from '#src/bezorging/afloop.ts';
import { besluit, GRENZEN } from '#src/bezorging/besluit.ts';
import { claim, verschuldigd } from '#src/bezorging/claim.ts';
import { hervat, neemEindpuntenOp, volgStopschakelaar } from '#src/bezorging/hervatten.ts';
import { bezorgstandVan, ontvangerstanden } from '#src/bezorging/inzage.ts';
import type { Database } from '#src/opslag/database.ts';
import { luisterAf, type Vraag } from '../hulp/afluisteraar.ts';
import { maakProefbank } from './proefbank.ts';

const AANTAL = 60_000;
const ONTVANGERS = 200;
const GROOT = ['bericht', 'inhoud', 'postbus_item', 'bezorgpoging', 'logboek'];

const bank = await maakProefbank();
const { database } = bank;
afterAll(() => bank.weg());

/** A year of pushed messages; a few per receiver are left, some of them tried before. */
const VULLING = `
insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route)
  select (98000000 + n)::text, 'iwmo', 2, 'zelf', '2025-11', 'stuf' from generate_series(1, ${ONTVANGERS}) n;
insert into stuf_endpoint (organisatie, url, budget_per_minuut)
  select (98000000 + n)::text, 'http://127.0.0.1:1/', 100000 from generate_series(1, ${ONTVANGERS}) n;
insert into baan (gemeente, aanbieder, domein) select '0363', (98000000 + n)::text, 'iwmo' from generate_series(1, ${ONTVANGERS}) n;
insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, sha256, omvang,
    toestand, ontvangen_op, verwerkt_op)
  select gen_random_uuid(), 'aanlevering', 1 + n % ${ONTVANGERS}, 'iwmo', 'WMO301', '3.2', '0363', (98000001 + n % ${ONTVANGERS})::text, 'proef',
    gen_random_uuid(), '\\x00', 4000, 'verwerkt', now(), now() from generate_series(1, ${AANTAL}) n;
insert into inhoud select id, 's1', '\\x00' from bericht;
insert into postbus_item (bericht_id, postbus, bezorging)
  select id, ontvanger, case when random() < 0.03 then 'te_bezorgen' else 'bevestigd' end from bericht;
insert into bezorgpoging (bericht_id, postbus, pogingen, volgende_poging)
  select bericht_id, postbus, 1, case when bezorging = 'te_bezorgen' then now() end from postbus_item where bezorging = 'bevestigd' or random() < 0.3;
insert into logboek (gebeurtenis, actor, resultaat, bericht_id) select 'bericht ontvangen', 'proef', 'aangenomen', id from bericht;`;

beforeAll(async () => {
  await database.pool.query(VULLING);
  await neemEindpuntenOp(database);
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

/** The plans of a statement with the settings under which it runs: for these values, and for all values. */
async function plannen({ text, values }: Vraag, instellingen: string): Promise<readonly Knoop[]> {
  const vragen = [
    { text: `explain (format json) ${text}`, values: [...values] },
    { text: `explain (format json, generic_plan) ${text}`, values: [] },
  ];
  return database.transactie(async (client) => {
    const knopen: Knoop[] = [];
    for (const vraag of vragen) {
      const { rows } = await client.query(vraag);
      knopen.push(...knopenVan(rows[0]['QUERY PLAN'][0].Plan));
    }
    return knopen;
  }, instellingen);
}

const POSTBUS = '98000007';
const vraag = { organisatie: POSTBUS, leaseSeconden: 60, perPostbus: 1, maxOmvang: 1e9 };
async function geclaimd(db: Database) {
  const bericht = await claim(db, { ...vraag, nu: new Date() });
  if (!bericht) throw new Error('nothing to claim');
  return bericht;
}
/** After so long nothing arrived that what waits is given up as well. */
async function mislukt(db: Database): Promise<void> {
  const bericht = await geclaimd(db);
  const lang = { mislukt: 9, sinds: new Date(Date.now() - 30 * 3_600_000), blijvendSinds: null };
  const dan = besluit('geenVerbinding', lang, lang, { nu: new Date(), toeval: Math.random, grenzen: GRENZEN });
  await noteerMislukt(db, bericht, 'geenVerbinding', dan);
}

const HEET: readonly (readonly [string, readonly string[], (db: Database) => Promise<unknown>])[] = [
  ['who is due', ['postbus_open', 'bezorgpoging_pkey'], (db) => verschuldigd(db, new Date())],
  [
    'a claim, and that it arrived',
    ['postbus_open', 'bezorgpoging_onderweg'],
    async (db) => noteerGelukt(db, await geclaimd(db)),
  ],
  ['a claim, and that it is given up with what waits', ['postbus_item_pkey', 'bezorgpoging_pkey'], mislukt],
  ['the stop switch', [], (db) => volgStopschakelaar(db, new Date())],
  ['again', ['postbus_open'], (db) => hervat(db, { organisatie: POSTBUS, actor: 'proef', nu: new Date() })],
  ['all receivers', ['postbus_open'], (db) => ontvangerstanden(db)],
  [
    'one message',
    ['postbus_item_pkey', 'bezorgpoging_pkey'],
    async (db) => {
      const { rows } = await database.pool.query<{ id: string }>('select bericht_id as id from bezorgpoging limit 1');
      return bezorgstandVan(db, rows[0]?.id ?? '');
    },
  ],
];

describe.each(HEET)('%s', (_naam, indexen, doe) => {
  test('walks through no large table, and uses its index', async () => {
    const gehoord = luisterAf(database);
    await doe(gehoord.database);
    const vragen = gehoord.vragen.filter(({ text }) => /^\s*(select|with|insert|update|delete)/i.test(text));
    expect(vragen.length).toBeGreaterThan(0);
    const instellingen = gehoord.vragen.find(({ text }) => text.startsWith('set local'))?.text ?? '';
    const knopen = (await Promise.all(vragen.map((stuk) => plannen(stuk, instellingen)))).flat();
    const lopend = knopen.filter(
      (knoop) =>
        GROOT.includes(knoop['Relation Name'] ?? '') &&
        /Scan$/.test(knoop['Node Type']) &&
        knoop['Node Type'] !== 'Bitmap Heap Scan' &&
        knoop['Index Cond'] === undefined,
    );
    expect(lopend.map((knoop) => knoop['Index Name'] ?? `all of ${knoop['Relation Name']}`)).toEqual([]);
    const gebruikte = new Set(knopen.map((knoop) => knoop['Index Name']));
    expect(indexen.filter((index) => !gebruikte.has(index))).toEqual([]);
  });
});

test('a claim from a postbus with thousands in it looks at the first few only', async () => {
  const samen = ['98000011', '98000012', '98000013'];
  await database.pool.query('delete from bezorgpoging where postbus = any ($1)', [samen]);
  await database.pool.query(
    `update postbus_item set bezorging = 'te_bezorgen', postbus = '98000011' where postbus = any ($1)`,
    [samen],
  );
  const gehoord = luisterAf(database);
  await claim(gehoord.database, { ...vraag, organisatie: '98000011', nu: new Date() });
  const { text, values } = gehoord.vragen.at(-1) as Vraag;
  const instellingen = gehoord.vragen.find((stuk) => stuk.text.startsWith('set local'))?.text ?? '';
  const gelezen = await database.transactie(async (client) => {
    await client.query(`update postbus_item set lease_tot = now() - interval '1 second' where postbus = '98000011'`);
    const { rows } = await client.query({
      text: `explain (analyze, buffers, format json) ${text}`,
      values: [...values],
    });
    return rows[0]['QUERY PLAN'][0].Plan['Shared Hit Blocks'] as number;
  }, instellingen);
  expect(gelezen).toBeLessThan(300);
});
