/** Lease and confirm: what is handed out is held by one poller at a time, and nothing is lost when a poller dies. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, blader, bytesVan, haalOp, stelIn, verstuur, volg } from '../hulp/reis.ts';
import { vulPostbus } from '../hulp/vulling.ts';
import { maakGroteDeclaratie } from '../storing/berichten.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());
const { database, sleutels } = knooppunt;

/** An empty postbus for each test. */
let volgende = 98000020;
function nieuw() {
  volgende += 1;
  const postbus = String(volgende);
  const client = knooppunt.client(postbus);
  return {
    postbus,
    client,
    vul: (aantal: number, keuze = {}) => vulPostbus(database, sleutels, { postbus, aantal, ...keuze }),
    haal: (wens = {}) => haalOp(client, postbus, wens),
    bevestig: (ids: readonly string[]) => bevestig(client, postbus, ids),
    blader: () => blader(client, postbus),
    /** Lets every lease of this postbus end now. */
    leaseEindigt: () =>
      database.pool.query(
        `update postbus_item set lease_tot = now() - interval '1 second' where postbus = $1 and bezorging = 'opgehaald'`,
        [postbus],
      ),
  };
}
const idsVan = (berichten: readonly { readonly berichtId: string }[]) => berichten.map(({ berichtId }) => berichtId);

describe('many pollers on one postbus', () => {
  test('eight pollers, two hundred berichten: each handed out once and confirmed once', async () => {
    const bus = nieuw();
    const verwacht = await bus.vul(200);
    const inHanden = new Set<string>();
    const dubbel: string[] = [];
    const bevestigd: string[] = [];
    const poller = async (aantal: number): Promise<void> => {
      for (let ids = idsVan(await bus.haal({ aantal })); ids.length > 0; ids = idsVan(await bus.haal({ aantal }))) {
        dubbel.push(...ids.filter((id) => inHanden.has(id)));
        for (const id of ids) inHanden.add(id);
        bevestigd.push(...(await bus.bevestig(ids)).bevestigd);
      }
    };
    await Promise.all([1, 2, 3, 5, 7, 10, 20, 100].map(poller));
    expect(dubbel).toEqual([]);
    expect(bevestigd.sort()).toEqual([...verwacht].sort());
    expect(await bus.blader()).toEqual([]);
  });

  test('asking for one bericht at the same time gives it to one of them', async () => {
    const bus = nieuw();
    const [id] = await bus.vul(1);
    const gekregen = await Promise.all(Array.from({ length: 8 }, () => bus.haal()));
    expect(gekregen.flatMap(idsVan)).toEqual([id]);
  });

  test('one poller gets them in order of delivery', async () => {
    const bus = nieuw();
    const ids = await bus.vul(30);
    const gekregen = [...idsVan(await bus.haal({ aantal: 20 })), ...idsVan(await bus.haal({ aantal: 20 }))];
    expect(gekregen).toEqual(ids);
  });
});

describe('a poller that stays away', () => {
  test('holds on to nothing: after its lease the bericht comes again, with the same content', async () => {
    const bus = nieuw();
    await bus.vul(1);
    const eerste = await bus.haal();
    expect(await bus.haal()).toEqual([]);
    await bus.leaseEindigt();
    const tweede = await bus.haal();
    expect(tweede.map(({ inhoud, ...rest }) => ({ ...rest, inhoud }))).toEqual(eerste);
    const { rows } = await database.pool.query('select ophalingen from postbus_item where postbus = $1', [bus.postbus]);
    expect(rows).toEqual([{ ophalingen: 2 }]);
  });

  test('and confirms too late still has it: after that it is not handed out again', async () => {
    const bus = nieuw();
    const ids = idsVan((await bus.vul(1).then(() => bus.haal())) ?? []);
    await bus.leaseEindigt();
    expect(idsVan(await bus.haal())).toEqual(ids);
    expect((await bus.bevestig(ids)).bevestigd).toEqual(ids);
    await bus.leaseEindigt();
    expect(await bus.haal()).toEqual([]);
    expect((await bus.bevestig(ids)).bevestigd).toEqual(ids);
  });
});

describe('confirming', () => {
  test('may be repeated, and names what is not in this postbus', async () => {
    const bus = nieuw();
    const ander = nieuw();
    const [eigen = ''] = await bus.vul(1);
    const [vreemd = ''] = await ander.vul(1);
    const onbekend = randomUUID();
    await bus.haal();
    for (let keer = 0; keer < 2; keer += 1) {
      expect(await bus.bevestig([eigen, vreemd, onbekend])).toEqual({
        bevestigd: [eigen],
        onbekend: [vreemd, onbekend],
      });
    }
    expect(idsVan(await ander.blader())).toEqual([vreemd]);
  });

  test('keeps the time of the first confirmation, and the logboek names it once', async () => {
    const bus = nieuw();
    const [id = ''] = await bus.vul(1);
    const tijd = async () => (await volg(bus.client, id)).stappen.at(-1)?.tijdstip;
    await bus.haal();
    await bus.bevestig([id]);
    const eerste = await tijd();
    await Promise.all(Array.from({ length: 5 }, () => bus.bevestig([id])));
    expect(await tijd()).toBe(eerste);
    const { rows } = await database.pool.query(
      `select 1 from logboek where gebeurtenis = 'bericht bevestigd' and bericht_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  test('while handing out: what is confirmed is not handed out again', async () => {
    const bus = nieuw();
    const ids = await bus.vul(50);
    await bus.haal({ aantal: 100 });
    await bus.leaseEindigt();
    await Promise.all([bus.bevestig(ids), ...Array.from({ length: 8 }, () => bus.haal({ aantal: 20 }))]);
    await bus.leaseEindigt();
    expect(await bus.haal({ aantal: 100 })).toEqual([]);
  });
});

describe('browsing', () => {
  test('changes nothing, and also shows what another holds', async () => {
    const bus = nieuw();
    const ids = await bus.vul(3);
    await bus.haal({ aantal: 1 });
    const stand = () =>
      database.pool.query('select xmin::text, * from postbus_item where postbus = $1 order by nr', [bus.postbus]);
    const eerst = (await stand()).rows;
    const regels = await bus.blader();
    expect(regels.map(({ berichtId, bezorging }) => [berichtId, bezorging])).toEqual([
      [ids[0], 'opgehaald'],
      [ids[1], 'te_bezorgen'],
      [ids[2], 'te_bezorgen'],
    ]);
    expect((await stand()).rows).toEqual(eerst);
    await bus.leaseEindigt();
    expect((await bus.blader())[0]?.bezorging).toBe('te_bezorgen');
  });

  test('by page misses nothing and shows nothing twice, even when more comes in meanwhile', async () => {
    const bus = nieuw();
    const ids = [...(await bus.vul(7))];
    const gezien: string[] = [];
    let na: string | null = '0';
    while (na !== null) {
      const { lichaam } = await bus.client.vraag('GET', `/v1/postbussen/${bus.postbus}/berichten?aantal=3&na=${na}`);
      const pagina = JSON.parse(lichaam.toString('utf8')) as {
        berichten: { berichtId: string }[];
        volgende: string | null;
      };
      gezien.push(...idsVan(pagina.berichten));
      if (gezien.length === 3) ids.push(...(await bus.vul(1)));
      na = pagina.volgende;
    }
    expect(gezien).toEqual(ids);
  });
});

describe('large berichten', () => {
  const MIB = 1024 * 1024;

  test('one fetch stays within 32 MB, and the rest is not handed out', async () => {
    const bus = nieuw();
    const ids = await bus.vul(5, { omvang: 12 * MIB });
    expect(idsVan(await bus.haal({ aantal: 5 }))).toEqual(ids.slice(0, 2));
    expect(idsVan(await bus.haal({ aantal: 5 }))).toEqual(ids.slice(2, 4));
  });

  test('but always gives one, even when that alone is larger', async () => {
    const bus = nieuw();
    const ids = await bus.vul(2, { omvang: 40 * MIB });
    expect(idsVan(await bus.haal({ aantal: 5 }))).toEqual(ids.slice(0, 1));
  });

  test('a real declaratie of 18 MB comes out whole, with its answer', async () => {
    const baan = { gemeente: '0344', aanbieder: '98000002', domein: 'ijw' } as const;
    const bytes = maakGroteDeclaratie(baan, 'GROOT');
    expect(bytes.length).toBeGreaterThan(17 * MIB);
    await stelIn(knooppunt.client(baan.gemeente), baan.gemeente, baan.domein, { retour: 'knooppunt' });
    const { status } = await verstuur(knooppunt.client(baan.aanbieder), bytes);
    expect(status).toBe('verwerkt');
    const post = await haalOp(knooppunt.client(baan.gemeente), baan.gemeente);
    expect(post.map((stuk) => bytesVan(stuk).equals(bytes))).toEqual([true]);
    const antwoord = await haalOp(knooppunt.client(baan.aanbieder), baan.aanbieder);
    expect(antwoord.map(({ berichtsoort }) => berichtsoort)).toEqual(['JW325']);
  });
});
