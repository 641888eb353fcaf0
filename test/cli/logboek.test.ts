/** The audit log and inzage from the command line: what they say, their exit codes, and what they never say. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maakLog } from '#src/log.ts';
import { laatsteAnker, leesAnkers } from '#src/logboek/ankers.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { wachtTot } from '#src/proces.ts';
import { Logboekwacht } from '#src/rollen/logboekwacht.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
const { url, database, weg } = await maakGegevensbank();
const map = await maakTijdelijkeMap();
afterAll(async () => {
  await weg();
  await map.weg();
});
const ANKERS = path.join(map.pad, 'logboek-ankers.jsonl');
const BSN = '999900006';

function knooppunt(args: readonly string[], invoer = ''): Promise<{ code: number | null; uit: string; fout: string }> {
  const kind = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, KNOOPPUNT_DATA: map.pad, DATABASE_URL: alsOpdracht(url, args) },
  });
  const [uit, fout]: [string[], string[]] = [[], []];
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => uit.push(stuk));
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => fout.push(stuk));
  kind.stdin.on('error', () => undefined).end(invoer);
  return new Promise((klaar) => kind.once('close', (code) => klaar({ code, uit: uit.join(''), fout: fout.join('') })));
}

/** Lets the planner's part do one round. */
async function smeed(): Promise<void> {
  const config = { register: 'urn:proef:1:', bron: 'proef', ankers: ANKERS };
  const regels = await database.pool.query<{ nr: string }>('select max(nr)::text as nr from logboek');
  const wacht = new Logboekwacht(
    database,
    leesSleutels({ sleutelbestand: undefined, data: map.pad }),
    config,
    maakLog('silent', 'proef'),
  ).start();
  await wachtTot(
    async () =>
      (await database.pool.query<{ tot: string }>('select max(tot_regel)::text as tot from logboek_schakel')).rows[0]
        ?.tot === regels.rows[0]?.nr,
    { ms: 20_000, wat: 'a link for all lines' },
  );
  await wacht.stop();
}

beforeAll(async () => {
  await database.pool.query(
    `insert into logboek (gebeurtenis, actor, resultaat) select 'bericht ingezien', 'proef', 'getoond' from generate_series(1, 20)`,
  );
  await smeed();
});

test('the planner anchors once a day, keeps the last link beside it, and writes the register down', async () => {
  const eerste = laatsteAnker(ANKERS);
  expect(eerste).toMatchObject({ schakel: 1, regel: 20 });
  await database.pool.query(
    `insert into logboek (gebeurtenis, actor, resultaat) values ('bericht ingezien', 'proef', 'getoond')`,
  );
  await smeed();
  expect(laatsteAnker(ANKERS)).toEqual(eerste);
  expect(leesAnkers(ANKERS).map(({ schakel }) => schakel)).toEqual([1, 2]);
  expect((await database.pool.query('select register, bron from logboek_herkomst')).rows).toEqual([
    { register: 'urn:proef:1:', bron: 'proef' },
  ]);
});

describe('logboek', () => {
  test('controleer says that nothing was changed, for people and as JSON', async () => {
    const { code, uit } = await knooppunt(['logboek', 'controleer']);
    expect([code, uit]).toEqual([
      0,
      '21 regels in 2 schakels gecontroleerd, met 2 ankers.\nEr is niets gewijzigd, verwijderd of ingevoegd.\n',
    ]);
    const json = await knooppunt(['logboek', 'controleer', '--json']);
    expect(JSON.parse(json.uit)).toMatchObject({ regels: 21, zonderSchakel: 1, aantalBevindingen: 0 });
  });

  test('exporteer writes lines to a file, and to who reads along', async () => {
    const pad = path.join(map.pad, 'uit.jsonl');
    expect(await knooppunt(['logboek', 'exporteer', '--tot', '2099-01-01', '--bestand', pad])).toMatchObject({
      code: 0,
      fout: expect.stringMatching(/^\d+ regels geleverd, als \d+ records.\n$/),
    });
    expect(readFileSync(pad, 'utf8').split('\n').length).toBeGreaterThan(21);
    expect((await knooppunt(['logboek', 'exporteer', '--tot', '2099-01-01', '--bestand', pad])).code).toBe(1);
    const { uit } = await knooppunt(['logboek', 'exporteer']);
    expect(JSON.parse(uit.split('\n')[0] ?? '')).toMatchObject({
      nr: 1,
      verwerkingsactiviteit: 'urn:proef:1:berichtenverkeer',
    });
  });

  test.each<readonly [string, readonly string[], string]>([
    ['no command', [], 'Kies uit: controleer, exporteer.'],
    [
      'a file and a collector',
      ['exporteer', '--tot', '2099-01-01', '--bestand', 'a', '--otlp', 'https://a.nl'],
      'Kies --otlp of --bestand.',
    ],
    ['a file without an end', ['exporteer', '--bestand', 'a'], '--tot'],
    ['a moment that is none', ['exporteer', '--vanaf', 'gisteren'], 'moment'],
    ['anchors that are not there', ['controleer', '--ankers', '/bestaat/niet'], 'Kan /bestaat/niet niet lezen.'],
    ['anchors that are none', ['controleer', '--ankers', CLI], 'geen anker'],
  ])('%s is wrong usage', async (_, args, zin) => {
    const { code, fout } = await knooppunt(['logboek', ...args]);
    expect([code, fout]).toEqual([2, expect.stringContaining(zin)]);
  });
});

describe('inzage', () => {
  test('tells what there is, and the BSN is in no output and no log line', async () => {
    const { code, uit } = await knooppunt(['inzage', '--reden', 'verzoek 2026-114'], `${BSN}\n`);
    expect([code, uit]).toEqual([0, expect.stringContaining('Er is niets over deze persoon bewaard.')]);
    const json = await knooppunt(['inzage', '--json'], BSN);
    expect(JSON.parse(json.uit)).toMatchObject({ logboek: [{ gebeurtenis: 'inzage gegeven' }] });
    const { rows } = await database.pool.query(
      'select to_jsonb(l)::text as regel from logboek l order by nr desc limit 2',
    );
    expect(uit + json.uit + JSON.stringify(rows)).not.toContain(BSN);
  });

  test.each<readonly [string, readonly string[], string]>([
    ['no number', [], ''],
    ['one that fails the elfproef', [], '999900007'],
    ['nobody', [], '000000000'],
    ['too few digits', [], '99990000'],
    ['an endless line', [], '9'.repeat(100_000)],
    ['a number among the arguments', [BSN], ''],
    ['a number as a reason', ['--reden', `verzoek van ${BSN}`], BSN],
    ['an option that is none', [`--bsn=${BSN}`], BSN],
  ])('%s is refused, and not repeated', async (_, args, invoer) => {
    const { code, uit, fout } = await knooppunt(['inzage', ...args], invoer);
    expect(code).not.toBe(0);
    expect(uit).toBe('');
    expect(fout).not.toMatch(/\d{8}/);
    expect(fout).not.toMatch(/^\s+at /m);
  });
});

test('controleer after somebody was at it: which line, which link, exit code 1', async () => {
  await laatLogboekLos(database);
  await database.pool.query(`update logboek set actor = 'een ander' where nr = 7; delete from logboek where nr = 9`);
  expect(await knooppunt(['logboek', 'controleer'])).toMatchObject({
    code: 1,
    uit: expect.stringContaining(
      '  schakel 1, regel 7: de regel is gewijzigd\n  schakel 1, regel 9: de regel is verdwenen\n2 bevindingen.\n',
    ),
  });
  await database.pool.query('delete from logboek where nr > 20; delete from logboek_schakel where nr > 1');
  expect((await knooppunt(['logboek', 'controleer'])).uit).toContain('schakel 2: de keten is ingekort');
});
