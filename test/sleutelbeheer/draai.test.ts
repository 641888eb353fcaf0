/** Rotation while traffic runs: no payload that cannot be read at any moment, nothing left under the old key, and every table is met. */
import { randomUUID } from 'node:crypto';
import { setImmediate as anderenEerst } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { leesGegevenssleutels } from '#src/opslag/gegevenssleutels.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import { leesDocument, leesSleutels, schrijfDocument, sleutelpad } from '#src/opslag/sleutels.ts';
import { versleutel } from '#src/opslag/versleuteling.ts';
import { bevestig, haalOp } from '#src/postbus/postbus.ts';
import { draaiHoofdsleutel, herversleutelAlles, nieuweGegevenssleutels } from '#src/sleutelbeheer/draai.ts';
import { herversleutel } from '#src/sleutelbeheer/herversleutel.ts';
import { TABELLEN } from '#src/sleutelbeheer/tabellen.ts';
import { leesInhoud } from '#src/verwerking/volgen.ts';
import { aantekeningGebonden } from '#src/wlz-samenloop/signalen/lezen.ts';
import { bewaarBsn, leesBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { vulPostbus } from '../hulp/vulling.ts';
import { maakSleutelbank } from './hulp.ts';

const bank = await maakSleutelbank();
afterAll(() => bank.weg());
const { database, sleutels, plek } = bank;
const werkplek = { database, sleutels, actor: 'proef' };

const onder = async (tabel: string): Promise<readonly string[]> =>
  (
    await database.pool.query<{ id: string }>(
      `select distinct sleutel_id as id from ${tabel} where sleutel_id is not null order by 1`,
    )
  ).rows.map(({ id }) => id);

test('the list of tables is all that is encrypted in the database', async () => {
  const { rows } = await database.pool.query<{ naam: string }>(
    `select c.table_name as naam from information_schema.columns c join pg_class k on k.relname = c.table_name
     where c.table_schema = 'public' and c.column_name = 'cijfertekst' and k.relkind in ('r', 'p') and not k.relispartition`,
  );
  expect(rows.map(({ naam }) => naam).toSorted()).toEqual(TABELLEN.map(({ naam }) => naam).toSorted());
});

/** Something in every table, under the keys of now. */
async function vul(met = leesSleutels(plek)): Promise<readonly string[]> {
  const bsn = bewaarBsn(met, '999900006');
  const signaal = randomUUID();
  const stap = versleutel(met, aantekeningGebonden(signaal), Buffer.from('{}'));
  await database.pool.query(
    `insert into wmo_levering (id, gemeente, indiener, vorm, toestand) values ($1, '0363', 'proef', 'csv', 'laden')`,
    [randomUUID()],
  );
  await database.pool.query(
    `insert into wmo_voorziening (levering_nr, bsn_hmac, voorziening_id, status, vanaf, vanaf_bekend, sleutel_id, cijfertekst)
     select max(nr), $1, 'v', 'LOPEND', '2026-01-01', true, $2, $3 from wmo_levering`,
    [bsn.hmac, bsn.sleutelId, bsn.cijfertekst],
  );
  await database.pool.query(
    `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, bsn_hmac, sleutel_id, cijfertekst)
     values (gen_random_uuid(), 1, '0363', '98000001', '1', 'stop', 1, $1, $2, $3)`,
    [bsn.hmac, bsn.sleutelId, bsn.cijfertekst],
  );
  await database.pool.query(
    `insert into wlz_signaal (id, gemeente, bsn_hmac, besluitnummer, voorziening_id, actueel, type, terugwerkend, overlap_vanaf, verteld_vanaf,
       indicatie_vanaf, status, register_peilmoment, workflow, berichten, verteld_op, sleutel_id, cijfertekst)
     values ($4, '0363', $1, 1, 'v', true, 'NIEUW', false, '2026-01-01', '2026-01-01', '2026-01-01', 'LOPEND', now(), 'nieuw', 1, '2026-01-01', $2, $3)`,
    [bsn.hmac, bsn.sleutelId, bsn.cijfertekst, signaal],
  );
  await database.pool.query(
    `insert into wlz_signaalstap (signaal_id, nr, stap, workflow, door, sleutel_id, cijfertekst)
     values ($1, 1, 'x', 'nieuw', 'proef', $2, $3), ($1, 2, 'x', 'nieuw', 'proef', null, null)`,
    [signaal, stap.sleutelId, stap.cijfertekst],
  );
  return vulPostbus(database, met, { postbus: '98000001', aantal: 450 });
}

test('everything of before there were data keys goes under the data keys, in every table, and is what it was', async () => {
  const ids = await vul();
  for (const { naam } of TABELLEN) expect(await onder(naam), naam).toEqual(['s1']);
  const gezien: string[] = [];
  await herversleutel(database, sleutels, ({ tabel, rijen }) => void (rijen > 0 && gezien.push(`${tabel} ${rijen}`)));
  expect(gezien).toEqual([
    'inhoud 450',
    'wmo_voorziening 1',
    'wmo_dossierfeit 1',
    'wlz_signaal 1',
    'wlz_signaalstap 1',
  ]);
  for (const { naam, doel } of TABELLEN)
    expect(await onder(naam), naam).toEqual([doel === 'inhoud' ? sleutels.actief : sleutels.vast]);
  expect((await leesInhoud(database, sleutels, ids[7] ?? ''))?.toString()).toBe('<bericht nr="7"/>');
  for (const tabel of ['wmo_voorziening', 'wmo_dossierfeit', 'wlz_signaal']) {
    const { rows } = await database.pool.query(
      `select bsn_hmac as hmac, sleutel_id as "sleutelId", cijfertekst from ${tabel}`,
    );
    expect(leesBsn(sleutels, rows[0])).toBe('999900006');
  }
});

test('begun again with nothing left to do, it does nothing', async () => {
  expect(await herversleutelAlles(werkplek)).toBe(0);
});

test('a row that cannot be decrypted stops it, and what was done stays done', async () => {
  const [id] = await vulPostbus(database, leesSleutels(plek), { postbus: '98000009', aantal: 1 });
  await database.pool.query(`update inhoud set sleutel_id = 'kwijt' where bericht_id = $1`, [id]);
  await expect(herversleutel(database, sleutels)).rejects.toThrow(/kwijt/);
  await database.pool.query('delete from inhoud where bericht_id = $1', [id]);
});

test('while messages travel: nobody fails to send, fetch or read, and afterwards nothing is under the old key', async () => {
  const knooppunt = await startOpstelling();
  const ring = await Sleutelring.open(knooppunt.config, knooppunt.database);
  try {
    const oud = ring.actief;
    const gemeente = knooppunt.client('0363');
    const plekken = { database: knooppunt.database, sleutels: ring, actor: 'proef' };
    let draait = true;
    const verstuurd = new Set<string>();
    const ontvangen = new Map<string, string>();
    const stuur = async (): Promise<void> => {
      while (draait) {
        const { status, lichaam } = await gemeente.leverAan(maakBericht('WMO301'), randomUUID());
        expect(status).toBe(202);
        verstuurd.add(lichaam.berichtId);
      }
    };
    const haal = async (): Promise<void> => {
      const geduld = performance.now() + 45_000;
      while (draait || (ontvangen.size < verstuurd.size && performance.now() < geduld)) {
        const vraag = { postbus: '98000001', aantal: 20, leaseSeconden: 60, actor: 'proef' };
        const { berichten } = await haalOp(knooppunt.database, ring, vraag);
        for (const { berichtId, inhoud } of berichten) ontvangen.set(berichtId, inhoud.toString('utf8', 0, 60));
        // Half of them is confirmed, the rest stays on its lease.
        const af = berichten.filter((_, nr) => nr % 2 === 0).map(({ berichtId }) => berichtId);
        await bevestig(knooppunt.database, { postbus: '98000001', berichtIds: af, actor: 'proef' });
      }
    };
    const lees = async (): Promise<void> => {
      while (draait) {
        await anderenEerst();
        for (const id of [...verstuurd].slice(-20))
          expect(await leesInhoud(knooppunt.database, ring, id)).toBeDefined();
      }
    };
    const eind = (fout: unknown): never => {
      draait = false;
      throw fout;
    };
    const verkeer = Promise.all([stuur(), stuur(), haal(), lees()]).catch(eind);
    // Every process looks at its keys every 5 seconds.
    const [nieuw] = await nieuweGegevenssleutels(plekken, 7000);
    for (let keer = 0; keer < 3; keer += 1) await herversleutelAlles(plekken);
    draait = false;
    await verkeer;
    await herversleutelAlles(plekken);
    const { rows } = await knooppunt.database.pool.query('select distinct sleutel_id as id from inhoud');
    expect(rows).toEqual([{ id: nieuw }]);
    expect(nieuw).not.toBe(oud);
    expect(verstuurd.size).toBeGreaterThan(20);
    expect(new Set(ontvangen.keys())).toEqual(verstuurd);
    expect([...ontvangen.values()].every((begin) => begin.startsWith('<'))).toBe(true);
  } finally {
    await ring.sluit();
    await knooppunt.stop();
  }
});

test('another master key: every data key goes under it, at once, and no row of a message changes', async () => {
  const ids = await vulPostbus(database, sleutels, { postbus: '98000002', aantal: 1 });
  const { hoofdId, aantal } = await draaiHoofdsleutel(werkplek, plek);
  const rijen = await leesGegevenssleutels(database.pool);
  expect([hoofdId, aantal]).toEqual(['s2', rijen.length]);
  expect(new Set(rijen.map((rij) => rij.hoofdId))).toEqual(new Set(['s2']));
  // A process that runs has its keys still, one that starts has them from the new master key; the old one is not needed.
  const document = leesDocument(plek);
  const { s1: _, ...zonder } = document.inhoud;
  schrijfDocument(sleutelpad(plek) ?? '', { ...document, inhoud: zonder });
  const nieuw = await bank.open();
  for (const ring of [sleutels, nieuw])
    expect((await leesInhoud(database, ring, ids[0] ?? ''))?.toString()).toBe('<bericht nr="0"/>');
  schrijfDocument(sleutelpad(plek) ?? '', document);
});

test('a rotation of the master key that was broken off after the file is finished, not begun anew', async () => {
  const document = leesDocument(plek);
  schrijfDocument(sleutelpad(plek) ?? '', {
    ...document,
    actief: 's3',
    inhoud: { ...document.inhoud, s3: Buffer.alloc(32, 3).toString('base64') },
  });
  expect((await draaiHoofdsleutel(werkplek, plek)).hoofdId).toBe('s3');
  expect(Object.keys(leesDocument(plek).inhoud)).toEqual(['s1', 's2', 's3']);
  expect((await leesGegevenssleutels(database.pool)).every(({ hoofdId }) => hoofdId === 's3')).toBe(true);
});

test('every rotation is in the audit log, without a key', async () => {
  const { rows } = await database.pool.query<{ resultaat: string; tekst: string }>(
    `select resultaat, logboek::text as tekst from logboek where gebeurtenis = 'sleutel gedraaid' order by nr`,
  );
  expect(new Set(rows.map(({ resultaat }) => resultaat))).toEqual(new Set(['herversleuteld', 'hoofdsleutel']));
  for (const geheim of Object.values(leesDocument(plek).inhoud))
    expect(rows.some(({ tekst }) => tekst.includes(geheim))).toBe(false);
});
