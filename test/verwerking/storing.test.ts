/** A lane that fails through our own fault waits, visibly and with growing pauses; all others go on, and after repair so does it. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { meldStoring, wisStoring } from '#src/verwerking/storing.ts';
import { baanVan, volgordeVanVerwerking } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { verstuur, volg } from '../hulp/reis.ts';
import { maakBaan } from '../hulp/vulling.ts';
import { telling } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const { database } = knooppunt;

const client = knooppunt.client('0363');
const lever = async (ontvanger: string): Promise<string> =>
  (await client.leverAan(maakBericht('WMO301', { ontvanger }), randomUUID())).lichaam.berichtId;
const statusVan = async (id: string): Promise<string> => (await volg(client, id)).status;
interface Storing {
  readonly pogingen: number;
  readonly oorzaak: string;
}
const storingVan = async (baanId: number): Promise<Storing | undefined> =>
  (await database.pool.query<Storing>('select pogingen, oorzaak from baan_storing where baan_id = $1', [baanId]))
    .rows[0];

describe('a content that cannot be decrypted', async () => {
  const ziek = '98000041';
  const [eerste, tweede] = [await lever(ziek), await lever(ziek)];
  const baanId = await baanVan(database, eerste);
  const draaiOm = () =>
    database.pool.query(
      'update inhoud set cijfertekst = set_byte(cijfertekst, 20, get_byte(cijfertekst, 20) # 255) where bericht_id = $1',
      [eerste],
    );
  await draaiOm();

  test('holds up its own baan, and no other', async () => {
    await knooppunt.start('verwerker');
    await knooppunt.start('planner');
    await expect.poll(() => storingVan(baanId), { timeout: 10_000 }).toBeDefined();
    expect(await verstuur(client, maakBericht('WMO301', { ontvanger: '98000042' }))).toMatchObject({
      status: 'verwerkt',
    });
    expect([await statusVan(eerste), await statusVan(tweede)]).toEqual(['ontvangen', 'ontvangen']);
  });

  test('is not refused and not skipped: no outcome has been written', async () => {
    const { rows } = await database.pool.query(
      `select 1 from logboek where bericht_id = any ($1) and gebeurtenis = 'bericht verwerkt'`,
      [[eerste, tweede]],
    );
    expect([rows.length, (await telling(database)).bevindingen]).toEqual([0, 0]);
  });

  test('is visible to the operator, with a cause that holds no content', async () => {
    const { lijf } = await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' });
    expect(lijf).toMatch(/^knooppunt_banen_in_storing 1$/m);
    expect((await storingVan(baanId))?.oorzaak).toMatch(/^\w+Error( \w+)?$|^Error/);
    expect(knooppunt.log()).toContain('beurt mislukt');
  });

  test('is tried again, by the sweep, and after repair the baan goes on in order', async () => {
    await expect.poll(async () => (await storingVan(baanId))?.pogingen, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    const derde = await lever(ziek);
    await draaiOm();
    await database.pool.query('update baan_storing set volgende_poging = now() where baan_id = $1', [baanId]);
    for (const id of [eerste, tweede, derde])
      await expect.poll(() => statusVan(id), { timeout: 20_000 }).toBe('verwerkt');
    expect((await volgordeVanVerwerking(database)).get(baanId)).toEqual([1, 2, 3]);
    expect(await storingVan(baanId)).toBeUndefined();
  });
});

describe('the pauses', () => {
  test('double from one second to at most five minutes, even after a hundred times', async () => {
    const baanId = await maakBaan(database, '0344', '98000043');
    const pauzes: number[] = [];
    for (let nr = 0; nr < 100; nr += 1) {
      await meldStoring(database.pool, baanId, new TypeError('999900006'));
      const { rows } = await database.pool.query<{ pauze: number }>(
        'select round(extract(epoch from volgende_poging - now()))::int as pauze from baan_storing where baan_id = $1',
        [baanId],
      );
      pauzes.push(rows[0]?.pauze ?? -1);
    }
    expect(pauzes.slice(0, 10)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(new Set(pauzes.slice(9))).toEqual(new Set([300]));
    expect(await storingVan(baanId)).toEqual({ pogingen: 100, oorzaak: 'TypeError' });
    await wisStoring(database.pool, [baanId]);
    expect(await storingVan(baanId)).toBeUndefined();
  });
});
