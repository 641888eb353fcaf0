/** The Wlz register from the command line: what it says, and its exit codes. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CLI, voerCliUit } from '../hulp/cli.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';
import { cizDat, indicatie, manifestVan, testBsn } from '../hulp/wlz.ts';
import { io31, type Register } from '../hulp/wlz-vormen.ts';

const { url, database, weg } = await maakGegevensbank({ gemigreerd: false });
const map = await maakTijdelijkeMap();
afterAll(async () => {
  await weg();
  await map.weg();
});

const knooppunt = (...argumenten: readonly string[]) =>
  voerCliUit(['wlz', ...argumenten], { KNOOPPUNT_DATA: map.pad, DATABASE_URL: url });
function bestand(naam: string, inhoud: string): string {
  const pad = path.join(map.pad, naam);
  writeFileSync(pad, inhoud);
  return pad;
}
const lijst = (aantal: number) => Array.from({ length: aantal }, (_, nr) => indicatie(nr + 1));

describe('wlz', () => {
  test('stand says that there is no register yet', async () => {
    expect(await knooppunt('stand')).toMatchObject({ code: 0, uit: 'Er is nog geen register ingelezen.\n' });
  });

  test('import brings the database up to date, reads the file, shows how far it is and what was rejected; the same again does nothing', async () => {
    const rijen = [...lijst(40), indicatie(41, { bsn: '999900007' })];
    const pad = bestand('een.csv', cizDat(rijen, { peilmoment: '2026-01-01T00:00:00Z' }));
    const { code, uit, fout } = await knooppunt('import', pad);
    expect([code, fout]).toEqual([0, '41 van 41 regels gelezen\n']);
    expect(uit.split('\n')).toEqual([
      'Levering 1 verwerkt: 40 erbij, 0 gewijzigd, 0 eraf.',
      '  afgekeurd: bsnOngeldig 1',
      '  regel 42: bsn heeft geen negen cijfers of voldoet niet aan de elfproef',
      '',
    ]);
    expect(uit).not.toContain('9999');
    expect(await knooppunt('import', pad)).toEqual({
      code: 0,
      uit: 'Levering 1 was al verwerkt; er is niets gewijzigd.\n',
      fout: '',
    });
    expect((await knooppunt('stand')).uit).toBe(
      'Het register is levering 1 van 2026-01-01T00:00:00.000Z, met 40 indicaties.\n',
    );
  });

  test('import refuses a shrink with exit code 1, unless it is told why it is right', async () => {
    const pad = bestand('kleiner.csv', cizDat(lijst(20), { volgnummer: 2 }));
    expect(await knooppunt('import', pad)).toMatchObject({
      code: 1,
      uit: '',
      fout: expect.stringContaining('Het zou van 40 naar 20 indicaties gaan; toegestaan is 5 %.'),
    });
    expect(await knooppunt('import', pad, '--sta-toe', 'krimp', '--reden', 'afgestemd')).toMatchObject({ code: 0 });
    const { rows } = await database.pool.query(`select actor, details from logboek order by nr desc limit 1`);
    expect(rows[0]).toMatchObject({
      actor: expect.stringMatching(/^cli:/),
      details: { toegestaan: 'krimp', reden: 'afgestemd' },
    });
  });

  test('import finds the manifest beside the file', async () => {
    const register: Register = [...Array(20)].map((_, nr) => ({
      bsn: testBsn(nr),
      besluitnummer: 1001 + nr,
      ingangsdatum: '2024-01-01',
      pakketten: [['753', '1']],
    }));
    const pad = bestand('io31.xml', io31(register));
    bestand('io31.xml.manifest.json', manifestVan(io31(register), 20, { volgnummer: 3 }));
    expect(await knooppunt('import', pad)).toMatchObject({
      code: 0,
      uit: 'Levering 3 verwerkt: 0 erbij, 0 gewijzigd, 0 eraf.\n',
    });
    const anders = bestand('anders.json', manifestVan(io31(register), 21, { volgnummer: 4 }));
    expect(await knooppunt('import', pad, '--manifest', anders)).toMatchObject({
      code: 1,
      fout: expect.stringContaining('manifest'),
    });
  });

  test.each<readonly [string, readonly string[], string]>([
    ['no command', [], 'Kies uit: import, stand'],
    ['a file that is not there', ['import', '/bestaat/niet.csv'], 'Kan /bestaat/niet.csv niet lezen.'],
    ['a form that cannot be told', ['import', CLI], 'Kies met --vorm uit:'],
    [
      'a manifest that is not there',
      ['import', CLI, '--vorm', 'io31', '--manifest', '/niet.json'],
      'Kan /niet.json niet lezen.',
    ],
    ['letting pass without a reason', ['import', CLI, '--vorm', 'io31', '--sta-toe', 'krimp'], 'reden'],
    ['letting pass what does not exist', ['import', CLI, '--vorm', 'io31', '--sta-toe', 'alles'], '--sta-toe'],
    ['another option', ['import', '--forceer'], 'Onbekende optie'],
  ])('%s is wrong usage', async (_wat, argumenten, zin) => {
    const { code, uit, fout } = await knooppunt(...argumenten);
    expect([code, uit]).toEqual([2, '']);
    expect(fout).toContain(zin);
  });
});
