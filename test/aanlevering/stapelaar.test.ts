/** Fair share of intake: a flood of one client does not make the others wait for all of it, and keeps its own order. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leverAan } from '#src/aanlevering/aanlevering.ts';
import { Stapelaar } from '#src/aanlevering/stapelaar.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { Routering } from '#src/routering/routering.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const map = await mkdtemp(join(tmpdir(), 'knooppunt-stapelaar-'));
const { database, weg } = await maakGegevensbank();
await registreer(database, demoOrganisaties());
afterAll(async () => {
  await weg();
  await rm(map, { recursive: true });
});

const loket = {
  database,
  sleutels: leesSleutels({ sleutelbestand: undefined, data: map }),
  routering: new Routering(database),
  stapelaar: new Stapelaar(database),
  stoot: () => undefined,
  maxBytes: 25 * 1024 * 1024,
  alleenTestBsn: true,
};
/** Sends one message. @returns its id */
async function lever(afzender: string, nr: number): Promise<string> {
  const bytes = maakBericht('WMO301', { afzender, ontvanger: '98000001', identificatie: `F${nr}` });
  const client = { id: `client-${afzender}`, namens: new Set([afzender]), beheerder: false };
  async function* inhoud(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const kenmerken = () => ({ referentienummer: undefined });
  return (await leverAan(loket, { client, kenmerken, inhoud: inhoud() })).berichtId;
}

test('the one message of a quiet client overtakes the flood of another, and the flood stays in its own order', async () => {
  await loket.routering.feiten();
  let geweest = 0;
  const tel = (): void => {
    geweest += 1;
  };
  const vloed = Array.from({ length: 400 }, (_, nr) => lever('0363', nr).then(tel));
  // Counted here at that very moment: to ask the database takes so long that the rest may have come in meanwhile.
  const stil = lever('0344', 0).then(() => geweest);
  const [klaar] = await Promise.all([stil, ...vloed]);
  // Some commits may have gone before it came; never all of them.
  expect(klaar).toBeLessThan(400);
  const { rows } = await database.pool.query<{ identificatie: string }>(
    `select identificatie from bericht where afzender = '0363' order by baan_nummer`,
  );
  expect(rows.map(({ identificatie }) => identificatie)).toEqual(Array.from({ length: 400 }, (_, nr) => `F${nr}`));
});
