/** Searching by BSN: the number goes in a body and stays nowhere, finds own messages only, and every such search is written down. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { bevestig, haalOp, stelIn, verstuur, volg, vraagJson } from '../hulp/reis.ts';
import * as sporen from '../hulp/sporen.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());
const [GEMEENTE, ANDERE, AANBIEDER] = ['0363', '0344', '98000001'] as const;

/** Test BSNs that pass the 11-proef. */
const bsns = Array.from({ length: 200 }, (_, nr) => String(999_950_000 + nr)).filter((bsn) => {
  const som = [...bsn].reduce((tot, cijfer, nr) => tot + Number(cijfer) * (nr === 8 ? -1 : 9 - nr), 0);
  return som % 11 === 0;
});
const [BSN = '', BUURMAN = '', NIEMAND = '', DRUK = ''] = bsns;

interface Gevonden {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly referentienummer: string;
}
interface Pagina {
  readonly berichten: readonly Gevonden[];
  readonly volgende: string | null;
}
const zoek = (wie: string, opdracht: object): Promise<Pagina> =>
  vraagJson(knooppunt.client(wie), 'POST', '/v1/zoekopdrachten', opdracht);
const idsVan = async (wie: string, opdracht: object): Promise<readonly string[]> =>
  (await zoek(wie, opdracht)).berichten.map(({ berichtId }) => berichtId);

let nummer = 0;
const toewijzing = (bsn: string, wijziging: object = {}): Buffer => {
  nummer += 1;
  return maakBericht('WMO301', { bsn, identificatie: `Z${String(nummer).padStart(9, '0')}`, ...wijziging });
};
const gemeente = knooppunt.client(GEMEENTE);
const aanbieder = knooppunt.client(AANBIEDER);

describe('a BSN finds', () => {
  test('what names it, for both parties, and nothing of the neighbour', async () => {
    const eigen = await verstuur(gemeente, toewijzing(BSN));
    await verstuur(gemeente, toewijzing(BUURMAN));
    expect(await idsVan(GEMEENTE, { bsn: BSN })).toEqual([eigen.berichtId]);
    expect(await idsVan(AANBIEDER, { bsn: BSN })).toEqual([eigen.berichtId]);
    expect(await idsVan(GEMEENTE, { bsn: NIEMAND })).toEqual([]);
  });

  test('the Fo01 about a bericht that names it, for who got it', async () => {
    const fout = await verstuur(gemeente, toewijzing(BSN, { geldig: false }));
    const { antwoorden } = await volg(gemeente, fout.berichtId);
    expect(await idsVan(GEMEENTE, { bsn: BSN, aantal: 2 })).toEqual([antwoorden[0]?.berichtId, fout.berichtId]);
    expect(await idsVan(AANBIEDER, { bsn: BSN, berichtsoort: 'Fo01' })).toEqual([]);
  });

  test('the retour that the knooppunt gave, though it names nobody', async () => {
    await stelIn(aanbieder, AANBIEDER, 'iwmo', { retour: 'knooppunt' });
    const heen = await verstuur(gemeente, toewijzing(BSN));
    await stelIn(aanbieder, AANBIEDER, 'iwmo', { retour: 'zelf' });
    const [retour] = (await zoek(GEMEENTE, { bsn: BSN, berichtsoort: 'WMO302' })).berichten;
    expect(await volg(gemeente, String(retour?.berichtId))).toMatchObject({ heenberichtId: heen.berichtId });
    expect((await aanbieder.inhoud(String(retour?.berichtId))).lichaam.includes(BSN)).toBe(false);
  });

  test('the retour that the aanbieder gave, though it names nobody', async () => {
    const heen = await verstuur(gemeente, toewijzing(BSN));
    const kop = /<BerichtIdentificatie>[\s\S]*?<\/BerichtIdentificatie>/.exec(
      (await gemeente.inhoud(heen.berichtId)).lichaam.toString(),
    );
    const leeg = maakBericht('WMO302', { bsn: NIEMAND })
      .toString()
      .replace(/<BerichtIdentificatie>[\s\S]*?<\/BerichtIdentificatie>/, String(kop))
      .replace(/<Client>[\s\S]*<\/Client>/, '');
    const retour = await verstuur(aanbieder, Buffer.from(leeg));
    expect(leeg).not.toContain(BSN);
    expect(await idsVan(GEMEENTE, { bsn: BSN, aantal: 1 })).toEqual([retour.berichtId]);
    expect(await idsVan(GEMEENTE, { bsn: NIEMAND })).toEqual([]);
  });

  test('less, when more is asked', async () => {
    const alle = await idsVan(GEMEENTE, { bsn: BSN, aantal: 100 });
    const samen = [
      await idsVan(GEMEENTE, { bsn: BSN, status: 'verwerkt' }),
      await idsVan(GEMEENTE, { bsn: BSN, status: 'afgekeurd' }),
    ].flat();
    expect(samen.toSorted()).toEqual(alle.toSorted());
    const { identificatie, referentienummer } = JSON.parse(
      (await gemeente.vraag('GET', `/v1/berichten/${alle.at(-1)}`)).lichaam.toString(),
    );
    expect(await idsVan(GEMEENTE, { bsn: BSN, identificatie })).toEqual([alle.at(-1)]);
    expect(await idsVan(GEMEENTE, { bsn: BSN, referentienummer })).toEqual([alle.at(-1)]);
    expect(await idsVan(GEMEENTE, { bsn: BUURMAN, referentienummer })).toEqual([]);
    expect(await idsVan(GEMEENTE, { bsn: BSN, wederpartij: AANBIEDER, aantal: 100 })).toEqual(alle);
    expect(await idsVan(GEMEENTE, { bsn: BSN, wederpartij: '98000002' })).toEqual([]);
    expect(await idsVan(GEMEENTE, { bsn: BSN, vanaf: '2100-01-01' })).toEqual([]);
    expect(await idsVan(GEMEENTE, { bsn: BSN, tot: '2100-01-01', aantal: 100 })).toEqual(alle);
  });
});

test('without a BSN it is the search of GET, filter for filter', async () => {
  const { identificatie, referentienummer } = JSON.parse(
    (await gemeente.vraag('GET', `/v1/berichten/${(await idsVan(GEMEENTE, {}))[0]}`)).lichaam.toString(),
  );
  for (const filter of [
    {},
    { aantal: 3 },
    { berichtsoort: 'WMO301', status: 'verwerkt' },
    { wederpartij: AANBIEDER },
    { bezorging: 'te_bezorgen', wederpartij: AANBIEDER },
    { identificatie },
    { referentienummer },
    { vanaf: '2020-01-01', tot: '2100-01-01T00:00:00+01:00', aantal: 4 },
  ]) {
    const vraag = new URLSearchParams(
      Object.entries(filter).map(([naam, waarde]): [string, string] => [naam, String(waarde)]),
    );
    const perUrl = await vraagJson<Pagina>(gemeente, 'GET', `/v1/berichten?${vraag}`);
    expect(perUrl.berichten.length, String(vraag)).toBeGreaterThan(0);
    expect(await zoek(GEMEENTE, filter), String(vraag)).toEqual(perUrl);
  }
});

describe('nobody else', () => {
  test('finds anything with the BSN, the numbers or the cursor of others', async () => {
    const { berichten, volgende } = await zoek(GEMEENTE, { bsn: BSN, aantal: 1 });
    const { referentienummer } = berichten[0] as Gevonden;
    const gokken = [
      {},
      { bsn: BSN },
      { referentienummer },
      { bsn: BSN, referentienummer },
      { identificatie: 'Z000000001' },
      { wederpartij: AANBIEDER },
      { wederpartij: GEMEENTE },
      { na: volgende },
      { bsn: BSN, na: volgende },
    ];
    for (const wie of [ANDERE, '98000002', 'beheer'])
      for (const gok of gokken)
        expect(await zoek(wie, gok), `${wie} ${JSON.stringify(gok)}`).toEqual({ berichten: [], volgende: null });
  });

  test('with a machtiging for one domein sees the other', async () => {
    const jeugd = maakBericht('JW301', { afzender: GEMEENTE, ontvanger: AANBIEDER, bsn: BSN });
    const { berichtId } = await verstuur(gemeente, jeugd);
    await knooppunt.database.pool.query(
      `insert into machtiging (client, organisatie, domein, vanaf) values ('demo-0344', $1, 'ijw', now() - interval '1 hour')`,
      [GEMEENTE],
    );
    await expect.poll(() => idsVan(ANDERE, { bsn: BSN }), { timeout: 10_000 }).toEqual([berichtId]);
    expect(await idsVan(ANDERE, {})).toEqual([berichtId]);
    expect(await idsVan(ANDERE, { wederpartij: AANBIEDER })).toEqual([berichtId]);
    expect(await idsVan(ANDERE, { identificatie: 'Z000000001' })).toEqual([]);
    await knooppunt.database.pool.query(`update machtiging set tot = now()`);
    await expect.poll(() => idsVan(ANDERE, { bsn: BSN }), { timeout: 10_000 }).toEqual([]);
  });
});

describe('the logboek', () => {
  const laatste = async (): Promise<unknown> =>
    (
      await knooppunt.database.pool.query(
        `select nr, actor, namens, resultaat, betrokkenen, details, bericht_id from logboek
         where gebeurtenis = 'berichten gezocht' order by nr desc limit 1`,
      )
    ).rows[0];

  test('has a line for every search by BSN: who, on whose behalf, about whom, with what result', async () => {
    const { berichten } = await zoek(GEMEENTE, { bsn: BSN, aantal: 2 });
    expect(await laatste()).toMatchObject({
      actor: `demo-${GEMEENTE}`,
      namens: GEMEENTE,
      resultaat: 'gevonden',
      bericht_id: null,
      betrokkenen: [pseudoniem(knooppunt.sleutels, BSN)],
      details: { aantal: berichten.length },
    });
    await zoek(ANDERE, { bsn: BSN });
    const naGok = await laatste();
    expect(naGok).toMatchObject({ actor: `demo-${ANDERE}`, resultaat: 'niets gevonden', details: { aantal: 0 } });
    await zoek(GEMEENTE, { berichtsoort: 'WMO301' });
    expect(await laatste()).toEqual(naGok);
  });

  test('comes before the answer: what cannot be written down is not shown', async () => {
    await knooppunt.database.pool.query(
      `alter table logboek add constraint proef check (gebeurtenis <> 'berichten gezocht') not valid`,
    );
    try {
      const { status, lichaam } = await gemeente.vraag('POST', '/v1/zoekopdrachten', { bsn: BSN });
      expect(status).toBe(500);
      expect(lichaam.toString()).not.toMatch(/berichtId|proef/);
    } finally {
      await knooppunt.database.pool.query('alter table logboek drop constraint proef');
    }
  });
});

describe('paging', () => {
  test('through the messages of a person is not shifted by what comes in meanwhile', async () => {
    await Promise.all(Array.from({ length: 15 }, () => verstuur(gemeente, toewijzing(DRUK))));
    const eerst = await idsVan(GEMEENTE, { bsn: DRUK, aantal: 100 });
    const gezien: string[] = [];
    for (let na: string | null = ''; na !== null; ) {
      const { berichten, volgende }: Pagina = await zoek(GEMEENTE, { bsn: DRUK, aantal: 4, ...(na && { na }) });
      gezien.push(...berichten.map(({ berichtId }) => berichtId));
      await verstuur(gemeente, toewijzing(DRUK));
      na = volgende;
    }
    expect([eerst.length, gezien]).toEqual([15, eerst]);
  });
});

describe('afterwards', () => {
  beforeAll(async () => {
    const post = await haalOp(aanbieder, AANBIEDER, { aantal: 100 });
    await bevestig(
      aanbieder,
      AANBIEDER,
      post.map(({ berichtId }) => berichtId),
    );
  });

  test('the BSN stands in no table, no key, no log line and no metric', async () => {
    const metriek = (await stuur(knooppunt.adres, { methode: 'GET', pad: '/metrics' })).lijf;
    const plekken = [
      ...(await sporen.database(knooppunt.database)),
      ...(await sporen.redis(knooppunt.redis, knooppunt.wachtrij.prefix)),
      { waar: 'log', inhoud: Buffer.from(knooppunt.log()) },
      { waar: 'metriek', inhoud: Buffer.from(metriek) },
    ];
    expect(sporen.sporenVan([BSN, BUURMAN, NIEMAND, DRUK], plekken)).toEqual([]);
  });
});
