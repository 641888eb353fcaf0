/** Trace context from outside: what is right is taken over, all else begins a new trace, and nothing that can be somebody's number gets in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  huidigSpoor,
  leesSpoor,
  metSpoor,
  pogingspoor,
  schrijfSpoor,
  spoorVan,
  traceparent,
} from '#src/logboek/spoor.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const NIEUW = { traceId: expect.stringMatching(/^[0-9a-f]{32}$/), spanId: expect.stringMatching(/^[0-9a-f]{16}$/) };

describe('what a caller says', () => {
  test.each([
    ['W3C', { traceparent: `00-${TRACE}-${SPAN}-01` }],
    ['W3C, not sampled: we leave nothing out', { traceparent: `00-${TRACE}-${SPAN}-00` }],
    ['a later version with more', { traceparent: `01-${TRACE}-${SPAN}-01-more` }],
    ['B3 in one header', { b3: `${TRACE}-${SPAN}-1` }],
    ['B3 with a parent', { b3: `${TRACE}-${SPAN}-1-05e3ac9a4f6e3b90` }],
    [
      'B3 in several headers, in capitals',
      { 'x-b3-traceid': TRACE.toUpperCase(), 'x-b3-spanid': SPAN, 'x-b3-sampled': '0' },
    ],
    ['W3C before B3', { traceparent: `00-${TRACE}-${SPAN}-01`, b3: `${'1a'.repeat(16)}-${'2b'.repeat(8)}` }],
    ['B3 where W3C is wrong', { traceparent: 'nonsense', b3: `${TRACE}-${SPAN}` }],
  ])('%s is taken over', (_, koppen) => {
    expect(spoorVan(koppen)).toEqual({ traceId: TRACE, spanId: NIEUW.spanId, vanAnder: SPAN });
  });

  test('a short B3 id is filled up', () => {
    expect(spoorVan({ b3: `a3ce929d0e0e4736-${SPAN}` }).traceId).toBe('0000000000000000a3ce929d0e0e4736');
  });

  test.each([
    ['nothing', {}],
    ['zeroes', { traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` }],
    ['a span of zeroes', { traceparent: `00-${TRACE}-${'0'.repeat(16)}-01` }],
    ['version ff', { traceparent: `ff-${TRACE}-${SPAN}-01` }],
    ['version 00 with more', { traceparent: `00-${TRACE}-${SPAN}-01-more` }],
    ['capitals', { traceparent: `00-${TRACE.toUpperCase()}-${SPAN}-01` }],
    ['two at once', { traceparent: `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01` }],
    ['a BSN as trace', { traceparent: `00-${'999900006'.padStart(32, '0')}-${SPAN}-01` }],
    ['a BSN as span', { traceparent: `00-${TRACE}-${'999900006'.padStart(16, '0')}-01` }],
    ['a BSN in B3', { b3: `${'999900006'.padStart(16, '0')}-${SPAN}` }],
    ['only half of B3', { 'x-b3-traceid': TRACE }],
  ])('%s begins a new trace', (_, koppen) => {
    const spoor = spoorVan(koppen);
    expect(spoor).toEqual(NIEUW);
    expect(spoor.traceId).not.toBe(TRACE);
  });

  test('no header whatever makes it fail, or gets further than an identifier', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (w3c, b3) => {
        expect(traceparent(spoorVan({ traceparent: w3c, b3 }))).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      }),
    );
  });
});

test('what is stored can be read again', () => {
  for (const spoor of [spoorVan({}), spoorVan({ traceparent: `00-${TRACE}-${SPAN}-01` })])
    expect(leesSpoor(schrijfSpoor(spoor))).toEqual(spoor);
});

test('an attempt is a span of its own in the trace of its message, the same at every look', () => {
  const bericht = schrijfSpoor(spoorVan({ traceparent: `00-${TRACE}-${SPAN}-01` }));
  expect(pogingspoor(bericht, 'een').traceId).toBe(TRACE);
  expect(pogingspoor(bericht, 'een')).toEqual(pogingspoor(bericht, 'een'));
  expect(pogingspoor(bericht, 'een').spanId).not.toBe(pogingspoor(bericht, 'twee').spanId);
  expect(pogingspoor(null, 'een')).toEqual({ traceId: NIEUW.traceId, spanId: NIEUW.spanId });
});

test('work belongs to the trace it is done in, also after waiting, and not to that of others', async () => {
  const zie = async (kop: string): Promise<string | undefined> =>
    metSpoor(spoorVan({ traceparent: kop }), async () => {
      await new Promise((klaar) => setImmediate(klaar));
      return huidigSpoor()?.toString('hex').slice(0, 32);
    });
  const anders = '5'.repeat(31).concat('a');
  expect(await Promise.all([zie(`00-${TRACE}-${SPAN}-01`), zie(`00-${anders}-${SPAN}-01`)])).toEqual([TRACE, anders]);
  expect(huidigSpoor()).toBeNull();
});
