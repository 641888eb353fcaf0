/** Who is calling: by the hash of a token only, and demo tokens in the demo only. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { ConfiguratieFout } from '#src/fouten.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import { Routering } from '#src/routering/routering.ts';
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
  maakAanmelding({ demo, clientsbestand }, new Routering(database));
const EEN = { id: 'een', tokenSha256: sha256('geheim-een'), namens: ['0363', '98000001'] };
const BEHEER = { id: 'beheer', tokenSha256: sha256('geheim-beheer'), beheerder: true };

describe('with a clients file', () => {
  const gewoon = aanmelding(false, bestand([EEN, BEHEER]));

  test('the token gives its client, with the organisations that it acts for', async () => {
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
  ])('%j gives nobody', async (kop) => {
    expect(await gewoon.herken(kop)).toBeUndefined();
  });
});

describe('in the demo', () => {
  const demo = aanmelding(true, bestand([EEN]));

  test('a demo token gives the organisation that takes part, and no more', async () => {
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
  ])('%s gives nobody', async (token) => {
    expect(await demo.herken(`Bearer ${token}`)).toBeUndefined();
  });
});

describe('a clients file that is not right refuses to start', () => {
  test.each<readonly [string, unknown]>([
    ['no JSON', '['],
    ['no list', {}],
    ['a token instead of its hash', [{ ...EEN, tokenSha256: 'geheim-een' }]],
    ['a hash in capitals', [{ ...EEN, tokenSha256: EEN.tokenSha256.toUpperCase() }]],
    ['a client without a name', [{ ...EEN, id: '' }]],
    ['a field too many', [{ ...EEN, token: 'geheim-een' }]],
    ['an operator who does not say so with true or false', [{ ...BEHEER, beheerder: 'ja' }]],
  ])('%s', (_naam, inhoud) => {
    const maak = () => aanmelding(false, bestand(inhoud));
    expect(maak).toThrow(ConfiguratieFout);
    expect(maak).not.toThrow(/geheim/);
  });

  test('also when it is not there', () => {
    expect(() => aanmelding(false, path.join(map, 'niets.json'))).toThrow(ConfiguratieFout);
  });
});

test('an organisation that joins takes part without a restart', async () => {
  const demo = aanmelding(true);
  expect(await demo.herken('Bearer demo-0999')).toBeUndefined();
  await registreer(database, [{ code: '0999', soort: 'gemeente', naam: 'Nieuw' }]);
  await expect.poll(() => demo.herken('Bearer demo-0999'), { timeout: 5000 }).toMatchObject({ id: 'demo-0999' });
});

describe('what the tables of routering add to the clients file:', () => {
  const { pool } = database;
  /** The rights of the client of the file, as they are right now. */
  const rechten = async () => {
    const client = await aanmelding(false, bestand([EEN])).herken('Bearer geheim-een');
    return { namens: [...(client?.namens ?? [])].sort(), machtigingen: client?.machtigingen };
  };
  const geef = (organisatie: string, domein: string, vanaf = "now() - interval '1 hour'", tot = 'null') =>
    pool.query(
      `insert into machtiging (client, organisatie, domein, vanaf, tot) values ('een', $1, $2, ${vanaf}, ${tot})`,
      [organisatie, domein],
    );
  afterEach(async () => {
    await pool.query(`delete from machtiging; update organisatie set geldig_tot = null, opvolger = null`);
  });

  test('nothing, as long as there is nothing', async () => {
    expect(await rechten()).toEqual({ namens: ['0363', '98000001'], machtigingen: undefined });
  });

  test('a machtiging for one domein stands apart; one for each domein makes it act for the organisation', async () => {
    await geef('0344', 'iwmo');
    await geef('0518', 'iwmo');
    await geef('0518', 'ijw');
    expect(await rechten()).toEqual({
      namens: ['0363', '0518', '98000001'],
      machtigingen: new Map([['0344', new Set(['iwmo'])]]),
    });
  });

  test('a machtiging that is over, or yet to begin, or of somebody else, gives nothing', async () => {
    await geef('0344', 'iwmo', undefined, 'now()');
    await geef('0518', 'iwmo', "now() + interval '1 hour'");
    await pool.query(
      `insert into machtiging (client, organisatie, domein, vanaf) values ('Een', '0344', 'ijw', now())`,
    );
    expect(await rechten()).toEqual({ namens: ['0363', '98000001'], machtigingen: undefined });
  });

  test('whoever acts for a successor acts for those that ended, in the same domeinen, and not before', async () => {
    await geef('0344', 'ijw');
    await pool.query(`update organisatie set geldig_tot = current_date - 2, opvolger = '0363' where code = '0518'`);
    await pool.query(`update organisatie set geldig_tot = current_date - 2, opvolger = '0518' where code = '0599'`);
    await pool.query(`update organisatie set geldig_tot = current_date + 2, opvolger = '0363' where code = '0034'`);
    await pool.query(`update organisatie set geldig_tot = current_date - 2, opvolger = '0344' where code = '0014'`);
    const ijw = new Set(['ijw']);
    expect(await rechten()).toEqual({
      namens: ['0363', '0518', '0599', '98000001'],
      machtigingen: new Map([
        ['0344', ijw],
        ['0014', ijw],
      ]),
    });
  });
});
