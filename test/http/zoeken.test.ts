/** Searching one's own messages: pages that miss nothing and repeat nothing, also when many have the same time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stelIn, verstuur, vraagJson } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());
const client = knooppunt.client('0363');

interface Gevonden {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly status: string;
  readonly ontvangenOp: string;
}
interface Pagina {
  readonly berichten: readonly Gevonden[];
  readonly volgende: string | null;
}
function zoek(vraag: Readonly<Record<string, string | number>>, wie = client): Promise<Pagina> {
  const delen = new URLSearchParams(
    Object.entries(vraag).map(([naam, waarde]): [string, string] => [naam, `${waarde}`]),
  );
  return vraagJson(wie, 'GET', `/v1/berichten?${delen}`);
}

/** Walks all pages; calls `tussen` after the first. */
async function alles(
  vraag: Readonly<Record<string, string | number>>,
  tussen: () => Promise<unknown> = async () => undefined,
) {
  const gevonden: Gevonden[] = [];
  for (let na: string | null = ''; na !== null; ) {
    const pagina: Pagina = await zoek({ ...vraag, ...(na !== '' && { na }) });
    if (na === '') await tussen();
    gevonden.push(...pagina.berichten);
    na = pagina.volgende;
  }
  return gevonden;
}

beforeAll(async () => {
  await stelIn(knooppunt.client('98000001'), '98000001', 'iwmo', { retour: 'knooppunt' });
  const lever = (nr: number) => client.leverAan(maakBericht('WMO301', { geldig: nr % 4 !== 0 }), randomUUID());
  await Promise.all(Array.from({ length: 40 }, (_, nr) => lever(nr)));
  await verstuur(client, maakBericht('WMO301'));
  // As after one large turn: every answer at the same moment, to less than a millisecond.
  await knooppunt.database.pool.query(
    `update bericht set ontvangen_op = date_trunc('second', now()) where oorsprong = 'knooppunt'`,
  );
});

describe('browsing through the pages', () => {
  test.each([1, 7, 25, 100])('of %i misses nothing, repeats nothing, and is in order', async (aantal) => {
    const { rows } = await knooppunt.database.pool.query<{ id: string }>(
      `select id from bericht where '0363' in (afzender, ontvanger) order by ontvangen_op desc, id desc`,
    );
    expect(rows.length).toBe(82);
    expect((await alles({ aantal })).map(({ berichtId }) => berichtId)).toEqual(rows.map(({ id }) => id));
  });

  test('is not shifted by what comes in meanwhile', async () => {
    const eerst = (await alles({ aantal: 100 })).map(({ berichtId }) => berichtId);
    const tijdens = await alles({ aantal: 10 }, () => verstuur(client, maakBericht('WMO301')));
    expect(tijdens.map(({ berichtId }) => berichtId)).toEqual(eerst);
  });

  test('who is both parties sees a bericht once', async () => {
    const ids = (await alles({ aantal: 10 })).map(({ berichtId }) => berichtId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a filter', () => {
  test('on status, soort and time gives exactly what belongs, also combined', async () => {
    const alle = await alles({ aantal: 100 });
    const grens = alle[30]?.ontvangenOp ?? '';
    const gevallen: readonly (readonly [Readonly<Record<string, string>>, (rij: Gevonden) => boolean])[] = [
      [{ status: 'afgekeurd' }, ({ status }) => status === 'afgekeurd'],
      [{ berichtsoort: 'Fo01' }, ({ berichtsoort }) => berichtsoort === 'Fo01'],
      [
        { berichtsoort: 'WMO301', status: 'verwerkt' },
        ({ berichtsoort, status }) => berichtsoort === 'WMO301' && status === 'verwerkt',
      ],
      [{ vanaf: grens }, ({ ontvangenOp }) => ontvangenOp >= grens],
      [{ tot: grens }, ({ ontvangenOp }) => ontvangenOp < grens],
      [
        { vanaf: grens, berichtsoort: 'WMO302' },
        ({ berichtsoort, ontvangenOp }) => berichtsoort === 'WMO302' && ontvangenOp >= grens,
      ],
      [{ vanaf: '2100-01-01' }, () => false],
    ];
    for (const [vraag, hoort] of gevallen) {
      const verwacht = alle.filter(hoort).map(({ berichtId }) => berichtId);
      expect(
        (await alles({ ...vraag, aantal: 7 })).map(({ berichtId }) => berichtId),
        JSON.stringify(vraag),
      ).toEqual(verwacht);
    }
  });

  test('on a date begins and ends with the day in the Netherlands', async () => {
    const { berichtId } = await verstuur(client, maakBericht('WMO301'));
    // Half past midnight on the first of July in the Netherlands, the day before in UTC.
    await knooppunt.database.pool.query(`update bericht set ontvangen_op = '2020-06-30T22:30:00Z' where id = $1`, [
      berichtId,
    ]);
    const ids = async (vraag: Readonly<Record<string, string>>) =>
      (await zoek(vraag)).berichten.map((rij) => rij.berichtId);
    expect(await ids({ vanaf: '2020-07-01', tot: '2020-07-02' })).toEqual([berichtId]);
    expect(await ids({ vanaf: '2020-06-30', tot: '2020-07-01' })).toEqual([]);
  });
});

test('the cursor of somebody else does not change what one may see', async () => {
  const { volgende } = await zoek({ aantal: 1 });
  const { berichten } = await zoek({ na: volgende ?? '' }, knooppunt.client('0344'));
  expect(berichten).toEqual([]);
});
