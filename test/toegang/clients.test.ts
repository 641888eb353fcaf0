/** Who is calling: by the hash of a token only, and demo tokens in the demo only. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfiguratieFout } from '#src/fouten.ts';
import { demoOrganisaties, Organisaties, registreer } from '#src/routering/organisaties.ts';
import { maakAanmelding } from '#src/toegang/clients.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';

const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-clients-'));
const { database, weg } = await maakGegevensbank();
await registreer(database, demoOrganisaties());
afterAll(async () => {
  await weg();
  rmSync(map, { recursive: true });
});

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
function bestand(inhoud: unknown): string {
  const pad = path.join(map, `${Math.random()}.json`);
  writeFileSync(pad, typeof inhoud === 'string' ? inhoud : JSON.stringify(inhoud));
  return pad;
}
const aanmelding = (demo: boolean, clientsbestand?: string) =>
  maakAanmelding({ demo, clientsbestand }, new Organisaties(database));
const EEN = { id: 'een', tokenSha256: sha256('geheim-een'), namens: ['0363', '98000001'] };
const BEHEER = { id: 'beheer', tokenSha256: sha256('geheim-beheer'), beheerder: true };

describe('met een bestand van clients', () => {
  const gewoon = aanmelding(false, bestand([EEN, BEHEER]));

  test('geeft het token zijn client, met de organisaties waarvoor die handelt', async () => {
    expect(await gewoon.herken('Bearer geheim-een')).toEqual({
      id: 'een',
      namens: new Set(['0363', '98000001']),
      beheerder: false,
    });
    expect(await gewoon.herken('bearer geheim-beheer')).toEqual({ id: 'beheer', namens: new Set(), beheerder: true });
  });

  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer  geheim-een',
    'Bearer geheim-een ',
    'Bearer geheim-een, Bearer x',
    'geheim-een',
    'Basic geheim-een',
    `Bearer ${EEN.tokenSha256}`,
    'Bearer GEHEIM-EEN',
    'Bearer geheim-een\u0000',
    'Bearer constructor',
    `Bearer ${'a'.repeat(513)}`,
    'Bearer demo-0363',
    'Bearer demo-beheer',
  ])('geeft %j niemand', async (kop) => {
    expect(await gewoon.herken(kop)).toBeUndefined();
  });
});

describe('in de demo', () => {
  const demo = aanmelding(true, bestand([EEN]));

  test('geeft een demotoken de organisatie die meedoet, en niet meer', async () => {
    expect(await demo.herken('Bearer demo-0363')).toEqual({
      id: 'demo-0363',
      namens: new Set(['0363']),
      beheerder: false,
    });
    expect(await demo.herken('Bearer demo-98000200')).toMatchObject({ namens: new Set(['98000200']) });
    expect(await demo.herken('Bearer demo-beheer')).toEqual({ id: 'demo-beheer', namens: new Set(), beheerder: true });
    expect(await demo.herken('Bearer geheim-een')).toMatchObject({ id: 'een' });
  });

  test.each([
    'demo-9999',
    'demo-98000201',
    'demo-',
    'demo-03',
    'demo-03630',
    'Demo-0363',
    'demo-0363x',
    'xdemo-0363',
    'demo-0363,0344',
  ])('geeft %s niemand', async (token) => {
    expect(await demo.herken(`Bearer ${token}`)).toBeUndefined();
  });
});

describe('een bestand van clients dat niet klopt, weigert te starten', () => {
  test.each<readonly [string, unknown]>([
    ['geen JSON', '['],
    ['geen lijst', {}],
    ['een token in plaats van zijn samenvatting', [{ ...EEN, tokenSha256: 'geheim-een' }]],
    ['een samenvatting in hoofdletters', [{ ...EEN, tokenSha256: EEN.tokenSha256.toUpperCase() }]],
    ['een client zonder naam', [{ ...EEN, id: '' }]],
    ['een veld te veel', [{ ...EEN, token: 'geheim-een' }]],
    ['een beheerder die dat niet met ja of nee zegt', [{ ...BEHEER, beheerder: 'ja' }]],
  ])('%s', (_naam, inhoud) => {
    const maak = () => aanmelding(false, bestand(inhoud));
    expect(maak).toThrow(ConfiguratieFout);
    expect(maak).not.toThrow(/geheim/);
  });

  test('ook als het er niet is', () => {
    expect(() => aanmelding(false, path.join(map, 'niets.json'))).toThrow(ConfiguratieFout);
  });
});

test('een organisatie die erbij komt, doet zonder herstart mee', async () => {
  const demo = aanmelding(true);
  expect(await demo.herken('Bearer demo-0999')).toBeUndefined();
  await registreer(database, [{ code: '0999', soort: 'gemeente', naam: 'Nieuw' }]);
  await expect.poll(() => demo.herken('Bearer demo-0999'), { timeout: 5000 }).toMatchObject({ id: 'demo-0999' });
});
