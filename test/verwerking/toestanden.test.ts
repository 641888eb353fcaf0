/** The two tables of states, and that the database does what they say: every pair is tried through the public functions. */
import { afterAll, describe, expect, test } from 'vitest';
import { bevestig, haalOp } from '#src/postbus/postbus.ts';
import {
  BEZORGING_OVERGANGEN,
  BEZORGINGEN,
  type Bezorging,
  bezorgingVoor,
  TOESTAND_OVERGANGEN,
  TOESTANDEN,
} from '#src/toestanden.ts';
import { baanVan, beurt, neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { vulPostbus } from '../hulp/vulling.ts';

const knooppunt = await startOpstelling({ rollen: [] });
afterAll(() => knooppunt.stop());
const { database, sleutels } = knooppunt;

const paren = <T extends string>(standen: readonly T[]): readonly (readonly [T, T])[] =>
  standen.flatMap((van) => standen.map((naar) => [van, naar] as const));

describe('the table of processing', () => {
  const MAG = new Set(['ontvangen verwerkt', 'ontvangen afgekeurd']);
  test.each(paren(TOESTANDEN))('%s → %s', (van, naar) => {
    expect(TOESTAND_OVERGANGEN[van].includes(naar)).toBe(MAG.has(`${van} ${naar}`));
  });
});

describe('the table of delivery', () => {
  const MAG = new Set([
    'te_bezorgen opgehaald',
    'te_bezorgen bevestigd',
    'te_bezorgen onbestelbaar',
    'opgehaald opgehaald',
    'opgehaald bevestigd',
    'opgehaald onbestelbaar',
    'onbestelbaar opgehaald',
    'onbestelbaar bevestigd',
    'te_bezorgen vervallen',
    'opgehaald vervallen',
    'onbestelbaar vervallen',
  ]);
  test.each(paren(BEZORGINGEN))('%s → %s', (van, naar) => {
    expect(BEZORGING_OVERGANGEN[van].includes(naar)).toBe(MAG.has(`${van} ${naar}`));
    expect(bezorgingVoor(naar).includes(van)).toBe(MAG.has(`${van} ${naar}`));
  });
});

describe('what the database does with a state', () => {
  let volgende = 98000150;
  async function inStand(bezorging: Bezorging) {
    volgende += 1;
    const postbus = String(volgende);
    const [id = ''] = await vulPostbus(database, sleutels, { postbus, aantal: 1, bezorging });
    const stand = async (): Promise<unknown> =>
      (
        await database.pool.query<{ bezorging: string }>('select bezorging from postbus_item where bericht_id = $1', [
          id,
        ])
      ).rows[0]?.bezorging;
    return { postbus, id, stand };
  }

  test.each(BEZORGINGEN)('fetching from %s is possible only when the table says so', async (van) => {
    const { postbus, id, stand } = await inStand(van);
    const { berichten } = await haalOp(database, sleutels, { postbus, aantal: 1, leaseSeconden: 60, actor: 'proef' });
    const mag = BEZORGING_OVERGANGEN[van].includes('opgehaald');
    expect(berichten.map(({ berichtId }) => berichtId)).toEqual(mag ? [id] : []);
    expect(await stand()).toBe(mag ? 'opgehaald' : van);
  });

  test.each(BEZORGINGEN)('confirming from %s is possible only when the table says so', async (van) => {
    const { postbus, id, stand } = await inStand(van);
    const { rows } = await database.pool.query('select bevestigd_op from postbus_item where bericht_id = $1', [id]);
    await bevestig(database, { postbus, berichtIds: [id], actor: 'proef' });
    const mag = BEZORGING_OVERGANGEN[van].includes('bevestigd');
    expect(await stand()).toBe(mag ? 'bevestigd' : van);
    const erna = await database.pool.query('select bevestigd_op from postbus_item where bericht_id = $1', [id]);
    expect(erna.rows[0].bevestigd_op === null).toBe(!mag);
    expect(rows).toEqual([{ bevestigd_op: null }]);
  });

  test('a running lease is not broken', async () => {
    const { postbus, id } = await inStand('te_bezorgen');
    const vraag = { postbus, aantal: 1, leaseSeconden: 60, actor: 'proef' };
    expect((await haalOp(database, sleutels, vraag)).berichten).toHaveLength(1);
    expect((await haalOp(database, sleutels, vraag)).berichten).toEqual([]);
    expect([...(await bevestig(database, { postbus, berichtIds: [id], actor: 'proef' }))]).toEqual([id]);
  });

  test.each(TOESTANDEN.filter((stand) => stand !== 'ontvangen'))(
    'a beurt does not touch a bericht that is already %s',
    async (stand) => {
      const [id = ''] = await neemIn(knooppunt, [{ afzender: '0363', bytes: maakBericht('WMO301') }]);
      const baanId = await baanVan(database, id);
      await database.pool.query('update bericht set toestand = $2 where id = $1', [id, stand]);
      const items = async () =>
        (await database.pool.query('select 1 from postbus_item where bericht_id = $1', [id])).rowCount;
      const { verwerkt } = await beurt(knooppunt, baanId).catch(() => ({ verwerkt: [] }));
      expect([verwerkt, await items()]).toEqual([[], 0]);
      await database.pool.query('delete from te_doen where bericht_id = $1', [id]);
    },
  );

  test.each(['gelezen', '', 'ONTVANGEN'])(
    'a state that does not exist (%s) is refused by the database',
    async (stand) => {
      const { id } = await inStand('te_bezorgen');
      await expect(database.pool.query('update bericht set toestand = $2 where id = $1', [id, stand])).rejects.toThrow(
        /check/,
      );
      await expect(
        database.pool.query('update postbus_item set bezorging = $2 where bericht_id = $1', [id, stand]),
      ).rejects.toThrow(/check/);
    },
  );
});
