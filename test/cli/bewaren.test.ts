/** `sleutel`, `bewaren` and `herstel` from the command line: what they say, their exit codes, and that nothing is removed by accident. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { maakGegevenssleutel } from '#src/opslag/gegevenssleutels.ts';
import { leg } from '../bewaren/wereld.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { maakSleutelbank } from '../sleutelbeheer/hulp.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');
const bank = await maakSleutelbank();
afterAll(() => bank.weg());
const { database, sleutels } = bank;

interface Uitkomst {
  readonly code: number;
  readonly uit: string;
  readonly fout: string;
}

const knooppunt = (...args: readonly string[]): Promise<Uitkomst> =>
  new Promise((klaar) => {
    const env = { ...process.env, DATABASE_URL: alsOpdracht(bank.url, args), KNOOPPUNT_DATA: bank.map };
    execFile(process.execPath, [CLI, ...args], { env }, (fout, uit, stderr) =>
      klaar({ code: fout ? Number(fout.code) : 0, uit, fout: stderr }),
    );
  });

test('sleutel lijst shows every data key, what is still needed under it, and no key', async () => {
  await leg(bank, { oud: 1 });
  const { code, uit } = await knooppunt('sleutel', 'lijst');
  expect(code).toBe(0);
  expect(uit).toMatch(new RegExp(`${sleutels.actief}  inhoud  actief  hoofdsleutel s1  1 berichten, 1 nog nodig`));
  for (const sleutel of sleutels.inhoud.values()) expect(uit).not.toContain(sleutel.export().toString('base64'));
});

test('sleutel verwijder does nothing without --bevestig and a reason, and says why it refuses', async () => {
  const oud = sleutels.actief;
  await maakGegevenssleutel(database.pool, sleutels.kluis, 'inhoud', new Date(Date.now() - 3600_000 / 2));
  await sleutels.ververs();
  expect(await knooppunt('sleutel', 'verwijder', oud)).toMatchObject({ code: 2 });
  expect(await knooppunt('sleutel', 'verwijder', oud, '--reden', 'x')).toMatchObject({
    code: 1,
    fout: expect.stringContaining('--bevestig'),
  });
  expect(await knooppunt('sleutel', 'verwijder', sleutels.actief, '--reden', 'x', '--bevestig')).toMatchObject({
    code: 1,
  });
  const { rows } = await database.pool.query('select from gegevenssleutel where verwijderd_op is not null');
  expect(rows).toHaveLength(0);
});

test('bewaren --proef says what would go and changes nothing; bewaren does it', async () => {
  await leg(bank, { oud: 5, bezorging: 'bevestigd' });
  const proef = await knooppunt('bewaren', '--proef');
  expect(proef.code).toBe(0);
  expect(proef.uit).toMatch(/^inhoud +iwmo +1 +\d{4}-\d{2}-\d{2}T/m);
  const tel = async () => (await database.pool.query('select from inhoud')).rowCount;
  expect(await tel()).toBe(2);
  expect((await knooppunt('bewaren')).uit).toContain('inhoud 1, metadata 0');
  expect(await tel()).toBe(1);
});

test('herstel controleer counts what is broken in its exit code; vrijgeven may be said twice', async () => {
  await database.pool.query(`update bericht set sha256 = sha256('')`);
  const fout = await knooppunt('herstel', 'controleer');
  expect(fout.code).toBe(1);
  expect(fout.uit).toMatch(/^FOUT {2}de inhoud is leesbaar/m);
  await database.pool.query('truncate bericht, inhoud, postbus_item, betrokkene, bevinding cascade');
  expect((await knooppunt('herstel', 'controleer')).code).toBe(0);
  await database.pool.query('update herstelmerk set tijdlijn = tijdlijn + 1');
  expect((await knooppunt('herstel', 'controleer')).uit).toContain('vrijgeven');
  expect((await knooppunt('herstel', 'vrijgeven')).uit).toContain('Vrijgegeven');
  expect((await knooppunt('herstel', 'vrijgeven')).uit).toContain('al vrijgegeven');
});

test.each([['sleutel'], ['sleutel', 'draai', '--hoofd', '--verder'], ['herstel', 'iets']])(
  '%s %s is wrong usage',
  async (...args) => {
    expect((await knooppunt(...args)).code).toBe(2);
  },
);
