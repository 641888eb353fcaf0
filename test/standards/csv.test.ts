/** Lists that an organisation brings itself: what a spreadsheet writes is read, and what could mean something else is refused. */
import { describe, expect, test } from 'vitest';
import { leesGemeenten } from '#src/standards/codelijsten/gemeenten-csv.ts';
import { leesProductcodes } from '#src/standards/codelijsten/productcodes-csv.ts';

const KOP = 'domein,productcode,productcategorie,geldigVanaf,geldigTot';
const REGEL = 'iwmo,02A05,02,2020-01-01,2026-12-31';
const LIJST = {
  iwmo: { '02A05': [{ categorie: '02', vanaf: '2020-01-01', tot: '2026-12-31' }] },
  ijw: {},
};
const metPuntkomma = (tekst: string): string => tekst.replaceAll(',', ';');

describe('a list of product codes', () => {
  test.each([
    ['with commas', `${KOP}\n${REGEL}\n`],
    ['with semicolons', metPuntkomma(`${KOP}\n${REGEL}\n`)],
    ['with a BOM and CRLF', `\ufeff${KOP}\r\n${REGEL}\r\n`],
    ['with a BOM, semicolons and empty lines first', `\ufeff\r\n\r\n${metPuntkomma(`${KOP}\r\n${REGEL}`)}`],
    ['with the line ends of an old Mac', `${KOP}\r${REGEL}\r`],
    ['with line ends of several kinds', `${KOP}\r\n${REGEL}\n\r\n\r`],
    ['without an end to its last line', `${KOP}\n${REGEL}`],
    ['with every cell quoted', `${KOP}\n${REGEL}`.replace(/[^,\n]+/g, '"$&"')],
    ['with spaces around the cells', `${KOP}\n${REGEL}`.replace(/[^,\n]+/g, ' $& \t')],
    ['with empty lines, as a spreadsheet leaves them', `${KOP}\n\n${REGEL}\n,,,,\n  \n`],
    ['with the name of the standard as it writes it', `${KOP}\n${REGEL.replace('iwmo', 'iWmo')}`],
    [
      'with its columns in another order',
      'geldigTot;geldigVanaf;domein;productcategorie;productcode\n2026-12-31;2020-01-01;iwmo;02;02A05',
    ],
  ])('is read %s', (_, tekst) => {
    expect(leesProductcodes(tekst)).toEqual({ lijst: LIJST });
  });

  test('may leave a day open, also as the last day that systems know', () => {
    expect(leesProductcodes(`${KOP}\nijw,45A04,45,,\nijw,45A05,45,,9999-12-31`).lijst?.ijw).toEqual({
      '45A04': [{ categorie: '45' }],
      '45A05': [{ categorie: '45' }],
    });
  });

  test('may have a code in more categories, and in one category at several times', () => {
    const tekst = [KOP, 'ijw,X,45,,2020-12-31', 'ijw,X,54,,', 'ijw,X,45,2021-01-01,', 'iwmo,X,02,,'].join('\n');
    expect(leesProductcodes(tekst).lijst?.ijw.X).toEqual([
      { categorie: '45', tot: '2020-12-31' },
      { categorie: '54' },
      { categorie: '45', vanaf: '2021-01-01' },
    ]);
  });

  test.each<readonly [string, string, readonly (readonly [number, RegExp])[]]>([
    ['is empty', '', [[1, /eerste regel.*domein, productcode, productcategorie, geldigVanaf, geldigTot/]]],
    ['is a BOM', '\ufeff', [[1, /eerste regel/]]],
    ['has only a header', `${KOP}\n`, [[1, /lijst is leeg/]]],
    ['has no header', `${REGEL}\n${REGEL}`, [[1, /eerste regel/]]],
    ['has a column too few', 'domein,productcode,productcategorie,geldigVanaf\n', [[1, /eerste regel/]]],
    ['has a misspelt column', `${KOP.replace('geldigTot', 'geldigtot')}\n${REGEL}`, [[1, /eerste regel/]]],
    ['has a column twice', `${KOP.replace('geldigTot', 'geldigVanaf')}\n${REGEL}`, [[1, /eerste regel/]]],
    ['has a column too many', `${KOP},tarief\n${REGEL},1`, [[1, /eerste regel/]]],
    ['is separated by tabs', `${KOP}\n${REGEL}`.replaceAll(',', '\t'), [[1, /eerste regel/]]],
    ['has a cell too few', `${KOP}\n${REGEL}\n\niwmo,02A06,02,`, [[4, /4 velden in plaats van 5/]]],
    ['has a cell too many', `${KOP}\n${REGEL},`, [[2, /6 velden in plaats van 5/]]],
    ['has a quote that is not closed', `${KOP}\n${REGEL}\n"iwmo,X,02,,\n`, [[3, /niet gesloten/]]],
    [
      'has a quote that swallows the rest',
      `${KOP}\n${REGEL}\niwmo,"X,02,,\n${`${REGEL}\n`.repeat(1000)}`,
      [[3, /niet gesloten/]],
    ],
    ['has a quote within a cell', `${KOP}\niwmo,02"A05,02,,`, [[2, /aanhalingsteken/]]],
    ['has text after a quote', `${KOP}\niwmo,"02A"05,02,,`, [[2, /aanhalingsteken/]]],
    ['has lines without end', `${KOP}\niwmo,${'X'.repeat(5000)},02,,`, [[2, /te lang/]]],
    ['has another domein', `${KOP}\nwlz,X,02,,`, [[2, /^domein moet iwmo of ijw zijn\.$/]]],
    ['has no code', `${KOP}\niwmo,,02,,`, [[2, /^productcode moet 1 tot 5 tekens/]]],
    ['has a long code', `${KOP}\niwmo,__proto__,02,,`, [[2, /^productcode moet 1 tot 5 tekens/]]],
    ['lost a zero', `${KOP}\niwmo,02A05,2,,`, [[2, /^productcategorie .*twee cijfers/]]],
    ['has a day that does not exist', `${KOP}\niwmo,X,02,2023-02-29,`, [[2, /^geldigVanaf .*JJJJ-MM-DD/]]],
    ['has a date in Dutch order', `${KOP}\niwmo,X,02,,31-12-2026`, [[2, /^geldigTot .*JJJJ-MM-DD/]]],
    ['has a date with a time', `${KOP}\niwmo,X,02,2024-01-01T00:00:00,`, [[2, /^geldigVanaf/]]],
    ['ends before it begins', `${KOP}\niwmo,X,02,2024-01-02,2024-01-01`, [[2, /geldigTot ligt voor geldigVanaf/]]],
    ['has a line twice', `${KOP}\n${REGEL}\n${REGEL}`, [[3, /overlapt met die op regel 2/]]],
    [
      'has periods that share a day, in any order',
      `${KOP}\niwmo,X,02,2024-06-01,\nijw,X,45,,\niwmo,X,02,,2024-06-01`,
      [[2, /overlapt met die op regel 4/]],
    ],
    [
      'has a period within another, after a third',
      `${KOP}\niwmo,X,02,2020-01-01,2029-12-31\niwmo,X,02,2021-01-01,2021-12-31\niwmo,X,02,2025-01-01,`,
      [
        [3, /regel 2/],
        [4, /regel 2/],
      ],
    ],
    [
      'has faults on several lines',
      `${KOP}\nwlz,X,2,,\n${REGEL}\niwmo,X,02,nu,straks`,
      [
        [2, /^domein/],
        [2, /^productcategorie/],
        [4, /^geldigVanaf/],
        [4, /^geldigTot/],
      ],
    ],
  ])('that %s is refused, with the line', (_, tekst, verwacht) => {
    const { lijst, fouten } = leesProductcodes(tekst);
    expect(lijst).toBeUndefined();
    expect(fouten?.map(({ regel }) => regel)).toEqual(verwacht.map(([regel]) => regel));
    for (const [nr, [, melding]] of verwacht.entries()) expect(fouten?.[nr]?.melding).toMatch(melding);
  });

  test('does not repeat what is in it when it is refused', () => {
    const { fouten } = leesProductcodes(`${KOP}\ngeheim,geheim,geheim,geheim,geheim`);
    expect(fouten).toHaveLength(5);
    expect(JSON.stringify(fouten)).not.toContain('geheim');
  });

  test('of 100.000 lines is read, and refused when all of them are wrong', () => {
    const regels = Array.from({ length: 100_000 }, (_, nr) => `iwmo,${nr.toString(36)},02,2020-01-01,`);
    expect(Object.keys(leesProductcodes([KOP, ...regels].join('\r\n')).lijst?.iwmo ?? {})).toHaveLength(100_000);
    expect(leesProductcodes([KOP, ...regels.map(() => REGEL)].join('\n')).fouten).toHaveLength(99_999);
    expect(leesProductcodes([KOP, ...regels.map(() => 'x')].join('\n')).fouten).toHaveLength(100_000);
  });
});

describe('a list of gemeenten', () => {
  const lees = (...regels: readonly string[]) =>
    leesGemeenten(['code;naam;geldigVanaf;geldigTot', ...regels].join('\r\n'));

  test('keeps the names, also with quotes, separators and accents', () => {
    expect(
      lees('1900;Súdwest-Fryslân;2011-01-01;', `0518;"'s-Gravenhage; ""Den Haag""";1830-01-01;`).lijst?.gemeenten,
    ).toEqual({
      1900: [{ naam: 'Súdwest-Fryslân', vanaf: '2011-01-01' }],
      '0518': [{ naam: `'s-Gravenhage; "Den Haag"`, vanaf: '1830-01-01' }],
    });
  });

  test.each<readonly [string, readonly string[], string, string]>([
    ['a year, without ends', ['0363;A;2026-01-01;', '0344;B;2026-01-01;'], '2026-01-01', '2026-12-31'],
    ['a year, with ends', ['0363;A;2026-01-01;2026-12-31', '0344;B;2026-01-01;2026-12-31'], '2026-01-01', '2026-12-31'],
    ['one moment, with old beginnings', ['0363;A;1830-01-01;', '0344;B;2023-01-01;'], '2023-01-01', '2023-12-31'],
    [
      'one moment, until the end of the year that it is for',
      ['0363;A;1830-01-01;2026-12-31', '0344;B;2023-01-01;2026-12-31'],
      '2023-01-01',
      '2026-12-31',
    ],
    [
      'a history',
      ['0363;A;1830-01-01;', '0457;B;1830-01-01;2022-03-23', '0398;C;1830-01-01;2021-12-31', '1980;D;2022-01-01;'],
      '2021-12-31',
      '2022-12-31',
    ],
    [
      'a gemeente with another name, which has not gone',
      ['0140;A;1830-01-01;1996-12-31', '0140;B;1997-01-01;', '1980;D;2022-01-01;'],
      '2022-01-01',
      '2022-12-31',
    ],
    ['ends that systems must fill', ['0363;A;2024-01-01;9999-12-31'], '2024-01-01', '2024-12-31'],
  ])('of %s is complete for as long as its dates show', (_, regels, volledigVanaf, volledigTot) => {
    expect(lees(...regels).lijst).toMatchObject({ volledigVanaf, volledigTot });
  });

  test.each<readonly [string, string, RegExp]>([
    ['lost a zero', '34;Almere;2026-01-01;', /^code moet uit vier cijfers/],
    ['has no name', '0034;;2026-01-01;', /^naam moet gevuld zijn/],
    ['does not say since when', '0034;Almere;;', /^geldigVanaf moet een bestaande datum/],
    ['has a day that does not exist', '0034;Almere;2026-06-31;', /^geldigVanaf moet een bestaande datum/],
  ])('that %s is refused', (_, regel, melding) => {
    const { fouten } = lees('0363;Amsterdam;1830-01-01;', regel);
    expect(fouten).toEqual([{ regel: 3, melding: expect.stringMatching(melding) }]);
  });

  test('that has one code for two gemeenten at a time is refused', () => {
    const { fouten } = lees('0034;A;1984-01-01;', '0363;B;1830-01-01;', '0034;C;2026-01-01;');
    expect(fouten).toEqual([{ regel: 4, melding: 'De periode overlapt met die op regel 2.' }]);
  });
});
