/** The dossier from the command line: import, rebuild and tariffs, on the configured database, and never with the wrong keys. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { alsCsv, alsZip, CSV_REGEL, GEMEENTE, maakInvoer } from '../dossier/invoer/opzet.ts';
import { stelIn } from '../dossier/levensloop.ts';
import { beurt, neemIn } from '../hulp/baan.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
const { plaats, baanVan, url, map, weg } = await maakInvoer();
const elders = mkdtempSync(path.join(tmpdir(), 'knooppunt-cli-'));
afterAll(async () => {
  await weg();
  rmSync(elders, { recursive: true });
});

function metData(data: string, argumenten: readonly string[]) {
  const env = { ...process.env, DATABASE_URL: alsOpdracht(url, argumenten), KNOOPPUNT_DATA: data };
  const kind = spawn(process.execPath, [CLI, ...argumenten], { env });
  const [uit, fout]: [string[], string[]] = [[], []];
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => uit.push(stuk));
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => fout.push(stuk));
  return new Promise<{ code: number | null; uit: string; fout: string }>((klaar) => {
    kind.once('close', (code) => klaar({ code, uit: uit.join(''), fout: fout.join('') }));
  });
}
const knooppunt = (...argumenten: readonly string[]) => metData(map, argumenten);
function bestand(naam: string, inhoud: string | Uint8Array): string {
  const pad = path.join(elders, naam);
  writeFileSync(pad, inhoud);
  return pad;
}
const INVOER = ['dossier', 'invoer', '--organisatie', GEMEENTE, '--domein', 'iwmo', '--peildatum', '2026-01-01'];

describe('dossier invoer', () => {
  const zip = bestand('eerder.zip', alsZip([{ bytes: maakBericht('WMO301', { ontvanger: '98000007' }) }]));

  test('tells what became of the file, and again that it was there already', async () => {
    expect(await knooppunt(...INVOER, '--volledig', zip)).toEqual({
      code: 0,
      uit: 'berichten: 1 ingevoerd, 0 waren er al.\n  Het dossier is volledig vanaf 2026-01-01.\n',
      fout: '',
    });
    const nogEens = await knooppunt(...INVOER, '--json', zip);
    expect(JSON.parse(nogEens.uit)).toMatchObject({ aantallen: { genomen: 0, bekend: 1 } });
  });

  test('lists what was refused, and says that it is not complete', async () => {
    const csv = bestand('lopend.csv', alsCsv(CSV_REGEL, CSV_REGEL));
    const { code, uit, fout } = await knooppunt(...INVOER, '--volledig', csv);
    expect([code, uit.split('\n')[0]]).toEqual([1, 'regels: 1 ingevoerd, 0 waren er al.']);
    expect(fout).toContain('regel 3: Deze toewijzing staat ook op regel 2.');
    expect(fout).toContain('telt de invoer niet als volledig');
  });

  test.each([
    [['dossier', 'invoer', zip], /--organisatie/],
    [[...INVOER.slice(0, -1), '2026-13-01', zip], /peildatum/],
    [[...INVOER, path.join(elders, 'niet.zip')], /niet lezen/],
    [INVOER, /BESTAND/],
  ])('wrong usage: %j', async (argumenten, melding) => {
    const { code, fout } = await knooppunt(...argumenten);
    expect([code, fout]).toEqual([2, expect.stringMatching(melding)]);
  });
});

test('tarieven invoer replaces the list, or says what is wrong with it', async () => {
  const kop = 'productcode;eenheid;tarief;aanbieder;vanaf;tot';
  const opdracht = ['tarieven', 'invoer', '--gemeente', GEMEENTE, '--domein', 'iwmo'];
  const goed = await knooppunt(...opdracht, bestand('goed.csv', `${kop}\n02A05;04;6250;;2026-01-01;\n`));
  expect(goed).toEqual({ code: 0, uit: '1 tarieven; ze gelden vanaf het eerstvolgende bericht.\n', fout: '' });
  const fout = await knooppunt(...opdracht, bestand('fout.csv', `${kop}\n02A05;04;;;2026-01-01;\n`));
  expect([fout.code, fout.fout]).toEqual([1, expect.stringContaining('regel 2: tarief moet')]);
  const { code } = await knooppunt(
    'tarieven',
    'invoer',
    '--gemeente',
    '98000001',
    '--domein',
    'iwmo',
    path.join(elders, 'goed.csv'),
  );
  expect(code).toBe(1);
});

test('dossier herbouw: 0 without a difference, 1 with one, 0 when it was mended', async () => {
  await stelIn(plaats, '98000008', 'iwmo', { controleniveau: 3 });
  await neemIn(plaats, [{ afzender: GEMEENTE, bytes: maakBericht('WMO301', { ontvanger: '98000008' }) }]);
  const baanId = await baanVan('98000008');
  await beurt(plaats, baanId);
  const eerst = await knooppunt('dossier', 'herbouw');
  expect([eerst.code, eerst.fout]).toEqual([0, '']);
  expect(eerst.uit).toMatch(/^\d+ banen, 1 berichten nagerekend: 0 banen met verschil\.\n$/);
  await plaats.database.pool.query('delete from dossier_toewijzing where baan_id = $1', [baanId]);
  const verschil = await knooppunt('dossier', 'herbouw', '--baan', String(baanId));
  expect([verschil.code, verschil.uit.split('\n')]).toEqual([
    1,
    [
      `baan ${baanId} (0363 en 98000008, iwmo):`,
      '    toewijzing: 1 ontbreken, 0 te veel, 0 anders; bij 1.0',
      '1 banen, 0 berichten nagerekend: 1 banen met verschil.',
      '',
    ],
  ]);
  const hersteld = await knooppunt('dossier', 'herbouw', '--organisatie', '98000008', '--herstel', '--json');
  expect([hersteld.code, JSON.parse(hersteld.uit)]).toMatchObject([0, { baanId, hersteld: true }]);
  expect((await knooppunt('dossier', 'herbouw', '--baan', String(baanId))).code).toBe(0);
  expect((await knooppunt('dossier', 'herbouw', '--baan', 'x')).code).toBe(2);
});

test('with the keys of another installation nothing is done', async () => {
  for (const opdracht of [
    ['dossier', 'herbouw', '--herstel'],
    [...INVOER, path.join(elders, 'eerder.zip')],
  ]) {
    const { code, fout } = await metData(elders, opdracht);
    expect([code, fout]).toEqual([
      2,
      'De HMAC-sleutel is niet die waarmee deze database is gevuld. Zet het juiste sleutelbestand terug.\n',
    ]);
  }
});
