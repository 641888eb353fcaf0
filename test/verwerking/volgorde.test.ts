/** Order within a lane: a 305 is judged after the 301 that came before it, however many send and however many handle. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { onverwerkt, volgordeVanVerwerking } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { volg } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
await knooppunt.start('verwerker');
afterAll(() => knooppunt.stop());
const { database } = knooppunt;

const BANEN = ['98000001', '98000002', '98000003'];
const PER_ZENDER = 40;

/** Sends one after the other, as a system that waits for each receipt; every fourth is invalid. */
async function zend(code: string, afzender: string, ontvanger: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let nr = 0; nr < PER_ZENDER; nr += 1) {
    const bytes = maakBericht(code, { afzender, ontvanger, identificatie: `N${nr}`, geldig: nr % 4 !== 3 });
    const { status, lichaam } = await knooppunt.client(afzender).leverAan(bytes, randomUUID());
    expect(status).toBe(202);
    ids.push(lichaam.berichtId);
  }
  return ids;
}

test('two verwerkers, twelve senders, both directions mixed: every baan goes in order of receipt', async () => {
  const zendingen = await Promise.all(
    BANEN.flatMap((aanbieder) => [
      zend('WMO301', '0363', aanbieder),
      zend('WMO301', '0363', aanbieder),
      zend('WMO305', aanbieder, '0363'),
      zend('WMO323', aanbieder, '0363'),
    ]),
  );
  await expect.poll(() => onverwerkt(database), { timeout: 30_000 }).toBe(0);

  const volgorde = await volgordeVanVerwerking(database);
  expect(volgorde.size).toBe(BANEN.length);
  for (const nummers of volgorde.values()) expect(nummers).toEqual(nummers.toSorted((a, b) => a - b));
  expect([...volgorde.values()].flat()).toHaveLength(BANEN.length * 4 * PER_ZENDER);

  const { rows } = await database.pool.query<{ id: string; nummer: number }>(
    'select id, baan_nummer::int as nummer from bericht where baan_nummer is not null',
  );
  const nummerVan = new Map(rows.map(({ id, nummer }) => [id, nummer]));
  for (const ids of zendingen) {
    const nummers = ids.map((id) => nummerVan.get(id) ?? 0);
    expect(nummers).toEqual(nummers.toSorted((a, b) => a - b));
  }
});

test('in the postbus too the berichten of a baan lie in order of receipt', async () => {
  const { rows } = await database.pool.query<{ nummers: number[] }>(
    `select array_agg(b.baan_nummer::int order by p.nr) as nummers from postbus_item p join bericht b on b.id = p.bericht_id
     where b.oorsprong = 'aanlevering' group by b.baan_id, p.postbus`,
  );
  expect(rows).toHaveLength(BANEN.length * 2);
  for (const { nummers } of rows) expect(nummers).toEqual(nummers.toSorted((a, b) => a - b));
});

test('a receipt precedes the number: whoever starts later gets a higher number', async () => {
  const nummers: (number | null)[] = [];
  for (const afzender of ['0363', '98000001', '0363', '98000001', '0363']) {
    const code = afzender === '0363' ? 'WMO301' : 'WMO305';
    const { lichaam } = await knooppunt.client(afzender).leverAan(maakBericht(code), randomUUID());
    nummers.push((await volg(knooppunt.client(afzender), lichaam.berichtId)).baanNummer);
  }
  expect(new Set(nummers).size).toBe(5);
  expect(nummers).toEqual(nummers.toSorted((a, b) => Number(a) - Number(b)));
});

test('every bericht got exactly one outcome, and every rejected bericht one Fo01', async () => {
  await expect.poll(() => onverwerkt(database)).toBe(0);
  const { rows } = await database.pool.query<{ toestand: string; zonder: number; meer: number }>(
    `select toestand, count(*) filter (where uit = 0)::int as zonder, count(*) filter (where uit > 1)::int as meer from (
       select b.toestand, (select count(*) from postbus_item p where p.bericht_id = b.id)
         + (select count(*) from bericht a where a.heenbericht_id = b.id) as uit
       from bericht b where b.oorsprong = 'aanlevering'
     ) u group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { toestand: 'afgekeurd', zonder: 0, meer: 0 },
    { toestand: 'verwerkt', zonder: 0, meer: 0 },
  ]);
});
