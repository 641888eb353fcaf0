/** A rotation killed with -9, between two commits and before one, and started again: everything readable throughout, and all of it done. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { wachtTot } from '#src/proces.ts';
import { leesInhoud } from '#src/verwerking/volgen.ts';
import { schiet, schietBijEinde } from '../hulp/processen.ts';
import { vulPostbus } from '../hulp/vulling.ts';
import { maakSleutelbank } from './hulp.ts';

const AANTAL = 3000;
const CLI = join(import.meta.dirname, '../../src/cli.ts');

const bank = await maakSleutelbank();
afterAll(() => bank.weg());
const { database, sleutels, plek, url, map } = bank;

function start(...args: string[]) {
  const kind = spawn(process.execPath, [CLI, 'sleutel', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: url, KNOOPPUNT_DATA: map },
  });
  const tekst: string[] = [];
  for (const stroom of [kind.stdout, kind.stderr]) stroom.setEncoding('utf8').on('data', (stuk) => tekst.push(stuk));
  const klaar = schietBijEinde(() => (kind.pid === undefined ? [] : [kind.pid]));
  const einde = once(kind, 'close').finally(klaar);
  return { pid: kind.pid ?? 0, einde, tekst: () => tekst.join('') };
}

const gedaan = async (): Promise<number> =>
  (
    await database.pool.query<{ n: number }>('select count(*)::int as n from inhoud where sleutel_id = $1', [
      sleutels.actief,
    ])
  ).rows[0]?.n ?? 0;

test('nothing is lost or unreadable, and the next run does what is left', async () => {
  const ids = await vulPostbus(database, leesSleutels(plek), { postbus: '98000001', aantal: AANTAL });
  const leesbaar = async (): Promise<boolean> => {
    for (const [nr, id] of ids.entries())
      if ((await leesInhoud(database, sleutels, id))?.toString() !== `<bericht nr="${nr}"/>`) return false;
    return true;
  };
  // Before a commit: it has read and encrypted, and waits for our lock to write.
  await database.transactie(async (client) => {
    await client.query('lock table inhoud in share mode');
    const eerste = start('draai', '--verder');
    const wacht = async (): Promise<boolean> =>
      (
        await database.pool.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
        )
      ).rows.length > 0;
    await wachtTot(wacht, { ms: 60_000, wat: 'the rotation to wait' });
    schiet([eerste.pid]);
    await eerste.einde;
  });
  expect(await gedaan()).toBe(0);
  expect(await leesbaar()).toBe(true);

  // Between two commits.
  const tweede = start('draai', '--verder');
  await wachtTot(async () => (await gedaan()) > 0, { ms: 60_000, wat: 'the rotation to begin' });
  schiet([tweede.pid]);
  await tweede.einde;
  const halverwege = await gedaan();
  expect(halverwege).toBeGreaterThan(0);
  expect(halverwege).toBeLessThan(AANTAL);
  expect(await leesbaar()).toBe(true);

  const derde = start('draai', '--verder');
  expect((await derde.einde)[0], derde.tekst()).toBe(0);
  expect(derde.tekst()).toContain(`${AANTAL - halverwege} rijen liggen nu onder de actieve gegevenssleutels.`);
  expect(await gedaan()).toBe(AANTAL);
  expect(await leesbaar()).toBe(true);
});
