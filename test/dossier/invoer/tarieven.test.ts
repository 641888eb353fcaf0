/** The tariff list of a gemeente: replaced as a whole, or not at all, and every fault with its line. */
import { afterAll, describe, expect, test } from 'vitest';
import { vervangTarieven } from '#src/dossier/invoer/tarieven.ts';
import { leesTarieven } from '#src/dossier/opslag/tarieven.ts';
import { GEMEENTE, maakInvoer } from './opzet.ts';

const { plaats, weg } = await maakInvoer();
const { database } = plaats;
afterAll(weg);
const KOP = 'productcode;eenheid;tarief;aanbieder;vanaf;tot';
const opdracht = { gemeente: GEMEENTE, domein: 'iwmo', actor: 'proef' } as const;
const vervang = (...regels: readonly string[]) => vervangTarieven(database, opdracht, [KOP, ...regels].join('\n'));
const alle = async () =>
  (await database.pool.query('select productcode, eenheid, tarief, aanbieder, vanaf, tot from tarief order by id'))
    .rows;

test('replaces what was there, of this gemeente and this domein alone', async () => {
  await vervangTarieven(database, { ...opdracht, gemeente: '0344' }, `${KOP}\n02A05;04;1;;2026-01-01;`);
  await vervangTarieven(database, { ...opdracht, domein: 'ijw' }, `${KOP}\n45A04;04;2;;2026-01-01;`);
  expect(await vervang('02A05;04;6250;;2026-01-01;2026-12-31', '07A11;16;4520;98000001;2026-01-01;')).toEqual({
    lijst: 2,
  });
  expect(
    await vervang(
      '02A05;04;6300;;2026-01-01;2026-06-30',
      '02A05;04;6400;;2026-07-01;',
      '02A05;04;6500;98000001;2026-03-01;',
    ),
  ).toEqual({ lijst: 3 });
  expect(await alle()).toHaveLength(5);
  const vraag = { gemeente: GEMEENTE, domein: 'iwmo', aanbieder: '98000002', productcodes: ['02A05'] };
  const gelezen = await leesTarieven(database.pool, vraag);
  expect(['2025-12-31', '2026-06-30', '2026-07-01'].map((dag) => gelezen?.tarievenOp('02A05', '04', dag))).toEqual([
    [],
    [6300],
    [6400],
  ]);
  const eigen = await leesTarieven(database.pool, { ...vraag, aanbieder: '98000001' });
  expect(eigen?.tarievenOp('02A05', '04', '2026-07-01')).toEqual([6500]);
  const { rows } = await database.pool.query(
    `select actor, namens, details from logboek where gebeurtenis = 'tarieven gewijzigd' order by nr desc limit 1`,
  );
  expect(rows).toEqual([{ actor: 'proef', namens: GEMEENTE, details: { domein: 'iwmo', regels: 3 } }]);
});

describe('refuses, and changes nothing:', () => {
  test.each([
    ['02A055;04;1;;2026-01-01;', 2, /^productcode/],
    ['02A05;4;1;;2026-01-01;', 2, /^eenheid/],
    ['02A05;04;12,50;;2026-01-01;', 2, /^tarief/],
    ['02A05;04;-1;;2026-01-01;', 2, /^tarief/],
    ['02A05;04;1;0363;2026-01-01;', 2, /^aanbieder/],
    ['02A05;04;1;;;', 2, /^vanaf/],
    ['02A05;04;1;;2026-02-30;', 2, /^vanaf/],
    ['02A05;04;1;;2026-01-01;2025-12-31', 2, /tot ligt voor vanaf/],
    ['02A05;04;1;;2026-01-01;\n02A05;04;2;;2026-06-01;', 3, /overlapt met die op regel 2/],
    ['02A05;04;1;;2026-01-01;\n02A05;04;1;;2026-01-01;', 3, /overlapt/],
    ['02A05;04;1;2026-01-01;', 2, /velden/],
  ])('%j', async (regels, regel, melding) => {
    const eerst = await alle();
    const { fouten } = await vervang(regels);
    expect(fouten).toEqual([{ regel, melding: expect.stringMatching(melding) }]);
    expect(await alle()).toEqual(eerst);
  });

  test('a list without lines, other columns, and a gemeente that is none', async () => {
    expect(await vervang()).toMatchObject({ fouten: [{ regel: 1 }] });
    expect(await vervangTarieven(database, opdracht, 'code;tarief\n1;2')).toMatchObject({ fouten: [{ regel: 1 }] });
    for (const gemeente of ['9999', '98000001'])
      await expect(
        vervangTarieven(database, { ...opdracht, gemeente }, `${KOP}\n02A05;04;1;;2026-01-01;`),
      ).rejects.toThrow();
  });

  test('the same product twice is right in another unit, for another aanbieder, or at another time', async () => {
    expect(
      await vervang(
        '02A05;04;1;;2026-01-01;2026-03-31',
        '02A05;01;2;;2026-01-01;',
        '02A05;04;3;98000001;2026-01-01;',
        '02A05;04;4;;2026-04-01;',
      ),
    ).toEqual({ lijst: 4 });
  });
});
