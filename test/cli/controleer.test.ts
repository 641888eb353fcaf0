/** `knooppunt controleer`: the JSON contract, the exit codes, and many files in one run. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { schrijfDi01 } from '#src/envelop/schrijf.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { maakBericht, soort, voorbeeld } from '../hulp/berichten.ts';
import { maakZip } from '../hulp/zipbouwer.ts';

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-controleer-'));
afterAll(() => rmSync(map, { recursive: true }));

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
interface Uitvoer {
  readonly code: number | null;
  readonly uit: string;
  readonly fout: string;
}
/** Runs the command as a user does. */
function knooppunt(...argumenten: readonly string[]): Promise<Uitvoer> {
  const kind = spawn(process.execPath, [CLI, ...argumenten], { cwd: map, stdio: ['ignore', 'pipe', 'pipe'] });
  let uit = '';
  let fout = '';
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => {
    uit += stuk;
  });
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => {
    fout += stuk;
  });
  return new Promise((klaar) => kind.once('close', (code) => klaar({ code, uit, fout })));
}
function bestand(naam: string, inhoud: string | Uint8Array): string {
  writeFileSync(path.join(map, naam), inhoud);
  return naam;
}
interface Rapport {
  readonly bestand: string;
  readonly berichtsoort: string | null;
  readonly geldig: boolean;
  readonly niveau: number;
  readonly bevindingen: readonly Readonly<Record<string, unknown>>[];
}
const rapporten = ({ uit }: Uitvoer): readonly Rapport[] =>
  uit
    .trimEnd()
    .split('\n')
    .map((regel) => JSON.parse(regel) as Rapport);

const goed = bestand('goed.xml', voorbeeld('WMO301'));
const fout = bestand('fout.xml', maakBericht('JW323', { geldig: false, waarden: { DeclaratieNummer: '' } }));
const vreemd = bestand('vreemd.xml', '<Bericht xmlns="http://www.istandaarden.nl/iwmo/3_2/wmo399/schema"/>');
const geenXml = bestand('tekst.xml', 'Geachte heer\nmevrouw <');
const halfXml = bestand('half.xml', voorbeeld('WMO301').slice(0, 900));

describe('with --json', () => {
  test('one object per file, in order, with the keys of the contract in their order', async () => {
    const uitvoer = await knooppunt('controleer', '--json', goed, fout, vreemd, geenXml, halfXml);
    expect([uitvoer.code, uitvoer.fout]).toEqual([1, '']);
    const alle = rapporten(uitvoer);
    expect(alle.map((rapport) => [rapport.bestand, rapport.berichtsoort, rapport.geldig])).toEqual([
      [goed, 'WMO301', true],
      [fout, 'JW323', false],
      [vreemd, null, false],
      [geenXml, null, false],
      [halfXml, null, false],
    ]);
    for (const rapport of alle) {
      expect(Object.keys(rapport)).toEqual(['bestand', 'berichtsoort', 'release', 'geldig', 'niveau', 'bevindingen']);
      expect([0, 1, 2]).toContain(rapport.niveau);
      expect(rapport.geldig).toBe(rapport.bevindingen.every(({ ernst }) => ernst !== 'fout'));
      for (const bevinding of rapport.bevindingen) {
        const sleutels = ['ernst', 'niveau', 'regel', 'retourcode', 'pad', 'regelnummer', 'melding'];
        expect(Object.keys(bevinding)).toEqual(sleutels);
        expect([typeof bevinding.regelnummer, typeof bevinding.melding]).toEqual(['number', 'string']);
      }
    }
  });

  test('all faults of a file, with line and path', async () => {
    const [rapport] = rapporten(await knooppunt('controleer', '--json', fout));
    const xml = maakBericht('JW323', { geldig: false }).toString();
    const regelVan = (naam: string): number =>
      xml.slice(0, xml.search(new RegExp(`<(ijw:)?${naam}>`))).split('\n').length;
    expect(new Set(rapport?.bevindingen.map(({ pad, regelnummer }) => `${pad} ${regelnummer}`))).toEqual(
      new Set([
        `/Bericht/Header/BerichtIdentificatie/Dagtekening ${regelVan('Dagtekening')}`,
        `/Bericht/Declaratie/DeclaratieNummer ${regelVan('DeclaratieNummer')}`,
      ]),
    );
  });

  test('XML that is not well-formed is reported with its line', async () => {
    const [rapport] = rapporten(await knooppunt('controleer', '--json', halfXml));
    expect(rapport?.bevindingen[0]?.regelnummer).toBe(voorbeeld('WMO301').slice(0, 900).split('\n').length);
  });

  test('values of a file are never mentioned', async () => {
    const { uit } = await knooppunt(
      'controleer',
      '--json',
      bestand('bsn.xml', maakBericht('WMO301', { bsn: '123456782x' })),
    );
    expect(uit).toContain('Bsn');
    expect(uit).not.toContain('123456782');
  });
});

describe('the exit code', () => {
  test('is 0 when all is well, and then the readable form says so too', async () => {
    const { code, uit } = await knooppunt('controleer', goed);
    expect([code, uit]).toEqual([0, `goed  ${goed} (WMO301)\n`]);
  });

  test('is 1 with bevindingen, and then they are listed readably', async () => {
    const { code, uit } = await knooppunt('controleer', goed, fout);
    expect(code).toBe(1);
    expect(uit).toMatch(/fout {2}fout\.xml \(JW323\)\n\s+regel \d+ {2}XSD {2}.*\n\s+\/Bericht\/Header/);
    expect(uit).toMatch(/De regels zelf zijn nog niet gecontroleerd/);
    expect(uit).toMatch(/\n2 berichten gecontroleerd: 1 goed, 1 fout\.\n$/);
  });

  test('is 2 with a file that cannot be read; the others are still checked', async () => {
    const uitvoer = await knooppunt('controleer', '--json', 'bestaat-niet.xml', '.', fout, goed);
    expect(uitvoer.code).toBe(2);
    expect(rapporten(uitvoer).map((rapport) => rapport.bestand)).toEqual([fout, goed]);
    expect(uitvoer.fout).toBe('Kan bestaat-niet.xml niet lezen.\nKan . niet lezen.\n');
  });

  test.each([
    ['no file', ['controleer']],
    ['an option that does not exist', ['controleer', '--snel', goed]],
    ['a peildatum that is no date', ['controleer', '--peildatum', 'morgen', goed]],
    ['a peildatum that does not exist', ['controleer', '--peildatum', '2026-02-30', goed]],
    ['a command that does not exist', ['controleren', goed]],
    ['no command', []],
  ])('is 2 with wrong use: %s', async (_naam, argumenten) => {
    const { code, uit, fout: melding } = await knooppunt(...argumenten);
    expect([code, uit]).toEqual([2, '']);
    expect(melding.length).toBeGreaterThan(10);
    expect(melding).not.toMatch(/at .*\.ts:\d+/);
  });
});

test('hundreds of files at once: one start, a line for each', async () => {
  const namen = BERICHTSOORTEN.flatMap(({ code }) =>
    Array.from({ length: 20 }, (_, nr) => bestand(`${code}-${nr}.xml`, maakBericht(code, { geldig: nr % 2 === 0 }))),
  );
  const alle = rapporten(await knooppunt('controleer', '--json', '--peildatum', '2026-12-31', ...namen));
  expect(alle.map((rapport) => rapport.bestand)).toEqual(namen);
  expect(alle.filter(({ geldig }) => geldig)).toHaveLength(namen.length / 2);
});

test('a ZIP is opened, and an envelope in it too; a ZIP that cannot be opened is reported', async () => {
  const partijen = { afzender: '0363', ontvanger: '98000001' };
  const envelop = schrijfDi01({
    zender: '0363',
    ontvanger: '98000001',
    referentienummer: '0f8fad5b-d9cb-4d69-a165-70867728950e',
    moment: new Date('2026-03-15T22:30:15Z'),
    soort: soort('WMO301'),
    inhoud: maakBericht('WMO301', { ...partijen, bsn: '999900007' }),
  });
  const zip = bestand(
    'post.zip',
    maakZip([
      { naam: 'a.xml', inhoud: voorbeeld('JW323') },
      { naam: 'b.xml', inhoud: envelop },
    ]),
  );
  const half = bestand('half.zip', maakZip([{ naam: 'a.xml', inhoud: voorbeeld('JW323') }]).subarray(0, 200));
  const uitvoer = await knooppunt('controleer', '--json', zip, half, goed);
  expect(uitvoer.code).toBe(1);
  expect(rapporten(uitvoer)).toMatchObject([
    { bestand: 'post.zip › a.xml', berichtsoort: 'JW323', geldig: true },
    {
      bestand: 'post.zip › b.xml',
      berichtsoort: 'WMO301',
      geldig: false,
      envelop: 'Di01',
      bevindingen: [{ regel: 'CS002' }],
    },
    { bestand: 'half.zip', berichtsoort: null, geldig: false, bevindingen: [{ ernst: 'fout' }] },
    { bestand: goed, geldig: true },
  ]);
});

test('a file of more than 25 MB is not read but reported', async () => {
  const groot = bestand('groot.xml', Buffer.alloc(25 * 1024 * 1024 + 1, ' '));
  const [rapport] = rapporten(await knooppunt('controleer', '--json', groot));
  expect(rapport?.geldig).toBe(false);
  expect(rapport?.bevindingen[0]?.melding).toContain('25 MB');
});
