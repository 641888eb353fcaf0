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
      logboek: {
        register: 'urn:knooppunt:verwerkingsregister:1:',
        bron: 'knooppunt',
        ankers: path.resolve('data/logboek-ankers.jsonl'),
      },
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
    ['KNOOPPUNT_LOGBOEK_ANKERS', '/worm/ankers', { logboek: expect.objectContaining({ ankers: '/worm/ankers' }) }],
    [
      'KNOOPPUNT_LOGBOEK_REGISTER',
      'https://a.nl/v2/',
      { logboek: expect.objectContaining({ register: 'https://a.nl/v2/' }) },
    ],
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
    ['KNOOPPUNT_STUF_TOEGESTAAN', 'a.nl, 10.0.0.0/8', { verharding: { stufToegestaan: ['a.nl', '10.0.0.0/8'] } }],
    ['KNOOPPUNT_CLAMD', 'clamav:3310', { verharding: { clamd: { adres: 'clamav:3310', bijUitval: 'weiger' } } }],
    ['KNOOPPUNT_CLAMD', '/run/clamd.ctl', { verharding: { clamd: { adres: '/run/clamd.ctl' } } }],
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
    ['KNOOPPUNT_LOGBOEK_REGISTER', 'register 2'],
    ['KNOOPPUNT_LOGBOEK_BRON', 'met spatie'],
    ['KNOOPPUNT_MAX_BERICHT_BYTES', String(26 * 1024 * 1024)],
    ['KNOOPPUNT_DATA', ''],
    ['KNOOPPUNT_WLZ_MAX_KRIMP_PROCENT', '101'],
    ['KNOOPPUNT_WLZ_REGISTER_GELDIG_UREN', '0'],
    ['KNOOPPUNT_WLZ_VERVALDATUM', 'morgen'],
    ['KNOOPPUNT_WLZ_TOETSEN_PER_MINUUT', '0'],
    ['KNOOPPUNT_CLAMD', 'clamav'],
    ['KNOOPPUNT_CLAMD', 'http://clamav:3310'],
    ['KNOOPPUNT_CLAMD_UITVAL', 'negeer'],
    ['KNOOPPUNT_BEVEILIGING_CONTACT', 'security@example.nl'],
    ['KNOOPPUNT_BEVEILIGING_CONTACT', 'mailto:a@b.nl\nPolicy: x'],
    ['KNOOPPUNT_BEVEILIGING_VERLOOPT', 'volgend jaar'],
    ['KNOOPPUNT_BEVEILIGING_BELEID', 'http://example.nl/'],
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

  test('of security.txt needs the other: a contact without an end may long be somebody else', () => {
    const contact = { KNOOPPUNT_BEVEILIGING_CONTACT: 'mailto:a@b.nl' };
    const verloopt = { KNOOPPUNT_BEVEILIGING_VERLOOPT: '2099-01-01T00:00:00Z' };
    for (const half of [contact, verloopt])
      expect(() => leesConfig(half)).toThrow('Deze instellingen horen bij elkaar');
    expect(leesConfig({ ...contact, ...verloopt }).verharding.beveiliging?.contacten).toEqual(['mailto:a@b.nl']);
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

  test('the issuer of tokens has its keys in a file, and an address over TLS', () => {
    const uitgever = { ...productie, KNOOPPUNT_UITGEVER: 'https://knooppunt.test' };
    expect(() => leesConfig(uitgever)).toThrow(/KNOOPPUNT_UITGEVERSLEUTELS verplicht/);
    const met = { ...uitgever, KNOOPPUNT_UITGEVERSLEUTELS: '/uitgever.json' };
    expect(leesConfig(met).toegang).toMatchObject({ uitgever: 'https://knooppunt.test', maakUitgeversleutels: false });
    expect(() => leesConfig({ ...met, KNOOPPUNT_UITGEVER: 'http://localhost' })).toThrow(/https/);
  });
});

describe('who gets in', () => {
  const tls = { KNOOPPUNT_TLS_CERTIFICAAT: '/cert.pem', KNOOPPUNT_TLS_SLEUTEL: '/sleutel.pem' };

  test('without settings: no issuer, no TLS, and limits that the demo does not have', () => {
    expect(leesConfig({}).toegang).toMatchObject({
      uitgever: undefined,
      externeUitgevers: undefined,
      tls: undefined,
      proxies: [],
      verzoekenPerSeconde: 200,
      mislukteAanmeldingen: 10,
    });
    expect(leesConfig({ KNOOPPUNT_DEMO: '1' }).toegang).toMatchObject({
      verzoekenPerSeconde: 0,
      mislukteAanmeldingen: 0,
    });
    expect(leesConfig({ KNOOPPUNT_DEMO: '1', KNOOPPUNT_VERZOEKEN_PER_SECONDE: '5' }).toegang).toMatchObject({
      verzoekenPerSeconde: 5,
    });
  });

  test.each([
    'http://knooppunt.test',
    'https://knooppunt.test/pad',
    'https://knooppunt.test?x=1',
    'https://iemand@knooppunt.test',
    'ftp://knooppunt.test',
    'knooppunt',
  ])('%s is no address of an issuer', (adres) => {
    expect(() => leesConfig({ KNOOPPUNT_UITGEVER: adres })).toThrow(/KNOOPPUNT_UITGEVER\./);
  });

  test('a slash at the end of its address does not count', () => {
    expect(leesConfig({ KNOOPPUNT_UITGEVER: 'https://k.test/' }).toegang.uitgever).toBe('https://k.test');
  });

  test('TLS has a certificate and a key, or it is off', () => {
    expect(leesConfig(tls).toegang.tls).toMatchObject({ certificaat: '/cert.pem', clientCa: undefined });
    for (const naam of [...Object.keys(tls), 'KNOOPPUNT_TLS_CLIENT_CA', 'KNOOPPUNT_TLS_CRL'])
      expect(() => leesConfig({ [naam]: '/x' })).toThrow(/beide nodig/);
    expect(() => leesConfig({ ...tls, KNOOPPUNT_TLS_CRL: '/x' })).toThrow(/KNOOPPUNT_TLS_CLIENT_CA nodig/);
  });

  test('proxies are addresses', () => {
    expect(leesConfig({ KNOOPPUNT_PROXIES: '10.0.0.1,2001:db8::/32' }).toegang.proxies).toHaveLength(2);
    for (const fout of ['true', '*', 'proxy.test', '10.0.0.1 10.0.0.2', '10.0.0.1/99', ''])
      expect(() => leesConfig({ KNOOPPUNT_PROXIES: fout })).toThrow(/KNOOPPUNT_PROXIES/);
  });
});

describe('logging in to the portal', () => {
  const broker = {
    KNOOPPUNT_PORTAAL_ADRES: 'https://portaal.test/',
    KNOOPPUNT_PORTAAL_UITGEVER: 'https://broker.test/auth/open',
    KNOOPPUNT_PORTAAL_CLIENT: 'portaal',
    KNOOPPUNT_PORTAAL_GEHEIM: '/geheim',
  };

  test('is off without a broker, and asks eHerkenning EH3 or more with one', () => {
    expect(leesConfig({}).portaal.broker).toBeUndefined();
    expect(leesConfig(broker).portaal.broker).toEqual({
      adres: 'https://portaal.test',
      uitgever: 'https://broker.test/auth/open',
      client: 'portaal',
      bewijs: { soort: 'geheim', bestand: '/geheim' },
      scope: 'openid',
      persoon: 'sub',
      organisatie: ['urn:etoegang:1.9:EntityConcernedID:KvKnr'],
      niveaus: ['urn:etoegang:core:assurance-class:loa3', 'urn:etoegang:core:assurance-class:loa4'],
    });
  });

  test.each<readonly [string, Record<string, string | undefined>]>([
    ['KNOOPPUNT_PORTAAL_ADRES en', { KNOOPPUNT_PORTAAL_ADRES: undefined }],
    ['KNOOPPUNT_PORTAAL_CLIENT', { KNOOPPUNT_PORTAAL_CLIENT: undefined }],
    ['één van beide', { KNOOPPUNT_PORTAAL_GEHEIM: undefined }],
    ['één van beide', { KNOOPPUNT_PORTAAL_SLEUTEL: '/sleutel' }],
    ['KNOOPPUNT_PORTAAL_ADRES', { KNOOPPUNT_PORTAAL_ADRES: 'http://portaal.test' }],
    ['KNOOPPUNT_PORTAAL_ADRES', { KNOOPPUNT_PORTAAL_ADRES: 'https://portaal.test/portaal' }],
    ['KNOOPPUNT_PORTAAL_UITGEVER', { KNOOPPUNT_PORTAAL_UITGEVER: 'http://broker.test' }],
    ['KNOOPPUNT_PORTAAL_UITGEVER', { KNOOPPUNT_PORTAAL_UITGEVER: 'https://broker.test?x' }],
    ['KNOOPPUNT_PORTAAL_SCOPE', { KNOOPPUNT_PORTAAL_SCOPE: 'profile' }],
    ['KNOOPPUNT_PORTAAL_NIVEAUS', { KNOOPPUNT_PORTAAL_NIVEAUS: '' }],
    [
      'https://',
      { NODE_ENV: 'production', KNOOPPUNT_SLEUTELBESTAND: '/s', KNOOPPUNT_PORTAAL_UITGEVER: 'http://localhost' },
    ],
  ])('is refused with a sentence about %s: %j', (zin, anders) => {
    expect(() => leesConfig({ ...broker, ...anders })).toThrow(zin);
  });
});
