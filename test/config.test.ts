/** The configuration refuses what it does not know, and never says a value. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { ConfiguratieFout } from '#src/fouten.ts';

describe('zonder instellingen', () => {
  test('geldt een veilig begin: alleen deze machine, geen demo, alle rollen', () => {
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
      maxBerichtBytes: 25 * 1024 * 1024,
    });
  });

  test('andere variabelen van de omgeving doen niet mee', () => {
    expect(leesConfig({ PATH: 'x', PGPASSWORD: 'y', DEMO: '1', knooppunt_demo: '1' })).toEqual(leesConfig({}));
  });
});

test('wat gelezen is, ligt vast', () => {
  const config = leesConfig({ KNOOPPUNT_DATA: 'x/../data' });
  expect(config.data).toBe(path.resolve('data'));
  expect([Object.isFrozen(config), Object.isFrozen(config.rollen)]).toEqual([true, true]);
});

describe('een instelling', () => {
  test.each<readonly [string, string, object]>([
    ['KNOOPPUNT_POORT', '0', { poort: 0 }],
    ['KNOOPPUNT_POORT', '65535', { poort: 65535 }],
    ['KNOOPPUNT_DEMO', '1', { demo: true }],
    ['KNOOPPUNT_DEMO', '0', { demo: false }],
    ['KNOOPPUNT_ROLLEN', 'planner', { rollen: ['planner'] }],
    ['KNOOPPUNT_ROLLEN', 'api,api,verwerker', { rollen: ['api', 'verwerker'] }],
    ['KNOOPPUNT_LOGNIVEAU', 'silent', { logniveau: 'silent' }],
    ['KNOOPPUNT_MAX_BERICHT_BYTES', '1024', { maxBerichtBytes: 1024 }],
    ['DATABASE_URL', '', { databaseUrl: undefined }],
    ['REDIS_URL', 'redis://x', { redisUrl: 'redis://x' }],
  ])('%s=%s mag', (naam, waarde, verwacht) => {
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
  ])('%s=%s mag niet, en de melding noemt de naam en niet de waarde', (naam, waarde) => {
    const lees = () => leesConfig({ [naam]: waarde });
    expect(lees).toThrow(ConfiguratieFout);
    expect(lees).toThrow(new RegExp(`instelling: ${naam}\\.`));
    if (waarde.length > 3) expect(lees).not.toThrow(waarde);
  });

  test('die verkeerd gespeld is, mag niet: anders gold stil de standaard', () => {
    const lees = () => leesConfig({ KNOOPPUNT_POORTT: '1', KNOOPPUNT_poort: '2', KNOOPPUNT_: '3' });
    expect(lees).toThrow('Onbekende instelling: KNOOPPUNT_POORTT, KNOOPPUNT_poort, KNOOPPUNT_.');
  });

  test('die fout is naast een andere die fout is, wordt samen gemeld', () => {
    expect(() => leesConfig({ KNOOPPUNT_POORT: 'x', KNOOPPUNT_DEMO: 'x' })).toThrow(/KNOOPPUNT_POORT, KNOOPPUNT_DEMO/);
  });
});

describe('in productie', () => {
  const productie = { NODE_ENV: 'production', KNOOPPUNT_SLEUTELBESTAND: '/sleutels.json' };
  test('is er geen demo', () => {
    expect(() => leesConfig({ ...productie, KNOOPPUNT_DEMO: '1' })).toThrow(ConfiguratieFout);
    expect(leesConfig(productie)).toMatchObject({ productie: true, demo: false });
  });

  test('zijn er geen sleutels die het knooppunt zelf maakt', () => {
    expect(() => leesConfig({ NODE_ENV: 'production' })).toThrow(/KNOOPPUNT_SLEUTELBESTAND verplicht/);
  });
});
