/** Changes by the operator: a reason for each, one audit line in the same transaction, and nothing kept of what is refused. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import { bladerKaarten, leesKaart } from '#src/routering/kaartenbak.ts';
import { type Kaartwijziging, wijzigKaart } from '#src/routering/kaartwijziging.ts';
import { geefMachtiging, leesMachtigingen, trekMachtigingIn } from '#src/routering/machtigingen.ts';
import { maakGegevensbank } from '../hulp/gegevensbank.ts';
import { begin, eisGeweigerd, logboekVan, NU, OPDRACHT, op } from './beheerhulp.ts';

const { database, weg } = await maakGegevensbank();
afterAll(weg);
beforeEach(() => begin(database));
const logboek = () => logboekVan(database);
const geweigerd = (doe: () => Promise<unknown>, soort?: string, details?: RegExp): Promise<void> =>
  eisGeweigerd(database, doe, soort, details);

describe('every change', () => {
  const machtiging = { client: 'x', organisatie: '0001', domein: 'iwmo', vanaf: NU, tot: null } as const;

  test.each([
    ['none', ''],
    ['too short', 'ok'],
    ['only spaces', '         '],
    ['too long', 'x'.repeat(201)],
    ['a burgerservicenummer', 'op verzoek van 123456782'],
    ['a burgerservicenummer with dots', 'zie 123.456.782'],
  ])('needs a reden: %s will not do', async (_naam, reden) => {
    await geweigerd(() => geefMachtiging(database, { ...OPDRACHT, reden }, machtiging), 'invoerOngeldig', /reden/);
  });

  test.each(['verzoek 2026-114', 'AGB 98000001 gestopt', 'per 2026-03-30 08:00', 'tel. 070 1234567'])(
    'takes an ordinary reden: %s',
    async (reden) => {
      await geefMachtiging(database, { ...OPDRACHT, reden }, machtiging);
      expect((await logboek())[0]?.details).toMatchObject({ reden });
    },
  );

  test('is undone when its audit line cannot be written', async () => {
    await database.pool.query(`alter table logboek add constraint proef check (actor <> 'kapot')`);
    try {
      await expect(geefMachtiging(database, { ...OPDRACHT, actor: 'kapot' }, machtiging)).rejects.toThrow(/proef/);
      expect(await leesMachtigingen(database.pool)).toEqual([]);
    } finally {
      await database.pool.query('alter table logboek drop constraint proef');
    }
  });

  test('happens one at a time: two that would close a circle together do not', async () => {
    const tot = { geldigTot: '2025-12-31' };
    const uitslagen = await Promise.allSettled([
      wijzigKaart(database, OPDRACHT, '0001', { ...tot, opvolger: '0002' }),
      wijzigKaart(database, OPDRACHT, '0002', { ...tot, opvolger: '0001' }),
    ]);
    expect(uitslagen.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('an organisation', () => {
  test('is changed in what is said; the rest stays as it is', async () => {
    const stuf = { url: 'https://stuf.example/ggk' };
    expect(await wijzigKaart(database, OPDRACHT, '0001', { stuf, deelname: { ijw: null } })).toEqual({
      code: '0001',
      soort: 'gemeente',
      naam: 'Een',
      geldigVanaf: null,
      geldigTot: null,
      opvolger: null,
      deelname: { iwmo: { vanaf: null, tot: null }, ijw: null },
      stuf: { ...stuf, gestopt: false, budgetPerMinuut: 60 },
    });
    // The stop switch alone.
    const gestopt = await wijzigKaart(database, OPDRACHT, '0001', { stuf: { gestopt: true } });
    expect(gestopt.stuf).toEqual({ ...stuf, gestopt: true, budgetPerMinuut: 60 });
    expect(await leesKaart(database.pool, '0001')).toEqual(gestopt);
    const zonder = await wijzigKaart(database, OPDRACHT, '0001', {
      stuf: null,
      geldigTot: '2025-12-31',
      opvolger: '0002',
    });
    expect(zonder).toMatchObject({ stuf: null, geldigTot: '2025-12-31', opvolger: '0002', deelname: { ijw: null } });
    expect(await leesKaart(database.pool, '0001')).toEqual(zonder);
    expect(
      (await logboek()).map(({ namens, resultaat, details }) => [namens, resultaat, Object.keys(details).sort()]),
    ).toEqual([
      ['0001', 'gewijzigd', ['ijw', 'reden', 'stuf']],
      ['0001', 'gewijzigd', ['reden', 'stuf']],
      ['0001', 'gewijzigd', ['geldigTot', 'opvolger', 'reden', 'stuf']],
    ]);
  });

  test('is added under a new code, taking part in nothing; a change that changes nothing is not noted', async () => {
    expect(await wijzigKaart(database, OPDRACHT, 'CAK', { naam: 'CAK' })).toMatchObject({
      soort: 'ketenpartij',
      deelname: { iwmo: null, ijw: null },
    });
    await wijzigKaart(database, OPDRACHT, 'CAK', { naam: 'CAK' });
    expect((await logboek()).map(({ namens, resultaat }) => [namens, resultaat])).toEqual([['CAK', 'toegevoegd']]);
  });

  test.each<readonly [string, string, Kaartwijziging, RegExp]>([
    ['a code that is none', '123', { naam: 'x' }, /De code heeft niet de juiste vorm/],
    ['a new code without a name', '0009', {}, /heeft een naam nodig/],
    ['an end before the beginning', '0001', { geldigVanaf: '2026-02-01', geldigTot: '2026-01-01' }, /^geldigTot ligt/],
    ['a successor nobody knows', '0001', { geldigTot: '2025-12-31', opvolger: '0999' }, /^opvolger staat niet/],
    ['an endpoint that is no address', '0001', { stuf: { url: 'stuf' } }, /^stuf\.url is geen webadres/],
    ['an endpoint without an address', '0001', { stuf: { gestopt: true } }, /^stuf\.url is geen webadres/],
    ['an endpoint without TLS', '0001', { stuf: { url: 'http://stuf.example' } }, /^stuf\.url moet met https/],
    ['an endpoint with a password', '0001', { stuf: { url: 'https://a:b@stuf.example' } }, /wachtwoord/],
    ['an endpoint that is a file', '0001', { stuf: { url: 'file:///etc/passwd' } }, /^stuf\.url is geen webadres/],
  ])('is refused with %s', async (_naam, code, wijziging, details) => {
    await geweigerd(() => wijzigKaart(database, OPDRACHT, code, wijziging), 'invoerOngeldig', details);
  });

  test('on a machine of our own may be reached without TLS', async () => {
    const { stuf } = await wijzigKaart(database, OPDRACHT, '0001', { stuf: { url: 'http://127.0.0.1:9000/stuf' } });
    expect(stuf?.url).toBe('http://127.0.0.1:9000/stuf');
  });

  test('can be browsed in pages, by kind', async () => {
    const codes = async (na: string, soort?: string) =>
      (await bladerKaarten(database.pool, { aantal: 2, na, soort })).map(({ code }) => code);
    expect([await codes(''), await codes('0002'), await codes('', 'aanbieder')]).toEqual([
      ['0001', '0002'],
      ['98000001'],
      ['98000001'],
    ]);
  });
});

describe('a machtiging', () => {
  const nieuw = {
    client: 'bureau',
    organisatie: '0001',
    domein: 'iwmo',
    vanaf: op('2026-01-01T00:00Z'),
    tot: null,
  } as const;

  test('is given and withdrawn, each with its line; what was, stays on record', async () => {
    const gegeven = await geefMachtiging(database, OPDRACHT, nieuw);
    expect(await leesMachtigingen(database.pool, { client: 'bureau' })).toEqual([gegeven]);
    expect(await trekMachtigingIn(database, OPDRACHT, nieuw, NU)).toEqual([{ ...gegeven, tot: NU }]);
    expect(await trekMachtigingIn(database, OPDRACHT, { id: gegeven.id }, NU)).toEqual([]);
    expect(await leesMachtigingen(database.pool, { organisatie: '0001' })).toEqual([{ ...gegeven, tot: NU }]);
    expect(await logboek()).toEqual([
      {
        gebeurtenis: 'machtiging gegeven',
        actor: 'beheer',
        namens: '0001',
        resultaat: 'gegeven',
        details: {
          machtiging: gegeven.id,
          client: 'bureau',
          domein: 'iwmo',
          vanaf: '2026-01-01T00:00:00.000Z',
          tot: '-',
          reden: OPDRACHT.reden,
        },
      },
      expect.objectContaining({
        gebeurtenis: 'machtiging ingetrokken',
        details: expect.objectContaining({ tot: NU.toISOString() }),
      }),
    ]);
  });

  test('that is yet to begin never does; of another client, organisation or domein nothing is withdrawn', async () => {
    const later = await geefMachtiging(database, OPDRACHT, { ...nieuw, vanaf: op('2027-01-01T00:00Z') });
    for (const ander of [{ client: 'x' }, { organisatie: '0002' }, { domein: 'ijw' as const }])
      expect(await trekMachtigingIn(database, OPDRACHT, { ...nieuw, ...ander }, NU)).toEqual([]);
    expect(await trekMachtigingIn(database, OPDRACHT, { id: later.id }, NU)).toEqual([{ ...later, tot: later.vanaf }]);
    expect(await trekMachtigingIn(database, OPDRACHT, { id: later.id }, NU)).toEqual([]);
  });

  test('is refused for an organisation that is not there, or that ends before it begins', async () => {
    await geweigerd(() => geefMachtiging(database, OPDRACHT, { ...nieuw, organisatie: '0999' }));
    await geweigerd(async () => geefMachtiging(database, OPDRACHT, { ...nieuw, tot: nieuw.vanaf }));
  });
});

test('a refusal is one of the registry', async () => {
  await expect(wijzigKaart(database, OPDRACHT, '0009', {})).rejects.toBeInstanceOf(KnooppuntFout);
});
