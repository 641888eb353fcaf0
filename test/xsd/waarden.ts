/** Values at and around the edges of the simple types, and a plain check of facets to choose sensible values with. */
import type { Enkelvoudig, Facet } from './schemamodel.ts';

const rond = (aantal: number): number[] => [aantal - 1, aantal, aantal + 1].filter((n) => n >= 0);

/** Values without white space, written as words. */
const woorden = (tekst: string): string[] => tekst.split(/\s+/).filter((woord) => woord !== '');

const WITRUIMTE = [
  '',
  ' ',
  '   ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  'a\n',
  '\na',
  'a\nb',
  'a\rb',
  ' a',
  'a ',
  '\ta',
  ' \n a',
  'a b',
];
const UNICODE = [
  '\u00a0',
  '\u0085',
  '\u2028',
  '\u3000',
  'a\u2028b',
  '\u200b',
  '\ufeff',
  'e\u0301',
  ...woorden('é À × ỳ Ỵ ı ß 漢 😀 😀😀'),
];
const TEKST = [
  ...woorden("@ [ ` { < & ]]> Z + - : _ . .. AbC abcdef abcdefg A1 a-b x.y d'Or D d C DC NL Nl nl NLD XX"),
  'Ab 1\n\n2. ',
];
const GETALLEN = [
  ...woorden(
    '0 -0 +0 00 1 +1 -1 01 001 1.0 1. .1 1e2 0x1 2 3 +3 03 3.0 ٣ １２３４ １２３４５６７８ s300 S300 8001 9999',
  ),
  ...woorden('123 1234 12345 1234567 12345678 123456789 1234567890 1234567a 012345678'),
  ...['1 2', ' 3 ', '\n3', '12 45678', `${'0'.repeat(40)}5`, '9'.repeat(13), '9'.repeat(30), `-${'9'.repeat(20)}`],
];
const VERSIES = woorden('0.0.0 1.0.0 10.20.30 01.0.0 1.00.0 1.0 1.0.0.0 1.0.a 1,0,0 1.0.-1 .. 1..0');
const DATUMS = [
  ...woorden('2026-02-28 2026-02-29 2024-02-29 1900-02-29 2000-02-29 2027-06-31 2026-13-01 2026-00-10 2026-01-00'),
  ...woorden('2026-1-1 26-01-01 12026-01-01 -2026-01-01 0000-01-01 0001-01-01 9999-12-31 2026-01-01T00:00:00'),
  ...woorden(
    '2026-01-01Z 2026-01-01+01:00 2026-01-01-01:00 2026-01-01-14:00 20260101 01-01-2026 2026/01/01 2026-01-01-',
  ),
  ...['2026-01-01 ', ' 2026-01-01', '\n2026-01-01\n'],
];
const TIJDEN = [
  ...woorden(
    '00:00:00 23:59:59 24:00:00 24:00:01 23:59:60 23:60:00 25:00:00 9:30:00 09:30 093000 -09:30:00 09:30:00,5',
  ),
  ...woorden('09:30:00.5 09:30:00. 09:30:00.123456789 09:30:00Z 09:30:00.5Z 09:30:00+01:00'),
  ' 09:30:00 ',
];

/** Values that any type may meet. */
export const ALGEMEEN: readonly string[] = [
  ...WITRUIMTE,
  ...UNICODE,
  ...TEKST,
  ...GETALLEN,
  ...VERSIES,
  ...VERSIES.map((versie) => `${versie} `),
  ...DATUMS,
  ...TIJDEN,
];

/** Times with a negative offset; the one deliberate difference between the schemas. */
export const NEGATIEVE_TIJDZONES: readonly string[] = [
  '12:00:00-01:00',
  '00:00:00-00:00',
  '09:30:00.5-14:00',
  '24:00:00-02:30',
];

function rondFacet({ naam, waarde }: Facet): string[] {
  switch (naam) {
    case 'enumeration':
      return [
        waarde,
        `${waarde} `,
        ` ${waarde}`,
        `\n${waarde}`,
        waarde.toLowerCase(),
        `0${waarde}`,
        waarde.slice(1),
        `${waarde}${waarde}`,
      ];
    case 'minLength':
    case 'maxLength':
      return rond(Number(waarde)).flatMap((n) => [
        ...['a', '9', '😀', ' ', '\n'].map((teken) => teken.repeat(n)),
        ...(n > 0 ? [`${' '.repeat(n - 1)}a`, `a${' '.repeat(n - 1)}`, `${'a'.repeat(n - 1)}\n`] : []),
      ]);
    case 'minInclusive':
    case 'maxInclusive':
      return [-1n, 0n, 1n]
        .map((verschil) => String(BigInt(waarde) + verschil))
        .flatMap((n) => [n, `+${n}`, `00${n}`, ` ${n} `, `${n}.0`, `-${n}`]);
    default:
      return [];
  }
}

/** The values around the facets of one type. A pattern has its hits and misses in ALGEMEEN. */
export const grenswaarden = (type: Enkelvoudig): string[] => [...new Set(type.facetten.flatMap(rondFacet))];

/** Likely values for an element, the plainest first. */
const KANDIDATEN = [
  '1',
  'Voorbeeld',
  '0363',
  '98000001',
  '999900006',
  '2026-02-28',
  '09:30:00',
  '1.0.0',
  'AB',
  'a',
  '12',
];
const LEXICAAL: Readonly<Record<string, RegExp>> = {
  string: /^/u,
  integer: /^\d+$/u,
  nonNegativeInteger: /^\d+$/u,
  date: /^\d{4}-\d{2}-\d{2}$/u,
  time: /^\d{2}:\d{2}:\d{2}$/u,
};

function voldoet(type: Enkelvoudig, waarde: string): boolean {
  const facetten = Object.groupBy(type.facetten, (facet) => facet.naam);
  const alle = (naam: string, eis: (grens: string) => boolean) =>
    (facetten[naam] ?? []).every((facet) => eis(facet.waarde));
  const lijst = facetten.enumeration;
  return (
    LEXICAAL[type.basis]?.test(waarde) === true &&
    (lijst === undefined || lijst.some((facet) => facet.waarde === waarde)) &&
    alle('pattern', (patroon) => new RegExp(`^(?:${patroon})$`, 'u').test(waarde)) &&
    alle('minLength', (n) => waarde.length >= Number(n)) &&
    alle('maxLength', (n) => waarde.length <= Number(n)) &&
    alle('minInclusive', (n) => BigInt(waarde) >= BigInt(n)) &&
    alle('maxInclusive', (n) => BigInt(waarde) <= BigInt(n))
  );
}

/** Values that the type accepts; at least one. */
export function geldigeWaarden(type: Enkelvoudig): string[] {
  const eigen = type.facetten
    .filter(({ naam }) => naam === 'enumeration' || naam === 'pattern')
    .map(({ waarde }) => waarde);
  const passend = [...KANDIDATEN, ...eigen].filter((waarde) => voldoet(type, waarde));
  if (passend.length === 0) throw new Error(`geen geldige waarde bekend voor ${type.naam ?? 'een naamloos type'}`);
  return passend;
}
