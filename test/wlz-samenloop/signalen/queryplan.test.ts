/** With many persons in the tables, comparing one or a part of them reads those, and never walks through a table. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#src/opslag/database.ts';
import { alleen, bereikVan } from '#src/wlz-samenloop/signalen/delen.ts';
import { vergelijkAlles } from '#src/wlz-samenloop/signalen/run.ts';
import { telOmvang, vergelijk } from '#src/wlz-samenloop/signalen/vergelijking.ts';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { gebruikt, gelezen, zonderVoorwaarde } from '../../hulp/plannen.ts';
import { maakProef } from './proef.ts';
import { bsnVan, plekVan, zetRegister, zetWmo } from './wereld.ts';

const PERSONEN = 3000;
/** All but wmo_levering: of those that count there is one per gemeente, and these have an index of their own. */
const TABELLEN = ['wlz_indicatie', 'wmo_voorziening', 'wmo_dossierfeit', 'wlz_signaal'];
const proef = await maakProef();
afterAll(() => proef.weg());
beforeAll(async () => {
  const bsns = Array.from({ length: PERSONEN }, (_, nr) => bsnVan(nr));
  await zetRegister(
    proef,
    bsns.map((bsn, nr) => ({ bsn, nummer: nr + 1, ingang: '2026-01-01' })),
  );
  await zetWmo(
    proef,
    bsns.map((bsn) => ({ bsn, gemeente: '0363', id: 'a', vanaf: '2026-01-01' })),
  );
  await vergelijkAlles(plekVan(proef), 'opdracht', { peildatum: '2026-06-01' });
  // A year of deliveries before this one, and as many facts from messages.
  await proef.database.pool.query(
    `insert into wmo_levering (id, gemeente, indiener, vorm, toestand, geruimd)
     select gen_random_uuid(), '0363', 'proef', 'csv', 'vervangen', true from generate_series(1, 1000)`,
  );
  await proef.database.pool.query(
    `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, bsn_hmac, sleutel_id,
       cijfertekst)
     select gen_random_uuid(), 0, '0363', '98000001', row_number() over (), 'toewijzing', 1, '1', '2026-01-01', bsn_hmac, sleutel_id, cijfertekst
     from wmo_voorziening`,
  );
  await proef.database.pool.query('analyze');
});

const kader = { peildatum: '2026-06-02', terugwerkendDagen: 365, vervaldatumEerder: 1, opvolging: new Map() } as const;
const een = (bron: Database) =>
  vergelijk(bron.pool, { ...alleen(bewaarBsn(proef.sleutels, bsnVan(7)).hmac), ...kader, een: true });
const deel = (bron: Database) => vergelijk(bron.pool, { ...bereikVan(3), ...kader, een: false });

test('one person', async () => {
  expect(zonderVoorwaarde(await gebruikt(proef.database, een), TABELLEN)).toEqual([]);
  for (const tabel of TABELLEN) expect(await gelezen(proef.database, tabel, een), tabel).toBeLessThan(10);
});

test('a part', async () => {
  const knopen = await gebruikt(proef.database, async (bron) => {
    await deel(bron);
    await telOmvang(bron.pool, bereikVan(3));
  });
  expect(zonderVoorwaarde(knopen, TABELLEN)).toEqual([]);
  // Some 47 persons: each table a few times at most.
  for (const tabel of TABELLEN) expect(await gelezen(proef.database, tabel, deel), tabel).toBeLessThan(PERSONEN / 5);
});
