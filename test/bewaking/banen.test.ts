/** The list of lanes: the one that waits longest first, page by page, with what is wrong; and only for the operator. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Baanregel } from '#src/bewaking/banen.ts';
import { meldStoring, oorzaakVan, wisStoring } from '#src/verwerking/storing.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { vraagJson } from '../hulp/reis.ts';
import { verwachtWeigering } from '../hulp/weigering.ts';

const knooppunt = await startOpstelling({ rollen: ['api'] });
afterAll(() => knooppunt.stop());
const { database } = knooppunt;
const beheer = knooppunt.client('beheer');
const G = '0363';
const AANBIEDERS = ['98000001', '98000002', '98000003'] as const;

type Json = Omit<Baanregel, 'oudste' | 'storing'> & {
  readonly oudste: string;
  readonly storing: { readonly sinds: string; readonly pogingen: number; readonly oorzaak: string } | null;
};
const lees = (vraag = ''): Promise<{ readonly banen: readonly Json[]; readonly volgende: string | null }> =>
  vraagJson(beheer, 'GET', `/v1/banen${vraag}`);

const ids: string[] = [];
beforeAll(async () => {
  const gemeente = knooppunt.client(G);
  // In the order of time: 1, 2, 3, and then another of 1.
  for (const [nr, aanbieder] of [...AANBIEDERS, AANBIEDERS[0]].entries()) {
    const bericht = maakBericht('WMO301', { afzender: G, ontvanger: aanbieder, identificatie: `B${nr}` });
    const { status, lichaam } = await gemeente.leverAan(bericht, crypto.randomUUID(), 0);
    expect(status).toBe(202);
    ids.push(lichaam.berichtId);
  }
});

test('no lane is forgotten or shown twice, however small the page', async () => {
  const gezien: string[] = [];
  let volgende: string | null = '';
  while (volgende !== null) {
    const pagina = await lees(`?aantal=1${volgende && `&na=${encodeURIComponent(volgende)}`}`);
    gezien.push(...pagina.banen.map(({ aanbieder }) => aanbieder));
    volgende = pagina.volgende;
  }
  expect(gezien).toEqual(AANBIEDERS);
});

test('of each is said how much waits, since when, and which message is first', async () => {
  const { banen, volgende } = await lees();
  expect(volgende).toBeNull();
  expect(banen.map(({ wachtend }) => wachtend)).toEqual([2, 1, 1]);
  expect(banen[0]).toMatchObject({
    gemeente: G,
    domein: 'iwmo',
    eerste: { berichtId: ids[0], berichtsoort: 'WMO301', afzender: G },
    bezig: false,
    storing: null,
  });
});

describe('a lane in storing', () => {
  test('is found among the others, with since when, why and when it is tried again; since when stays at the next failure', async () => {
    const baanId = (await lees()).banen[1]?.baanId ?? 0;
    const fout = Object.assign(new TypeError('a text that may quote a message'), { code: 'E1' });
    await meldStoring(database.pool, baanId, fout);
    const [eerst] = (await lees('?storing=true')).banen;
    expect(eerst?.storing).toMatchObject({ pogingen: 1, oorzaak: oorzaakVan(fout) });
    expect(JSON.stringify(eerst)).not.toContain('quote');
    await meldStoring(database.pool, baanId, fout);
    const { banen } = await lees('?storing=true');
    expect(banen.map((baan) => baan.baanId)).toEqual([baanId]);
    expect(banen[0]?.storing).toMatchObject({ pogingen: 2, sinds: eerst?.storing?.sinds });
    await wisStoring(database.pool, [baanId]);
    expect((await lees('?storing=true')).banen).toEqual([]);
  });
});

test('a cursor that is none, and anybody but the operator, is refused', async () => {
  const vraag = (wie: string, pad: string) =>
    stuur(knooppunt.adres, { methode: 'GET', pad, koppen: { Authorization: `Bearer demo-${wie}` } });
  for (const na of ['1', '2026-13-99T00:00:00.000Z_1', '2026-01-01T00:00:00.000Z_', "'; drop"])
    verwachtWeigering(await vraag('beheer', `/v1/banen?na=${encodeURIComponent(na)}`), 'invoerOngeldig');
  verwachtWeigering(await vraag(G, '/v1/banen'), 'nietBevoegdBeheer');
  verwachtWeigering(await vraag(G, '/v1/beheer/stand'), 'nietBevoegdBeheer');
});

test('the state of the parts says who lives and what is late', async () => {
  await database.pool.query(`insert into taakstand values ('vegen', now() - interval '1 hour', null)`);
  const stand = await vraagJson(beheer, 'GET', '/v1/beheer/stand');
  expect(stand).toMatchObject({
    postgres: 'ok',
    redis: 'ok',
    banen: { metWerk: 3, wachtend: 4, inStoring: 0 },
    taken: [{ taak: 'vegen', misluktOp: null, teLaat: true }],
  });
});
