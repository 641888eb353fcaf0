/** A simulation on a real switch: through its API, and afterwards with the moments of the script, as every reader sees them. */
import { afterAll, describe, expect, test } from 'vitest';
import { zegelsleutel } from '#src/logboek/afdruk.ts';
import { controleerKeten } from '#src/logboek/controle.ts';
import { werkKetenBij } from '#src/logboek/keten.ts';
import { Knooppunt } from '#src/simulator/knooppunt.ts';
import { simuleer } from '#src/simulator/simuleer.ts';
import { isGevuld } from '#src/simulator/terugdateren.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { verstuur, vraagJson } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());
const { database, sleutels, adres } = knooppunt;
const zegel = zegelsleutel(sleutels.hmac);

async function rijen<T>(vraag: string, waarden: unknown[] = []): Promise<readonly T[]> {
  return (await database.pool.query(vraag, waarden)).rows as T[];
}
const telling = async (vraag: string): Promise<number> =>
  (await rijen<{ aantal: number }>(`select count(*)::int as aantal from ${vraag}`))[0]?.aantal ?? -1;

// One of somebody else, and sealed: neither may be touched.
const vreemd = await verstuur(
  knooppunt.client('0363'),
  maakBericht('WMO301', { afzender: '0363', ontvanger: '98000001' }),
);
await werkKetenBij(database, zegel, { ms: 10_000 });
const vooraf = await rijen<{ nr: string; tijdstip: Date }>('select nr, tijdstip from logboek order by nr');
const stappen: string[] = [];
const verslag = await simuleer(
  { knooppunt: new Knooppunt(adres), database },
  { zaad: 1, maanden: 1, gemeenten: 2, aanbieders: 4, meld: (stap) => stappen.push(stap) },
);

test('everything goes as the script says, and all 28 soorten travelled', async () => {
  expect(verslag.onverwacht).toEqual([]);
  expect(verslag.gedateerd).toBeGreaterThan(verslag.verstuurd);
  const soorten = await rijen<{ soort: string }>('select distinct berichtsoort as soort from bericht');
  expect(soorten.map(({ soort }) => soort)).toEqual(expect.arrayContaining(BERICHTSOORTEN.map(({ code }) => code)));
  expect(new Set(stappen)).toEqual(new Set(['draaiboek', 'inrichten', 'berichten', 'post', 'wlz', 'tijd']));
  const bevindingen = await rijen<{ regel: string }>(
    `select distinct x ->> 'regel' as regel from bevinding cross join lateral jsonb_array_elements(bevindingen) x
     where (x ->> 'niveau')::int >= 3 and x ->> 'ernst' = 'fout'`,
  );
  const bedoeld = ['TR019', 'TR321', 'TR322', 'TR338', 'TR340', 'TR351', 'TR382'];
  for (const { regel } of bevindingen) expect(bedoeld).toContain(regel);
});

describe('moments', () => {
  test('are in the past and in order: received, handled, delivered, fetched, confirmed', async () => {
    expect(await telling(`bericht where verwerkt_op < ontvangen_op or verwerkt_op > now()`)).toBe(0);
    expect(
      await telling(`postbus_item p join bericht b on b.id = p.bericht_id
        where p.geplaatst_op < b.verwerkt_op or p.opgehaald_op < p.geplaatst_op or p.bevestigd_op < p.opgehaald_op or p.bevestigd_op > now()`),
    ).toBe(0);
    // A month of life, and only what was sent a moment ago by somebody else is of today.
    const dagen = await rijen<{ dagen: number }>(
      `select count(distinct ontvangen_op::date)::int as dagen from bericht where ontvangen_op < now() - interval '1 hour'`,
    );
    expect(dagen[0]?.dagen).toBeGreaterThan(12);
    expect(await telling(`postbus_item where bezorging = 'bevestigd'`)).toBeGreaterThan(50);
  });

  test('of an answer lie after those of what it answers, also when the switch gave it', async () => {
    expect(
      await telling(
        `bericht a join bericht h on h.id = a.heenbericht_id where a.ontvangen_op < date_trunc('milliseconds', h.verwerkt_op)`,
      ),
    ).toBe(0);
    expect(
      await telling(
        `bericht a join bericht h on h.id = a.heenbericht_id where a.oorsprong = 'knooppunt' and a.ontvangen_op > h.verwerkt_op`,
      ),
    ).toBe(0);
  });

  test('agree wherever they stand twice: search by person, answers that are due, and the audit log', async () => {
    expect(
      await telling('betrokkene k join bericht b on b.id = k.bericht_id where k.ontvangen_op <> b.ontvangen_op'),
    ).toBe(0);
    expect(
      await telling(
        `openstaand o join bericht b on b.id = o.bericht_id where o.sinds <> date_trunc('milliseconds', b.verwerkt_op)`,
      ),
    ).toBe(0);
    expect(
      await telling(`logboek l join bericht b on b.id = l.bericht_id left join postbus_item p on p.bericht_id = b.id where b.id <> '${vreemd.berichtId}' and
        l.tijdstip is distinct from case l.gebeurtenis when 'bericht ontvangen' then b.ontvangen_op when 'bericht verwerkt' then b.verwerkt_op
          when 'antwoord opgesteld' then b.verwerkt_op when 'bericht bevestigd' then p.bevestigd_op else l.tijdstip end`),
    ).toBe(0);
    expect(await telling('te_doen')).toBe(0);
  });

  test('are those of a timeline that a party reads', async () => {
    const [bericht] = await rijen<{ id: string }>(
      `select b.id from bericht b join postbus_item p on p.bericht_id = b.id
       where b.berichtsoort = 'WMO323' and b.afzender = '98000001' and p.bezorging = 'bevestigd' limit 1`,
    );
    const { stappen: gezet } = await vraagJson<{ stappen: readonly { tijdstip: string }[] }>(
      knooppunt.client('98000001'),
      'GET',
      `/v1/berichten/${bericht?.id}`,
    );
    const tijden = gezet.map(({ tijdstip }) => tijdstip);
    expect(tijden.length).toBeGreaterThanOrEqual(5);
    expect(tijden).toEqual(tijden.toSorted());
  });
});

describe('the audit log', () => {
  test('is as it was where it was sealed, and its chain is right over all that came after', async () => {
    const nu = await rijen<{ nr: string; tijdstip: Date }>(
      'select nr, tijdstip from logboek where nr <= $1 order by nr',
      [vooraf.at(-1)?.nr],
    );
    expect(nu).toEqual(vooraf);
    await werkKetenBij(database, zegel, { ms: 10_000 });
    const { bevindingen } = await controleerKeten(database, zegel, []);
    expect(bevindingen).toEqual([]);
  });

  test('says that it was done, and is append-only again', async () => {
    const regels = await rijen<{ details: { berichten: number } }>(
      `select details from logboek where gebeurtenis = 'simulatie teruggedateerd'`,
    );
    expect(regels.map(({ details }) => details.berichten)).toEqual([verslag.gedateerd]);
    await expect(database.pool.query(`update logboek set actor = 'ander' where nr = 1`)).rejects.toThrow('append-only');
    expect(await isGevuld(database)).toBe(true);
    expect(await isGevuld(database, verslag.gedateerd + 1)).toBe(false);
  });
});

test('what was sent by others keeps its moment', async () => {
  const [rij] = await rijen<{ op: Date }>('select ontvangen_op as op from bericht where id = $1', [vreemd.berichtId]);
  expect(rij?.op.getTime()).toBeGreaterThan(Date.now() - 10 * 60_000);
});

test('a switch that is no demo is refused before anything is sent', async () => {
  const echt = await startOpstelling({ rollen: ['api'], omgeving: { KNOOPPUNT_DEMO: '0' } });
  try {
    const werk = simuleer(
      { knooppunt: new Knooppunt(echt.adres), database: echt.database },
      { zaad: 1, maanden: 1, gemeenten: 2, aanbieders: 4, meld: () => undefined },
    );
    await expect(werk).rejects.toThrow('--demo');
    const { rows } = await echt.database.pool.query('select from bericht');
    expect(rows).toHaveLength(0);
  } finally {
    await echt.stop();
  }
});
