/** Own lists in place of, or besides, what ships: read at the start, and a start with a wrong one is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leesBronnen } from '#src/bronnen.ts';
import { leesConfig } from '#src/config.ts';
import { ConfiguratieFout } from '#src/fouten.ts';
import { GEMEENTEN_2026 } from '#src/standards/codelijsten/gemeenten.ts';

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-bronnen-'));
afterAll(() => rmSync(map, { recursive: true }));

const bestand = (inhoud: string | Uint8Array): string => {
  const pad = path.join(map, 'lijst.csv');
  writeFileSync(pad, inhoud);
  return pad;
};
const lees = (omgeving: Readonly<Record<string, string>>) => leesBronnen(leesConfig(omgeving));

test.each([[{}], [{ KNOOPPUNT_GEMEENTEN: '', KNOOPPUNT_PRODUCTCODES: '' }]])(
  'without files the gemeenten that ship count, and product codes are not judged: %j',
  (omgeving) => {
    expect(lees(omgeving)).toEqual({ gemeenten: GEMEENTEN_2026, productcodes: undefined });
  },
);

test('own gemeenten take the place of those that ship', () => {
  const { gemeenten } = lees({
    KNOOPPUNT_GEMEENTEN: bestand('\ufeffcode;naam;geldigVanaf;geldigTot\r\n0363;Amsterdam;2027-01-01;\r\n'),
  });
  expect(gemeenten).toEqual({
    volledigVanaf: '2027-01-01',
    volledigTot: '2027-12-31',
    gemeenten: { '0363': [{ naam: 'Amsterdam', vanaf: '2027-01-01' }] },
  });
});

test('product codes are read', () => {
  const kop = 'domein,productcode,productcategorie,geldigVanaf,geldigTot';
  const { productcodes } = lees({ KNOOPPUNT_PRODUCTCODES: bestand(`${kop}\nijw,45A04,45,,\n`) });
  expect(productcodes).toEqual({ iwmo: {}, ijw: { '45A04': [{ categorie: '45' }] } });
});

test('what is read may be handed to a thread', () => {
  const gelezen = lees({});
  expect(structuredClone(gelezen)).toEqual(gelezen);
});

test.each<readonly [string, string | Uint8Array, RegExp]>([
  [
    'wrong',
    'code,naam,geldigVanaf,geldigTot\n0363,Amsterdam,gisteren,\n',
    /\n {2}regel 2: geldigVanaf moet een bestaande datum/,
  ],
  ['empty', '', /\n {2}regel 1: De eerste regel/],
  ['in another encoding', Buffer.from('code;naam\n1900;S\xfadwest-Frysl\xe2n', 'latin1'), /UTF-8/],
  ['of a spreadsheet in UTF-16', Buffer.from('\ufeffcode;naam', 'utf16le'), /UTF-8/],
  [
    'wrong in many lines',
    `code,naam,geldigVanaf,geldigTot\n${'1,x,2026-01-01,\n'.repeat(25)}`,
    /regel 11: .*\n {2}en nog 15 andere\.$/,
  ],
])('a file that is %s refuses to start, and is named', (_, inhoud, melding) => {
  const pad = bestand(inhoud);
  const start = () => lees({ KNOOPPUNT_GEMEENTEN: pad });
  expect(start).toThrow(ConfiguratieFout);
  expect(start).toThrow(`${pad} (KNOOPPUNT_GEMEENTEN)`);
  expect(start).toThrow(melding);
});

test.each([['geen.csv'], ['.']])('a file that cannot be read refuses to start: %s', (naam) => {
  const start = () => lees({ KNOOPPUNT_PRODUCTCODES: path.join(map, naam) });
  expect(start).toThrow(ConfiguratieFout);
  expect(start).toThrow(/KNOOPPUNT_PRODUCTCODES\) ontbreekt of is niet leesbaar/);
});
