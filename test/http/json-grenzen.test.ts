/** JSON that two readers could read in two ways, or that would reach into an object: refused before it is parsed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keurJson } from '#src/http/json-grenzen.ts';
import { rekentijd } from '../hulp/duur.ts';

const GEHEIM = '999900006';
const diep = (niveaus: number, begin: string, eind: string): string => begin.repeat(niveaus) + eind.repeat(niveaus);

describe('is refused, without what was in it:', () => {
  test.each([
    ['a name twice', `{"bsn":"${GEHEIM}","bsn":"x"}`],
    ['a name twice, written in two ways', `{"bsn":1,"b\\u0073n":"${GEHEIM}"}`],
    ['a name twice, with white space', '{"a" : 1 , \n "a"\t: 2}'],
    ['a name twice, within', '{"a":{"b":1,"c":[{"d":1}],"b":2}}'],
    ['a name twice, in a list', '[{"a":1},{"a":1,"a":2}]'],
    ['the prototype', `{"__proto__":{"beheerder":true,"x":"${GEHEIM}"}}`],
    ['the prototype, written in codes', '{"\\u005f_proto__":{}}'],
    ['the prototype, within', '{"a":[{"constructor":{"prototype":{}}}]}'],
    ['seventeen lists', diep(17, '[', ']')],
    ['seventeen objects', diep(17, '{"a":', '}')],
    ['a hundred thousand lists', '['.repeat(100_000)],
  ])('%s', (_naam, tekst) => {
    const duur = rekentijd(() => {
      expect(() => keurJson(tekst)).toThrow(/^Het verzoek is niet geldig\. De inhoud/);
      expect(() => keurJson(tekst)).not.toThrow(GEHEIM);
    });
    expect(duur).toBeLessThan(1000);
  });
});

describe('is let past:', () => {
  test.each([
    '{}',
    'null',
    '{"a":1,"A":1,"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"__proto__"}',
    '{"a":["__proto__","x:"]}',
    '{"proto":1,"":2}',
    diep(16, '[', ']'),
  ])('%s', (tekst) => {
    expect(() => keurJson(tekst)).not.toThrow();
  });

  test('whatever was written from a value without such names', () => {
    const namen = new Set(['__proto__', 'constructor', 'prototype']);
    const naam = fc.string().filter((tekst) => !namen.has(tekst));
    const waarde = fc.letrec((knoop) => ({
      deel: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(knoop('deel'), { maxLength: 4 }),
        fc.dictionary(naam, knoop('deel'), { maxKeys: 4 }),
      ),
    })).deel;
    fc.assert(
      fc.property(waarde, (iets) => {
        expect(() => keurJson(JSON.stringify(iets))).not.toThrow();
      }),
      { verbose: true },
    );
  });
});

test('a body of the largest size takes no time', () => {
  const veel = `{${Array.from({ length: 12_000 }, (_, nr) => `"n${nr}":1`).join(',')}}`;
  const kwaad = [
    `"${'\\'.repeat(120_000)}`,
    `"${'a'.repeat(128_000)}`,
    '"'.repeat(128_000),
    `{"${'\\"'.repeat(60_000)}":1}`,
  ];
  for (const tekst of [veel, ...kwaad]) {
    expect(rekentijd(() => keurJson(tekst))).toBeLessThan(1000);
  }
});
