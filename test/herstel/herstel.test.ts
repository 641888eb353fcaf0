/**
 * A backup taken while messages travel, put back elsewhere to a point in time: every message of before that point is there with one outcome,
 * and nothing goes out a second time unless somebody says so.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as anderenEerst } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { Bezorger } from '#src/bezorging/bezorger.ts';
import { hervat } from '#src/bezorging/hervatten.ts';
import { controleerHerstel } from '#src/herstel/controle.ts';
import { isVrijgegeven } from '#src/herstel/merk.ts';
import { geefVrij } from '#src/herstel/vrijgeven.ts';
import { maakLog } from '#src/log.ts';
import { type Database, openDatabase } from '#src/opslag/database.ts';
import { type Ingebed, startIngebedPostgres } from '#src/opslag/ingebed.ts';
import { migreer } from '#src/opslag/migratie.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import { bevestig, haalOp } from '#src/postbus/postbus.ts';
import { wachtTot } from '#src/proces.ts';
import { bijVrijgave } from '#src/rollen/vrijgave.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { startOntvanger } from '../bezorging/ontvanger.ts';
import { baanVan, beurt, neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';

const voerUit = promisify(execFile);
const wachtwoord = 'proef';
const map = await mkdtemp(join(tmpdir(), 'knooppunt-herstel-'));
const plek = { sleutelbestand: undefined, data: join(map, 'sleutels') };
const archief = join(map, 'archief');
const log = maakLog('silent', 'proef');
const ontvanger = await startOntvanger();
const opruimen: (() => Promise<unknown>)[] = [() => rm(map, { recursive: true, force: true }), () => ontvanger.weg()];
afterAll(async () => {
  for (const ruim of opruimen.reverse()) await ruim();
});

const KLEIN = { shared_buffers: '32MB', max_wal_size: '256MB' };

async function start(naam: string, instellingen: Readonly<Record<string, string>>): Promise<Ingebed> {
  const server = await startIngebedPostgres({
    map: join(map, naam),
    wachtwoord,
    instellingen: { ...KLEIN, ...instellingen },
  });
  opruimen.push(() => server.stop());
  return server;
}
async function open(server: Ingebed) {
  const database = openDatabase(server.url, { max: 10, opFout: () => undefined });
  opruimen.push(() => database.sluit());
  return database;
}

/** The aanbieder fetches; the gemeente is pushed to. */
const AANBIEDER = '98000001';
const GEMEENTE = '0363';
const tel = async ({ pool }: Database, sql: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select ${sql}::int as n`)).rows[0]?.n ?? -1;

test('nothing is lost, and nothing sent again by itself', async () => {
  await chmod(map, 0o755);
  await mkdir(archief);
  await chmod(archief, 0o777);
  const eerst = await start('eerst', {
    archive_mode: 'on',
    archive_command: `cp %p ${archief}/%f`,
  });
  const database = await open(eerst);
  await migreer(database);
  await registreer(database, demoOrganisaties());
  const sleutels = await Sleutelring.open(plek, database);
  opruimen.push(() => sleutels.sluit());
  await database.pool.query(
    `insert into instelling (organisatie, domein, controleniveau, retour, foutlijst, route) values ($1, 'iwmo', 2, 'zelf', '2025-11', 'stuf')`,
    [GEMEENTE],
  );
  await database.pool.query('insert into stuf_endpoint (organisatie, url, budget_per_minuut) values ($1, $2, 100000)', [
    GEMEENTE,
    ontvanger.url,
  ]);
  expect(await isVrijgegeven(database.pool)).toBe(true);
  const vast = { database, sleutels, log, tikMs: 20, respijtMs: 50 };
  const bezorger = new Bezorger(vast);
  const stopKijken = bijVrijgave(database, log, () => bezorger.start());

  // Traffic: both ways, fetched and confirmed in part, pushed as it comes.
  const bewijzen: string[] = [];
  let draait = true;
  const verkeer = async (): Promise<void> => {
    for (let nr = 0; draait; nr += 1) {
      await anderenEerst();
      const ids = await neemIn({ database, sleutels }, [
        { afzender: GEMEENTE, bytes: maakBericht('WMO301') },
        { afzender: AANBIEDER, bytes: maakBericht('WMO305') },
      ]);
      bewijzen.push(...ids);
      if (nr % 3 === 0) continue;
      await beurt({ database, sleutels }, await baanVan(database, ids[0] ?? ''));
      const vraag = { postbus: AANBIEDER, aantal: 3, leaseSeconden: 60, actor: 'proef' };
      const { berichten } = await haalOp(database, sleutels, vraag);
      const berichtIds = berichten.slice(1).map(({ berichtId }) => berichtId);
      await bevestig(database, { postbus: AANBIEDER, berichtIds, actor: 'proef' });
    }
  };
  const lopend = verkeer();
  const tot = (aantal: number) => wachtTot(() => bewijzen.length >= aantal, { ms: 60_000, wat: 'messages' });

  await tot(30);
  // The backup, while it all goes on: copy the folder between two calls, on one connection.
  const tweede = join(map, 'tweede');
  const client = await database.pool.connect();
  await client.query(`select pg_backup_start('proef', true)`);
  await voerUit('cp', ['-a', join(map, 'eerst'), tweede]);
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  client.release();
  await tot(bewijzen.length + 20);

  // The gemeente is stopped for a moment, so that something waits for it at the point.
  const stopschakelaar = (db: Database, gestopt: boolean) =>
    db.pool.query('update stuf_endpoint set gestopt = $1', [gestopt]);
  await stopschakelaar(database, true);
  await tot(bewijzen.length + 20);
  // The point to go back to. All that has its receipt by now is of before it.
  const voorPunt = new Set(bewijzen);
  await database.pool.query(`select pg_create_restore_point('punt')`);
  await stopschakelaar(database, false);
  const verstuurdVoor = ontvanger.gekregen.length;
  await tot(bewijzen.length + 20);
  await wachtTot(() => ontvanger.gekregen.length > verstuurdVoor + 3, { ms: 60_000, wat: 'pushes after the point' });
  draait = false;
  await lopend;
  const { rows: wal } = await database.pool.query<{ naam: string }>('select pg_walfile_name(pg_switch_wal()) as naam');
  const laatste = join(archief, wal[0]?.naam ?? '');
  await wachtTot(
    () =>
      stat(laatste).then(
        () => true,
        () => false,
      ),
    { ms: 30_000, wat: 'the archive' },
  );
  await stopKijken();
  await bezorger.stop();
  const allesVerstuurd = ontvanger.gekregen.map(({ referentienummer }) => referentienummer);
  process.kill(eerst.pid, 'SIGKILL');

  // Elsewhere.
  const { uid, gid } = await stat(join(tweede, 'PG_VERSION'));
  const leg = async (naam: string, inhoud: string): Promise<void> => {
    await writeFile(join(tweede, naam), inhoud);
    await voerUit('chown', [`${uid}:${gid}`, join(tweede, naam)]);
  };
  await rm(join(tweede, 'postmaster.pid'), { force: true });
  await leg('backup_label', rows[0]?.labelfile ?? '');
  await leg('recovery.signal', '');
  const hersteld = await start('tweede', {
    restore_command: `cp ${archief}/%f %p`,
    recovery_target_name: 'punt',
    recovery_target_action: 'promote',
  });
  const nieuw = await open(hersteld);
  const klaar = async () => (await tel(nieuw, 'pg_is_in_recovery()')) === 0;
  await wachtTot(klaar, { ms: 60_000, wat: 'the recovery' });
  const ring = await Sleutelring.open(plek, nieuw);
  opruimen.push(() => ring.sluit());

  const regels = await controleerHerstel(nieuw, ring, Number.POSITIVE_INFINITY);
  expect(regels.filter(({ fouten }) => fouten > 0)).toEqual([]);
  const { rows: er } = await nieuw.pool.query<{ id: string }>(
    `select id::text from bericht where oorsprong = 'aanlevering'`,
  );
  const erIs = new Set(er.map(({ id }) => id));
  expect([...voorPunt].filter((id) => !erIs.has(id))).toEqual([]);

  // It is not the database that was let go, so nothing goes out.
  expect(await isVrijgegeven(nieuw.pool)).toBe(false);
  const opnieuw = new Bezorger({ ...vast, database: nieuw, sleutels: ring });
  let begonnen = false;
  const stop = bijVrijgave(
    nieuw,
    log,
    () => {
      begonnen = true;
      opnieuw.start();
    },
    20,
  );
  opruimen.push(() => opnieuw.stop(), stop);
  const open0 = await tel(
    nieuw,
    `(select count(*) from postbus_item where postbus = '${GEMEENTE}' and bezorging <> 'bevestigd')`,
  );
  expect(open0).toBeGreaterThan(0);
  expect(begonnen).toBe(false);

  await stopschakelaar(nieuw, false);
  // Let go: what may have been sent waits for a decision; what is new is sent.
  expect(await geefVrij(nieuw, 'proef')).toEqual([{ postbus: GEMEENTE, aantal: open0 }]);
  expect(await isVrijgegeven(nieuw.pool)).toBe(true);
  await wachtTot(() => begonnen, { ms: 20_000, wat: 'the pusher' });
  for (const baan of (await nieuw.pool.query<{ id: number }>('select distinct baan_id as id from te_doen')).rows)
    while ((await beurt({ database: nieuw, sleutels: ring }, baan.id)).stand === 'meer');
  const wachtend = `(select count(*) from postbus_item where postbus = '${GEMEENTE}' and bezorging in ('te_bezorgen', 'opgehaald'))`;
  await wachtTot(async () => (await tel(nieuw, wachtend)) === 0, { ms: 30_000, wat: 'what is new to be pushed' });
  const apart = (
    await nieuw.pool.query<{ nr: string }>(
      `select b.referentienummer::text as nr from postbus_item p join bericht b on b.id = p.bericht_id where p.bezorging = 'onbestelbaar'`,
    )
  ).rows.map(({ nr }) => nr);
  const erna = ontvanger.gekregen.slice(allesVerstuurd.length).map(({ referentienummer }) => referentienummer);
  expect(erna.filter((nr) => apart.includes(nr))).toEqual([]);

  // The operator asked the receiver and resumes: the same referentienummers with the same bytes, so the receiver knows them again.
  await hervat(nieuw, { organisatie: GEMEENTE, actor: 'proef', nu: new Date() });
  const open1 = `(select count(*) from postbus_item where postbus = '${GEMEENTE}' and bezorging <> 'bevestigd')`;
  await wachtTot(async () => (await tel(nieuw, open1)) === 0, { ms: 30_000, wat: 'the rest to be pushed' });
  const lijven = Map.groupBy(ontvanger.gekregen, ({ referentienummer }) => referentienummer);
  for (const keren of lijven.values()) expect(new Set(keren.map(({ lijf }) => lijf)).size).toBe(1);

  // The other side fetches the rest; then every message of before the point has one outcome, and was delivered.
  for (let meer = true; meer; ) {
    await nieuw.pool.query(`update postbus_item set lease_tot = now() where postbus = $1 and bezorging = 'opgehaald'`, [
      AANBIEDER,
    ]);
    const vraag = { postbus: AANBIEDER, aantal: 50, leaseSeconden: 60, actor: 'proef' };
    const { berichten } = await haalOp(nieuw, ring, vraag);
    await bevestig(nieuw, {
      postbus: AANBIEDER,
      berichtIds: berichten.map(({ berichtId }) => berichtId),
      actor: 'proef',
    });
    meer = berichten.length > 0;
  }
  const { rows: einde } = await nieuw.pool.query<{ id: string }>(
    `select b.id::text from bericht b join postbus_item p on p.bericht_id = b.id where b.toestand = 'verwerkt' and p.bezorging = 'bevestigd'`,
  );
  const bezorgd = new Set(einde.map(({ id }) => id));
  expect([...voorPunt].filter((id) => !bezorgd.has(id))).toEqual([]);
  expect((await controleerHerstel(nieuw, ring, 10)).filter(({ fouten }) => fouten > 0)).toEqual([]);
});

test('the check finds what is broken', async () => {
  const server = await start('derde', {});
  const database = await open(server);
  await migreer(database);
  await registreer(database, demoOrganisaties());
  const sleutels = await Sleutelring.open(plek, database);
  opruimen.push(() => sleutels.sluit());
  const neem = async () =>
    (await neemIn({ database, sleutels }, [{ afzender: GEMEENTE, bytes: maakBericht('WMO301') }]))[0] ?? '';
  const verwerkt = await neem();
  await beurt({ database, sleutels }, await baanVan(database, verwerkt));
  const wacht = await neem();
  const fouten = async () => (await controleerHerstel(database, sleutels, 10)).map((regel) => regel.fouten);
  const breuken: readonly (readonly [string, readonly number[]])[] = [
    [`delete from te_doen`, [0]],
    [`update te_doen set baan_nummer = 99`, [1]],
    [`update baan set teller = 0`, [2]],
    [`update bericht set baan_nummer = 1`, [1, 3]],
    [`delete from inhoud`, [4]],
    [`insert into inhoud values (gen_random_uuid(), 'x', '\\x00')`, [5]],
    [`insert into inhoud select bericht_id, sleutel_id, cijfertekst, '2001-01-01' from inhoud`, [6]],
    [`update bericht set toestand = 'afgekeurd' where id = '${verwerkt}'`, [7]],
    [
      `insert into logboek (gebeurtenis, actor, resultaat, bericht_id) select 'bericht bevestigd', 'x', 'x', '${verwerkt}' from generate_series(1, 2)`,
      [8],
    ],
    [`update postbus_item set bezorging = 'bevestigd'`, [9]],
    [
      `update inhoud set cijfertekst = set_byte(cijfertekst, 20, get_byte(cijfertekst, 20) # 255) where bericht_id = '${wacht}'`,
      [10],
    ],
    [`update bericht set sha256 = '\\x00'`, [10]],
  ];
  expect((await fouten()).every((aantal) => aantal === 0)).toBe(true);
  for (const [breuk, welke] of breuken) {
    const kopie = await database.pool.connect();
    try {
      await kopie.query('begin');
      await kopie.query(breuk);
      const regels = await controleerHerstel({ ...database, pool: kopie } as unknown as Database, sleutels, 10);
      const gevonden = regels.flatMap(({ fouten: aantal }, nr) => (aantal > 0 ? [nr] : []));
      expect(gevonden, breuk).toEqual(expect.arrayContaining([...welke]));
      expect(gevonden.length, breuk).toBeLessThanOrEqual(2);
    } finally {
      await kopie.query('rollback');
      kopie.release();
    }
  }
});

test('a copy of the database is not the database: by another number, another timeline or another name', async () => {
  const server = await start('vierde', {});
  const database = await open(server);
  await migreer(database);
  expect(await isVrijgegeven(database.pool)).toBe(true);
  for (const kolom of ['systeem = systeem + 1', 'tijdlijn = tijdlijn + 1', 'database = 1']) {
    await database.pool.query(`update herstelmerk set ${kolom}`);
    expect(await isVrijgegeven(database.pool), kolom).toBe(false);
    expect(await geefVrij(database, randomUUID())).toEqual([]);
    expect(await isVrijgegeven(database.pool), kolom).toBe(true);
  }
});
