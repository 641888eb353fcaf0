/** The tables in memory: a change takes effect within seconds, and while PostgreSQL is away the last known holds. */
import { afterAll, describe, expect, inject, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import { openDatabase } from '#src/opslag/database.ts';
import { wachtTot } from '#src/proces.ts';
import { richtingVan, vensterSleutel } from '#src/routering/feiten.ts';
import { demoOrganisaties, registreer } from '#src/routering/organisaties.ts';
import type { Indiener } from '#src/routering/rechten.ts';
import { Routering } from '#src/routering/routering.ts';
import { BERICHTSOORTEN } from '#src/standards/catalogus.ts';
import { luisterAf } from '../hulp/afluisteraar.ts';
import { soort } from '../hulp/berichten.ts';
import { type Gegevensbank, maakGegevensbank } from '../hulp/gegevensbank.ts';

/** The promise. */
const BINNEN_MS = 5000;
/** Long enough to be too old to use. */
const STIL_MS = 4000;

async function wereld(): Promise<Gegevensbank> {
  const nieuw = await maakGegevensbank({ max: 4 });
  const gemeenten = ['0001', '0002', '0003', '0004'].map((code) => ({ code, soort: 'gemeente' as const, naam: code }));
  const codes = ['98000001', '98000002', '98000003', '98000004', '98000005'];
  const aanbieders = codes.map((code) => ({ code, soort: 'aanbieder' as const, naam: code }));
  await registreer(nieuw.database, [...gemeenten, ...aanbieders]);
  return nieuw;
}
const bank = await wereld();
afterAll(() => bank.weg());

const doe = (sql: string) => bank.database.pool.query(sql);
const GEMEENTE = { id: 'gemeente', namens: new Set(['0001']) };
const BUREAU = { id: 'bureau', namens: new Set<string>() };
/** Which rule refuses a message of 0001 to this aanbieder? */
const regelVan = async (routering: Routering, ontvanger = '98000001', code = 'WMO301', wie: Indiener = GEMEENTE) =>
  (await routering.oordeel({ soort: soort(code), afzender: '0001', ontvanger }, wie, new Date()))?.regel ?? 'mag';

describe('a change in the database takes effect within 5 seconds, without a restart:', () => {
  test('of every kind, made behind our back', async () => {
    const routering = new Routering(bank.database);
    const stand = async () => ({
      bevriezing: await regelVan(routering, '98000001', 'WMO319'),
      venster: await regelVan(routering, '98000001', 'JW319'),
      deelname: await regelVan(routering, '98000002'),
      geldigheid: await regelVan(routering, '98000003'),
      machtiging: await regelVan(routering, '98000001', 'WMO301', BUREAU),
      opvolger: await routering.postbusVan('0002', new Date()),
      endpoint: await routering.stufEndpoint('0003'),
    });
    expect(await stand()).toEqual({
      bevriezing: 'mag',
      venster: 'mag',
      deelname: 'mag',
      geldigheid: 'mag',
      machtiging: 'machtiging',
      opvolger: '0002',
      endpoint: undefined,
    });
    await doe(`insert into bevriezing (vanaf, reden, berichtsoorten) values (date_trunc('minute', now()), 'proef', '{WMO319}');
      update venster set tot = now() where berichtsoort = 'JW319';
      delete from deelname where organisatie = '98000002';
      update organisatie set geldig_tot = current_date - 2 where code = '98000003';
      insert into machtiging (client, organisatie, domein, vanaf) values ('bureau', '0001', 'iwmo', now());
      update organisatie set geldig_tot = current_date - 2, opvolger = '0003' where code = '0002';
      insert into stuf_endpoint values ('0003', 'https://stuf.example', true, 60);`);
    await expect.poll(stand, { timeout: BINNEN_MS }).toEqual({
      bevriezing: 'bevriezing',
      venster: 'venster',
      deelname: 'deelname ontvanger',
      geldigheid: 'ontvanger geldig',
      machtiging: 'mag',
      opvolger: '0003',
      endpoint: { url: 'https://stuf.example', gestopt: true, budgetPerMinuut: 60 },
    });
    expect(await routering.volgOp('0002', new Date('2020-01-01'))).toBe('0002');
  });

  test('also when nobody asked anything in the meantime: the first answer is right', async () => {
    const routering = new Routering(bank.database);
    expect(await regelVan(routering, '98000004')).toBe('mag');
    const begin = performance.now();
    await doe(`delete from deelname where organisatie = '98000004'`);
    await wachtTot(() => performance.now() - begin > STIL_MS, { ms: 2 * STIL_MS, wat: 'nobody asking' });
    expect(await regelVan(routering, '98000004')).toBe('deelname ontvanger');
  });

  test('at once when it is our own, also for those who ask at the same moment', async () => {
    const routering = new Routering(bank.database);
    expect(await regelVan(routering, '98000005')).toBe('mag');
    await doe(`delete from deelname where organisatie = '98000005'`);
    await Promise.all([routering.ververs(), routering.ververs()]);
    expect(await regelVan(routering, '98000005')).toBe('deelname ontvanger');
  });
});

describe('reading', () => {
  test('happens once for many who ask, and brings the tables only when something changed', async () => {
    const { database, vragen } = luisterAf(bank.database);
    const routering = new Routering(database);
    await Promise.all(Array.from({ length: 100 }, () => regelVan(routering)));
    expect(vragen).toHaveLength(1);
    const feiten = await routering.feiten();
    await routering.ververs();
    expect(await routering.feiten()).toBe(feiten);
    expect(vragen).toHaveLength(2);
    for (let nr = 0; nr < 1000; nr += 1) await regelVan(routering);
    expect(vragen).toHaveLength(2);
  });

  test('gives days in Dutch time, in winter and in summer, the last one included', async () => {
    await doe(`update organisatie set geldig_vanaf = '2026-01-01', geldig_tot = '2026-06-30' where code = '0004'`);
    await doe(
      `update deelname set vanaf = '2026-03-29', tot = '2026-10-24' where organisatie = '0004' and domein = 'ijw'`,
    );
    const wie = (await new Routering(bank.database).feiten()).organisaties.get('0004');
    const tekst = (moment = 0): string => new Date(moment).toISOString();
    expect([tekst(wie?.geldig.vanaf), tekst(wie?.geldig.tot)]).toEqual([
      '2025-12-31T23:00:00.000Z',
      '2026-06-30T22:00:00.000Z',
    ]);
    const ijw = wie?.deelname.get('ijw');
    expect([tekst(ijw?.vanaf), tekst(ijw?.tot)]).toEqual(['2026-03-28T23:00:00.000Z', '2026-10-24T22:00:00.000Z']);
  });

  test('holds a freeze that was lifted, or that is yet to begin, for what it is', async () => {
    await doe(`insert into bevriezing (vanaf, reden, berichtsoorten, opgeheven_op) values
      (date_trunc('minute', now()) + interval '1 hour', 'straks', '{JW301}', null),
      (date_trunc('minute', now()) - interval '1 hour', 'voorbij', '{JW301}', now() - interval '1 second')`);
    const routering = new Routering(bank.database);
    expect(await regelVan(routering, '98000001', 'JW301')).toBe('mag');
    const straks = new Date(Date.now() + 2 * 3_600_000);
    const adres = { soort: soort('JW301'), afzender: '0001', ontvanger: '98000001' };
    await expect(routering.eis(adres, GEMEENTE, straks)).rejects.toMatchObject({
      soort: 'berichtsoortBevroren',
      details: expect.stringMatching(/^Regel bevriezing: /),
    });
  });
});

describe('while PostgreSQL', () => {
  /** On another connection than the pool of the test. */
  async function opServer(...opdrachten: readonly string[]): Promise<void> {
    const server = openDatabase(inject('databaseUrl'), { max: 1 });
    for (const opdracht of opdrachten) await server.pool.query(opdracht);
    await server.sluit();
  }

  /** Asks on and on until what was known is older than anything used without asking. @returns the longest that anybody waited */
  async function vraagDoor(routering: Routering): Promise<number> {
    const begin = performance.now();
    let traagste = 0;
    await wachtTot(
      async () => {
        const hier = performance.now();
        expect(await regelVan(routering)).toBe('mag');
        traagste = Math.max(traagste, performance.now() - hier);
        return performance.now() - begin > BINNEN_MS;
      },
      { ms: 4 * BINNEN_MS, wat: 'five seconds of asking' },
    );
    return traagste;
  }

  test('is away, the last known holds, and the operator hears; when it is back, so are its changes', async () => {
    const eigen = await wereld();
    try {
      const gehoord: unknown[] = [];
      const routering = new Routering(eigen.database, { opFout: (fout) => gehoord.push(fout) });
      expect(await regelVan(routering)).toBe('mag');
      const naam = new URL(eigen.url).pathname.slice(1);
      await opServer(
        `alter database ${naam} allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${naam}'`,
      );
      await vraagDoor(routering);
      expect(gehoord.length).toBeGreaterThan(0);
      // Who was never told anything has nothing to go by: that is our failure, not a refusal.
      await expect(regelVan(new Routering(eigen.database))).rejects.not.toBeInstanceOf(KnooppuntFout);

      await opServer(`alter database ${naam} allow_connections true`);
      await eigen.database.pool.query(`delete from deelname where organisatie = '98000001'`);
      await expect.poll(() => regelVan(routering), { timeout: BINNEN_MS }).toBe('deelname ontvanger');
    } finally {
      await eigen.weg();
    }
  });

  test('hangs, nobody waits longer than a moment', async () => {
    const routering = new Routering(bank.database);
    await regelVan(routering);
    const slot = await bank.database.pool.connect();
    try {
      await slot.query('begin; lock table routering_stand in access exclusive mode');
      expect(await vraagDoor(routering)).toBeLessThan(BINNEN_MS / 2);
    } finally {
      await slot.query('rollback');
      slot.release();
    }
  });
});

describe('the start', () => {
  test('every berichtsoort of release 3.2 has an open window, in its direction', async () => {
    const { rows } = await doe('select berichtsoort, release, richting from venster');
    const soorten = BERICHTSOORTEN.filter(({ release }) => release === '3.2');
    expect(rows.map((rij) => vensterSleutel(rij.berichtsoort, rij.release, rij.richting)).sort()).toEqual(
      soorten.map((rij) => vensterSleutel(rij.code, rij.release, richtingVan(rij))).sort(),
    );
  });

  test('the demo registers everybody, in both domeinen, and leaves alone what is there', async () => {
    await registreer(bank.database, demoOrganisaties());
    await registreer(bank.database, demoOrganisaties());
    const { organisaties } = await new Routering(bank.database).feiten();
    for (const { code } of demoOrganisaties()) expect(organisaties.has(code), code).toBe(true);
    expect(organisaties.get('0363')?.deelname.size).toBe(2);
    expect(organisaties.get('98000002')?.deelname.size).toBe(0);
  });

  test('the database itself refuses what cannot be', async () => {
    for (const sql of [
      `insert into organisatie (code, soort, naam) values ('0344', 'aanbieder', 'x')`,
      `insert into organisatie (code, soort, naam) values ('ABC', 'ketenpartij', 'x')`,
      `insert into organisatie (code, soort, naam) values ('98000009', 'zorgkantoor', 'x')`,
      `update organisatie set opvolger = '98000001' where code = '0001'`,
      `update organisatie set opvolger = '0001', geldig_tot = current_date where code = '0001'`,
      `update organisatie set geldig_vanaf = '2026-02-01', geldig_tot = '2026-01-31' where code = '0001'`,
      `insert into deelname values ('0001', 'iwlz', null, null)`,
      `insert into stuf_endpoint values ('0001', 'ftp://stuf.example', false, 60)`,
      `insert into stuf_endpoint values ('0001', 'https://stuf.example', false, 0)`,
      `insert into machtiging (client, organisatie, domein, vanaf) values ('x', '9999', 'iwmo', now())`,
      `insert into bevriezing (vanaf, reden) values ('2026-03-30T08:00:30Z', 'x')`,
      `insert into bevriezing (vanaf, reden, berichtsoorten) values ('2026-03-30T08:00Z', 'x', '{}')`,
      `insert into venster values ('WMO301', '3.2', 'aanbieder-aanbieder', now(), null)`,
    ])
      await expect(doe(sql), sql).rejects.toThrow(/check constraint|foreign key/);
  });
});
