/** The statements that run all day use their index, however many messages there are: no plan walks through a large table. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bladerBanen, leesBaancijfers } from '#src/bewaking/banen.ts';
import { leesStand } from '#src/bewaking/stand.ts';
import { beginHerbouw, herbouwPortie } from '#src/ketendata/herbouw.ts';
import { METINGEN, VERSIE } from '#src/ketendata/metingen.ts';
import { houdVast } from '#src/ketendata/toepassen.ts';
import { volg } from '#src/ketendata/volgen.ts';
import type { Database } from '#src/opslag/database.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { bevestig, blader, haalOp, postbussenMetPost } from '#src/postbus/postbus.ts';
import { geraakteSoorten, leesVerkeer } from '#src/routering/bevriezing-bereik.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { leesStappen } from '#src/verwerking/stappen.ts';
import { veeg } from '#src/verwerking/veger.ts';
import {
  leesBevindingen,
  leesInhoud,
  metUitkomst,
  zoekAntwoorden,
  zoekBericht,
  zoekPaar,
} from '#src/verwerking/volgen.ts';
import type { Banen } from '#src/wachtrij/banen.ts';
import { beurt, neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { gebruikt, gelezen, zonderVoorwaarde } from '../hulp/plannen.ts';

const AANTAL = 60_000;
const WACHTEND = 3_000;
const UUR_MS = 3_600_000;
/** Too large to be walked through. */
const GROOT = [
  ...['bericht', 'inhoud', 'postbus_item', 'te_doen', 'bevinding', 'logboek', 'betrokkene'],
  ...['ketencijfer', 'ketenbijdrage', 'verzoekreferentie'],
];

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-plan-'));
const { database, weg } = await maakGegevensbank({ max: 4 });
const sleutels = leesSleutels({ sleutelbestand: undefined, data: map });
afterAll(async () => {
  await weg();
  rmSync(map, { recursive: true });
});

/** A year of messages in some lanes, nearly all of them confirmed; what is left waits or lies in a postbus. */
const VULLING = `
insert into baan (gemeente, aanbieder, domein, teller)
  select '0363', (98000000 + n)::text, 'iwmo', ${AANTAL} from generate_series(1, 200) n;
insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select gen_random_uuid(), 'aanlevering', 1 + n % 200, 1 + n / 200, 'iwmo', 'WMO301', '3.2', '0363', (98000001 + n % 200)::text, 'proef',
    gen_random_uuid(), null, '\\x00', 4000, case when n > ${AANTAL - WACHTEND} then 'ontvangen' else 'verwerkt' end,
    now() - (${AANTAL} - n) * interval '10 seconds', now() from generate_series(1, ${AANTAL}) n;
insert into te_doen select baan_id, baan_nummer, id, omvang, ontvangen_op from bericht where toestand = 'ontvangen';
insert into inhoud select id, 's1', '\\x00' from bericht;
insert into postbus_item (bericht_id, postbus, bezorging)
  select id, ontvanger, case when random() < 0.03 then 'te_bezorgen' else 'bevestigd' end from bericht where toestand = 'verwerkt';
insert into betrokkene select sha256(id::text::bytea), ontvangen_op, id from bericht;
insert into bevinding select id, 1, '[]' from bericht where random() < 0.1;
insert into logboek (gebeurtenis, actor, resultaat, bericht_id) select 'bericht ontvangen', 'proef', 'aangenomen', id from bericht;
insert into logboek (gebeurtenis, actor, resultaat, bericht_id)
  select 'bericht opgehaald', 'proef', 'uitgegeven', bericht_id from postbus_item where bezorging = 'bevestigd';
insert into logboek_schakel (nr, van_regel, tot_regel, aantal, eerste, laatste, afdrukken, samenvatting, vorige, keten, zegel, sleutel)
  select 1, 1, max(nr), 1, now(), now(), '', '', '', '', '', 'proef' from logboek;
update ketenstand set versie = ${VERSIE};
insert into verzoekreferentie (baan_id, referentie, baan_nummer, bericht_id, rol)
  select baan_id, sha256((baan_nummer % 50)::text::bytea), baan_nummer, id, case when baan_nummer % 3 = 0 then 'verzoek' else 'besluit' end from bericht;
insert into ketenbijdrage (bron, id, bijdragen) select 'bericht', id, '{"g":[]}' from bericht where toestand = 'verwerkt';
insert into ketencijfer (week, domein, gemeente, aanbieder, berichtsoort, release, meting, sleutel, aantal)
  select date '2026-01-05' + 7 * (n / 1000), 'iwmo', '0363', (98000000 + n % 200)::text, 'WMO301', '3.2', (array['volume', 'norm-R1'])[1 + n % 2], (n % 13)::text, 1
  from generate_series(1, 40000) n on conflict do nothing;`;

beforeAll(async () => {
  await registreer(database, demoOrganisaties());
  await database.pool.query(VULLING);
  await database.pool.query('vacuum analyze');
});

const geenBanen = {
  plaats: async () => 'wacht',
  plaatsen: async (ids: readonly number[]) => new Map(ids.map((id) => [id, 'wacht'])),
  voegToe: async () => undefined,
  vergeet: async () => undefined,
} as unknown as Banen;
const bericht = async (): Promise<string> =>
  (await database.pool.query<{ id: string }>(`select id from bericht where toestand = 'verwerkt' limit 1`)).rows[0]
    ?.id ?? '';

async function stappenVan(db: Database): Promise<void> {
  const stand = await zoekBericht(db, await bericht());
  if (stand) await leesStappen(db, stand);
}
async function paarVan(db: Database, id: string): Promise<void> {
  await zoekPaar(db, { berichtId: id, heenberichtId: id }, [id], () => true);
}

const POSTBUS = '98000007';
/** What walks, on purpose: a first entry per lane or postbus, and counts that end at a bound. */
const LOPEN: Readonly<Record<string, readonly string[]>> = {
  'the sweep': ['te_doen_pkey', 'te_doen_pkey'],
  // What waits is counted up to a bound.
  'the preview of a freeze': ['all of te_doen', 'all of te_doen'],
  // Each in both plans: the first lane, the count of what waits, the first postbus, the count of what is open, the count of what was given up.
  'the figures for the operator': [
    ...['te_doen_pkey', 'te_doen_pkey', 'te_doen_pkey', 'te_doen_pkey'],
    ...['postbus_open', 'postbus_open', 'postbus_open', 'postbus_open', 'postbus_onbestelbaar', 'postbus_onbestelbaar'],
  ],
  'the lanes for the operator': ['te_doen_pkey', 'te_doen_pkey'],
};

/** The figures of one of these pairs over some weeks: what every page of figures asks. */
const cijfersVan = ({ pool }: Database): Promise<unknown> =>
  pool.query(
    `select week, berichtsoort, sleutel, sum(aantal), sum(som) from ketencijfer where gemeente = $1 and aanbieder = $2 and domein = $3
       and week between $4 and $5 and meting = $6 group by 1, 2, 3`,
    ['0363', POSTBUS, 'iwmo', '2026-02-02', '2026-05-04', 'norm-R1'],
  );
const HEET: readonly (readonly [string, readonly string[], (database: Database) => Promise<unknown>])[] = [
  ['the figures for the operator', ['te_doen_pkey', 'postbus_open'], (db) => leesStand(db)],
  [
    'the lanes for the operator',
    ['te_doen_pkey', 'bericht_pkey', 'baan_pkey'],
    (db) => bladerBanen(db, { aantal: 50, storing: false, na: { oudste: new Date(0), baanId: 1 } }),
  ],
  [
    'the preview of a freeze',
    ['bericht_afzender', 'bericht_pkey'],
    (db) => {
      const vanaf = new Date(Date.now() + UUR_MS);
      const { heen } = geraakteSoorten({ domein: null, berichtsoorten: null });
      return leesVerkeer(db.pool, { vanaf, tot: new Date(+vanaf + UUR_MS) }, heen, new Date());
    },
  ],
  [
    'a beurt',
    ['te_doen_pkey', 'bericht_pkey', 'inhoud_pkey'],
    (db) => beurt({ database: db, sleutels }, 7).catch(() => undefined),
  ],
  [
    'fetching',
    ['postbus_open', 'bericht_pkey', 'inhoud_pkey'],
    (db) =>
      haalOp(db, sleutels, { postbus: POSTBUS, aantal: 10, leaseSeconden: 60, actor: 'proef' }).catch(() => undefined),
  ],
  [
    'confirming',
    ['postbus_item_pkey'],
    async (db) => bevestig(db, { postbus: POSTBUS, berichtIds: [await bericht()], actor: 'proef' }),
  ],
  ['browsing', ['postbus_open', 'bericht_pkey'], (db) => blader(db, { postbus: POSTBUS, aantal: 25, na: 0 })],
  ['waiting for post', ['postbus_open'], (db) => postbussenMetPost(db, [POSTBUS, '98000008'])],
  [
    'fetching in one domein',
    ['postbus_open', 'bericht_pkey', 'inhoud_pkey'],
    (db) =>
      haalOp(db, sleutels, {
        postbus: POSTBUS,
        domeinen: ['iwmo'],
        aantal: 10,
        leaseSeconden: 60,
        actor: 'proef',
      }).catch(() => undefined),
  ],
  [
    'browsing in one domein',
    ['postbus_open', 'bericht_pkey'],
    (db) => blader(db, { postbus: POSTBUS, domeinen: ['iwmo'], aantal: 25, na: 0 }),
  ],
  [
    'waiting for post in one domein',
    ['postbus_open', 'bericht_pkey'],
    (db) => postbussenMetPost(db, [`${POSTBUS} iwmo`, '98000008 ijw']),
  ],
  ['the sweep', ['te_doen_pkey'], (db) => veeg(db, geenBanen)],
  ['following a bericht', ['bericht_pkey', 'postbus_item_pkey'], async (db) => zoekBericht(db, await bericht())],
  ['finding the answers', ['bericht_antwoord'], async (db) => zoekAntwoorden(db, await bericht())],
  ['waiting for an outcome', ['bericht_pkey'], async (db) => metUitkomst(db, [await bericht()])],
  [
    'reading a content',
    ['inhoud_pkey'],
    async (db) => leesInhoud(db, sleutels, await bericht()).catch(() => undefined),
  ],
  ['reading bevindingen', ['bevinding_pkey'], async (db) => leesBevindingen(db, await bericht())],
  ['a page of figures', ['ketencijfer_pkey'], cijfersVan],
  [
    'following the log for the figures',
    ['logboek_pkey', 'bericht_pkey', 'bericht_antwoord', 'verzoekreferentie_bericht', 'ketenbijdrage_pkey'],
    (db) => volg(db, METINGEN, 200),
  ],
  [
    'making figures anew',
    ['bericht_pkey', 'ketenbijdrage_pkey'],
    async (db) => {
      await beginHerbouw(database);
      await herbouwPortie(db, METINGEN, 200);
    },
  ],
  [
    'letting go of a bericht that is counted',
    ['ketenbijdrage_pkey', 'ketencijfer_pkey'],
    async (db) => {
      const { rows } = await database.pool.query(
        `select id::text from ketenbijdrage where bijdragen like '%volume%' limit 3`,
      );
      await db.transactie((client) =>
        houdVast(
          client,
          rows.map(({ id }) => id),
        ),
      );
    },
  ],
  ['the steps of a bericht', ['logboek_bericht'], (db) => stappenVan(db)],
  ['finding its pair', ['bericht_pkey', 'bericht_antwoord'], async (db) => paarVan(db, await bericht())],
  [
    'accepting a bericht',
    [],
    (db) => neemIn({ database: db, sleutels }, [{ afzender: '0363', bytes: maakBericht('WMO301') }]),
  ],
];

describe.each(HEET)('%s', (naam, indexen, doe) => {
  test('walks through no large table, and uses its index', async () => {
    const knopen = await gebruikt(database, doe);
    expect([...zonderVoorwaarde(knopen, GROOT)].sort()).toEqual([...(LOPEN[naam] ?? [])].sort());
    const gebruikte = new Set(knopen.map((knoop) => knoop['Index Name']));
    expect(indexen.filter((index) => !gebruikte.has(index))).toEqual([]);
  });
});

test('the figures for the operator read no message, and of a lane or a postbus no more than its first', async () => {
  expect(await gelezen(database, 'bericht', (db) => leesStand(db))).toBe(0);
  expect(await gelezen(database, 'te_doen', (db) => leesBaancijfers(db.pool))).toBeLessThanOrEqual(WACHTEND + 2 * 200);
  expect(await gelezen(database, 'bericht', (db) => bladerBanen(db, { aantal: 10, storing: false }))).toBe(10);
});
