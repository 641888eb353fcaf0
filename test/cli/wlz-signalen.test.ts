/** The Wmo side and the signals from the command line: what it says, and its exit codes. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { voerCliUit } from '../hulp/cli.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { maakProef } from '../wlz-samenloop/signalen/proef.ts';
import { bsnVan, gemeld, zetRegister } from '../wlz-samenloop/signalen/wereld.ts';

const proef = await maakProef();
afterAll(() => proef.weg());

const knooppunt = (...argumenten: readonly string[]) =>
  voerCliUit(['wlz', ...argumenten], {
    KNOOPPUNT_DATA: proef.map,
    DATABASE_URL: alsOpdracht(proef.url, ['wlz', ...argumenten]),
  });
function bestand(naam: string, inhoud: string): string {
  const pad = path.join(proef.map, naam);
  writeFileSync(pad, inhoud);
  return pad;
}

test('without a register there is nothing to compare with', async () => {
  expect(await knooppunt('vergelijk')).toMatchObject({
    code: 1,
    uit: '',
    fout: expect.stringContaining('nog geen Wlz-register'),
  });
  expect(await knooppunt('runs')).toMatchObject({ code: 0, uit: 'Er is nog niet vergeleken.\n' });
});

test('a list of a gemeente, a comparison and its report', async () => {
  await zetRegister(proef, [{ bsn: bsnVan(0), nummer: 1, ingang: '2026-01-01' }]);
  const csv = bestand('lijst.csv', `bsn;voorzieningId\n${bsnVan(0)};a\n${bsnVan(1)};b\n999900007;c\n`);
  const geleverd = await knooppunt('voorzieningen', '0363', csv);
  expect(geleverd).toEqual({
    code: 0,
    uit: '2 voorzieningen aangenomen, 1 regels afgewezen.\n  regel 4: Bsn is geen bestaand burgerservicenummer.\n',
    fout: '',
  });
  const { code, uit } = await knooppunt('vergelijk');
  expect(code).toBe(0);
  expect(uit).toContain('vergeleken: 1 indicaties met 2 voorzieningen');
  expect(uit).toContain('nieuw 1, gewijzigd 0, vervallen 0, terugwerkend 0, opgevolgd 0, herinnerd 0');
  expect(uit).toContain('afgewezen bij aanlevering: 1');
  expect(uit).not.toContain('9999');
  expect(await gemeld(proef)).toMatchObject([{ postbus: '0363', bsn: bsnVan(0), voorzieningId: 'a' }]);
  const [laatste] = JSON.parse((await knooppunt('runs', '--json')).uit) as { nieuw: number; deel: number }[];
  expect(laatste).toMatchObject({ nieuw: 1, deel: 64, afgewezen: 1 });
});

describe('advies', () => {
  test('is a list that can be added to', async () => {
    const zet = await knooppunt('advies', 'zet', '01', 'BEOORDELEN', '2030-01-01', 'Nieuwe wet.');
    expect(zet).toMatchObject({ code: 0, fout: '' });
    const { uit } = await knooppunt('advies', 'lijst');
    expect(uit.split('\n').filter((regel) => regel.startsWith('01'))).toEqual([
      expect.stringContaining('2020-01-01  VERWACHT'),
      '01  2030-01-01  BEOORDELEN  Nieuwe wet.',
    ]);
  });
});

test('wrong usage is exit code 2, a list that cannot be read 1; each says what is wrong', async () => {
  const kapot = bestand('kapot.json', '{"bsn":');
  const gevallen: readonly (readonly [readonly string[], number, string])[] = [
    [['voorzieningen', '0363'], 2, 'GEMEENTE BESTAND'],
    [['voorzieningen', '0363', '/niet.csv'], 2, 'niet lezen'],
    [['voorzieningen', '9999', kapot], 2, 'niet bekend'],
    [['voorzieningen', '0363', kapot], 1, 'niet te lezen'],
    [['advies', 'zet', '01', 'VERWACHT'], 2, 'CATEGORIE KLASSE VANAF TEKST'],
    [['advies', 'zet', '01', 'MISSCHIEN', '2026-01-01', 'x'], 2, 'VERWACHT'],
    [['signalen'], 2, 'Kies uit'],
  ];
  const antwoorden = await Promise.all(gevallen.map(([argumenten]) => knooppunt(...argumenten)));
  for (const [nr, [, code, tekst]] of gevallen.entries())
    expect(antwoorden[nr]).toMatchObject({ code, uit: '', fout: expect.stringContaining(tekst) });
});
