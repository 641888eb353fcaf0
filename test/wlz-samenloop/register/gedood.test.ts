/** An import that is killed with -9, wherever it was: the register is as it was, and the same import again gives the same as one that was left alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { voldoetAanElfproef } from '#src/standards/bsn.ts';
import { leesLopende } from '#src/wlz-samenloop/register/leveringen.ts';
import { type Gegevensbank, maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { maakTijdelijkeMap } from '../../hulp/tijdelijk.ts';
import { cizDat, type Proefindicatie } from '../../hulp/wlz.ts';

const CLI = path.resolve(import.meta.dirname, '../../../src/cli.ts');
const map = await maakTijdelijkeMap();
const [ongestoord, gestoord] = [await maakGegevensbank(), await maakGegevensbank()];
afterAll(async () => {
  await Promise.all([ongestoord.weg(), gestoord.weg()]);
  await map.weg();
});

const AANTAL = 20_000;
function rijen(aantal: number, einddatum?: string): Proefindicatie[] {
  const lijst: Proefindicatie[] = [];
  for (let bsn = 100_000_000; lijst.length < aantal; bsn += 1)
    if (voldoetAanElfproef(String(bsn)))
      lijst.push({
        bsn: String(bsn),
        besluitnummer: String(lijst.length + 1),
        ingangsdatum: '2024-01-01',
        ...(einddatum && { einddatum }),
      });
  return lijst;
}
function bestand(naam: string, inhoud: string): string {
  const pad = path.join(map.pad, naam);
  writeFileSync(pad, inhoud);
  return pad;
}
const EERSTE = bestand('een.csv', cizDat(rijen(AANTAL)));
const TWEEDE = bestand('twee.csv', cizDat(rijen(AANTAL + 2000, '2026-12-31'), { volgnummer: 2 }));

function start(bank: Gegevensbank, pad: string): ChildProcess {
  const env = { ...process.env, KNOOPPUNT_DATA: map.pad, DATABASE_URL: bank.url };
  return spawn(process.execPath, [CLI, 'wlz', 'import', pad], { env, stdio: 'ignore' });
}
async function importeer(bank: Gegevensbank, pad: string): Promise<void> {
  const kind = start(bank, pad);
  await once(kind, 'exit');
  expect(kind.exitCode).toBe(0);
}
/** All that the register is, in one value. */
async function vingerafdruk({ database }: Gegevensbank): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select volgnummer from wlz_register) as volgnummer, (select aantal from wlz_register) as aantal, count(*)::int as rijen,
       md5(string_agg(concat_ws(';', besluitnummer, encode(bsn_hmac, 'hex'), ingangsdatum, einddatum, vervaldatum), E'\\n' order by besluitnummer)) as alles
     from wlz_indicatie_actueel`,
  );
  return rows[0];
}
const ANDEREN = `from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
const aantal = async (vraag: string): Promise<number> => (await gestoord.database.pool.query(vraag)).rowCount ?? 0;

// The keys of the data folder are made by the first; both databases must use the same.
await importeer(ongestoord, EERSTE);
await importeer(gestoord, EERSTE);

describe('killed', () => {
  /** Starts the import, waits until `daar` is true, and kills it there. */
  async function dood(daar: () => Promise<boolean>): Promise<void> {
    const voor = await vingerafdruk(gestoord);
    const kind = start(gestoord, TWEEDE);
    await wachtTot(daar, { ms: 60_000, wat: 'the moment to kill it' });
    kind.kill('SIGKILL');
    await once(kind, 'exit');
    // The server would find out by itself once its statement is done.
    await gestoord.database.pool.query(`select pg_terminate_backend(pid) ${ANDEREN} and wait_event = 'PgSleep'`);
    const slot = `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
    await wachtTot(async () => (await aantal(slot)) === 0, { ms: 30_000, wat: 'the end of its connection' });
    expect(await vingerafdruk(gestoord)).toEqual(voor);
    expect(voor).toMatchObject({ volgnummer: '1', rijen: AANTAL });
    expect(await leesLopende(gestoord.database.pool)).toBeUndefined();
  }

  test('while it gathers rows: the register is as it was', async () => {
    await dood(async () => (await aantal(`select ${ANDEREN} and query like '%insert into wlz_schaduw%'`)) > 0);
  });

  test.each([
    ['when it has removed what is gone', 'delete on wlz_indicatie'],
    ['when it has changed what differs', 'update on wlz_indicatie'],
    ['when it has added what is new', 'insert on wlz_indicatie'],
    ['just before its commit', 'update on wlz_register'],
  ])('%s: the register is as it was', async (_wanneer, gebeurtenis) => {
    await gestoord.database.pool.query(`
      create function proef_wacht() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return null; end $$;
      create trigger proef_wacht after ${gebeurtenis} for each statement execute function proef_wacht()`);
    try {
      await dood(async () => (await aantal(`select ${ANDEREN} and wait_event = 'PgSleep'`)) > 0);
    } finally {
      await gestoord.database.pool.query('drop function proef_wacht cascade');
    }
  });

  test('and started again: the register is that of an import that was left alone', async () => {
    await importeer(ongestoord, TWEEDE);
    await importeer(gestoord, TWEEDE);
    expect(await vingerafdruk(gestoord)).toEqual(await vingerafdruk(ongestoord));
    const { rows } = await gestoord.database.pool.query(
      'select toestand, count(*)::int as aantal from wlz_levering group by 1 order by 1',
    );
    expect(rows).toEqual([
      { toestand: 'afgebroken', aantal: 5 },
      { toestand: 'verwerkt', aantal: 2 },
    ]);
  });
});
