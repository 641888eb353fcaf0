/** Fairness: one who sends a flood waits for himself. Measured in what was handled before whom, not in time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { neemIn, onverwerkt } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const { database } = knooppunt;

const VLOED = 2000;
const OVERSTROOMD = '98000001';
/** So many messages one lane may have handled in the turns that were already due. */
const ENKELE_BEURTEN = 4 * 64;
const anderen = Array.from({ length: 8 }, (_, nr) => String(98000011 + nr));

/** How many messages of the flood got their outcome after this one came in, and before it had its own. */
async function voorgegaan(berichtId: string): Promise<number> {
  const { rows } = await database.pool.query<{ aantal: number }>(
    `select count(*)::int as aantal from logboek l join bericht b on b.id = l.bericht_id
     where l.gebeurtenis = 'bericht verwerkt' and b.ontvanger = $2
       and l.nr > (select nr from logboek where bericht_id = $1 and gebeurtenis = 'bericht ontvangen')
       and l.nr < (select nr from logboek where bericht_id = $1 and gebeurtenis = 'bericht verwerkt')`,
    [berichtId, OVERSTROOMD],
  );
  return rows[0]?.aantal ?? VLOED;
}
const klaar = async (ids: readonly string[]): Promise<boolean> => {
  const { rowCount } = await database.pool.query(
    `select 1 from bericht where id = any ($1) and toestand <> 'ontvangen'`,
    [ids],
  );
  return rowCount === ids.length;
};
const lever = async (ontvanger: string): Promise<string> =>
  (await knooppunt.client('0363').leverAan(maakBericht('WMO301', { ontvanger }), randomUUID())).lichaam.berichtId;

beforeAll(async () => {
  const bytes = maakBericht('WMO301', { ontvanger: OVERSTROOMD });
  await neemIn(
    knooppunt,
    Array.from({ length: VLOED - 1 }, () => ({ afzender: '0363', bytes })),
  );
  // The last comes by HTTP, so that the lane is on the list.
  await lever(OVERSTROOMD);
});

test('what comes into eight other banen after the flood is done within a few beurten; so is what comes during the flood', async () => {
  const meteen = await Promise.all(anderen.map(lever));
  await knooppunt.start('verwerker');
  await expect.poll(() => klaar(meteen), { timeout: 30_000, interval: 20 }).toBe(true);
  const tijdens = await Promise.all(anderen.map(lever));
  await expect.poll(() => klaar(tijdens), { timeout: 30_000, interval: 20 }).toBe(true);
  const resteert = await onverwerkt(database);

  for (const id of [...meteen, ...tijdens]) expect(await voorgegaan(id)).toBeLessThanOrEqual(ENKELE_BEURTEN);
  expect(resteert, 'the flood was still going on').toBeGreaterThan(0);
});

test('the flood itself gets done too, in order', async () => {
  await expect.poll(() => onverwerkt(database), { timeout: 60_000 }).toBe(0);
  const { rows } = await database.pool.query<{ nummers: number[] }>(
    `select array_agg(b.baan_nummer::int order by l.nr) as nummers from logboek l join bericht b on b.id = l.bericht_id
     where l.gebeurtenis = 'bericht verwerkt' and b.ontvanger = $1`,
    [OVERSTROOMD],
  );
  expect(rows[0]?.nummers).toEqual(Array.from({ length: VLOED }, (_, nr) => nr + 1));
});
