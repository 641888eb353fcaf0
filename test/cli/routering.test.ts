/** Routering from the command line: on the configured database, with a reason, and clear about what is wrong. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { vindServer } from '#src/opslag/ingebed/server.ts';
import { zorgVoorPostgres } from '#src/rollen/diensten.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
// Not migrated: whoever fills the tables before the first start must be able to.
const { url, database, weg } = await maakGegevensbank({ gemigreerd: false });
const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-cli-'));
afterAll(async () => {
  await weg();
  rmSync(map, { recursive: true });
});

interface Uitslag {
  readonly code: number | null;
  readonly uit: string;
  readonly fout: string;
}
const knooppunt = (...argumenten: readonly string[]): Promise<Uitslag> =>
  metOmgeving({ DATABASE_URL: url }, argumenten);

function metOmgeving(eigen: NodeJS.ProcessEnv, argumenten: readonly string[]): Promise<Uitslag> {
  const omgeving = { ...process.env, KNOOPPUNT_DATA: map, ...eigen };
  const kind = spawn(process.execPath, [CLI, ...argumenten], { env: omgeving });
  const [uit, fout]: [string[], string[]] = [[], []];
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => uit.push(stuk));
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => fout.push(stuk));
  return new Promise((klaar) => {
    kind.once('close', (code) => klaar({ code, uit: uit.join(''), fout: fout.join('') }));
  });
}
function bestand(naam: string, inhoud: string | Uint8Array): string {
  const pad = path.join(map, naam);
  writeFileSync(pad, inhoud);
  return pad;
}
const logboek = async () =>
  (await database.pool.query('select gebeurtenis, actor, details from logboek order by nr desc limit 1')).rows[0];

const KOP = 'code,naam,geldigVanaf,geldigTot,opvolger,iwmo,ijw';
const GOED = [KOP, '0363,Amsterdam,,,,ja,ja', '98000001,Zorg,,,,ja,nee', '0001,Oud,,2025-12-31,0363,ja,ja'].join('\n');
const REDEN = ['--reden', 'proef van de opdracht'];

describe('organisaties', () => {
  test('importeer fills an empty database, and lijst shows it: for people, as CSV and as JSON', async () => {
    const pad = bestand('goed.csv', GOED);
    expect(await knooppunt('organisaties', 'importeer', pad)).toEqual({
      code: 0,
      uit: '3 toegevoegd, 0 gewijzigd. Dit geldt binnen 5 seconden.\n',
      fout: '',
    });
    expect(await logboek()).toMatchObject({
      gebeurtenis: 'organisatie gewijzigd',
      actor: `cli:${userInfo().username}`,
      details: { reden: 'Import van goed.csv' },
    });
    const { uit } = await knooppunt('organisaties', 'lijst');
    expect(uit.split('\n')).toEqual([
      '0001      gemeente     Oud  [iWmo; iJw; geldig t/m 2025-12-31; opgevolgd door 0363]',
      '0363      gemeente     Amsterdam  [iWmo; iJw]',
      '98000001  aanbieder    Zorg  [iWmo]',
      '',
    ]);
    const csv = await knooppunt('organisaties', 'lijst', '--csv');
    expect(csv.uit.trimEnd().split('\n').sort()).toEqual(GOED.split('\n').sort());
    const json = await knooppunt('organisaties', 'lijst', '--json', '--soort', 'aanbieder');
    expect(JSON.parse(json.uit)).toMatchObject([{ code: '98000001', deelname: { ijw: null } }]);
  });

  test('importeer of a file with faults says each with its line, and changes nothing', async () => {
    const pad = bestand(
      'fout.csv',
      `${KOP}\n0344,Utrecht,,,,ja,ja\n034,x,,,,ja,ja\n0345,y,2026-02-30,,,ja,misschien\n`,
    );
    const { code, uit, fout } = await knooppunt('organisaties', 'importeer', pad, ...REDEN);
    expect([code, uit]).toEqual([1, '']);
    expect(fout).toContain('is niet goed; er is niets gewijzigd:\n');
    expect(fout.match(/ {2}regel \d+: \w+ /g)).toEqual([
      '  regel 3: code ',
      '  regel 4: geldigVanaf ',
      '  regel 4: ijw ',
    ]);
    expect((await knooppunt('organisaties', 'lijst')).uit).not.toContain('0344');
  });

  test('importeer of very many faults counts the rest', async () => {
    const pad = bestand('veel.csv', [KOP, ...Array.from({ length: 50 }, () => 'x,x,,,,ja,ja')].join('\n'));
    const { fout } = await knooppunt('organisaties', 'importeer', pad);
    expect(fout.trimEnd().split('\n')).toHaveLength(22);
    expect(fout).toContain('en nog 30 andere.');
  });
});

describe('machtiging', () => {
  test('geef, lijst and trek-in', async () => {
    const wie = ['bureau', '0363', 'iwmo'];
    const gegeven = await knooppunt(
      'machtiging',
      'geef',
      ...wie,
      '--vanaf',
      '2026-01-01',
      '--tot',
      '2099-12-31',
      ...REDEN,
    );
    expect(gegeven).toMatchObject({ code: 0, fout: '' });
    expect(gegeven.uit).toMatch(
      /^Gegeven: 1 {2}bureau voor 0363 in iWmo, vanaf 1 januari 2026 om 00:00 tot 1 januari 2100 om 00:00\./,
    );
    expect(JSON.parse((await knooppunt('machtiging', 'lijst', '--json')).uit)).toMatchObject([
      { client: 'bureau', organisatie: '0363', domein: 'iwmo', vanaf: '2025-12-31T23:00:00.000Z' },
    ]);
    expect(await knooppunt('machtiging', 'trek-in', ...wie, ...REDEN)).toMatchObject({ code: 0, fout: '' });
    expect((await logboek()).gebeurtenis).toBe('machtiging ingetrokken');
    expect(await knooppunt('machtiging', 'trek-in', ...wie, ...REDEN)).toEqual({
      code: 1,
      uit: '',
      fout: 'Er is geen machtiging die nog geldt of nog komt.\n',
    });
  });

  test('is refused for an organisation that is not there', async () => {
    const { code, fout } = await knooppunt('machtiging', 'geef', 'bureau', '0999', 'iwmo', ...REDEN);
    expect([code, fout]).toEqual([1, 'De organisatie staat niet in de lijst van organisaties.\n']);
  });
});

describe('venster', () => {
  test('zet and lijst', async () => {
    const perioden = ['2023-04-01/2026-03-26T13:00', '2026-03-30T08:00/..'];
    const { code, uit } = await knooppunt('venster', 'zet', 'WMO301', '3.2', ...perioden, ...REDEN);
    expect([code, uit.split('\n').slice(0, 2)]).toEqual([
      0,
      [
        'WMO301  3.2  gemeente-aanbieder  vanaf 1 april 2023 om 00:00 tot 26 maart 2026 om 13:00',
        'WMO301  3.2  gemeente-aanbieder  vanaf 30 maart 2026 om 08:00. Dit geldt binnen 5 seconden.',
      ],
    ]);
    expect((await knooppunt('venster', 'lijst')).uit.trimEnd().split('\n')).toHaveLength(29);
    expect(await knooppunt('venster', 'zet', 'WMO301', '3.3', '2026-01-01/..', ...REDEN)).toMatchObject({ code: 1 });
  });
});

describe('bevries', () => {
  test('announces, shows and lifts', async () => {
    const wat = ['--domein', 'iwmo', '--berichtsoort', 'WMO301', '--berichtsoort', 'WMO305'];
    const gedaan = await knooppunt(
      'bevries',
      ...wat,
      '--vanaf',
      '2098-03-25T17:00',
      '--tot',
      '2098-03-30T08:00',
      ...REDEN,
    );
    expect(gedaan).toMatchObject({ code: 0, fout: '' });
    expect(gedaan.uit).toMatch(
      /^Aangekondigd: 1 {2}WMO301 WMO305, vanaf 25 maart 2098 om 17:00 tot 30 maart 2098 om 08:00 \(proef van de opdracht\)\./,
    );
    expect((await knooppunt('bevries', 'lijst')).uit).toMatch(/^1 {2}WMO301 WMO305/);
    expect((await knooppunt('bevries', 'hef-op', '1', ...REDEN)).uit).toMatch(/^Opgeheven: .*; opgeheven op /);
    expect(await knooppunt('bevries', 'hef-op', '1', ...REDEN)).toMatchObject({ code: 1 });
  });

  test('is refused in the past, and of a retour', async () => {
    const oud = await knooppunt('bevries', '--vanaf', '2020-01-01', ...REDEN);
    expect([oud.code, oud.fout]).toEqual([1, 'Een bevriezing kan niet in het verleden beginnen.\n']);
    const retour = await knooppunt('bevries', '--vanaf', '2098-01-01', '--berichtsoort', 'WMO302', ...REDEN);
    expect([retour.code, retour.fout]).toEqual([1, expect.stringContaining('bevries WMO301')]);
  });
});

describe('wrong usage is said before anything is done:', () => {
  test.each<readonly [string, readonly string[], RegExp]>([
    ['no word after it', ['organisaties'], /^Kies uit: organisaties importeer, organisaties lijst\.$/],
    [
      'another word after it',
      ['machtiging', 'neem'],
      /^Kies uit: machtiging geef, machtiging trek-in, machtiging lijst\.$/,
    ],
    ['no file', ['organisaties', 'importeer'], /^Na deze opdracht wordt BESTAND verwacht\.$/],
    ['a file that is not there', ['organisaties', 'importeer', '/nergens.csv'], /^Kan \/nergens\.csv niet lezen\.$/],
    ['a word too many', ['bevries', 'alles', ...REDEN], /^Na deze opdracht wordt niets verwacht\.$/],
    ['no reden', ['bevries', '--vanaf', '2098-01-01'], /^Geef een reden op met --reden\.$/],
    ['no beginning', ['bevries', ...REDEN], /^Geef met --vanaf op wanneer/],
    ['a domein that is none', ['machtiging', 'geef', 'x', '0363', 'iwlz', ...REDEN], /^Het domein is iwmo of ijw\.$/],
    ['a moment that is none', ['bevries', '--vanaf', 'morgen', ...REDEN], /^Een moment heeft de vorm/],
    ['a number that is none', ['bevries', 'hef-op', 'alles', ...REDEN], /^Het nummer is een geheel getal\.$/],
    [
      'a period that is none',
      ['venster', 'zet', 'WMO301', '3.2', '2026-01-01', ...REDEN],
      /^Een periode heeft de vorm/,
    ],
    ['an option of another command', ['machtiging', 'lijst', '--reden', 'x'], /^Onbekende optie\./],
  ])('%s', async (_naam, argumenten, verwacht) => {
    const { code, uit, fout } = await knooppunt(...argumenten);
    expect([code, uit]).toEqual([2, '']);
    expect(fout.trimEnd()).toMatch(verwacht);
  });

  test('a file that is no UTF-8', async () => {
    const { code, fout } = await knooppunt(
      'organisaties',
      'importeer',
      bestand('latin1.csv', Buffer.from([0xe9, 0x0a])),
    );
    expect([code, fout]).toEqual([2, expect.stringContaining('geen tekst in UTF-8')]);
  });

  test('the help names every command', async () => {
    const { code, fout } = await knooppunt('help');
    expect(code).toBe(2);
    for (const woord of ['organisaties importeer', 'machtiging geef|trek-in', 'venster zet', 'bevries --vanaf'])
      expect(fout).toContain(woord);
  });
});

test('without a configured database it works on our own, and leaves running what ran', async () => {
  const config = leesConfig({ KNOOPPUNT_DATA: path.join(map, 'eigen') });
  const opEigen = (...argumenten: readonly string[]): Promise<Uitslag> =>
    metOmgeving({ DATABASE_URL: '', KNOOPPUNT_DATA: config.data }, argumenten);
  const server = () => vindServer(path.join(config.data, 'postgres'));
  expect(await opEigen('organisaties', 'importeer', bestand('eigen.csv', GOED))).toMatchObject({ code: 0, fout: '' });
  expect(await server()).toBeUndefined();
  const { eigen } = await zorgVoorPostgres(config);
  try {
    const { code, uit } = await opEigen('organisaties', 'lijst');
    expect([code, uit.trimEnd().split('\n').length]).toEqual([0, 3]);
    expect((await server())?.pid).toBe(eigen?.pid);
  } finally {
    await eigen?.stop();
  }
});

test('stop holds an organisation back with a reason, shows it, and lets it go', async () => {
  const gezet = await knooppunt('stop', 'zet', '0363', '--bezorging', ...REDEN);
  expect(gezet.uit).toMatch(
    /^Stilgezet: 0363 {2}bezorging, sinds .* \(proef van de opdracht\)\. Dit geldt binnen 5 seconden\.\n$/,
  );
  expect(await logboek()).toMatchObject({ gebeurtenis: 'stop gezet', details: { was: 'niets' } });
  expect((await database.pool.query('select aanlevering, bezorging from organisatiestop')).rows).toEqual([
    { aanlevering: false, bezorging: true },
  ]);
  expect((await knooppunt('stop', 'hef-op', '0363', ...REDEN)).uit).toMatch(/^Opgeheven/);
  expect((await database.pool.query('select 1 from organisatiestop')).rowCount).toBe(0);
});
