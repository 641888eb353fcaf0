/** A delivery becomes the register whole, or not at all: on a real database. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { KnooppuntFout, type WeigeringSoort } from '#src/fouten.ts';
import { leesSleutels } from '#src/opslag/sleutels.ts';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { wachtTot } from '#src/proces.ts';
import { type Aanlevering, type Ingelezen, type Inlezer, leesLeveringIn } from '#src/wlz-samenloop/register/inlezen.ts';
import { leesLevering, leesLopende, leesRegister } from '#src/wlz-samenloop/register/leveringen.ts';
import { maakGegevensbank } from '../../hulp/gegevensbank.ts';
import { laatLogboekLos } from '../../hulp/logboek.ts';
import { maakTijdelijkeMap } from '../../hulp/tijdelijk.ts';
import {
  cizDat,
  indicatie,
  inStukken,
  type Manifestkeuze,
  manifestVan,
  type Proefindicatie,
  testBsn,
} from '../../hulp/wlz.ts';
import { io31, ir, type Register } from '../../hulp/wlz-vormen.ts';

const { database, weg } = await maakGegevensbank();
await laatLogboekLos(database);
const map = await maakTijdelijkeMap();
const config = leesConfig({ KNOOPPUNT_DATA: map.pad });
const sleutels = leesSleutels(config);
const inlezer: Inlezer = { database, sleutels, wlz: config.wlz, alleenTestBsn: true };
afterAll(async () => {
  await weg();
  await map.weg();
});
beforeEach(async () => {
  await database.pool.query('truncate wlz_indicatie, wlz_register, wlz_levering, logboek');
});

const vanPersoon = (bsn: string): string => pseudoniem(sleutels, bsn).toString('hex');
/** The register as it is, by besluitnummer. */
async function register(): Promise<readonly unknown[]> {
  const { rows } = await database.pool.query(
    `select encode(bsn_hmac, 'hex') as wie, besluitnummer::int as nr, ingangsdatum::text as van, einddatum::text as tot, vervaldatum::text as verval
     from wlz_indicatie_actueel order by besluitnummer`,
  );
  return rows;
}
const rij = (nr: number, anders: object = {}) => ({
  wie: vanPersoon(testBsn(nr - 1)),
  nr: 1000 + nr,
  van: '2024-01-01',
  tot: null,
  verval: null,
  ...anders,
});
const leesIn = (tekst: string, anders: Partial<Aanlevering> = {}): Promise<Ingelezen> =>
  leesLeveringIn(inlezer, { stroom: inStukken(tekst), vorm: 'ciz-dat', actor: 'proef', ...anders });
const lever = (rijen: readonly Proefindicatie[], keuze: Manifestkeuze = {}, anders: Partial<Aanlevering> = {}) =>
  leesIn(cizDat(rijen, keuze), anders);
const weigering = (soort: WeigeringSoort) => expect.objectContaining({ soort });
const lijst = (aantal: number): Proefindicatie[] => Array.from({ length: aantal }, (_, nr) => indicatie(nr + 1));
/** A later manifest: the clock of the test may not have moved. */
const later = (volgnummer: number, anders: Manifestkeuze = {}): Manifestkeuze => ({ volgnummer, ...anders });

describe('a full delivery', () => {
  test('is the register, with nothing of a person but a keyed hash', async () => {
    const { levering, herhaling } = await lever([
      indicatie(1),
      indicatie(2, { einddatum: '2024-05-31', vervaldatum: '2023-01-01' }),
    ]);
    expect(await register()).toEqual([rij(1), rij(2, { tot: '2024-05-31', verval: '2023-01-01' })]);
    expect(levering).toMatchObject({ toestand: 'verwerkt', gelezen: 2, toegevoegd: 2, gewijzigd: 0, verwijderd: 0 });
    expect(herhaling).toBe(false);
    expect(await leesRegister(database.pool)).toMatchObject({
      volgnummer: 1,
      aantal: 2,
      leveringId: levering.leveringId,
    });
  });

  test('replaces the one before: what is gone is gone, what changed is changed, the rest is not touched', async () => {
    const eerst = await lever(lijst(40));
    const rijen = lijst(41).filter((_, nr) => nr !== 5);
    rijen[0] = indicatie(1, { einddatum: '2025-01-31' });
    const { levering } = await lever(rijen, later(2));
    expect(levering).toMatchObject({ toegevoegd: 1, gewijzigd: 1, verwijderd: 1 });
    expect(await register()).toEqual([
      rij(1, { tot: '2025-01-31' }),
      ...[...Array(40)].map((_, nr) => rij(nr + 2)).filter(({ nr }) => nr !== 1006),
    ]);
    const { rows } = await database.pool.query(
      'select levering_id as id, count(*)::int as aantal from wlz_indicatie group by 1 order by 2',
    );
    expect(rows).toEqual([
      { id: levering.leveringId, aantal: 2 },
      { id: eerst.levering.leveringId, aantal: 38 },
    ]);
  });

  test('of the same again does nothing, and says so', async () => {
    const tekst = cizDat(lijst(3));
    const eerst = await leesIn(tekst);
    await lever(lijst(4), later(2));
    const weer = await leesIn(tekst);
    expect(weer).toEqual({ levering: eerst.levering, herhaling: true });
    expect(await leesRegister(database.pool)).toMatchObject({ volgnummer: 2, aantal: 4 });
    expect((await database.pool.query('select from wlz_levering')).rowCount).toBe(2);
  });

  test('that only claims to be the same is refused', async () => {
    const tekst = cizDat(lijst(3));
    await leesIn(tekst);
    await expect(leesIn(tekst.replace('2024-01-01', '2024-01-02'))).rejects.toThrow(weigering('wlzManifestKloptNiet'));
    await expect(lever(lijst(4))).rejects.toThrow(weigering('wlzVolgnummerGebruikt'));
  });
});

describe('two rows of one besluit', () => {
  test('that are equal count once; of two that differ the last counts; both are counted', async () => {
    const { levering } = await lever([
      indicatie(1),
      indicatie(1),
      indicatie(2),
      indicatie(2, { einddatum: '2024-12-31' }),
      indicatie(2, { besluitnummer: '0001002', einddatum: '2025-12-31' }),
    ]);
    expect(await register()).toEqual([rij(1), rij(2, { tot: '2025-12-31' })]);
    expect(levering.tellers.opgemerkt).toEqual({ dubbel: 3, dubbelMetVerschil: 1 });
  });

  test('of which the last is rejected: the last that is right counts', async () => {
    const rijen = [...lijst(40), indicatie(1, { einddatum: '2024-12-31' }), indicatie(1, { einddatum: '2023-12-31' })];
    const { levering } = await lever(rijen);
    expect((await register())[0]).toEqual(rij(1, { tot: '2024-12-31' }));
    expect(levering.tellers.afgekeurd).toEqual({ eindeVoorBegin: 1 });
  });

  test('of two persons: the last counts, and it is counted as a difference', async () => {
    const { levering } = await lever([indicatie(1), indicatie(2, { besluitnummer: '1001' })]);
    expect(await register()).toEqual([{ ...rij(2), nr: 1001 }]);
    expect(levering.tellers.opgemerkt).toEqual({ dubbel: 1, dubbelMetVerschil: 1 });
  });
});

describe('a rejected row', () => {
  test('is told by its place and reason, and changes nothing of what was known of its besluit', async () => {
    await lever(lijst(40));
    const rijen = lijst(40);
    rijen[6] = indicatie(7, { ingangsdatum: '2024-02-30' });
    const { levering } = await lever(rijen, later(2));
    expect(levering).toMatchObject({
      toegevoegd: 0,
      gewijzigd: 0,
      verwijderd: 0,
      afkeuringen: [{ regel: 8, reden: 'ingangsdatumOngeldig' }],
    });
    expect(levering.tellers.afgekeurd).toEqual({ ingangsdatumOngeldig: 1 });
    expect(await register()).toHaveLength(40);
  });

  test('too many of them refuse the delivery', async () => {
    await lever(lijst(40));
    const rijen = lijst(40).map((een, nr) => (nr < 3 ? { ...een, bsn: '999900007' } : een));
    await expect(lever(rijen, later(2))).rejects.toThrow(weigering('wlzTeVeelAfgekeurd'));
    const { levering } = await lever(rijen, later(2), {
      toegestaan: new Set(['afgekeurd']),
      reden: 'bekend bij het CIZ',
    });
    expect(levering.tellers.afgekeurd).toEqual({ bsnOngeldig: 3 });
  });
});

describe('a mutation', () => {
  test('adds, changes and withdraws, and leaves the rest', async () => {
    await lever(lijst(40));
    const { levering } = await lever(
      [
        indicatie(41, { mutatie: 'T' }),
        indicatie(2, { mutatie: 'W', vervaldatum: '2024-06-01' }),
        indicatie(3, { mutatie: 'V' }),
        indicatie(99, { mutatie: 'V' }),
      ],
      later(2, { soort: 'MUTATIE' }),
    );
    expect(levering).toMatchObject({ soort: 'MUTATIE', toegevoegd: 1, gewijzigd: 1, verwijderd: 1 });
    const nu = await register();
    expect(nu).toHaveLength(40);
    expect(nu[1]).toEqual(rij(2, { verval: '2024-06-01' }));
    expect(nu[2]).toEqual(rij(4));
  });

  test('that withdraws and adds again in one file: the last counts', async () => {
    await lever(lijst(2));
    await lever(
      [indicatie(1, { mutatie: 'V' }), indicatie(1, { mutatie: 'T', einddatum: '2025-01-01' })],
      later(2, { soort: 'MUTATIE' }),
    );
    expect(await register()).toEqual([rij(1, { tot: '2025-01-01' }), rij(2)]);
  });

  test('without anything in it moves the moment of the register', async () => {
    await lever(lijst(2), { peilmoment: '2026-01-01T00:00:00Z' });
    await lever([], later(2, { soort: 'MUTATIE', peilmoment: '2026-01-02T00:00:00Z' }));
    expect(await leesRegister(database.pool)).toMatchObject({
      aantal: 2,
      peilmoment: new Date('2026-01-02T00:00:00Z'),
    });
  });
});

describe('a delivery that is refused', () => {
  const REDENEN: readonly (readonly [string, WeigeringSoort, () => Promise<unknown>])[] = [
    ['a row too few', 'wlzManifestKloptNiet', () => lever(lijst(40), later(2, { aantal: 41 }))],
    ['a row too many', 'wlzManifestKloptNiet', () => lever(lijst(40), later(2, { aantal: 39 }))],
    ['other bytes', 'wlzManifestKloptNiet', () => lever(lijst(40), later(2, { sha256: 'a'.repeat(64) }))],
    ['cut off', 'wlzManifestKloptNiet', () => leesIn(cizDat(lijst(40), later(2)).slice(0, -30))],
    ['a gap', 'wlzVolgordeOnderbroken', () => lever(lijst(40), { volgnummer: 3, vorigVolgnummer: 2 })],
    ['a shrink', 'wlzKrimp', () => lever(lijst(37), later(2))],
    ['nothing left', 'wlzKrimp', () => lever([], later(2))],
    [
      'a mutation that withdraws too many',
      'wlzKrimp',
      () =>
        lever(
          lijst(3).map((een) => ({ ...een, mutatie: 'V' })),
          later(2, { soort: 'MUTATIE' }),
        ),
    ],
    ['another form', 'wlzLeveringOnleesbaar', () => leesIn(cizDat(lijst(40), later(2)), { vorm: 'io31' })],
    [
      'of tomorrow',
      'wlzPeilmomentOngeldig',
      () => lever(lijst(40), later(2, { peilmoment: new Date(Date.now() + 86_400_000).toISOString() })),
    ],
  ];

  test.each(REDENEN)('(%s) leaves the register as it was, and can be seen', async (_wat, soort, doe) => {
    await lever(lijst(40), { peilmoment: '2026-01-01T00:00:00Z' });
    const [voor, stand] = [await register(), await leesRegister(database.pool)];
    await expect(doe()).rejects.toThrow(weigering(soort));
    expect(await register()).toEqual(voor);
    expect(await leesRegister(database.pool)).toEqual(stand);
    const { rows } = await database.pool.query(`select toestand, reden from wlz_levering order by id desc limit 1`);
    expect(rows).toEqual([{ toestand: 'geweigerd', reden: soort }]);
    const log = await database.pool.query(`select gebeurtenis, resultaat, actor from logboek order by nr desc limit 1`);
    expect(log.rows).toEqual([{ gebeurtenis: 'wlz-levering geweigerd', resultaat: soort, actor: 'proef' }]);
  });

  test('can come again under its number when it is right', async () => {
    await lever(lijst(40));
    await expect(lever(lijst(40), later(2, { aantal: 41 }))).rejects.toThrow();
    await lever(lijst(41), later(2));
    expect(await leesRegister(database.pool)).toMatchObject({ volgnummer: 2, aantal: 41 });
  });

  test('for a shrink or a gap passes when the operator says so, and the log says why', async () => {
    await lever(lijst(40));
    const keuze = { volgnummer: 9, vorigVolgnummer: 8 };
    const wil = { toegestaan: new Set(['gat', 'krimp'] as const), reden: 'opruiming door het CIZ' };
    await expect(lever(lijst(10), keuze, { toegestaan: new Set(['gat']) })).rejects.toThrow(weigering('wlzKrimp'));
    await lever(lijst(10), keuze, wil);
    expect(await leesRegister(database.pool)).toMatchObject({ volgnummer: 9, aantal: 10 });
    const { rows } = await database.pool.query(`select details from logboek order by nr desc limit 1`);
    expect(rows[0].details).toMatchObject({
      toegestaan: 'gat,krimp',
      reden: 'opruiming door het CIZ',
      verwijderd: 30,
      aantal: 10,
    });
  });

  test('without a manifest, or with one that is no manifest, leaves no trace but its refusal', async () => {
    for (const tekst of ['', 'bsn;besluitnummer', 'x'.repeat(10_000), '{"versie":1}\n'])
      await expect(leesIn(tekst), tekst.slice(0, 20)).rejects.toThrow(weigering('wlzManifestOngeldig'));
    expect((await database.pool.query('select from wlz_levering')).rowCount).toBe(0);
  });

  test('beyond the size that is allowed is refused at the first byte too many', async () => {
    const klein = { ...inlezer, wlz: { ...config.wlz, maxLeveringBytes: 1000 } };
    const stroom = inStukken(cizDat(lijst(40)), 100);
    await expect(leesLeveringIn(klein, { stroom, vorm: 'ciz-dat', actor: 'proef' })).rejects.toThrow(
      weigering('wlzLeveringTeGroot'),
    );
  });
});

const REGISTER: Register = [
  ...[...Array(40)].map((_, nr) => ({
    bsn: testBsn(nr),
    besluitnummer: 1001 + nr,
    ingangsdatum: '2024-01-01',
    pakketten: [['753', '1']] as const,
  })),
  { bsn: testBsn(50), besluitnummer: 2000, ingangsdatum: '2024-01-01', pakketten: [['999', '1']] },
  { bsn: testBsn(51), besluitnummer: 2001, ingangsdatum: '2024-01-01', pakketten: [['753', '3']] },
  { bsn: testBsn(52), besluitnummer: 2002, ingangsdatum: '2024-01-01', pakketten: [['997', '1']] },
  { bsn: testBsn(53), besluitnummer: 2003, ingangsdatum: '2024-01-01', pakketten: [['996', '2']] },
];

describe.each(['io31', 'indicatieregister'] as const)('as %s, with its manifest beside it', (vorm) => {
  test('what is no entitlement is left out, and counted', async () => {
    const tekst = vorm === 'io31' ? io31(REGISTER) : ir(REGISTER, { omhulsel: 'antwoord', release: 2 });
    const { levering } = await leesIn(tekst, { vorm, manifest: manifestVan(tekst, REGISTER.length) });
    expect((await register()).map((een) => (een as { nr: number }).nr)).toEqual([
      ...[...Array(40)].map((_, nr) => 1001 + nr),
      2003,
    ]);
    expect(levering.tellers).toEqual({
      afgekeurd: {},
      geenRecht: { partnerverblijf: 1, nietWlzGefinancierd: 1, alleenVoorCak: 1 },
      opgemerkt: { overgangsgroep: 1 },
    });
  });

  test('a besluit that is no entitlement any more leaves the register', async () => {
    const maak = (pakketten: readonly (readonly [string, string])[]): string => {
      const rijen = REGISTER.slice(0, 40).map((een, nr) => (nr === 0 ? { ...een, pakketten } : een));
      return vorm === 'io31' ? io31(rijen) : ir(rijen, {});
    };
    const [eerst, dan] = [maak([['753', '1']]), maak([['999', '1']])];
    await leesIn(eerst, { vorm, manifest: manifestVan(eerst, 40) });
    const { levering } = await leesIn(dan, { vorm, manifest: manifestVan(dan, 40, { volgnummer: 2 }) });
    expect(levering).toMatchObject({ verwijderd: 1, tellers: { geenRecht: { partnerverblijf: 1 } } });
  });
});

describe('while a delivery is read', () => {
  /** A stream that stops halfway until it is let go. */
  function opHoud(tekst: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    async function* stroom(): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.from(tekst);
      yield bytes.subarray(0, bytes.length / 2);
      await promise;
      yield bytes.subarray(bytes.length / 2);
    }
    return { stroom: stroom(), laatLos: resolve };
  }

  test('the register is the old one, a second delivery is refused, and how far it is can be seen', async () => {
    await lever(lijst(40));
    const { stroom, laatLos } = opHoud(cizDat(lijst(2000), later(2)));
    const bezig = leesIn('', { stroom });
    const lopend = await wachtTot(() => leesLopende(database.pool), { ms: 10_000, wat: 'a delivery that is loading' });
    expect(lopend).toMatchObject({ volgnummer: 2, toestand: 'laden', aantal: 2000 });
    await expect(lever(lijst(3), later(3))).rejects.toThrow(weigering('wlzImportLoopt'));
    expect(await register()).toHaveLength(40);
    laatLos();
    await bezig;
    expect(await register()).toHaveLength(2000);
    expect(await leesLopende(database.pool)).toBeUndefined();
  });

  test('a sender that breaks off leaves the register as it was', async () => {
    await lever(lijst(40));
    async function* afgebroken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(cizDat(lijst(41), later(2)).slice(0, 500));
      throw new KnooppuntFout('invoerOngeldig', 'Het verzoek is niet volledig ontvangen.');
    }
    await expect(leesIn('', { stroom: afgebroken() })).rejects.toThrow(weigering('invoerOngeldig'));
    expect(await register()).toHaveLength(40);
    await lever(lijst(41), later(2));
    expect(await register()).toHaveLength(41);
  });

  test('a connection to the database that is cut breaks it off; the next one goes through', async () => {
    await lever(lijst(40));
    const { stroom, laatLos } = opHoud(cizDat(lijst(3000), later(2)));
    const bezig = leesIn('', { stroom }).then(
      () => 'gelukt',
      () => 'afgebroken',
    );
    const lopend = await wachtTot(() => leesLopende(database.pool), { ms: 10_000, wat: 'a delivery that is loading' });
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
       and database = (select oid from pg_database where datname = current_database())`,
    );
    laatLos();
    expect(await bezig).toBe('afgebroken');
    expect(await leesLevering(database.pool, lopend.leveringId)).toMatchObject({ toestand: 'afgebroken', reden: null });
    expect(await register()).toHaveLength(40);
    await lever(lijst(3000), later(2));
    expect(await register()).toHaveLength(3000);
  });
});
