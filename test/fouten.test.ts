/** The page of refusals in docs is the registry, row for row. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OORZAKEN } from '#src/bezorging/oorzaken.ts';
import { STUF_FOUTEN } from '#src/envelop/stuf-fout.ts';
import { KnooppuntFout, WEIGERINGEN, type WeigeringSoort } from '#src/fouten.ts';
import { FOUT_SOORTEN, foutcode } from '#src/standards/foutcodes/lijsten.ts';

const pagina = readFileSync(path.resolve(import.meta.dirname, '../docs/fouten.md'), 'utf8');
/** The rows of the table with this head. */
const tabelVan = (kop: string): readonly string[] => {
  const [tabel = ''] = pagina.slice(pagina.indexOf(kop)).split('\n\n');
  return tabel.trim().split('\n').slice(2);
};
const SRC = path.resolve(import.meta.dirname, '../src');
const REGISTERS = ['fouten.ts', 'envelop/stuf-fout.ts', 'bezorging/oorzaken.ts'];
const soorten = Object.keys(WEIGERINGEN) as readonly WeigeringSoort[];

test('docs/fouten.md lists every refusal, with the same status, codes and title', () => {
  const rijen = soorten.map((soort) => {
    const { http, fout, opnieuw, titel } = WEIGERINGEN[soort];
    const code = (lijst: '2025-11' | '2.1') => {
      const gevonden = fout === null ? undefined : foutcode(fout, lijst);
      return gevonden?.lijst === lijst ? gevonden.code : '-';
    };
    return `| \`${soort}\` | ${http} | ${code('2025-11')} | ${code('2.1')} | ${opnieuw ? 'ja' : 'nee'} | ${titel} |`;
  });
  expect(pagina.split('\n').filter((regel) => regel.startsWith('| `'))).toEqual(rijen);
});

test('every title is a Dutch sentence, and every refusal a fault of the caller or of the knooppunt', () => {
  for (const soort of soorten) {
    const { http, titel, opnieuw } = WEIGERINGEN[soort];
    expect(titel, soort).toMatch(/^[A-Z].*\.$/);
    // 429: nothing is wrong with the request but its moment.
    expect(opnieuw, soort).toBe(http >= 500 || http === 429);
  }
  expect(new Set(soorten.map((soort) => WEIGERINGEN[soort].titel)).size).toBe(soorten.length);
});

test('a refusal carries its name and its details', () => {
  const fout = new KnooppuntFout('geenXml', 'De fout staat op regel 3.');
  expect([fout.soort, fout.details]).toEqual(['geenXml', 'De fout staat op regel 3.']);
  expect(fout.message).toBe(`${WEIGERINGEN.geenXml.titel} De fout staat op regel 3.`);
});

test('the norm names no fault code that not a single refusal uses', () => {
  const gebruikt = new Set<string | null>(soorten.map((soort) => WEIGERINGEN[soort].fout));
  expect(FOUT_SOORTEN.filter((fout) => !gebruikt.has(fout))).toEqual([]);
});

test('every refusal, every fault of a call and every cause of a failed push is used somewhere', () => {
  const bronnen = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((naam) => naam.endsWith('.ts') && !REGISTERS.includes(naam.replaceAll(path.sep, '/')))
    .map((naam) => readFileSync(path.join(SRC, naam), 'utf8'))
    .join('\n');
  const ongebruikt = (register: object): readonly string[] =>
    Object.keys(register).filter((naam) => !bronnen.includes(`'${naam}'`));
  expect(ongebruikt(WEIGERINGEN)).toEqual([]);
  expect(ongebruikt(STUF_FOUTEN)).toEqual([]);
  expect(ongebruikt(OORZAKEN)).toEqual([]);
});

test('docs/fouten.md lists every fault of a StUF call', () => {
  const rijen = Object.entries(STUF_FOUTEN).map(
    ([soort, { code, plek, faultcode, opnieuw, omschrijving }]) =>
      `| ${soort} | ${code} | ${plek} | ${faultcode} | ${opnieuw ? 'ja' : 'nee'} | ${omschrijving} |`,
  );
  expect(tabelVan('| call |')).toEqual(rijen);
});

test('docs/fouten.md lists every cause of a failed push', () => {
  const rijen = Object.entries(OORZAKEN).map(
    ([code, { klasse, treft, tekst }]) => `| ${code} | ${klasse} | ${treft} | ${tekst} |`,
  );
  expect(tabelVan('| oorzaak |')).toEqual(rijen);
});
