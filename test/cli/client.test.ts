/** Clients from the command line: a secret is seen once and kept nowhere, a private key is refused, and a production without a way in does not start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK } from 'jose';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { voerClientUit } from '#src/cli/client.ts';
import { isGeheim } from '#src/toegang/geheim.ts';
import { maakCertificaat } from '../hulp/certificaat.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { maakSleutelpaar } from '../hulp/toegang.ts';

const CLI = path.resolve(import.meta.dirname, '../../src/cli.ts');
const { url, database, weg } = await maakGegevensbank();
const map = mkdtempSync(path.join(tmpdir(), 'knooppunt-cli-client-'));
await database.pool.query(`insert into organisatie (code, soort, naam) values ('0363', 'gemeente', 'Amsterdam')`);
afterAll(async () => {
  vi.unstubAllEnvs();
  await weg();
  rmSync(map, { recursive: true });
});

interface Uitslag {
  readonly code: number | null;
  readonly uit: string;
  readonly fout: string;
}
const OMGEVING = { DATABASE_URL: url, REDIS_URL: inject('redisUrl'), KNOOPPUNT_DATA: map };
for (const [naam, waarde] of Object.entries(OMGEVING)) vi.stubEnv(naam, waarde);
async function metOmgeving(omgeving: NodeJS.ProcessEnv, ...argumenten: readonly string[]): Promise<Uitslag> {
  const kind = spawn(process.execPath, [CLI, ...argumenten], { env: { ...process.env, ...OMGEVING, ...omgeving } });
  let [uit, fout] = ['', ''];
  kind.stdout.setEncoding('utf8').on('data', (stuk: string) => {
    uit += stuk;
  });
  kind.stderr.setEncoding('utf8').on('data', (stuk: string) => {
    fout += stuk;
  });
  const [code] = await once(kind, 'close');
  return { code: code as number | null, uit, fout };
}
/** In this process, because a process for each costs a second; what it prints is caught. */
async function client(...argumenten: readonly string[]): Promise<Uitslag> {
  let [uit, fout] = ['', ''];
  const spionnen = [
    vi.spyOn(console, 'log').mockImplementation((tekst: string) => {
      uit += `${tekst}\n`;
    }),
    vi.spyOn(console, 'error').mockImplementation((tekst: string) => {
      fout += `${tekst}\n`;
    }),
    vi.spyOn(process.stdout, 'write').mockImplementation((tekst) => {
      uit += String(tekst);
      return true;
    }),
  ];
  try {
    vi.stubEnv('DATABASE_URL', alsOpdracht(url, ['client']));
    const code = await voerClientUit(argumenten);
    return { code, uit, fout };
  } finally {
    vi.stubEnv('DATABASE_URL', url);
    for (const spion of spionnen) spion.mockRestore();
  }
}
const REDEN = ['--reden', 'proef van de opdracht'];
function bestand(naam: string, inhoud: unknown): string {
  const pad = path.join(map, naam);
  writeFileSync(pad, typeof inhoud === 'string' ? inhoud : JSON.stringify(inhoud));
  return pad;
}
const hashes = async (id: string): Promise<readonly string[]> =>
  (
    await database.pool.query<{ hash: string }>('select hash from client_geheim where client = $1 order by id', [id])
  ).rows.map(({ hash }) => hash);
const allesInDatabase = async (): Promise<string> => {
  const { rows } = await database.pool.query<{ alles: string }>(
    `select string_agg(t, '\n') as alles from (select c::text as t from client c union all select g::text from client_geheim g
     union all select l::text from logboek l) x`,
  );
  return rows[0]?.alles ?? '';
};

describe('client maak', () => {
  test('shows the secret once, on standard output alone, and keeps a scrypt hash', async () => {
    const opdracht = ['client', 'maak', 'gemeente-0363', '--namens', '0363', '--geheim', ...REDEN];
    const { code, uit, fout } = await metOmgeving({}, ...opdracht);
    expect([code, fout]).toEqual([0, expect.stringContaining('is gemaakt')]);
    const geheim = uit.trim();
    expect(geheim).toMatch(/^[\w-]{43}$/);
    const [hash = ''] = await hashes('gemeente-0363');
    expect(hash).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isGeheim(geheim, hash)).toBe(true);
    expect(await isGeheim(`${geheim}x`, hash)).toBe(false);
    expect(await allesInDatabase()).not.toContain(geheim);
    const { rows } = await database.pool.query(
      `select gebeurtenis, actor, details from logboek order by nr desc limit 1`,
    );
    expect(rows[0]).toMatchObject({
      gebeurtenis: 'client gemaakt',
      actor: expect.stringMatching(/^cli:/),
      details: { client: 'gemeente-0363', namens: '0363', geheim: 'ja', reden: 'proef van de opdracht' },
    });
  });

  test('takes public keys, OINs, certificates and names elsewhere', async () => {
    const paar = await maakSleutelpaar();
    const { cert } = maakCertificaat({ voor: 'systeem.test' });
    const { code, uit } = await client(
      'maak',
      'alles',
      ...['--sleutels', bestand('jwks.json', { keys: [paar.openbaar] }), '--oin', '00000001001234567000'],
      ...['--certificaat', bestand('cert.pem', cert), '--extern', 'https://login.test=zorg', '--beheerder', ...REDEN],
    );
    expect([code, uit]).toEqual([0, '']);
    const getoond = await client('toon', 'alles', '--json');
    expect(JSON.parse(getoond.uit)).toMatchObject([
      {
        id: 'alles',
        beheerder: true,
        geheimen: 0,
        sleutels: [paar.kid],
        oins: ['00000001001234567000'],
        certificaten: [expect.stringMatching(/^[0-9a-f]{64}$/)],
        extern: ['https://login.test=zorg'],
      },
    ]);
  });

  const paar = maakSleutelpaar();
  test.each<readonly [string, () => Promise<readonly string[]>, number, RegExp]>([
    ['no way in', async () => ['maak', 'leeg', ...REDEN], 1, /hoe de client zich aanmeldt/],
    ['no reason', async () => ['maak', 'leeg', '--geheim'], 2, /reden/],
    ['no name', async () => ['maak', '--geheim', ...REDEN], 2, /één client/],
    ['a name in capitals', async () => ['maak', 'Gemeente', '--geheim', ...REDEN], 1, /kleine letters/],
    ['a name with an apostrophe', async () => ['maak', "a';drop", '--geheim', ...REDEN], 1, /kleine letters/],
    ['a name that is taken', async () => ['maak', 'gemeente-0363', '--geheim', ...REDEN], 1, /al een client/],
    [
      'an organisation that is not there',
      async () => ['maak', 'x1', '--namens', '9999', '--geheim', ...REDEN],
      1,
      /9999/,
    ],
    ['an OIN of ten digits', async () => ['maak', 'x2', '--oin', '0123456789', ...REDEN], 1, /20 cijfers/],
    [
      'an OIN of another',
      async () => ['maak', 'x3', '--oin', '00000001001234567000', ...REDEN],
      1,
      /al van een andere/,
    ],
    [
      'a name elsewhere of another',
      async () => ['maak', 'x4', '--extern', 'https://login.test=zorg', ...REDEN],
      1,
      /al van een andere/,
    ],
    [
      'a private key',
      async () => {
        const geheim = { ...(await exportJWK((await paar).prive)), kid: 'a' };
        return ['maak', 'x5', '--sleutels', bestand('prive.json', { keys: [geheim] }), ...REDEN];
      },
      1,
      /geheime sleutel/,
    ],
    [
      'a shared secret as key',
      async () => [
        'maak',
        'x6',
        '--sleutels',
        bestand('oct.json', { keys: [{ kty: 'oct', kid: 'a', k: 'AAAA' }] }),
        ...REDEN,
      ],
      1,
      /geheime sleutel/,
    ],
    [
      'a key without a name',
      async () => {
        const { kid: _, ...zonder } = (await paar).openbaar;
        return ['maak', 'x7', '--sleutels', bestand('kid.json', { keys: [zonder] }), ...REDEN];
      },
      1,
      /met een kid/,
    ],
    [
      'two keys with one name',
      async () => {
        const { openbaar } = await paar;
        return ['maak', 'x8', '--sleutels', bestand('dubbel.json', { keys: [openbaar, openbaar] }), ...REDEN];
      },
      1,
      /eigen kid/,
    ],
    [
      'a weak RSA key',
      async () => {
        const { publicKey } = await crypto.subtle.generateKey(
          {
            name: 'RSASSA-PKCS1-v1_5',
            modulusLength: 1024,
            publicExponent: new Uint8Array([1, 0, 1]),
            hash: 'SHA-256',
          },
          true,
          ['sign', 'verify'],
        );
        const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'zwak' };
        return ['maak', 'x9', '--sleutels', bestand('zwak.json', { keys: [jwk] }), ...REDEN];
      },
      1,
      /2048 bits/,
    ],
    [
      'a file that is not there',
      async () => ['maak', 'y1', '--sleutels', path.join(map, 'niets'), ...REDEN],
      2,
      /niet lezen/,
    ],
    [
      'a certificate that is none',
      async () => ['maak', 'y2', '--certificaat', bestand('x.pem', 'x'), ...REDEN],
      2,
      /PEM/,
    ],
  ])('refuses %s, and makes nothing', async (_naam, argumenten, verwacht, tekst) => {
    const eerst = await allesInDatabase();
    const { code, uit, fout } = await client(...(await argumenten()));
    expect([code, uit]).toEqual([verwacht, '']);
    expect(fout).toMatch(tekst);
    expect(await allesInDatabase()).toBe(eerst);
  });
});

test('the entry knows the command, and what is no option of it', async () => {
  const { code, fout } = await metOmgeving({}, 'client', 'maak', 'y3', '--wachtwoord', 'x', ...REDEN);
  expect([code, fout]).toEqual([
    2,
    expect.stringMatching(/^Onbekende optie[\s\S]*client maak NAAM[\s\S]*client intrek NAAM/),
  ]);
});

describe('client draai and intrek', () => {
  test('a new secret stands beside the last one, never beside more', async () => {
    await client('maak', 'draait', '--geheim', ...REDEN);
    const tweede = (await client('draai', 'draait', ...REDEN)).uit.trim();
    const derde = (await client('draai', 'draait', '--overlap', '1', ...REDEN)).uit.trim();
    const [oud = '', nieuw = '', ...meer] = await hashes('draait');
    expect([await isGeheim(tweede, oud), await isGeheim(derde, nieuw), meer]).toEqual([true, true, []]);
    await client('draai', 'draait', '--meteen', ...REDEN);
    const { rows } = await database.pool.query(
      `select from client_geheim where client = 'draait' and (vervalt_op is null or vervalt_op > now())`,
    );
    expect(rows).toHaveLength(1);
  });

  test('what was withdrawn is gone, its OIN is free, and its name is not', async () => {
    expect(await client('intrek', 'alles', ...REDEN)).toMatchObject({ code: 0 });
    const { uit } = await client('toon');
    expect(uit).toMatch(/^alles: ingetrokken op/m);
    expect(await client('maak', 'opvolger', '--oin', '00000001001234567000', ...REDEN)).toMatchObject({ code: 0 });
    expect(await client('maak', 'alles', '--geheim', ...REDEN)).toMatchObject({ code: 1 });
    expect(await client('intrek', 'alles', ...REDEN)).toMatchObject({ code: 1 });
    expect(await client('draai', 'alles', ...REDEN)).toMatchObject({ code: 1, uit: '' });
  });

  test('the issuer gets a new key, in a file that only its owner reads', async () => {
    const pad = path.join(map, 'uitgeversleutels.json');
    const kids = () =>
      (JSON.parse(readFileSync(pad, 'utf8')) as { sleutels: { kid: string }[] }).sleutels.map(({ kid }) => kid);
    expect(await client('draai', '--uitgever', ...REDEN)).toMatchObject({ code: 0 });
    const [eerste] = kids();
    expect(await client('draai', '--uitgever', ...REDEN)).toMatchObject({ code: 0 });
    expect(kids()).toEqual([eerste, expect.any(String)]);
    expect(statSync(pad).mode & 0o777).toBe(0o600);
    expect(await client('draai', '--uitgever', '--meteen', ...REDEN)).toMatchObject({ code: 0 });
    expect(kids()).toHaveLength(1);
    expect(kids()).not.toContain(eerste);
    const { rows } = await database.pool.query(`select from logboek where gebeurtenis = 'uitgeversleutel gedraaid'`);
    expect(rows).toHaveLength(3);
  });
});

describe('in production start refuses', () => {
  const sleutels = bestand('sleutels.json', {
    actief: 's1',
    inhoud: { s1: Buffer.alloc(32, 1).toString('base64') },
    hmac: Buffer.alloc(32, 2).toString('base64'),
  });
  const leeg = bestand('clients-leeg.json', []);
  const goed = { NODE_ENV: 'production', KNOOPPUNT_SLEUTELBESTAND: sleutels, KNOOPPUNT_POORT: '0' };
  const start = (anders: NodeJS.ProcessEnv) => metOmgeving({ ...goed, ...anders }, 'start');

  test.each<readonly [string, NodeJS.ProcessEnv, RegExp]>([
    [
      'without keys',
      { KNOOPPUNT_SLEUTELBESTAND: undefined },
      /KNOOPPUNT_SLEUTELBESTAND of KNOOPPUNT_SLEUTELS verplicht/,
    ],
    ['with demo settings', { KNOOPPUNT_DEMO: '1' }, /demo-instellingen/],
    ['with clients that have no way in', {}, /kunnen zich niet aanmelden/],
    [
      'with signing keys that are not there',
      { KNOOPPUNT_UITGEVER: 'https://k.test', KNOOPPUNT_UITGEVERSLEUTELS: path.join(map, 'geen.json') },
      /uitgeversleutels .* ontbreekt/,
    ],
  ])('%s', async (_naam, anders, tekst) => {
    const { code, uit, fout } = await start(anders);
    expect([code, uit]).toEqual([2, '']);
    expect(fout).toMatch(tekst);
    expect(fout.trim().split('\n')).toHaveLength(1);
  });

  test('without any client', async () => {
    const eigen = await maakGegevensbank({ gemigreerd: false });
    try {
      const { code, fout } = await start({ DATABASE_URL: eigen.url, KNOOPPUNT_CLIENTS: leeg });
      expect([code, fout]).toEqual([2, expect.stringMatching(/minstens één client/)]);
    } finally {
      await eigen.weg();
    }
  });

  test('with a client that is in the file and in the register', async () => {
    const clients = bestand('clients.json', [{ id: 'gemeente-0363', tokenSha256: 'a'.repeat(64) }]);
    const { code, fout } = await start({ KNOOPPUNT_CLIENTS: clients });
    expect([code, fout]).toEqual([2, expect.stringMatching(/dezelfde naam/)]);
  });
});
