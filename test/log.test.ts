/** Nobody outside writes a line of our log, colours a terminal with it, or gets a text of a message into it. */
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foutVoorLog, maakLog } from '#src/log.ts';

const GEHEIM = '999900006';

let tekst = '';
const log = maakLog(
  'info',
  'proef',
  new Writable({
    write(stuk: Buffer, _codering, klaar) {
      tekst += stuk.toString();
      klaar();
    },
  }),
);
function gelogd(waarde: unknown): string {
  tekst = '';
  log.info({ waarde }, 'melding');
  return tekst;
}

describe('a text of a client', () => {
  test.each([
    ['a new line', 'a\n{"level":30,"msg":"vals"}'],
    ['a carriage return', 'a\rb'],
    ['an escape sequence', '\u001b[31mrood\u001b[0m'],
    ['an escape sequence in one character', '\u009b31mrood'],
    ['next line', 'a\u0085b'],
    ['the line separator of Unicode', 'a\u2028b'],
    ['the paragraph separator of Unicode', 'a\u2029b'],
    ['right to left', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['nothing to see', 'a\u200bb\ufeff'],
    ['DEL', 'a\u007fb'],
    ['a NUL', 'a\u0000b'],
    ['quotes', '","msg":"vals"'],
  ])('with %s stays on its line, as what it is', (_naam, tekst) => {
    const regel = gelogd(tekst);
    expect(regel.trimEnd().split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(regel.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
    expect(JSON.parse(regel)).toMatchObject({ waarde: tekst, msg: 'melding' });
  });

  test('whatever it is, is one line that says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (tekst) => {
        const regel = gelogd(tekst);
        expect(regel.indexOf('\n')).toBe(regel.length - 1);
        expect(JSON.parse(regel).waarde).toBe(tekst.toWellFormed());
      }),
      { verbose: true },
    );
  });
});

describe('of an error is logged where it was, not what it says', () => {
  test.each([
    ['a text', `BSN ${GEHEIM}`],
    ['a text that looks like a place', `x\n    at ${GEHEIM} (file:///x.ts:1:1)`],
    ['many of them', `\n    at ${GEHEIM} (file:///x.ts:1:1)`.repeat(10)],
    ['no text', ''],
  ])('%s', (_naam, tekst) => {
    const { plek, ...rest } = foutVoorLog(new RangeError(tekst));
    expect(JSON.stringify([plek, rest])).not.toContain(GEHEIM);
    expect(rest).toEqual({ soort: 'RangeError', code: undefined });
    expect((plek as readonly string[])[0]).toContain('log.test.ts');
  });

  test('also when its text or its stack was changed later', () => {
    const fout = new Error(`x\n    at ${GEHEIM} (file:///x.ts:1:1)`);
    const { stack } = fout;
    Object.assign(fout, { message: 'anders', stack });
    expect(foutVoorLog(fout)).toMatchObject({ plek: [] });
  });

  test('what is no error is logged by its type', () => {
    expect(foutVoorLog(GEHEIM)).toEqual({ soort: 'string' });
  });
});
