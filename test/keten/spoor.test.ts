/** One trace from the caller, through the intake and the lane, to the receiver: in every line of the audit log, and in no text about persons. */
import { afterAll, expect, test } from 'vitest';
import { leesSpoor, pogingspoor, schrijfSpoor } from '#src/logboek/spoor.ts';
import { wachtTot } from '#src/proces.ts';
import { startOntvanger } from '../bezorging/ontvanger.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { stuur } from '../hulp/rauw.ts';
import { stelIn, vraagJson } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
const ontvanger = await startOntvanger();
afterAll(async () => {
  await knooppunt.stop();
  await ontvanger.weg();
});
const [GEMEENTE, AANBIEDER] = ['0363', '98000001'] as const;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const aanroep = (methode: string, pad: string, code: string, koppen = {}, lijf?: Buffer | string) =>
  stuur(knooppunt.adres, {
    methode,
    pad,
    koppen: {
      Authorization: `Bearer demo-${code}`,
      ...(lijf !== undefined && { 'Content-Type': typeof lijf === 'string' ? 'application/json' : 'application/xml' }),
      ...koppen,
    },
    ...(lijf !== undefined && { lijf }),
  });

interface Regel {
  readonly gebeurtenis: string;
  readonly spoor: Buffer | null;
}
const regelsVan = async (berichtId: string): Promise<readonly Regel[]> =>
  (
    await knooppunt.database.pool.query<Regel>(
      'select gebeurtenis, spoor from logboek where bericht_id = $1 or bericht_id in (select id from bericht where heenbericht_id = $1) order by nr',
      [berichtId],
    )
  ).rows;

test('the trace of a caller goes along to the end: intake, verdict, answer, fetching, pushing', async () => {
  await stelIn(knooppunt.client(AANBIEDER), AANBIEDER, 'iwmo', { retour: 'knooppunt', route: 'stuf' });
  await vraagJson(knooppunt.client('beheer'), 'PUT', `/v1/beheer/organisaties/${AANBIEDER}`, {
    stuf: { url: ontvanger.url, gestopt: false, budgetPerMinuut: 600 },
    reden: 'een aanbieder over StUF',
  });
  const { status, koppen, lijf } = await aanroep(
    'POST',
    '/v1/berichten',
    GEMEENTE,
    { traceparent: `00-${TRACE}-${SPAN}-00`, tracestate: 'bsn=999900006', Prefer: 'wait=10' },
    maakBericht('WMO301', { afzender: GEMEENTE, ontvanger: AANBIEDER }),
  );
  expect(status).toBe(202);
  const onze = new RegExp(`^00-${TRACE}-([0-9a-f]{16})-01$`).exec(String(koppen.traceparent))?.[1] ?? '';
  expect(onze).not.toBe(SPAN);
  const { berichtId } = JSON.parse(lijf) as { berichtId: string };
  await wachtTot(
    async () => (await regelsVan(berichtId)).some(({ gebeurtenis }) => gebeurtenis === 'bericht bevestigd'),
    {
      ms: 20_000,
      wat: 'the message at its receiver',
    },
  );

  const regels = await regelsVan(berichtId);
  const gebeurtenissen = regels.map(({ gebeurtenis }) => gebeurtenis);
  expect(gebeurtenissen).toEqual(['bericht ontvangen', 'bericht verwerkt', 'antwoord opgesteld', 'bericht bevestigd']);
  for (const { spoor } of regels.slice(0, 3))
    expect(spoor && leesSpoor(spoor)).toEqual({ traceId: TRACE, spanId: onze, vanAnder: SPAN });

  const [gekregen] = ontvanger.gekregen;
  const [poging] = regels.slice(3).map(({ spoor }) => spoor && leesSpoor(spoor));
  expect(poging?.traceId).toBe(TRACE);
  expect(gekregen?.koppen).toMatchObject({ traceparent: `00-${TRACE}-${poging?.spanId}-01` });
  // What a caller says beside it may hold anything, so it goes no further.
  expect(JSON.stringify(gekregen?.koppen)).not.toContain('999900006');
  expect(poging).toEqual(pogingspoor(schrijfSpoor({ traceId: TRACE, spanId: onze }), await ophalingVan(berichtId)));
});

const ophalingVan = async (berichtId: string): Promise<string> =>
  (
    await knooppunt.database.pool.query<{ id: string }>(
      'select ophaling_id as id from postbus_item where bericht_id = $1',
      [berichtId],
    )
  ).rows[0]?.id ?? '';

test('a caller without a trace, or with a wrong one, gets a new one, on every answer', async () => {
  for (const traceparent of ['', 'onzin', `00-${'0'.repeat(32)}-${SPAN}-01`])
    for (const pad of ['/v1/berichten', '/v1/nergens', '/health/live', '/v1/openapi.json'])
      expect((await aanroep('GET', pad, GEMEENTE, { traceparent })).koppen.traceparent).toMatch(
        /^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/,
      );
});

test('B3 is understood, and a refusal belongs to the trace of who was refused', async () => {
  const { status, koppen } = await aanroep(
    'POST',
    '/v1/berichten',
    GEMEENTE,
    { b3: `${TRACE}-${SPAN}-1` },
    Buffer.from('<x/>'),
  );
  expect(status).toBe(400);
  expect(koppen.traceparent).toContain(TRACE);
  const { rows } = await knooppunt.database.pool.query<Regel>(
    `select gebeurtenis, spoor from logboek where gebeurtenis = 'bericht geweigerd' order by nr desc limit 1`,
  );
  expect(rows[0]?.spoor && leesSpoor(rows[0].spoor).traceId).toBe(TRACE);
});

test('messages of several callers that share a commit keep each their own trace', async () => {
  const traces = Array.from({ length: 8 }, (_, nr) => `${'ab'.repeat(15)}0${nr}`);
  const ids = await Promise.all(
    traces.map(async (trace, nr) => {
      const bericht = maakBericht('WMO301', { afzender: GEMEENTE, ontvanger: AANBIEDER, identificatie: `SPOOR${nr}` });
      const { lijf } = await aanroep(
        'POST',
        '/v1/berichten',
        GEMEENTE,
        { traceparent: `00-${trace}-${SPAN}-01` },
        bericht,
      );
      return (JSON.parse(lijf) as { berichtId: string }).berichtId;
    }),
  );
  for (const [nr, id] of ids.entries()) {
    const [eerste] = await regelsVan(id);
    expect(eerste?.spoor && leesSpoor(eerste.spoor).traceId).toBe(traces[nr]);
  }
});
