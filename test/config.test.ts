/** The configuration refuses what it does not know, and never says a value. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { ConfiguratieFout } from '#src/fouten.ts';

describe('without settings', () => {
  test('a safe start applies: this machine only, no demo, all roles', () => {
    expect(leesConfig({})).toMatchObject({
      productie: false,
      demo: false,
      host: '127.0.0.1',
      poort: 8080,
      rollen: ['api', 'verwerker', 'planner'],
      databaseUrl: undefined,
      redisUrl: undefined,
      sleutelbestand: undefined,
      clientsbestand: undefined,
      gemeentenbestand: undefined,
      productcodesbestand: undefined,
      maxBerichtBytes: 25 * 1024 * 1024,
      wlz: { maxKrimpProcent: 5, registerGeldigUren: 48, vervaldatum: 'eerste-dag-zonder', toetsenPerMinuut: 60 },
    });
  });

  test('other variables of the environment do not count', () => {
    expect(leesConfig({ PATH: 'x', PGPASSWORD: 'y', DEMO: '1', knooppunt_demo: '1' })).toEqual(leesConfig({}));
  });
});

test('what has been read is fixed', () => {
  const config = leesConfig({ KNOOPPUNT_DATA: 'x/../data' });
  expect(config.data).toBe(path.resolve('data'));
  expect([Object.isFrozen(config), Object.isFrozen(config.rollen)]).toEqual([true, true]);
});

describe('a setting', () => {
  test.each<readonly [string, string, object]>([
    ['KNOOPPUNT_POORT', '0', { poort: 0 }],
    ['KNOOPPUNT_POORT', '65535', { poort: 65535 }],
    ['KNOOPPUNT_DEMO', '1', { demo: true }],
    ['KNOOPPUNT_DEMO', '0', { demo: false }],
    ['KNOOPPUNT_ROLLEN', 'planner', { rollen: ['planner'] }],
    ['KNOOPPUNT_ROLLEN', 'api,api,verwerker', { rollen: ['api', 'verwerker'] }],
    ['KNOOPPUNT_GEMEENTEN', '/lijsten/gemeenten.csv', { gemeentenbestand: '/lijsten/gemeenten.csv' }],
    ['KNOOPPUNT_PRODUCTCODES', '/lijsten/codes.csv', { productcodesbestand: '/lijsten/codes.csv' }],
    ['KNOOPPUNT_LOGNIVEAU', 'silent', { logniveau: 'silent' }],
    ['KNOOPPUNT_MAX_BERICHT_BYTES', '1024', { maxBerichtBytes: 1024 }],
    ['KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT', '0', { wlz: { maxKrimpProcent: 0 } }],
    ['KNOOPPUNT_WLZ_REGISTER_GELDIG_UREN', '24', { wlz: { registerGeldigUren: 24 } }],
    ['KNOOPPUNT_WLZ_VERVALDATUM', 'laatste-dag-met', { wlz: { vervaldatum: 'laatste-dag-met' } }],
    ['KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT', '1', { wlz: { toetsenPerMinuut: 1 } }],
    ['KNOOPPUNT_WLZ_MAX_LEVERING_MB', '1', { wlz: { maxLeveringBytes: 1024 * 1024 } }],
    ['DATABASE_URL', '', { databaseUrl: undefined }],
    ['REDIS_URL', 'redis://x', { redisUrl: 'redis://x' }],
  ])('%s=%s is allowed', (naam, waarde, verwacht) => {
    expect(leesConfig({ [naam]: waarde })).toMatchObject(verwacht);
  });

  test.each([
    ['KNOOPPUNT_POORT', '65536'],
    ['KNOOPPUNT_POORT', '-1'],
    ['KNOOPPUNT_POORT', '80.5'],
    ['KNOOPPUNT_POORT', 'http'],
    ['KNOOPPUNT_DEMO', 'ja'],
    ['KNOOPPUNT_DEMO', ''],
    ['KNOOPPUNT_ROLLEN', ''],
    ['KNOOPPUNT_ROLLEN', 'api,portier'],
    ['KNOOPPUNT_ROLLEN', 'api, verwerker'],
    ['KNOOPPUNT_VERWERKERS', '0'],
    ['KNOOPPUNT_BANEN_TEGELIJK', '0'],
    ['KNOOPPUNT_LOGNIVEAU', 'trace'],
    ['KNOOPPUNT_MAX_BERICHT_BYTES', String(26 * 1024 * 1024)],
    ['KNOOPPUNT_DATA', ''],
    ['KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT', '101'],
    ['KNOOPPUNT_WLZ_REGISTER_GELDIG_UREN', '0'],
    ['KNOOPPUNT_WLZ_VERVALDATUM', 'morgen'],
    ['KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT', '0'],
  ])('%s=%s is not allowed, and the message mentions the name and not the value', (naam, waarde) => {
    const lees = () => leesConfig({ [naam]: waarde });
    expect(lees).toThrow(ConfiguratieFout);
    expect(lees).toThrow(new RegExp(`instelling: ${naam}\\.`));
    if (waarde.length > 3) expect(lees).not.toThrow(waarde);
  });

  test('that is misspelt is not allowed: the default would silently apply', () => {
    const lees = () => leesConfig({ KNOOPPUNT_POORTT: '1', KNOOPPUNT_poort: '2', KNOOPPUNT_: '3' });
    expect(lees).toThrow('Onbekende instelling: KNOOPPUNT_POORTT, KNOOPPUNT_poort, KNOOPPUNT_.');
  });

  test('that is wrong beside another that is wrong is reported together with it', () => {
    expect(() => leesConfig({ KNOOPPUNT_POORT: 'x', KNOOPPUNT_DEMO: 'x' })).toThrow(/KNOOPPUNT_POORT, KNOOPPUNT_DEMO/);
  });
});

describe('in production', () => {
  const productie = { NODE_ENV: 'production', KNOOPPUNT_SLEUTELBESTAND: '/sleutels.json' };
  test('there is no demo', () => {
    expect(() => leesConfig({ ...productie, KNOOPPUNT_DEMO: '1' })).toThrow(ConfiguratieFout);
    expect(leesConfig(productie)).toMatchObject({ productie: true, demo: false });
  });

  test('there are no keys that the knooppunt makes itself', () => {
    expect(() => leesConfig({ NODE_ENV: 'production' })).toThrow(
      /KNOOPPUNT_SLEUTELBESTAND of KNOOPPUNT_SLEUTELS verplicht/,
    );
  });
});
