/** `knooppunt retour`: what the switch would answer, on standard output and nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { toonRetour } from '#src/cli/retour.ts';
import { HEENBERICHTEN, maakBericht, soort, voorbeeld, waardeVan } from '../hulp/berichten.ts';
import { controleerTot } from '../hulp/controle.ts';

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-retour-'));
afterAll(() => rmSync(map, { recursive: true }));
const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');

function retour(inhoud: string | Buffer): {
  readonly code: number | null;
  readonly uit: Buffer;
  readonly fout: string;
} {
  const bestand = path.join(map, 'bericht.xml');
  writeFileSync(bestand, inhoud);
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'retour', bestand]);
  return { code: status, uit: stdout, fout: stderr.toString() };
}

/** The same without a process of its own. */
async function retourHier(inhoud: Buffer): Promise<Buffer> {
  const bestand = path.join(map, 'nogmaals.xml');
  writeFileSync(bestand, inhoud);
  const stukken: Buffer[] = [];
  const schrijf = vi.spyOn(process.stdout, 'write').mockImplementation((stuk) => stukken.push(Buffer.from(stuk)) > 0);
  try {
    await toonRetour(bestand);
  } finally {
    schrijf.mockRestore();
  }
  return Buffer.concat(stukken);
}

describe.each(HEENBERICHTEN)('on a $code', (heen) => {
  test('that is right: the answer without remarks, valid, twice the same', async () => {
    const { code, uit, fout } = retour(voorbeeld(heen.code));
    expect([code, fout]).toEqual([0, '']);
    const antwoord = soort(String(heen.antwoord));
    expect(controleerTot(2, uit, antwoord).bevindingen).toEqual([]);
    expect(waardeVan(uit, 'BerichtCode')).toBe(antwoord.berichtcode);
    expect((await retourHier(Buffer.from(voorbeeld(heen.code)))).equals(uit)).toBe(true);
  });
});

test('that breaks a rule: the header with 0001 and the version of the rules', () => {
  const { code, uit } = retour(maakBericht('JW301', { bsn: '999900007' }));
  expect([code, waardeVan(uit, 'RetourCode')]).toEqual([0, '0001']);
  expect(waardeVan(uit, 'XsltVersie')).toMatch(/^\d+\.\d+\.\d+$/);
  expect(waardeVan(uit, 'Bsn')).toBeUndefined();
});

test('that breaks its XSD: the Fo01', () => {
  const { code, uit } = retour(maakBericht('WMO305', { geldig: false }));
  expect([code, waardeVan(uit, 'code'), waardeVan(uit, 'berichtcode')]).toEqual([0, 'IB014', 'Fo01']);
});

test('that is itself an answer: nothing, and it says why', () => {
  const { code, uit, fout } = retour(voorbeeld('JW302'));
  expect([code, uit.length, fout]).toEqual([0, 0, 'Op deze berichtsoort volgt geen antwoord.\n']);
});

test.each([
  ['no XML', 'Geachte heer'],
  ['a message that nobody knows', '<Bericht xmlns="http://www.istandaarden.nl/iwmo/3_2/wmo399/schema"/>'],
])('that the switch would not take in, %s: the reason', (_naam, inhoud) => {
  const { code, uit, fout } = retour(inhoud);
  expect([code, uit.length]).toEqual([1, 0]);
  expect(fout).toMatch(/^Het knooppunt neemt dit bericht niet aan: \S/);
});

test('wrong use and unreadable files', () => {
  const doe = (...args: readonly string[]): number | null =>
    spawnSync(process.execPath, [CLI, 'retour', ...args]).status;
  expect([doe(), doe('een.xml', 'twee.xml'), doe('bestaat-niet.xml'), doe('--snel')]).toEqual([2, 2, 2, 2]);
});
