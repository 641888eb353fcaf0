/** Nobody changes or removes a line, but at the end of its term; and what is left can still be checked. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import type { Anker } from '#src/logboek/ankers.ts';
import { controleerKeten } from '#src/logboek/controle.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import { verwijderLogboekTot } from '#src/logboek/opruimen.ts';
import { openAlsRol } from '../hulp/databaserol.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';

const { url, database, weg } = await maakGegevensbank();
const { pool } = database;
const planner = openAlsRol(url, 'planner', 2);
afterAll(async () => {
  await planner.sluit();
  await weg();
});

const hmac = createSecretKey(randomBytes(32));
const sleutels = { actief: 's1', vast: 's1', inhoud: new Map(), hmac, verwijderd: new Set<string>() };
const SLEUTEL = zegelsleutel(hmac);
const ankers: Anker[] = [];
const dagenTerug = (dagen: number): Date => new Date(Date.now() - dagen * 24 * 3600 * 1000);
const VIJF_JAAR = 5 * 366;

async function schakelVan(dagen: number): Promise<void> {
  await pool.query(
    `insert into logboek (tijdstip, gebeurtenis, actor, resultaat) select $1, 'bericht ingezien', 'proef', 'getoond' from generate_series(1, 3)`,
    [dagenTerug(dagen)],
  );
  const gemaakt = await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
  if (!gemaakt) throw new Error('no link was made');
  const { nr, totRegel, keten, zegel } = gemaakt;
  ankers.push({
    tijdstip: new Date().toISOString(),
    schakel: nr,
    regel: totRegel,
    keten: keten.toString('hex'),
    zegel: zegel.toString('hex'),
  });
}
const controleer = () => controleerKeten(database, SLEUTEL, ankers);

beforeAll(async () => {
  for (const dagen of [3000, 2500, 2000, 100, 1]) await schakelVan(dagen);
});

describe('what the database refuses', () => {
  test.each([
    'update logboek set actor = actor',
    'update logboek set actor = actor where false',
    'delete from logboek where nr = 1',
    'truncate logboek',
    'truncate bericht, logboek cascade',
    'update logboek_schakel set aantal = aantal',
    'delete from logboek_schakel',
    'truncate logboek_schakel',
    'delete from logboek_herkomst',
    `merge into logboek l using (values (1)) as v(nr) on l.nr = v.nr when matched then delete`,
    `insert into logboek (nr, gebeurtenis, actor, resultaat) values (99, 'x', 'x', 'x')`,
  ])('%s', async (opdracht) => {
    await expect(pool.query(opdracht)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|428C9)$/) });
  });

  test('to remove what is younger than five years, also when asked as it should be', async () => {
    await expect(verwijderLogboekTot(planner, sleutels, dagenTerug(50))).rejects.toMatchObject({ code: '42501' });
    expect(await controleer()).toMatchObject({ regels: 15, aantalBevindingen: 0 });
  });

  test('everything but writing, reading and what the planner does, to a role that owns nothing', async () => {
    const rol = `proef_${randomBytes(6).toString('hex')}`;
    await pool.query(
      `create role ${rol}; grant usage on schema public to ${rol}; grant select, insert, update, delete, truncate on logboek, logboek_schakel to ${rol}`,
    );
    const client = await pool.connect();
    try {
      await client.query(`set role ${rol}`);
      const mislukt = (opdracht: string) => expect(client.query(opdracht)).rejects.toMatchObject({ code: '42501' });
      await mislukt('delete from logboek where nr = 1');
      // The setting by which the function passes the trigger is not enough for somebody else.
      await mislukt(
        `do $$ begin perform set_config('knooppunt.logboek_opruimen', pg_current_xact_id()::text, true); delete from logboek where nr = 1; end $$`,
      );
      await mislukt(`select logboek_verwijder(1, '')`);
      await client.query(
        `insert into logboek (gebeurtenis, actor, resultaat) values ('bericht ingezien', 'rol', 'getoond')`,
      );
    } finally {
      await client.query('reset role');
      client.release();
      await pool.query(`drop owned by ${rol}; drop role ${rol}`);
    }
    await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
  });
});

describe('the end of the term', () => {
  test('takes whole links, says so in the log, and leaves a chain that is right', async () => {
    expect(await verwijderLogboekTot(planner, sleutels, dagenTerug(VIJF_JAAR))).toBe(9);
    const { rows } = await pool.query(`select actor, details from logboek where gebeurtenis = 'logboek opgeruimd'`);
    expect(rows).toMatchObject([{ actor: 'knooppunt', details: { schakel: 3, regels: 9 } }]);
    expect((await pool.query('select min(nr)::int as nr from logboek')).rows).toEqual([{ nr: 10 }]);
    await werkKetenBij(database, SLEUTEL, { ms: 10_000 });
    expect(await controleer()).toMatchObject({ schakels: 5, zonderSchakel: 0, aantalBevindingen: 0 });
  });

  test('comes again and finds nothing to do', async () => {
    expect(await verwijderLogboekTot(planner, sleutels, dagenTerug(VIJF_JAAR))).toBe(0);
  });

  test('goes on later from where it was', async () => {
    await schakelVan(1900);
    // Out of order: what came later is older. It waits for what came before it.
    expect(await verwijderLogboekTot(planner, sleutels, dagenTerug(VIJF_JAAR))).toBe(0);
    expect(await controleer()).toMatchObject({ aantalBevindingen: 0 });
  });

  test('cannot be pretended: a beginning without its seal is found', async () => {
    await laatLogboekLos(database);
    await pool.query('delete from logboek where nr <= 12');
    await pool.query('delete from logboek_schakel where nr < 4');
    await pool.query(
      `update logboek_schakel set afdrukken = null, opgeruimd_op = now(), opruimzegel = zegel where nr = 4`,
    );
    expect((await controleer()).bevindingen).toEqual([{ soort: 'zegelOnjuist', schakel: 4, regel: null }]);
  });
});
