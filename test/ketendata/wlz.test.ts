/** What is counted of the Wlz: signals as they are handled, and toetsen by their answers; found by the lines of the audit log about them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maakAnders } from '#src/ketendata/bijwerken.ts';
import { SIGNALEN_WLZ, TOETSEN_WLZ } from '#src/ketendata/metingen/wlz.ts';
import { CIJFERSLOT } from '#src/ketendata/toepassen.ts';
import type { Meting } from '#src/ketendata/types.ts';
import { schrijfLogboek } from '#src/logboek/logboek.ts';
import { behandelSignaal } from '#src/wlz-samenloop/signalen/behandelen.ts';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { maakProef, vergelijkIneens } from '../wlz-samenloop/signalen/proef.ts';
import { bsnVan, gemeld, plekVan, type RijZorg, zetRegister, zetWmo } from '../wlz-samenloop/signalen/wereld.ts';

const proef = await maakProef();
const { database, sleutels } = proef;
const { pool } = database;
afterAll(() => proef.weg());
const METINGEN: readonly Meting[] = [SIGNALEN_WLZ, TOETSEN_WLZ];

let tot = 0;
/** What the planner does with the lines since the last time. @returns how many subjects changed */
async function volg(): Promise<number> {
  const na = tot;
  tot = (await pool.query('select coalesce(max(nr), 0)::float8 as nr from logboek')).rows[0].nr;
  return database.transactie(async (client) => {
    let anders = 0;
    for (const meting of METINGEN)
      anders += await maakAnders(
        client,
        METINGEN,
        meting.bron ?? '',
        (await meting.onderwerpen?.(client, na, tot)) ?? [],
      );
    return anders;
  }, CIJFERSLOT);
}
/** At the level of the gemeenten. */
async function cijfers(): Promise<readonly string[]> {
  const { rows } =
    await pool.query(`select gemeente, meting, sleutel, aantal::int as aantal, som::int as som, domein || aanbieder || berichtsoort || release as rest
    from ketencijfer where gemeente <> '' order by gemeente, meting, sleutel`);
  for (const { rest } of rows) expect(rest).toBe('iwmo');
  return rows.map(({ gemeente, meting, sleutel, aantal, som }) => `${gemeente} ${meting} ${sleutel} ${aantal} ${som}`);
}

const DAG = new Date().toISOString().slice(0, 10);
const zorg = (nr: number, gemeente: string): RijZorg => ({
  bsn: bsnVan(nr),
  gemeente,
  id: `v${nr}`,
  vanaf: '2025-01-01',
  categorie: '01',
});
const ZORG = [zorg(1, '0363'), zorg(2, '0363'), zorg(3, '0344'), zorg(4, '0363')];
const besluit = (nr: number) => ({ bsn: bsnVan(nr), nummer: 7000 + nr, ingang: '2026-01-01' });
const signaalVan = async (nr: number): Promise<string> =>
  (await pool.query('select id from wlz_signaal where besluitnummer = $1', [7000 + nr])).rows[0].id;
const stap = async (nr: number, naar: 'in_behandeling' | 'afgehandeld', uitkomst?: 'terecht_samen'): Promise<void> =>
  behandelSignaal(database, sleutels, 'proef', await signaalVan(nr), ['0363'], {
    naar,
    uitkomst,
    reden: null,
    behandelaar: null,
  });

beforeAll(async () => {
  await zetRegister(proef, [besluit(1), besluit(2), besluit(3), besluit(4)]);
  await zetWmo(proef, ZORG);
  await vergelijkIneens(plekVan(proef), DAG);
});

test('signals count by type and by how far they are, and follow what their gemeente does', async () => {
  expect(await volg()).toBe(4);
  expect(await cijfers()).toEqual(['0344 wlz-signaal NIEUW:nieuw 1 0', '0363 wlz-signaal NIEUW:nieuw 3 0']);
  await stap(1, 'in_behandeling');
  await stap(2, 'in_behandeling');
  await stap(2, 'afgehandeld', 'terecht_samen');
  await pool.query(
    `update wlz_signaal set aangemaakt_op = aangemaakt_op - interval '9 days' where besluitnummer = 7002`,
  );
  expect(await volg()).toBe(2);
  expect(await cijfers()).toEqual([
    '0344 wlz-signaal NIEUW:nieuw 1 0',
    '0363 wlz-afhandeling 9 1 9',
    '0363 wlz-signaal NIEUW:afgehandeld:terecht_samen 1 0',
    '0363 wlz-signaal NIEUW:in_behandeling 1 0',
    '0363 wlz-signaal NIEUW:nieuw 1 0',
  ]);
});

test('what lapsed because there is nothing left to handle took nobody any time', async () => {
  const eerder = (await cijfers()).filter((regel) => !regel.startsWith('0344'));
  await zetRegister(proef, [besluit(1), besluit(2), besluit(4), besluit(5)]);
  await vergelijkIneens(plekVan(proef), DAG);
  await volg();
  expect(await cijfers()).toEqual(['0344 wlz-signaal VERVALLEN:afgehandeld:vervallen 1 0', ...eerder]);
});

test('what a message followed up is closed without a word, and counts all the same', async () => {
  const { hmac, sleutelId, cijfertekst } = bewaarBsn(sleutels, bsnVan(5));
  const feit = (soort: 'toewijzing' | 'stop', volgorde: number, reden: string | null) =>
    pool.query(
      `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, tot, reden, bsn_hmac, sleutel_id,
         cijfertekst) values (gen_random_uuid(), 0, '0363', '98000001', '5', $1, $2, '2026-01-01', '2026-01-01', '2099-12-31', $3, $4, $5, $6)`,
      [soort, volgorde, reden, hmac, sleutelId, cijfertekst],
    );
  await pool.query(`insert into wlz_instelling (gemeente, dossier_als_bron) values ('0363', true)`);
  await feit('toewijzing', 1, null);
  await vergelijkIneens(plekVan(proef), DAG);
  await volg();
  expect(await cijfers()).toContain('0363 wlz-signaal NIEUW:nieuw 2 0');
  // The care goes over to another law.
  await feit('stop', 2, '39');
  const berichten = await gemeld(proef);
  await vergelijkIneens(plekVan(proef), DAG);
  expect(await gemeld(proef)).toHaveLength(berichten.length);
  expect(await volg()).toBe(1);
  expect(await cijfers()).toEqual(
    expect.arrayContaining([
      '0363 wlz-signaal NIEUW:nieuw 1 0',
      '0363 wlz-signaal NIEUW:afgehandeld:gestopt 1 0',
      '0363 wlz-afhandeling 0 1 0',
    ]),
  );
});

test('a toets counts once, by its answer, in whatever order it is asked for', async () => {
  const regel = (namens: string | null, resultaat: string) =>
    ({ gebeurtenis: 'wlz-registertoets', actor: 'proef', namens, resultaat, berichtId: null }) as const;
  await schrijfLogboek(pool, [
    regel('0363', 'ja'),
    regel('0363', 'nee'),
    regel('0363', 'nee'),
    regel('0363', 'bsnOngeldig'),
    regel(null, 'wlzAlleenGemeenten'),
  ]);
  expect(await volg()).toBe(5);
  const toetsen = async () => (await cijfers()).filter((deze) => deze.includes('toets'));
  expect(await toetsen()).toEqual(['0363 wlz-toets geweigerd 1 0', '0363 wlz-toets ja 1 0', '0363 wlz-toets nee 2 0']);
  const { rows } = await pool.query(
    `select aantal::int from ketencijfer where gemeente = '' and sleutel = 'geweigerd'`,
  );
  expect(rows).toEqual([{ aantal: 2 }]);
});

test('a rebuild meets every signal and every toets, each once, and changes nothing', async () => {
  const voor = await cijfers();
  for (const [meting, aantal] of [
    [SIGNALEN_WLZ, 5],
    [TOETSEN_WLZ, 5],
  ] as const) {
    const gezien: string[] = [];
    for (let na = '00000000-0000-0000-0000-000000000000'; ; na = gezien.at(-1) ?? na) {
      const deel = (await meting.alle?.(pool, na, 2)) ?? [];
      gezien.push(...deel);
      if (deel.length < 2) break;
    }
    expect([gezien.length, new Set(gezien).size]).toEqual([aantal, aantal]);
    expect(gezien).toEqual(gezien.toSorted());
    expect(
      await database.transactie((client) => maakAnders(client, METINGEN, meting.bron ?? '', gezien), CIJFERSLOT),
    ).toBe(0);
  }
  expect(await cijfers()).toEqual(voor);
});
