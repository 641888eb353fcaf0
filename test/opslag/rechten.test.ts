/** Who may do what in the database: the table of rights, tried by users that really have them, in a database whose owner is no superuser. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { voerDatabaseUit } from '#src/cli/database.ts';
import { type Database, openDatabase } from '#src/opslag/database.ts';
import { migreer } from '#src/opslag/migratie.ts';
import { eisRechten, leesEigenRechten } from '#src/opslag/rechten/eigen.ts';
import { leesDingen } from '#src/opslag/rechten/stand.ts';
import { DATABASEROLLEN, type Databaserol, TABELLEN } from '#src/opslag/rechten/tabel.ts';
import { verleenRechten } from '#src/opslag/rechten/verleen.ts';
import { gewenst, onbekend, rolnamen } from '#src/opslag/rechten/wens.ts';
import { Sleutelring } from '#src/opslag/sleutelring.ts';
import { voerCliUit } from '../hulp/cli.ts';
import { maakTijdelijkeMap } from '../hulp/tijdelijk.ts';

const VOORVOEGSEL = `r${randomBytes(6).toString('hex')}`;
const NAMEN = rolnamen(VOORVOEGSEL);
const EIGENAAR = `${VOORVOEGSEL}_eigenaar`;
const ALLE_ROLLEN = [EIGENAAR, ...Object.values(NAMEN)];

const map = await maakTijdelijkeMap();
const server = openDatabase(inject('databaseUrl'), { max: 1 });
const adres = (wie: string): string => {
  const url = new URL(inject('databaseUrl'));
  url.username = wie;
  url.pathname = `/${VOORVOEGSEL}`;
  return url.href;
};
const open = (wie: string): Database => openDatabase(adres(wie), { max: 2 });
const eigenaar = open(EIGENAAR);
const als = Object.fromEntries(DATABASEROLLEN.map((rol) => [rol, open(NAMEN[rol])])) as Record<Databaserol, Database>;

beforeAll(async () => {
  const { password } = new URL(inject('databaseUrl'));
  for (const rol of ALLE_ROLLEN) await server.pool.query(`create role ${rol} login password '${password}'`);
  await server.pool.query(`create database ${VOORVOEGSEL} owner ${EIGENAAR}`);
  await migreer(eigenaar);
});
afterAll(async () => {
  await Promise.all([eigenaar, ...Object.values(als)].map((database) => database.sluit()));
  await server.pool.query(`drop database ${VOORVOEGSEL} with (force)`);
  for (const rol of ALLE_ROLLEN) await server.pool.query(`drop role ${rol}`);
  await server.sluit();
  await map.weg();
});

const geef = () => verleenRechten(eigenaar, NAMEN, true);
const verschil = async (): Promise<readonly string[]> =>
  (await verleenRechten(eigenaar, NAMEN, false)).wijzigingen.map(({ wie, ding }) => `${wie} ${ding}`);
const GEEN_RECHT = { code: '42501' };
const magNiet = (rol: Databaserol, opdracht: string) =>
  expect(als[rol].pool.query(opdracht), `${rol}: ${opdracht}`).rejects.toMatchObject(GEEN_RECHT);

test('a table without a row in the table of rights, or a row without a table, is noticed', async () => {
  expect(onbekend(await leesDingen(eigenaar.pool))).toEqual({ zonderRij: [], zonderTabel: [] });
});

test('before rights were given a process says what is to be done', async () => {
  await expect(migreer(als.api)).rejects.toThrow('`knooppunt database rechten`');
  await expect(verleenRechten(eigenaar, rolnamen('niemand'), true)).rejects.toThrow('niemand_api');
});

test('rights are given once: the second time there is nothing to do', async () => {
  expect((await geef()).wijzigingen.length).toBeGreaterThan(200);
  expect(await geef()).toEqual({ wijzigingen: [], anderen: [] });
});

describe('the matrix: every role on every table', () => {
  const TE_PROBEREN = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];

  test.each(DATABASEROLLEN)('%s has what its row says and nothing else', async (rol) => {
    const dingen = (await leesDingen(eigenaar.pool)).filter(({ soort }) => soort === 'table');
    expect(dingen.length).toBeGreaterThan(Object.keys(TABELLEN).length);
    const { rows } = await als[rol].pool.query<{ sql: string; heeft: string[] }>(
      `select sql, array(select r from unnest($2::text[]) r where has_table_privilege(sql, r) order by r) as heeft from unnest($1::text[]) sql`,
      [dingen.map(({ sql }) => sql), TE_PROBEREN],
    );
    const heeft = new Map(rows.map((rij) => [rij.sql, rij.heeft]));
    for (const ding of dingen) expect([ding.sql, heeft.get(ding.sql)]).toEqual([ding.sql, gewenst(ding, rol)]);
  });

  test.each(DATABASEROLLEN)('%s has nothing too little, nothing too much, and no way to more', async (rol) => {
    expect(await leesEigenRechten(als[rol].pool, [rol])).toEqual({ tekort: [], teveel: [] });
  });

  test.each(DATABASEROLLEN)('%s cannot change the schema, nor who may what', async (rol) => {
    for (const opdracht of [
      'create table van_mij (x int)',
      'create function van_mij() returns int language sql as $$ select 1 $$',
      'create schema van_mij',
      'alter table logboek disable trigger logboek_alleen_toevoegen',
      'alter table bericht add column x int',
      'drop table bericht',
      'drop table inhoud_rest',
      'truncate bericht cascade',
      'create index on bericht (toestand)',
      'create trigger van_mij after insert on bericht execute function clients_gewijzigd()',
      `alter function logboek_verwijder(bigint, bytea) security invoker`,
      'set session_replication_role = replica',
      `set role ${EIGENAAR}`,
    ])
      await magNiet(rol, opdracht);
    // A right that is given by who has none to give is a warning to PostgreSQL, and nothing.
    await als[rol].pool.query(`grant delete on logboek to ${NAMEN[rol]}`).catch(() => undefined);
    expect(await verschil()).toEqual([]);
  });
});

describe('the audit log', () => {
  const REGEL = `insert into logboek (gebeurtenis, actor, resultaat) values ('bericht ingezien', 'proef', 'getoond')`;

  test.each(['api', 'verwerker', 'planner', 'beheer'] as const)(
    '%s adds lines, and cannot change or remove one',
    async (rol) => {
      await als[rol].pool.query(REGEL);
      for (const opdracht of [
        'update logboek set actor = actor',
        'update logboek set actor = actor where false',
        'delete from logboek where nr = 1',
        'truncate logboek',
        'do $$ begin lock table logboek in share mode; end $$',
        'update logboek_schakel set aantal = aantal',
        'delete from logboek_schakel',
        'delete from logboek_herkomst',
        `do $$ begin perform set_config('knooppunt.logboek_opruimen', pg_current_xact_id()::text, true); delete from logboek; end $$`,
      ])
        await magNiet(rol, opdracht);
      if (rol !== 'planner') await magNiet(rol, `select logboek_verwijder(1, '')`);
    },
  );

  test('a temporary table of the caller does not stand in for the links: no line goes before its term', async () => {
    // Even for a planner that could make one, which it cannot.
    await eigenaar.pool.query(`grant temporary on database ${VOORVOEGSEL} to ${NAMEN.planner}`);
    const client = await als.planner.pool.connect();
    try {
      await client.query(`create temp table logboek_schakel as select 1::bigint as nr, 1000000::bigint as tot_regel,
        now() - interval '9 years' as laatste, null::timestamptz as opgeruimd_op, ''::bytea as afdrukken, ''::bytea as opruimzegel; grant all on logboek_schakel to public`);
      await expect(client.query(`select logboek_verwijder(1, '')`)).rejects.toThrow('there is no link');
    } finally {
      client.release(true);
    }
    await geef();
    await magNiet('planner', 'create temp table logboek_schakel (nr bigint)');
    expect((await eigenaar.pool.query('select from logboek')).rowCount).toBe(4);
  });
});

describe('a month of payloads', () => {
  const MAAND = '2031-05-01';
  const vraag = async (functie: string, maand = MAAND): Promise<unknown> =>
    (await als.planner.pool.query<{ uit: unknown }>(`select ${functie}($1::date) as uit`, [maand])).rows[0]?.uit;

  test('is made by the planner, and is for who has the whole', async () => {
    expect([await vraag('inhoud_maak_maand'), await vraag('inhoud_maak_maand')]).toEqual([true, false]);
    await expect(vraag('inhoud_maak_maand', '2031-06-02')).rejects.toThrow('whole month');
    expect(await verschil()).toEqual([]);
    await magNiet('inzien', 'select from inhoud_2031_05');
    await magNiet('api', 'delete from inhoud_2031_05');
    await magNiet('api', `select inhoud_maak_maand('${MAAND}')`);
  });

  test('goes when it is empty, and only then', async () => {
    const id = '01890000-0000-7000-8000-000000000001';
    await als.api.pool.query(
      `insert into inhoud (bericht_id, sleutel_id, cijfertekst, maand) values ('${id}', 's', '', '${MAAND}')`,
    );
    expect(await vraag('inhoud_verwijder_maand')).toBe(false);
    await magNiet('planner', 'drop table inhoud_2031_05');
    await magNiet('api', `select inhoud_verwijder_maand('${MAAND}')`);
    await als.planner.pool.query(`delete from inhoud where bericht_id = '${id}'`);
    expect([await vraag('inhoud_verwijder_maand'), await vraag('inhoud_verwijder_maand')]).toEqual([true, false]);
  });
});

describe('what is not as it should be', () => {
  test('a new table is closed to all until it has a row', async () => {
    await eigenaar.pool.query('create table nieuw (x int generated always as identity)');
    for (const rol of DATABASEROLLEN) await magNiet(rol, 'select from nieuw');
    await expect(geef()).rejects.toThrow('nieuw');
    await eigenaar.pool.query('drop table nieuw');
  });

  test('too much is seen at the start and taken back, on columns and from everybody as well', async () => {
    await eigenaar.pool.query(`grant delete on logboek to ${NAMEN.api}; grant update (actor) on logboek to ${NAMEN.verwerker};
      grant select on betrokkene to public; grant create on schema public to public; grant connect on database ${VOORVOEGSEL} to public`);
    expect(await eisRechten(als.api.pool, ['api'])).toEqual(
      expect.arrayContaining(['DELETE op table logboek', 'CREATE op schema public']),
    );
    expect(await eisRechten(als.inzien.pool, ['inzien'])).toContain('SELECT op table betrokkene');
    expect(await verschil()).toHaveLength(5);
    await geef();
    expect([await verschil(), await eisRechten(als.api.pool, ['api'])]).toEqual([[], []]);
    await magNiet('verwerker', `update logboek set actor = 'x'`);
  });

  test('too little refuses to start, with what to do', async () => {
    await eigenaar.pool.query(`revoke insert on bericht from ${NAMEN.api}`);
    await expect(eisRechten(als.api.pool, ['api'])).rejects.toThrow(
      'mist rechten voor api (INSERT op table bericht): voer als eigenaar `knooppunt database rechten` uit',
    );
    await expect(eisRechten(als.api.pool, ['planner'])).rejects.toThrow('de DATABASE_URL van de juiste rol');
    await geef();
  });

  test('an owner has all that is needed, and is told that it has more', async () => {
    expect(await eisRechten(eigenaar.pool, ['api', 'verwerker', 'planner'])).toEqual(
      expect.arrayContaining(['is eigenaar van tabellen', 'TRUNCATE op table logboek']),
    );
    expect((await eisRechten(server.pool, []))[0]).toBe('is superuser');
  });

  test('who may not give rights hears so, and nothing changes', async () => {
    await expect(verleenRechten(als.beheer, { ...NAMEN, inzien: NAMEN.api }, true)).rejects.toThrow('als eigenaar');
    expect(await verschil()).toEqual([]);
  });

  test('a schema that is behind is told by name to who cannot bring it up to date', async () => {
    expect(await migreer(als.api)).toEqual([]);
    await eigenaar.pool.query(`update migratie set naam = '0018-anders.sql' where naam like '0018-%'`);
    await expect(migreer(als.api)).rejects.toThrow(/loopt achter .*0018-bewaking\.sql.*`knooppunt database migreer`/);
    await eigenaar.pool.query(`update migratie set naam = '0018-bewaking.sql' where naam like '0018-%'`);
  });

  test('without keys the api says who makes them, and makes none itself', async () => {
    const plek = { sleutelbestand: undefined, data: map.pad };
    await expect(Sleutelring.open(plek, als.api)).rejects.toThrow('start eerst de planner');
    await (await Sleutelring.open(plek, als.planner)).sluit();
    await (await Sleutelring.open(plek, als.api)).sluit();
    await magNiet('api', `update gegevenssleutel set gewikkeld = null`);
  });
});

test('the commands: seeing a difference, giving rights, and as whom a command is to be given', async () => {
  const uit: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((tekst: string) => void uit.push(tekst));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.stubEnv('DATABASE_URL', adres(EIGENAAR));
  vi.stubEnv('KNOOPPUNT_DATA', map.pad);
  try {
    await eigenaar.pool.query(`grant update on logboek to ${NAMEN.api}`);
    const rechten = (...opties: string[]) => voerDatabaseUit(['rechten', '--voorvoegsel', VOORVOEGSEL, ...opties]);
    expect(await rechten('--controleer')).toBe(1);
    expect(uit.splice(0)).toEqual([`${NAMEN.api}: table logboek: INSERT, SELECT, UPDATE -> INSERT, SELECT`]);
    expect([await rechten(), await rechten('--controleer')]).toEqual([0, 0]);
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
  const { rows } = await eigenaar.pool.query(`select details from logboek where gebeurtenis = 'databaserechten gezet'`);
  expect(rows).toEqual([{ details: { voorvoegsel: VOORVOEGSEL, wijzigingen: 1 } }]);
  const vreemd = await voerCliUit(['bewaren'], { DATABASE_URL: adres(NAMEN.api), KNOOPPUNT_DATA: map.pad });
  expect(vreemd).toMatchObject({ code: 1, fout: expect.stringContaining('de DATABASE_URL van planner') });
});
