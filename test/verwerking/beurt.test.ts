/** One turn of a lane: one worker at a time, all or nothing, and bounded. */
import { afterAll, describe, expect, test } from 'vitest';
import { bewaarInstelling, STANDAARD_INSTELLING } from '#src/routering/instellingen.ts';
import { DOMEINEN } from '#src/standards/catalogus.ts';
import { Controleur } from '#src/verwerking/controleur.ts';
import { meldStoring } from '#src/verwerking/storing.ts';
import { Dossierbron } from '#src/wlz-samenloop/wmo/dossier.ts';
import { warmXsdsOp } from '#src/xml/xsd.ts';
import { baanVan, beurt, neemIn, Onderbroken } from '../hulp/baan.ts';
import { HEENBERICHTEN, maakBericht, soort } from '../hulp/berichten.ts';
import { LIJSTEN } from '../hulp/controle.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { telling } from '../hulp/weigering.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { wildBericht } from '../standards/hulp-wild.ts';

const knooppunt = await startOpstelling({ rollen: [] });
afterAll(() => knooppunt.stop());
const { database } = knooppunt;
// A turn is bounded in time; the first check must not spend it on reading schemas.
warmXsdsOp([soort('WMO301').xsd]);

let volgende = 98000010;
/** Messages that wait in a lane of their own; every third is invalid. */
async function vul(aantal: number): Promise<{ readonly baanId: number; readonly ids: readonly string[] }> {
  volgende += 1;
  const ontvanger = String(volgende);
  const berichten = Array.from({ length: aantal }, (_, nr) => ({
    afzender: '0363',
    bytes: maakBericht('WMO301', { ontvanger, identificatie: `B${nr}`, geldig: nr % 3 !== 2 }),
  }));
  const ids = await neemIn(knooppunt, berichten);
  return { baanId: await baanVan(database, ids[0] ?? ''), ids };
}
/** Takes turns until the lane is empty. */
async function maakAf(baanId: number): Promise<readonly string[]> {
  const { stand, verwerkt } = await beurt(knooppunt, baanId);
  return stand === 'meer' ? [...verwerkt, ...(await maakAf(baanId))] : verwerkt;
}
const toestanden = async (ids: readonly string[]): Promise<readonly string[]> =>
  (
    await database.pool.query<{ toestand: string }>(
      'select toestand from bericht where id = any ($1) order by baan_nummer',
      [ids],
    )
  ).rows.map(({ toestand }) => toestand);

describe('one at a time:', () => {
  test('whoever wants a baan that another has does not get it, and does nothing', async () => {
    const { baanId, ids } = await vul(1);
    let open: () => void = () => undefined;
    let begonnen: () => void = () => undefined;
    const deur = new Promise<void>((klaar) => {
      open = klaar;
    });
    const bezig = new Promise<void>((klaar) => {
      begonnen = klaar;
    });
    const eerste = beurt(
      knooppunt,
      baanId,
      new Onderbroken(async () => {
        begonnen();
        await deur;
      }),
    );
    await bezig;
    expect(await beurt(knooppunt, baanId)).toEqual({ stand: 'bezet', verwerkt: [] });
    expect(await toestanden(ids)).toEqual(['ontvangen']);
    open();
    expect(await eerste).toEqual({ stand: 'klaar', verwerkt: ids });
    expect(await beurt(knooppunt, baanId)).toEqual({ stand: 'klaar', verwerkt: [] });
  });

  test('eight workers on one baan: every bericht gets one outcome', async () => {
    const { baanId, ids } = await vul(30);
    const eerst = await telling(database);
    const beurten = await Promise.all(Array.from({ length: 8 }, () => beurt(knooppunt, baanId)));
    const gedaan = [...beurten.flatMap(({ verwerkt }) => verwerkt), ...(await maakAf(baanId))];
    expect(gedaan).toEqual(ids);
    const { items, regels, bevindingen } = await telling(database);
    // One item for each message: itself when it is delivered, its Fo01 when it is not; and an audit line for each message and each Fo01.
    expect([items - eerst.items, regels - eerst.regels, bevindingen - eerst.bevindingen]).toEqual([30, 40, 10]);
  });
});

describe('all or nothing:', () => {
  test('when another has handled the berichten meanwhile, nothing of the beurt remains', async () => {
    const { baanId, ids } = await vul(3);
    const eerst = await telling(database);
    let keren = 0;
    const ander = new Onderbroken(async () => {
      keren += 1;
      // A worker whose lock was lost without its knowing: what it took is handled by another, which here leaves no other trace.
      if (keren === 2) await database.pool.query(`update bericht set toestand = 'verwerkt' where id = $1`, [ids[0]]);
    });
    await expect(beurt(knooppunt, baanId, ander)).rejects.toThrow();
    expect(await telling(database)).toEqual(eerst);
    expect(await toestanden(ids)).toEqual(['verwerkt', 'ontvangen', 'ontvangen']);
  });

  test('when the check of the third bericht breaks, the first is not handled either', async () => {
    const { baanId, ids } = await vul(5);
    const eerst = await telling(database);
    let keren = 0;
    const stuk = new Onderbroken(async () => {
      keren += 1;
      if (keren === 3) throw new Error('defect');
    });
    await expect(beurt(knooppunt, baanId, stuk)).rejects.toThrow('defect');
    expect(await telling(database)).toEqual(eerst);
    expect(await beurt(knooppunt, baanId)).toEqual({ stand: 'klaar', verwerkt: ids });
  });

  test('when the connection is lost, the baan is free again at once', async () => {
    const { baanId, ids } = await vul(1);
    const kapot = new Onderbroken(async () => {
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1::int::oid and classid <> 0
         and database = (select oid from pg_database where datname = current_database())`,
        [baanId],
      );
    });
    await expect(beurt(knooppunt, baanId, kapot)).rejects.toThrow();
    await expect.poll(() => beurt(knooppunt, baanId)).toEqual({ stand: 'klaar', verwerkt: ids });
  });
});

test('a baan that must wait after a storing gets no attempt before its time; after that it does, and then the storing is gone', async () => {
  const { baanId, ids } = await vul(1);
  const volgendePoging = (tijd: string) =>
    database.pool.query(`update baan_storing set volgende_poging = now() + $2::interval where baan_id = $1`, [
      baanId,
      tijd,
    ]);
  await meldStoring(database.pool, baanId, new Error());
  await volgendePoging('1 minute');
  expect(await beurt(knooppunt, baanId)).toEqual({ stand: 'rust', verwerkt: [] });
  await volgendePoging('-1 second');
  expect(await beurt(knooppunt, baanId)).toEqual({ stand: 'klaar', verwerkt: ids });
  expect((await database.pool.query('select 1 from baan_storing where baan_id = $1', [baanId])).rowCount).toBe(0);
});

describe('a beurt is bounded', () => {
  test('in berichten: the rest comes in a next beurt, in order', async () => {
    const { baanId, ids } = await vul(70);
    const eerste = await beurt(knooppunt, baanId);
    expect(eerste.stand).toBe('meer');
    expect(eerste.verwerkt.length).toBeLessThanOrEqual(64);
    const gedaan = [...eerste.verwerkt, ...(await maakAf(baanId))];
    expect(gedaan).toEqual(ids);
  });

  test('in time: after a slow check the next bericht comes in a next beurt', async () => {
    const { baanId, ids } = await vul(3);
    const traag = new Onderbroken(async () => {
      const eind = performance.now() + 260;
      while (performance.now() < eind) await new Promise((klaar) => setImmediate(klaar));
    });
    expect(await beurt(knooppunt, baanId, traag)).toEqual({ stand: 'meer', verwerkt: ids.slice(0, 1) });
    expect(await beurt(knooppunt, baanId)).toEqual({ stand: 'klaar', verwerkt: ids.slice(1) });
  });

  test('in bytes: large berichten do not all go into memory at once', async () => {
    const ontvanger = '98000009';
    const groot = Buffer.concat([maakBericht('WMO301', { ontvanger }), Buffer.alloc(1_100_000, '\n')]);
    const ids = await neemIn(
      knooppunt,
      Array.from({ length: 3 }, () => ({ afzender: '0363', bytes: groot })),
    );
    const baanId = await baanVan(database, ids[0] ?? '');
    const controleur = new Controleur(LIJSTEN);
    const { stand, verwerkt } = await beurt(knooppunt, baanId, controleur);
    await controleur.sluit();
    expect(stand).toBe('meer');
    expect([1, 2]).toContain(verwerkt.length);
  });
});

const RONDES = Number(process.env.RONDES ?? 3);
// The receiver judges only by the XSD, and the other one has a dossier: so all of it is read, and no rule keeps anything out.
test.each([
  ['aanbieder', { '0363': 3, '98000009': 1 }],
  ['gemeente', { '0363': 1, '98000009': 3 }],
] as const)('whatever the XSD allows to be sent to the %s stops no baan', async (_naam, niveaus) => {
  const toeval = maakToeval(ZAAD).tak(_naam);
  for (const [code, controleniveau] of Object.entries(niveaus))
    for (const domein of DOMEINEN)
      await bewaarInstelling(database.pool, code, domein, { ...STANDAARD_INSTELLING, controleniveau });
  await database.pool.query(
    `insert into wlz_instelling (gemeente, dossier_als_bron) values ('0363', true) on conflict do nothing`,
  );
  await database.pool.query(`insert into nza_gemeente (gemeente) values ('0363') on conflict do nothing`);
  const wmo = new Dossierbron(database);
  await wmo.ververs();
  const berichten = HEENBERICHTEN.flatMap((heen) => {
    const [Afzender, Ontvanger] = heen.verzender === 'gemeente' ? ['0363', '98000009'] : ['98000009', '0363'];
    return Array.from({ length: RONDES }, () => ({
      afzender: Afzender,
      bytes: wildBericht(heen, { Afzender, Ontvanger }, '999900006', toeval),
    }));
  });
  const ids = await neemIn(knooppunt, berichten);
  for (const baanId of new Set(await Promise.all(ids.map((id) => baanVan(database, id)))))
    while ((await beurt(knooppunt, baanId, undefined, wmo)).stand === 'meer');
  expect(await toestanden(ids)).not.toContain('ontvangen');
  expect((await database.pool.query('select 1 from wmo_dossierfeit limit 1')).rowCount).toBe(1);
});
