/** The three forms of a delivery: the same rows, however the bytes are cut; and nothing hostile gets through or fills the memory. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rij, Vorm } from '#src/wlz-samenloop/register/regels/types.ts';
import { maakVormlezer } from '#src/wlz-samenloop/register/vormen/vormen.ts';
import { io31, ir, type Register } from '../../hulp/wlz-vormen.ts';
import { ZAAD } from '../../hulp/zaad.ts';

const ONLEESBAAR = expect.objectContaining({ soort: 'wlzLeveringOnleesbaar' });

function lees(
  vorm: Vorm,
  inhoud: string | Uint8Array,
  stuk = 65_536,
  soort: 'VOLLEDIG' | 'MUTATIE' = 'VOLLEDIG',
): readonly Rij[] {
  const lezer = maakVormlezer(vorm, { soort, alleenTestBsn: true });
  const bytes = Buffer.from(inhoud);
  const rijen: Rij[] = [];
  for (let plaats = 0; plaats < bytes.length; plaats += stuk)
    rijen.push(...lezer.lees(bytes.subarray(plaats, plaats + stuk)));
  return [...rijen, ...lezer.einde()];
}
const redenen = (rijen: readonly Rij[]) =>
  rijen.map((rij) => (rij.soort === 'indicatie' ? rij.besluitnummer : rij.reden));

const KOP = 'bsn;besluitnummer;ingangsdatum;einddatum;vervaldatum';
const CSV = `${KOP}\r\n999900006;1;2024-01-01;;\r\n999900018;2;2024-01-01;2024-12-31;2024-06-01\n\n999900007;3;2024-01-01;;`;

describe('ciz-dat', () => {
  test('CSV, with any line ends and an empty line', () => {
    expect(lees('ciz-dat', CSV)).toMatchObject([
      { soort: 'indicatie', regel: 2, bsn: '999900006', besluitnummer: '1', einddatum: null, vervaldatum: null },
      { soort: 'indicatie', regel: 3, einddatum: '2024-12-31', vervaldatum: '2024-06-01' },
      { soort: 'afgekeurd', regel: 5, besluitnummer: '3', reden: 'bsnOngeldig' },
    ]);
  });

  test('JSON Lines, with numbers and nulls as a program writes them', () => {
    const regels = [
      { bsn: '999900006', besluitnummer: 1, ingangsdatum: '2024-01-01', einddatum: null, vervaldatum: null },
      { bsn: '999900006', besluitnummer: '2', ingangsdatum: '2024-01-01' },
      { bsn: '999900006', besluitnummer: '3', ingangsdatum: '2024-01-01', zzpCode: '753' },
      { bsn: 999900006, besluitnummer: 4, ingangsdatum: '2024-01-01' },
    ];
    const tekst = [...regels.map((rij) => JSON.stringify(rij)), '{"bsn":'].join('\n');
    expect(redenen(lees('ciz-dat', tekst))).toEqual([
      '1',
      '2',
      'regelOnleesbaar',
      'regelOnleesbaar',
      'regelOnleesbaar',
    ]);
  });

  test('a mutation, and a mutation in a full delivery', () => {
    const mutatie = `${KOP};mutatie\n999900006;1;2024-01-01;;;T\n;2;;;;V\n999900006;3;2024-01-01;;;Q`;
    expect(redenen(lees('ciz-dat', mutatie, 7, 'MUTATIE'))).toEqual(['1', null, 'mutatieOngeldig']);
    expect(() => lees('ciz-dat', mutatie)).toThrow(ONLEESBAAR);
    const objecten = '{"bsn":"999900006","besluitnummer":1,"ingangsdatum":"2024-01-01","mutatie":"T"}';
    expect(redenen(lees('ciz-dat', objecten))).toEqual(['regelOnleesbaar']);
    expect(redenen(lees('ciz-dat', objecten, 5, 'MUTATIE'))).toEqual(['1']);
  });

  test.each<readonly [string, string | Uint8Array]>([
    ['another header', 'bsn;zzpCode\n999900006;753'],
    ['columns in another order', 'besluitnummer;bsn;ingangsdatum;einddatum;vervaldatum\n'],
    ['a byte order mark', `\uFEFF${CSV}`],
    ['UTF-16', Buffer.from(CSV, 'utf16le')],
    ['Latin-1', Buffer.from([...Buffer.from(`${KOP}\n`), 0xe9])],
    ['a line without end', 'x'.repeat(100_000)],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ])('is refused: %s', (_wat, inhoud) => {
    expect(() => lees('ciz-dat', inhoud)).toThrow(ONLEESBAAR);
  });

  test('a line that has too many fields, quotes or far too much is rejected alone', () => {
    const rijen = ['999900006;1;2024-01-01;;;;', '"999900006";2;2024-01-01;;', `999900006;3;${'9'.repeat(2000)};;`];
    expect(redenen(lees('ciz-dat', [KOP, ...rijen, '999900006;4;2024-01-01;;'].join('\n'), 4096))).toEqual([
      'regelOnleesbaar',
      'bsnOngeldig',
      'regelOnleesbaar',
      '4',
    ]);
  });
});

const REGISTER: Register = [
  { bsn: '999900006', besluitnummer: 1, ingangsdatum: '2024-01-01', pakketten: [['753', '1']] },
  { bsn: '999900018', besluitnummer: 2, ingangsdatum: '2024-01-01', pakketten: [['999', '1']] },
  {
    bsn: '999900031',
    besluitnummer: 3,
    ingangsdatum: '2024-01-01',
    einddatum: '2024-05-31',
    pakketten: [
      ['999', '1'],
      ['800', '2'],
    ],
  },
  { bsn: '999900043', besluitnummer: 4, ingangsdatum: '2024-01-01', pakketten: [['753', '3']] },
  { bsn: '999900055', besluitnummer: 5, ingangsdatum: '2024-01-01', pakketten: [] },
  { bsn: '999900007', besluitnummer: 6, ingangsdatum: '2024-01-01', pakketten: [['753', '1']] },
  {
    bsn: '999900067',
    besluitnummer: 7,
    ingangsdatum: '2024-01-01',
    einddatum: '2023-12-31',
    pakketten: [['753', '1']],
  },
];
const UITKOMST = ['1', 'partnerverblijf', '3', 'nietWlzGefinancierd', '5', 'bsnOngeldig', 'eindeVoorBegin'];

describe('IO31', () => {
  test('any number of clients in one file, each with what it comes down to', () => {
    expect(redenen(lees('io31', io31(REGISTER)))).toEqual(UITKOMST);
    expect(lees('io31', io31(REGISTER))[2]).toMatchObject({ einddatum: '2024-05-31', opmerkingen: ['overgangsgroep'] });
  });

  test('the BSN of a relatie, or of a deeper element, is not that of the client', () => {
    const xml = io31([{ bsn: '999900006', besluitnummer: 1, ingangsdatum: '2024-01-01', pakketten: [['753', '1']] }]);
    const anders = xml.replace('<Naam>', '<Naam><Bsn>999900018</Bsn>');
    expect(lees('io31', anders)).toMatchObject([{ bsn: '999900006' }]);
  });

  test('two of what there may be one of cannot be told apart', () => {
    const xml = io31(REGISTER.slice(0, 1));
    for (const dubbel of ['Bsn', 'Besluitnummer', 'ZzpCode', 'Financiering'])
      expect(redenen(lees('io31', xml.replace(new RegExp(`<${dubbel}>[^<]*</${dubbel}>`), '$&$&'))), dubbel).toEqual([
        'regelOnleesbaar',
      ]);
  });

  test.each<readonly [string, (xml: string) => string]>([
    ['a DTD', (xml) => xml.replace('<Bericht', '<!DOCTYPE Bericht [<!ENTITY x "y">]><Bericht')],
    ['an entity', (xml) => xml.replace('999900006', '&x;')],
    ['another message', (xml) => xml.replace('>388<', '>389<')],
    ['another release', (xml) => xml.replace('2_2/io31', '2_3/io31')],
    ['no header', (xml) => xml.replace(/<Header>.*<\/Header>/s, '')],
    ['cut off', (xml) => xml.slice(0, -20)],
    ['cut off between two clients', (xml) => xml.slice(0, xml.indexOf('</Client>') + 9)],
    ['a second root', (xml) => `${xml}<Bericht/>`],
    ['nested deeply', (xml) => xml.replace('<Naam>', `<Naam>${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)],
    [
      'many attributes',
      (xml) => xml.replace('<Naam>', `<Naam ${Array.from({ length: 100 }, (_, i) => `a${i}=""`).join(' ')}>`),
    ],
    ['a text without end', (xml) => xml.replace('<Naam>', `<Naam>${'x'.repeat(3_000_000)}`)],
    ['a byte order mark', (xml) => `\uFEFF${xml}`],
    ['another encoding', (xml) => xml.replace('UTF-8', 'ISO-8859-1')],
    ['no XML', () => CSV],
  ])('is refused: %s', (_wat, verander) => {
    expect(() => lees('io31', verander(io31(REGISTER)))).toThrow(ONLEESBAAR);
  });

  test('no refusal says a value of the file', () => {
    const xml = io31(REGISTER).replace('</Bsn>', '</Bsnn>');
    expect(() => lees('io31', xml)).toThrow(ONLEESBAAR);
    expect(() => lees('io31', xml)).not.toThrow(/9999000|Bsnn/);
  });
});

describe('Indicatieregister', () => {
  test.each(['lijst', 'antwoord'] as const)('as %s, of release 1 and 2', (omhulsel) => {
    for (const release of [1, 2] as const)
      expect(redenen(lees('indicatieregister', ir(REGISTER, { omhulsel, release })))).toEqual(UITKOMST);
  });

  test('vervaldatum, which release 2 added, is read', () => {
    const [eerste] = REGISTER;
    const tekst = ir([{ ...(eerste as Register[number]), vervaldatum: '2024-02-01' }], { release: 2 });
    expect(lees('indicatieregister', tekst)).toMatchObject([{ vervaldatum: '2024-02-01' }]);
  });

  test('an answer to a query that did not ask for the packages cannot tell partnerverblijf', () => {
    const tekst = ir(REGISTER.slice(0, 1), {}).replace(/"geindiceerdZorgzwaartepakket":\[[^\]]*\]/, '"meerzorg":false');
    expect(redenen(lees('indicatieregister', tekst))).toEqual(['zorgzwaartepakketOntbreekt']);
  });

  test('text in an element may hold any brace or quote', () => {
    const lastig = ir(REGISTER.slice(0, 1), {}).replace('"afgiftedatum"', '"commentaar":"}]{[\\\\\\"}","afgiftedatum"');
    expect(redenen(lees('indicatieregister', lastig, 1))).toEqual(['1']);
  });

  test('an element that is no indication is rejected alone', () => {
    expect(redenen(lees('indicatieregister', '[{}, {"bsn": 1}, {"bsn": "x" "y"}]'))).toEqual([
      'besluitnummerOngeldig',
      'regelOnleesbaar',
      'regelOnleesbaar',
    ]);
  });

  test.each<readonly [string, string]>([
    ['errors in the answer', '{"errors":[{"message":"x"}],"data":{"wlzIndicatie":[]}}'],
    ['errors after the data', '{"data":{"wlzIndicatie":[]},"errors":[{"message":"x"}]}'],
    ['no data', '{"data":null}'],
    ['another list', '{"data":{"bemiddeling":[]}}'],
    ['cut off', ir(REGISTER, {}).slice(0, -1)],
    ['cut off in an element', ir(REGISTER, {}).slice(0, -40)],
    ['something behind it', `${ir(REGISTER, {})} x`],
    ['two lists', '[][]'],
    ['a comma too many', '[{},]'],
    ['no comma', '[{} {}]'],
    ['a number in the list', '[1]'],
    ['nothing', ''],
    ['XML', '<Bericht/>'],
    ['an element without end', `[{"a":"${'x'.repeat(2_000_000)}`],
    ['spaces without end behind it', `[]${' '.repeat(10_000)}`],
  ])('is refused: %s', (_wat, tekst) => {
    expect(() => lees('indicatieregister', tekst)).toThrow(ONLEESBAAR);
  });
});

test('however the bytes are cut, the rows are the same', () => {
  const leveringen: readonly (readonly [Vorm, string])[] = [
    ['ciz-dat', CSV],
    ['io31', io31(REGISTER)],
    ['indicatieregister', ir(REGISTER, { omhulsel: 'antwoord', release: 2 })],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...leveringen), fc.integer({ min: 1, max: 300 }), ([vorm, inhoud], stuk) => {
      expect(lees(vorm, inhoud, stuk)).toEqual(lees(vorm, inhoud));
    }),
    { numRuns: 60 },
  );
});

/** A comment before the first client: from there on all is read by the parser, and no client at once. */
const metOpmerking = (xml: string): string => xml.replace('<Clienten>', '<Clienten><!-- -->');
const uitkomst = (xml: string, stuk: number): readonly Rij[] | 'geweigerd' => {
  try {
    return lees('io31', xml, stuk);
  } catch {
    return 'geweigerd';
  }
};

test('a client that is read at once says the same as one that the parser reads, however the document is damaged', () => {
  const heel = io31(REGISTER);
  const scherven = [
    '<',
    '>',
    '/',
    '</',
    '/>',
    '&',
    '&amp;',
    ' ',
    '\n',
    '"',
    '<Bsn>',
    '</Bsn>',
    '<Client>',
    '</Client>',
    '<Einddatum/>',
  ];
  const moeilijk = [
    '<!-- ',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?x ',
    '?>',
    '<x:a/>',
    ' xmlns="urn:x"',
    '\u0000',
    '\ud83d\ude00',
    'é',
    '',
  ];
  const schade = fc.record({
    waar: fc.integer({ min: heel.indexOf('<Clienten>') + 10, max: heel.length }),
    weg: fc.integer({ min: 0, max: 12 }),
    erin: fc.constantFrom(...scherven, ...moeilijk),
  });
  fc.assert(
    fc.property(fc.array(schade, { maxLength: 3 }), fc.integer({ min: 1, max: 4000 }), (alle, stuk) => {
      const xml = alle.reduce((tot, { waar, weg, erin }) => tot.slice(0, waar) + erin + tot.slice(waar + weg), heel);
      expect(uitkomst(xml, stuk)).toEqual(uitkomst(metOpmerking(xml), stuk));
    }),
    { numRuns: 400, seed: ZAAD },
  );
  expect(uitkomst(heel, 65_536)).toHaveLength(REGISTER.length);
});

test('a client in a comment, or in CDATA, is none', () => {
  const [eerste, ...rest] = io31(REGISTER).split('<Client>');
  const [tweede, ...meer] = rest;
  for (const [begin, einde] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?x ', '?>'],
  ] as const) {
    const xml = `${eerste}${begin}<Client>${tweede}${einde}${meer.map((deel) => `<Client>${deel}`).join('')}`;
    for (const stuk of [1, 7, 65_536]) expect(lees('io31', xml, stuk)).toHaveLength(REGISTER.length - 1);
  }
});

test('only ciz-dat can be a mutation', () => {
  for (const vorm of ['io31', 'indicatieregister'] as const)
    expect(() => maakVormlezer(vorm, { soort: 'MUTATIE', alleenTestBsn: true })).toThrow(
      expect.objectContaining({ soort: 'wlzManifestOngeldig' }),
    );
});
