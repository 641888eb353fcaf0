/** Retention over many rows: by its indexes, without holding up what comes in, and killed anywhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ruimInhoudOp } from '#src/bewaren/inhoud.ts';
import { ruimMetadataOp } from '#src/bewaren/metadata.ts';
import { STANDAARD_TERMIJNEN } from '#src/bewaren/regels/termijnen.ts';
import { doeRonde } from '#src/bewaren/ronde.ts';
import { kondigAan, laatVervallen } from '#src/bewaren/vervallen.ts';
import { wachtTot } from '#src/proces.ts';
import { neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { gebruikt, zonderVoorwaarde } from '../hulp/plannen.ts';
import { schiet, schietBijEinde } from '../hulp/processen.ts';
import { maakSleutelbank } from '../sleutelbeheer/hulp.ts';
import { NU, plekVan } from './wereld.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');
const DAG = 10_000;
const GROOT = ['bericht', 'postbus_item', 'bevinding', 'betrokkene', 'te_doen', 'bezorgpoging', 'verzoekreferentie'];

const bank = await maakSleutelbank();
afterAll(() => bank.weg());
const { database } = bank;
const plek = plekVan(bank);

/** A day of messages that were confirmed the day before yesterday, some that were not, and some of three years ago. */
async function vul(): Promise<void> {
  await database.pool.query(`
    truncate bericht, inhoud, postbus_item, te_doen, bevinding, betrokkene, bezorgpoging, vervalaankondiging cascade;
    insert into baan (gemeente, aanbieder, domein) values ('0363', '98000001', 'iwmo') on conflict do nothing;
    with n as (
      select n, case when n % 20 = 0 then now() - interval '1100 days' else now() - interval '3 days' end + n * interval '1 second' as moment
      from generate_series(1, ${DAG}) n
    )
    insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
      sha256, omvang, toestand, ontvangen_op, verwerkt_op)
    select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' ||
      lpad(to_hex(n), 15, '0'))::uuid, 'aanlevering', (select min(id) from baan), n, 'iwmo', 'WMO301', '3.2', '0363', '98000001', 'proef',
      gen_random_uuid(), '\\x00', 4000, 'verwerkt', moment, moment from n;
    insert into inhoud select id, 'x', decode(repeat('ab', 4000), 'hex') from bericht;
    insert into postbus_item (bericht_id, postbus, bezorging, bevestigd_op)
      select id, '98000001', case when baan_nummer % 50 = 1 then 'te_bezorgen' else 'bevestigd' end,
        case when baan_nummer % 50 <> 1 then now() - interval '2 days' end from bericht;
    insert into bezorgpoging (bericht_id, postbus) select bericht_id, postbus from postbus_item;
    insert into betrokkene select sha256(id::text::bytea), ontvangen_op, id from bericht;`);
  await database.pool.query('vacuum analyze');
}
const tel = async (wat: string): Promise<number> =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${wat}`)).rows[0]?.n ?? -1;

describe('every statement looks its rows up', () => {
  beforeAll(async () => {
    await vul();
    await database.pool.query(
      `insert into vervalaankondiging select bericht_id, now(), now() from postbus_item where bezorging = 'te_bezorgen';
       analyze vervalaankondiging`,
    );
  });
  const KOP = ['inhoud'];
  test.each<readonly [string, () => (db: typeof database) => Promise<unknown>, readonly string[]]>([
    ['payloads', () => (db) => ruimInhoudOp(db, STANDAARD_TERMIJNEN, NU), GROOT],
    ['what was received', () => (db) => ruimMetadataOp(db, STANDAARD_TERMIJNEN, NU, 'ontvangen'), [...GROOT, ...KOP]],
    ["the switch's own", () => (db) => ruimMetadataOp(db, STANDAARD_TERMIJNEN, NU, 'eigen'), [...GROOT, ...KOP]],
    ['what lapses', () => (db) => laatVervallen({ ...plek, database: db }, NU, async () => undefined), GROOT],
  ])('%s', async (_naam, doe, tabellen) => {
    expect(zonderVoorwaarde(await gebruikt(database, doe()), tabellen)).toEqual([]);
  });

  test('announcing walks through what is open, and through nothing else', async () => {
    const knopen = await gebruikt(database, (db) => kondigAan({ ...plek, database: db }, STANDAARD_TERMIJNEN, NU));
    expect(zonderVoorwaarde(knopen, [...GROOT, 'vervalaankondiging'])).toEqual([]);
    expect(knopen.map((knoop) => knoop['Index Name'])).toContain('postbus_open');
  });
});

test('a day of it does not hold up what comes in', async () => {
  const duur = async (aantal: number): Promise<readonly number[]> => {
    const duren: number[] = [];
    for (let nr = 0; nr < aantal; nr += 1) {
      const begin = performance.now();
      await neemIn(bank, [{ afzender: '0363', bytes: maakBericht('WMO301') }]);
      duren.push(performance.now() - begin);
    }
    return duren.toSorted((a, b) => a - b);
  };
  await duur(20);
  const rustig = await duur(100);
  await vul();
  let bezig = true;
  const ronde = doeRonde(plek, NU).finally(() => {
    bezig = false;
  });
  const tijdens: number[] = [];
  while (bezig) tijdens.push(...(await duur(10)));
  const uitkomst = await ronde;
  expect(uitkomst.inhoud).toBe((DAG * 49) / 50);
  const helft = (duren: readonly number[]): number =>
    duren.toSorted((a, b) => a - b)[Math.floor(duren.length / 2)] ?? 0;
  expect(tijdens.length).toBeGreaterThan(20);
  // Both share the disk and two cores; blocked it would be the length of a whole commit, again and again.
  expect(helft(tijdens)).toBeLessThan(Math.max(6 * helft(rustig), 60));
  expect(Math.max(...tijdens)).toBeLessThan(10_000);
});

test('killed in the middle, and run again: what was due goes, and nothing else', async () => {
  await vul();
  await database.pool.query('vacuum');
  const start = () => {
    const kind = spawn(process.execPath, [CLI, 'bewaren'], {
      stdio: 'ignore',
      env: { ...process.env, DATABASE_URL: bank.url, KNOOPPUNT_DATA: bank.map },
    });
    const klaar = schietBijEinde(() => (kind.pid === undefined ? [] : [kind.pid]));
    return { pid: kind.pid ?? 0, einde: once(kind, 'exit').finally(klaar) };
  };
  const [open, oud] = [DAG / 50, DAG / 20];
  const eerste = start();
  await wachtTot(async () => (await tel('inhoud')) < DAG - 1000, { ms: 60_000, wat: 'the round to begin' });
  schiet([eerste.pid]);
  await eerste.einde;
  expect(await tel('inhoud')).toBeGreaterThan(open);
  expect(await tel(`postbus_item where bezorging <> 'bevestigd'`)).toBe(open);

  expect((await start().einde)[0]).toBe(0);
  expect(await tel('inhoud')).toBe(open);
  // The numbers that are open are odd, those of three years ago are even.
  expect(await tel('bericht')).toBe(DAG - oud);
  expect(await tel('betrokkene')).toBe(DAG - oud);
  expect(await tel(`inhoud i join postbus_item p using (bericht_id) where p.bezorging = 'te_bezorgen'`)).toBe(open);
});
