/** What the audit log may cost where messages pass: no statement, and no trip to the database, of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { haalOp } from '#src/postbus/postbus.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { baanVan, beurt, neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const map = mkdtempSync(join(tmpdir(), 'knooppunt-kosten-'));
const { database, weg } = await maakGegevensbank();
const sleutels = leesSleutels({ sleutelbestand: undefined, data: map });
afterAll(async () => {
  await weg();
  rmSync(map, { recursive: true });
});
await registreer(database, demoOrganisaties());

/** The statements that work sends, by their text; all of it goes to the real database. */
async function opdrachten<T>(
  werk: () => Promise<T>,
): Promise<{ readonly teksten: readonly string[]; readonly waarde: T }> {
  const teksten: string[] = [];
  const echt = pg.Client.prototype.query;
  pg.Client.prototype.query = function meegeschreven(this: pg.Client, ...deel: unknown[]) {
    const [opdracht] = deel;
    teksten.push(typeof opdracht === 'string' ? opdracht : ((opdracht as { text?: string }).text ?? ''));
    return Reflect.apply(echt, this, deel);
  } as typeof echt;
  try {
    return { waarde: await werk(), teksten };
  } finally {
    pg.Client.prototype.query = echt;
  }
}
const overLogboek = (teksten: readonly string[]): readonly string[] =>
  teksten.filter((tekst) => tekst.includes('logboek'));
const berichten = (aantal: number, reeks: string) =>
  Array.from({ length: aantal }, (_, nr) => ({
    afzender: '0363',
    bytes: maakBericht('WMO301', { identificatie: `${reeks}${nr}` }),
  }));
const regels = async (): Promise<number> =>
  (await database.pool.query<{ aantal: number }>('select count(*)::int as aantal from logboek')).rows[0]?.aantal ?? 0;

test('intake writes the line in the statement that stores the message; a batch is one statement', async () => {
  const [eerst] = await neemIn({ database, sleutels }, berichten(1, 'A'));
  const voor = await regels();
  const { teksten, waarde } = await opdrachten(() => neemIn({ database, sleutels }, berichten(40, 'B')));
  expect(waarde).toHaveLength(40);
  expect(await regels()).toBe(voor + 40);
  const erover = overLogboek(teksten);
  // The first goes at once, the others share the next commits.
  expect(erover.length).toBeLessThanOrEqual(3);
  for (const tekst of erover) expect(tekst).toContain('insert into bericht');
  expect(eerst).toBeDefined();
});

test('a turn of a lane takes as many statements for thirty messages as for one, and writes their lines in that of their verdicts', async () => {
  const [eerste = ''] = await neemIn({ database, sleutels }, berichten(1, 'C'));
  const baan = await baanVan(database, eerste);
  while ((await beurt({ database, sleutels }, baan)).stand !== 'klaar');
  await neemIn({ database, sleutels }, berichten(1, 'D'));
  const een = await opdrachten(() => beurt({ database, sleutels }, baan));
  await neemIn({ database, sleutels }, berichten(30, 'E'));
  const dertig = await opdrachten(() => beurt({ database, sleutels }, baan));
  expect([een.waarde.verwerkt.length, dertig.waarde.verwerkt.length]).toEqual([1, 30]);
  expect(dertig.teksten.length).toBe(een.teksten.length);
  expect(overLogboek(dertig.teksten)).toHaveLength(1);
  expect(overLogboek(dertig.teksten)[0]).toContain('update bericht');
});

test('fetching writes the lines in the statement of the lease', async () => {
  const vraag = { postbus: '98000001', aantal: 20, leaseSeconden: 60, actor: 'proef' };
  const { teksten, waarde } = await opdrachten(() => haalOp(database, sleutels, vraag));
  expect(waarde.berichten).toHaveLength(20);
  expect(teksten).toHaveLength(1);
});
