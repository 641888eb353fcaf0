/** A gemeente that takes its post over StUF: a signal is no message of StUF, so it is not pushed; it lies in the postbus. */
import { afterAll, expect, test } from 'vitest';
import { verschuldigd } from '#src/bezorging/claim.ts';
import { blader } from '#src/postbus/postbus.ts';
import { maakProef, vergelijkIneens } from './proef.ts';
import { bsnVan, plekVan, zetRegister, zetWmo } from './wereld.ts';

const proef = await maakProef();
afterAll(() => proef.weg());

test('a signal is never due to be pushed, and holds up nothing that is', async () => {
  const { pool } = proef.database;
  await pool.query(
    `insert into stuf_endpoint (organisatie, url, budget_per_minuut) values ('0363', 'http://127.0.0.1:9', 600)`,
  );
  await pool.query(
    `insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route) values ('0363', 'iwmo', 2, 'zelf', '2025-11', 'stuf')`,
  );
  await pool.query(`insert into bezorgstand (organisatie) values ('0363')`);
  await zetRegister(proef, [{ bsn: bsnVan(0), nummer: 1, ingang: '2026-01-01' }]);
  await zetWmo(proef, [{ bsn: bsnVan(0), gemeente: '0363', id: 'a', vanaf: '2026-01-01' }]);
  await vergelijkIneens(plekVan(proef), '2026-06-01');
  const post = await blader(proef.database, { postbus: '0363', aantal: 10, na: 0 });
  expect(post.map(({ berichtsoort, bezorging }) => [berichtsoort, bezorging])).toEqual([
    ['WLZ-SIGNAAL', 'te_bezorgen'],
  ]);
  const nu = () => verschuldigd(proef.database, new Date(Date.now() + 60_000));
  expect(await nu()).toEqual([]);
  // The same post, were it a message of the norm.
  await pool.query(`update bericht set berichtsoort = 'WMO307'`);
  expect(await nu()).toMatchObject([{ organisatie: '0363' }]);
});
