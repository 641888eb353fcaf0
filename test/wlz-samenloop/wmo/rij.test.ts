/** What a gemeente may deliver, row by row, and how its file is read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keurRij } from '#src/wlz-samenloop/wmo/regels/rij.ts';
import { AFWIJZINGEN, type Gelezen, type RuweRij } from '#src/wlz-samenloop/wmo/regels/types.ts';
import { type Leveringsvorm, leesRijen } from '#src/wlz-samenloop/wmo/stroom.ts';
import { inStukken } from '../../hulp/wlz.ts';

const BSN = '999900006';
const uitkomst = (rij: RuweRij, alleenTest = false): string => {
  const keuring = keurRij(rij, alleenTest);
  return 'afwijzing' in keuring ? keuring.afwijzing : 'goed';
};

describe('a row', () => {
  test('needs no more than a BSN', () => {
    expect(keurRij({ bsn: BSN }, true)).toEqual({
      voorziening: {
        bsn: BSN,
        voorzieningId: '',
        status: 'LOPEND',
        vanaf: null,
        tot: null,
        productcategorie: null,
        productcode: null,
        agb: null,
      },
    });
  });
  test.each<readonly [string, RuweRij, string]>([
    ['a BSN of eight digits', { bsn: '99990006' }, 'bsnOngeldig'],
    ['a BSN that fails the elfproef', { bsn: '999900007' }, 'bsnOngeldig'],
    ['no BSN', { voorzieningId: '1' }, 'bsnOngeldig'],
    ['a category of the Jeugdwet', { bsn: BSN, productcategorie: '45' }, 'geenWmo'],
    ['a category that does not exist', { bsn: BSN, productcategorie: '19' }, 'geenWmo'],
    ['the Jeugdwet by its name', { bsn: BSN, productcategorie: '01', domein: 'JW' }, 'geenWmo'],
    ['iJw', { bsn: BSN, domein: 'iJw' }, 'geenWmo'],
    ['the Wmo by its name', { bsn: BSN, domein: 'iWmo', productcategorie: '18' }, 'goed'],
    ['a status that does not exist', { bsn: BSN, status: 'lopend' }, 'statusOngeldig'],
    ['30 February', { bsn: BSN, ingangsdatum: '2026-02-30' }, 'datumOngeldig'],
    ['a date as a Dutchman writes it', { bsn: BSN, einddatum: '31-12-2026' }, 'datumOngeldig'],
    ['an end before the begin', { bsn: BSN, ingangsdatum: '2026-02-02', einddatum: '2026-02-01' }, 'eindeVoorBegin'],
    ['one day', { bsn: BSN, ingangsdatum: '2026-02-02', einddatum: '2026-02-02' }, 'goed'],
    ['an end in all eternity', { bsn: BSN, ingangsdatum: '2026-02-02', einddatum: '9999-12-31' }, 'goed'],
    ['an id of 41 signs', { bsn: BSN, voorzieningId: 'x'.repeat(41) }, 'voorzieningIdOngeldig'],
    ['an id with a space', { bsn: BSN, voorzieningId: 'a b' }, 'voorzieningIdOngeldig'],
    ['a long code', { bsn: BSN, productcode: '123456' }, 'productcodeOngeldig'],
    ['an AGB of seven digits', { bsn: BSN, agbAanbieder: '1234567' }, 'agbOngeldig'],
  ])('%s: %s', (_, rij, verwacht) => {
    expect(uitkomst(rij)).toBe(verwacht);
  });
  test('of a real person is refused where only test BSNs may come', () => {
    expect([uitkomst({ bsn: '123456782' }, true), uitkomst({ bsn: '123456782' }, false)]).toEqual([
      'bsnGeenTest',
      'goed',
    ]);
  });
  test('is refused without its value', () => {
    for (const melding of Object.values(AFWIJZINGEN)) expect(melding).toMatch(/^[A-Za-z].*\.$/);
  });
});

async function lees(vorm: Leveringsvorm, tekst: string | Uint8Array, stuk = 65_536): Promise<readonly Gelezen[]> {
  const rijen: Gelezen[] = [];
  for await (const rij of leesRijen(vorm, inStukken(tekst, stuk))) rijen.push(rij);
  return rijen;
}
const onleesbaar = expect.objectContaining({ soort: 'wmoLeveringOnleesbaar' });

describe('CSV', () => {
  test('with semicolons or commas, a BOM, quotes, any line ends', async () => {
    const verwacht = [
      { regel: 2, rij: { bsn: BSN, voorzieningId: 'a;b' } },
      { regel: 3, rij: { bsn: '1', voorzieningId: '' } },
    ];
    expect(await lees('csv', `\uFEFFbsn;voorzieningId\r\n${BSN};"a;b"\r\n1;\r\n`)).toEqual(verwacht);
    expect(await lees('csv', `bsn,voorzieningId\n${BSN},"a;b"\n1,`)).toEqual(verwacht);
  });
  test('a row with another number of fields is one that cannot be read', async () => {
    expect(await lees('csv', 'bsn;status\n1\n2;LOPEND;x\n3;LOPEND')).toEqual([
      { regel: 2, rij: null },
      { regel: 3, rij: null },
      { regel: 4, rij: { bsn: '3', status: 'LOPEND' } },
    ]);
  });
  test('a header alone is a list without rows', async () => {
    expect(await lees('csv', 'bsn\n')).toEqual([]);
  });
  test.each([
    ['nothing', ''],
    ['no header', `${BSN};1;LOPEND\n`],
    ['a column that does not exist', 'bsn;naam\n1;Jansen\n'],
    ['a column twice', 'bsn;bsn\n1;1\n'],
    ['no bsn', 'voorzieningId\n1\n'],
    ['a quote that is not closed', `bsn;voorzieningId\n1;"${'x\n'.repeat(3000)}`],
    ['a line without an end', `bsn\n${'1'.repeat(5000)}`],
    ['no UTF-8', Buffer.from([0x62, 0x73, 0x6e, 0x0a, 0xff, 0xfe])],
  ])('%s is refused', async (_, tekst) => {
    await expect(lees('csv', tekst)).rejects.toEqual(onleesbaar);
  });
});

describe('JSON', () => {
  const rijen: readonly RuweRij[] = [
    { bsn: BSN, voorzieningId: '{"}[]\\"é' },
    { bsn: '1', status: 'LOPEND' },
  ];
  test('a list, or an object per line', async () => {
    const verwacht = rijen.map((rij, nr) => ({ regel: nr + 1, rij }));
    expect(await lees('json', JSON.stringify(rijen))).toEqual(verwacht);
    expect(await lees('json', JSON.stringify(rijen, null, 2))).toEqual(verwacht);
    expect(await lees('json', rijen.map((rij) => JSON.stringify(rij)).join('\n'))).toEqual(verwacht);
  });
  test('the same however the bytes are cut', async () => {
    const tekst = JSON.stringify(rijen);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (stuk) => {
        expect(await lees('json', tekst, stuk)).toEqual(rijen.map((rij, nr) => ({ regel: nr + 1, rij })));
      }),
      { numRuns: 40 },
    );
  });
  test('null is absent; a number, a nested object and an unknown field are no row', async () => {
    const tekst =
      '[{"bsn":"1","einddatum":null},{"bsn":999900006},{"bsn":{"a":[1]}},{"bsn":"1","naam":"x"},{"bsn":"1",}]';
    expect((await lees('json', tekst)).map(({ rij }) => rij)).toEqual([{ bsn: '1' }, null, null, null, null]);
  });
  test('an empty list is a list', async () => {
    expect(await lees('json', ' [ ]\n')).toEqual([]);
  });
  test.each([
    ['nothing', ''],
    ['text', 'hallo'],
    ['a list of numbers', '[1,2]'],
    ['an object that does not end', '[{"bsn":"1"'],
    ['an object without an end', `[{"bsn":"${'1'.repeat(5000)}`],
    ['an object around it', `{"voorzieningen":[${'{"bsn":"1"},'.repeat(400)}`],
  ])('%s is refused', async (_, tekst) => {
    await expect(lees('json', tekst, 1000)).rejects.toEqual(onleesbaar);
  });
});
