/** What messages say together: which toewijzing holds, and until when. In any order of arrival. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { Dossierbron } from '#src/wlz-samenloop/wmo/dossier.ts';
import { dossierfeiten } from '#src/wlz-samenloop/wmo/regels/feiten.ts';
import type { Inhoud } from '#src/xml/structuur.ts';
import { soort } from '../../hulp/berichten.ts';
import { maakLeeg, maakProef } from '../signalen/proef.ts';
import { bsnVan } from '../signalen/wereld.ts';

const proef = await maakProef();
const { database, sleutels } = proef;
afterAll(() => proef.weg());

const BSN = bsnVan(0);
let bron = new Dossierbron(database);
let nummer = 0;
beforeEach(async () => {
  await maakLeeg(proef);
  await database.pool.query(`insert into wlz_instelling (gemeente, dossier_als_bron) values ('0363', true)`);
  bron = new Dossierbron(database);
  await bron.ververs();
});

const toewijzing = (anders: Inhoud = {}): Inhoud => ({
  Client: {
    Bsn: BSN,
    ToegewezenProducten: {
      ToegewezenProduct: [
        {
          ToewijzingNummer: '0012',
          Product: { Categorie: '02', Code: '02A05' },
          Toewijzingsdatum: '2026-03-01',
          Toewijzingstijd: '10:00:00',
          Ingangsdatum: '2026-03-16',
          ...anders,
        },
      ],
    },
  },
});
const stop = (anders: Inhoud = {}): Inhoud => ({
  Client: {
    Bsn: BSN,
    StopProducten: {
      StopProduct: [
        {
          ToewijzingNummer: '12',
          Begindatum: '2026-03-16',
          Einddatum: '2026-08-31',
          RedenBeeindiging: '38',
          StatusAanlevering: '1',
          ...anders,
        },
      ],
    },
  },
});

type Stuk = readonly ['WMO301' | 'WMO307' | 'JW301', Inhoud];
const T = (anders?: Inhoud): Stuk => ['WMO301', toewijzing(anders)];
const S = (anders?: Inhoud): Stuk => ['WMO307', stop(anders)];

async function boek(stukken: readonly Stuk[]): Promise<void> {
  for (const [code, inhoud] of stukken) {
    nummer += 1;
    const heen = code.endsWith('301');
    const [afzender, ontvanger] = heen ? ['0363', '98000001'] : ['98000001', '0363'];
    const bericht = { id: crypto.randomUUID(), soort: soort(code), afzender, ontvanger, baanNummer: nummer, inhoud };
    await bron.boek(database.pool, sleutels, [{ ...bericht, keurtAf: false }]);
  }
}
async function dossier(): Promise<readonly object[]> {
  const { rows } = await database.pool.query(
    `select toewijzingnummer as nr, vanaf::text, nullif(tot, 'infinity')::text as tot, uitstroom from wmo_dossier order by 1`,
  );
  return rows;
}
const EEN = { nr: '12', vanaf: '2026-03-16', tot: null, uitstroom: false };

test.each<readonly [string, readonly Stuk[], readonly object[]]>([
  ['a toewijzing holds', [T()], [EEN]],
  [
    'the newest by date wins',
    [T(), T({ Toewijzingsdatum: '2026-04-01', Einddatum: '2026-12-31' })],
    [{ ...EEN, tot: '2026-12-31' }],
  ],
  [
    'also when it came first',
    [T({ Toewijzingsdatum: '2026-04-01', Einddatum: '2026-12-31' }), T()],
    [{ ...EEN, tot: '2026-12-31' }],
  ],
  [
    'by time on one day',
    [T({ Toewijzingstijd: '10:00:01', Einddatum: '2026-12-31' }), T()],
    [{ ...EEN, tot: '2026-12-31' }],
  ],
  [
    'reden 13 with one day takes it back',
    [T(), T({ Toewijzingsdatum: '2026-04-01', RedenWijziging: '13', Einddatum: '2026-03-16' })],
    [],
  ],
  [
    'reden 13 with an end is an end',
    [T(), T({ Toewijzingsdatum: '2026-04-01', RedenWijziging: '13', Einddatum: '2026-04-16' })],
    [{ ...EEN, tot: '2026-04-16' }],
  ],
  ['a stop ends it', [T(), S()], [{ ...EEN, tot: '2026-08-31' }]],
  ['also a stop that came first', [S(), T()], [{ ...EEN, tot: '2026-08-31' }]],
  ['the earliest of the two ends counts', [T({ Einddatum: '2026-06-30' }), S()], [{ ...EEN, tot: '2026-06-30' }]],
  ['a temporary stop does not', [T(), S({ RedenBeeindiging: '20' })], [EEN]],
  [
    'a definitive stop after a temporary one does',
    [T(), S({ RedenBeeindiging: '20' }), S({ Einddatum: '2026-09-30' })],
    [{ ...EEN, tot: '2026-09-30' }],
  ],
  ['a stop that is taken back does not', [T(), S(), S({ StatusAanlevering: '3' })], [EEN]],
  [
    'a corrected stop counts',
    [T(), S(), S({ StatusAanlevering: '3' }), S({ Einddatum: '2026-07-31' })],
    [{ ...EEN, tot: '2026-07-31' }],
  ],
  [
    'a stop towards another law says so',
    [T(), S({ RedenBeeindiging: '39' })],
    [{ ...EEN, tot: '2026-08-31', uitstroom: true }],
  ],
  [
    'a toewijzing that ends towards another law too',
    [T(), T({ Toewijzingsdatum: '2026-04-01', RedenWijziging: '06', Einddatum: '2026-06-30' })],
    [{ ...EEN, tot: '2026-06-30', uitstroom: true }],
  ],
  ['the Jeugdwet is not looked at', [['JW301', toewijzing()]], []],
  ['a stop without a toewijzing is nothing', [S()], []],
  [
    'a stop before the begin leaves nothing to overlap',
    [T(), S({ Einddatum: '2026-03-15' })],
    [{ ...EEN, tot: '2026-03-15' }],
  ],
  ['a number may be written with a sign', [T({ ToewijzingNummer: '+12' }), S()], [{ ...EEN, tot: '2026-08-31' }]],
  ['a day before the year 1 began long ago', [T({ Ingangsdatum: '-0044-03-15' })], [{ ...EEN, vanaf: '0001-01-01' }]],
  [
    'a day that no calendar knows never comes',
    [T({ Ingangsdatum: '99999999-01-01' }), S({ Einddatum: '12026-01-01' })],
    [{ ...EEN, vanaf: '9999-12-31', tot: '9999-12-31' }],
  ],
  [
    'a year of five digits is newer than one of four',
    [T({ Toewijzingsdatum: '12026-01-01', Einddatum: '2026-12-31' }), T()],
    [{ ...EEN, tot: '2026-12-31' }],
  ],
])('%s', async (_, stukken, verwacht) => {
  await boek(stukken);
  expect(await dossier()).toEqual(verwacht);
});

test('a message with more products than the store can number gives no more facts than that', () => {
  const { Client } = toewijzing() as { Client: { ToegewezenProducten: { ToegewezenProduct: [Inhoud] } } };
  const [product] = Client.ToegewezenProducten.ToegewezenProduct;
  const ToegewezenProduct = Array.from({ length: 2 ** 15 + 1 }, () => product);
  const inhoud = { Client: { ...Client, ToegewezenProducten: { ToegewezenProduct } } } as unknown as Inhoud;
  expect(dossierfeiten(soort('WMO301'), inhoud)).toHaveLength(2 ** 15);
});

test('a message that its receiver rejects counts as not sent, and whom it is about is compared again', async () => {
  await boek([T()]);
  const id = crypto.randomUUID();
  const { rows } = await database.pool.query<{ heen: string }>('select bericht_id as heen from wmo_dossierfeit');
  // The heenbericht and the retour as they stand in the store.
  await database.pool.query(
    `insert into bericht (id, oorsprong, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, heenbericht_id, sha256,
       omvang, toestand, ontvangen_op)
     select n.id, 'aanlevering', 'iwmo', n.soort, '3.2', '0363', '98000001', 'proef', gen_random_uuid(), n.heen, '\\x00', 1, 'verwerkt', now()
     from (values ($1::uuid, 'WMO301', null::uuid), ($2::uuid, 'WMO302', $1::uuid)) as n(id, soort, heen)`,
    [rows[0]?.heen, id],
  );
  await database.pool.query('delete from wlz_te_vergelijken');
  const retour = { id, soort: soort('WMO302'), afzender: '98000001', ontvanger: '0363', baanNummer: 9, inhoud: {} };
  await bron.boek(database.pool, sleutels, [{ ...retour, keurtAf: true }]);
  expect(await dossier()).toEqual([]);
  const wie = await database.pool.query<{ bsn_hmac: Buffer }>('select bsn_hmac from wlz_te_vergelijken');
  expect(wie.rows.map(({ bsn_hmac }) => bsn_hmac.toString('hex'))).toEqual([
    bewaarBsn(sleutels, BSN).hmac.toString('hex'),
  ]);
});

test('of a gemeente that did not choose so nothing is noted, also when it chose otherwise a moment ago', async () => {
  await database.pool.query(`update wlz_instelling set dossier_als_bron = false`);
  // The lane still thinks that it may.
  await boek([T()]);
  expect((await database.pool.query('select 1 from wmo_dossierfeit')).rows).toEqual([]);
});

test('a gemeente that succeeded another takes its messages along', async () => {
  await database.pool.query(
    `update organisatie set geldig_tot = current_date - 1, opvolger = '0344' where code = '0363'`,
  );
  await database.pool.query(`update wlz_instelling set gemeente = '0344'`);
  bron = new Dossierbron(database);
  await bron.ververs();
  await boek([T()]);
  expect(await dossier()).toEqual([EEN]);
});
