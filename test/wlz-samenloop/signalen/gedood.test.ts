/** A comparison killed with -9, before a commit and between two, and started again: the same signals and the same messages as in one go. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { wachtTot } from '#src/proces.ts';
import { SIGNAAL_SLOT } from '#src/wlz-samenloop/signalen/delen.ts';
import { vergelijkAlles } from '#src/wlz-samenloop/signalen/run.ts';
import { schiet, schietBijEinde } from '../../hulp/processen.ts';
import { maakProef, type Proef } from './proef.ts';
import { bsnVan, gemeld, plekVan, zetRegister, zetWmo } from './wereld.ts';

const PERSONEN = 600;
const CLI = join(import.meta.dirname, '../../../src/cli.ts');

const heel = await maakProef();
const gebroken = await maakProef(heel.map);
afterAll(async () => {
  await gebroken.weg();
  await heel.weg();
});

async function vul(proef: Proef): Promise<void> {
  const personen = Array.from({ length: PERSONEN }, (_, nr) => nr);
  await zetRegister(
    proef,
    personen.map((nr) => ({ bsn: bsnVan(nr), nummer: nr + 1, ingang: '2026-01-01' })),
  );
  await zetWmo(
    proef,
    personen.flatMap((nr) => [
      { bsn: bsnVan(nr), gemeente: '0363', id: 'a', vanaf: '2026-01-01' },
      ...(nr % 3 === 0 ? [{ bsn: bsnVan(nr), gemeente: '0344', id: 'b', vanaf: '2026-02-01' }] : []),
    ]),
  );
}

async function startCommando({ url, map }: Proef) {
  const kind = spawn(process.execPath, [CLI, 'wlz', 'vergelijk'], {
    stdio: 'ignore',
    env: { ...process.env, DATABASE_URL: url, KNOOPPUNT_DATA: map },
  });
  const klaar = schietBijEinde(() => (kind.pid === undefined ? [] : [kind.pid]));
  const einde = once(kind, 'exit').finally(klaar);
  return { pid: kind.pid ?? 0, einde };
}

const deelVan = async ({ database }: Proef): Promise<number> =>
  (await database.pool.query<{ deel: number }>('select deel from wlz_run order by nr desc limit 1')).rows[0]?.deel ??
  -1;
/** Does somebody wait for a lock that we hold? */
const wachtIemand = async ({ database }: Proef): Promise<boolean> =>
  (
    await database.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
    )
  ).rows.length > 0;

/** Runs the command until it waits for what `houd` holds, and kills it there. */
async function doodBij(houd: string, waarden: unknown[] = []): Promise<void> {
  await gebroken.database.transactie(async (client) => {
    await client.query(houd, waarden);
    const { pid, einde } = await startCommando(gebroken);
    await wachtTot(() => wachtIemand(gebroken), { ms: 60_000, wat: 'the command to wait' });
    schiet([pid]);
    await einde;
  });
  // What it had not committed is undone before anybody goes on.
  await wachtTot(async () => !(await wachtIemand(gebroken)), { ms: 30_000, wat: 'its connection to end' });
}

const alles = async (proef: Proef) => {
  const meldingen = (await gemeld(proef)).map((melding) => ({ ...melding, registerPeilmoment: null }));
  const { rows } = await proef.database.pool.query(
    'select id, gemeente, type, workflow, berichten, overlap_vanaf::text, actueel from wlz_signaal order by id',
  );
  const { rows: stappen } = await proef.database.pool.query(
    'select signaal_id, nr, stap from wlz_signaalstap order by 1, 2',
  );
  return { meldingen: meldingen.toSorted((a, b) => a.berichtId.localeCompare(b.berichtId)), rows, stappen };
};

test('killed while it waits for a part, killed before a commit, and started again', async () => {
  await vul(heel);
  await vul(gebroken);
  await doodBij('select pg_advisory_xact_lock($1, 20)', [SIGNAAL_SLOT]);
  expect(await deelVan(gebroken)).toBe(20);
  const halverwege = (await gemeld(gebroken)).length;
  expect(halverwege).toBeGreaterThan(0);
  // Now with everything of part 20 written, and not committed.
  await doodBij('select nr from wlz_run for update');
  expect(await deelVan(gebroken)).toBe(20);
  expect((await gemeld(gebroken)).length).toBe(halverwege);

  const { einde } = await startCommando(gebroken);
  expect((await einde)[0]).toBe(0);
  const { rows } = await gebroken.database.pool.query<{ peildatum: string; nieuw: number; voorzieningen: number }>(
    'select peildatum::text, nieuw, voorzieningen::int from wlz_run',
  );
  expect(rows).toMatchObject([{ nieuw: 800, voorzieningen: 800 }]);

  await vergelijkAlles(plekVan(heel), 'opdracht', { peildatum: rows[0]?.peildatum ?? '' });
  const [een, ander] = [await alles(heel), await alles(gebroken)];
  expect(een.meldingen).toHaveLength(800);
  expect(ander).toEqual(een);
});

test('two at the same time compare every part once', async () => {
  await gebroken.database.pool.query(
    'truncate wlz_signaal, wlz_signaalstap, wlz_run, postbus_item, bericht, inhoud, bevinding, betrokkene, bezorgpoging, verzoekreferentie cascade',
  );
  const peildatum = '2026-06-01';
  const [een, twee] = await Promise.all([
    vergelijkAlles(plekVan(gebroken), 'opdracht', { peildatum }),
    vergelijkAlles(plekVan(gebroken), 'planner', { peildatum }),
  ]);
  expect(een?.run).toBe(twee?.run);
  const { rows } = await gebroken.database.pool.query('select nieuw, voorzieningen::int, deel from wlz_run');
  expect(rows).toEqual([{ nieuw: 800, voorzieningen: 800, deel: 64 }]);
});
