/** Retention: what is due goes, and nothing that somebody still needs. */
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { maandenVan } from '#src/bewaren/maanden.ts';
import { proef } from '#src/bewaren/proef.ts';
import { maandVan, SCHEMA, STANDAARD_TERMIJNEN } from '#src/bewaren/regels/termijnen.ts';
import { doeRonde } from '#src/bewaren/ronde.ts';
import { ruimSleutelsOp } from '#src/bewaren/sleutels.ts';
import { leesGegevenssleutels } from '#src/opslag/gegevenssleutels.ts';
import { ontsleutel } from '#src/opslag/versleuteling.ts';
import { bevestig, blader, haalOp, postbussenMetPost } from '#src/postbus/postbus.ts';
import { leesInhoud } from '#src/verwerking/volgen.ts';
import { laatLogboekLos } from '../hulp/logboek.ts';
import { maakBaan } from '../hulp/vulling.ts';
import { maakSleutelbank } from '../sleutelbeheer/hulp.ts';
import { type Gemeld, geleden, leeg, leg, NU, plekVan, restVan } from './wereld.ts';

const bank = await maakSleutelbank();
afterAll(() => bank.weg());
afterEach(() => leeg(bank));
const { database, sleutels } = bank;
const plek = plekVan(bank);
const ronde = (nu = NU) => doeRonde(plek, nu);

async function gemeld(): Promise<readonly Gemeld[]> {
  const { rows } = await database.pool.query(
    `select p.postbus, b.domein, b.id, i.sleutel_id as "sleutelId", i.cijfertekst from bericht b join postbus_item p on p.bericht_id = b.id
     join inhoud i on i.bericht_id = b.id where b.berichtsoort = 'VERVALMELDING' order by p.postbus, b.domein`,
  );
  return rows.map(({ postbus, domein, id, ...rest }) => ({
    postbus,
    domein,
    melding: JSON.parse(ontsleutel(sleutels, id, rest).toString('utf8')),
  }));
}

describe('a payload', () => {
  test('goes a day after it was confirmed, and its message stays known', async () => {
    const [weg, jong, open] = [
      await leg(bank, { oud: 5, bezorging: 'bevestigd', bevestigd: 1.01 }),
      await leg(bank, { oud: 50, bezorging: 'bevestigd', bevestigd: 0.99 }),
      await leg(bank, { oud: 50 }),
    ];
    expect(await ronde()).toMatchObject({ inhoud: 1, vervallen: 0, aangekondigd: 0, metadata: 0 });
    expect(await restVan(bank, weg)).toEqual({ bericht: true, inhoud: false, bezorging: 'bevestigd' });
    expect(await restVan(bank, jong)).toMatchObject({ inhoud: true });
    expect(await restVan(bank, open)).toMatchObject({ inhoud: true });
    expect(await leesInhoud(database, sleutels, weg)).toBeUndefined();
  });

  test('of a refused message goes when the answer to it was confirmed', async () => {
    const heen = await leg(bank, { oud: 10, toestand: 'afgekeurd' });
    const antwoord = await leg(bank, {
      oud: 10,
      heenbericht: heen,
      eigen: true,
      soort: 'Fo01',
      bezorging: 'opgehaald',
    });
    await ronde();
    expect(await restVan(bank, heen)).toMatchObject({ inhoud: true });
    await database.pool.query(
      `update postbus_item set bezorging = 'bevestigd', bevestigd_op = $2 where bericht_id = $1`,
      [antwoord, geleden(2)],
    );
    await ronde();
    expect(await restVan(bank, heen)).toMatchObject({ bericht: true, inhoud: false });
  });

  test('of each domein has its own term', async () => {
    const termijnen = SCHEMA.parse({ ijw: { inhoudDagenNaBevestiging: 30 } });
    const [wmo, jw] = [
      await leg(bank, { oud: 9, bezorging: 'bevestigd' }),
      await leg(bank, { oud: 9, bezorging: 'bevestigd', domein: 'ijw' }),
    ];
    await doeRonde({ ...plek, termijnen }, NU);
    expect([(await restVan(bank, wmo)).inhoud, (await restVan(bank, jw)).inhoud]).toEqual([false, true]);
  });
});

describe('a message that is not confirmed', () => {
  test('is announced to both parties, in one notice each, before anything goes', async () => {
    const ids = [await leg(bank, { oud: 55 }), await leg(bank, { oud: 56, bezorging: 'onbestelbaar' })];
    const jw = await leg(bank, { oud: 57, domein: 'ijw' });
    await leg(bank, { oud: 53 });
    expect(await ronde()).toMatchObject({ aangekondigd: 3, vervallen: 0 });
    const alle = await gemeld();
    expect(
      alle.map(({ postbus, domein, melding }) => [postbus, domein, melding.uAls, melding.berichten.length]),
    ).toEqual([
      ['0363', 'ijw', 'afzender', 1],
      ['0363', 'iwmo', 'afzender', 2],
      ['98000001', 'ijw', 'ontvanger', 1],
      ['98000001', 'iwmo', 'ontvanger', 2],
    ]);
    const genoemd = alle.flatMap(({ melding }) => melding.berichten.map(({ berichtId }) => berichtId));
    expect(new Set(genoemd)).toEqual(new Set([...ids, jw]));
    for (const id of [...ids, jw]) expect(await restVan(bank, id)).toMatchObject({ inhoud: true });
    // Told once.
    expect(await ronde()).toMatchObject({ aangekondigd: 0, vervallen: 0 });
  });

  test('lapses at its term: offered no more, not to be confirmed, its payload gone, in the audit log', async () => {
    const id = await leg(bank, { oud: 55 });
    await ronde();
    expect(await ronde(new Date(NU.getTime() + 5.9 * 86_400_000))).toMatchObject({ vervallen: 0 });
    expect(await ronde(new Date(NU.getTime() + 7.1 * 86_400_000))).toMatchObject({ vervallen: 1 });
    expect(await restVan(bank, id)).toEqual({ bericht: true, inhoud: false, bezorging: 'vervallen' });
    const deel = { postbus: '98000001', actor: 'proef' };
    expect([...(await bevestig(database, { ...deel, berichtIds: [id] }))]).toEqual([]);
    const { berichten } = await haalOp(database, sleutels, { ...deel, aantal: 10, leaseSeconden: 60 });
    expect(berichten.map(({ berichtsoort }) => berichtsoort)).toEqual(['VERVALMELDING']);
    await bevestig(database, { ...deel, berichtIds: berichten.map(({ berichtId }) => berichtId) });
    expect(await blader(database, { ...deel, aantal: 10, na: 0 })).toEqual([]);
    expect([...(await postbussenMetPost(database, ['98000001']))]).toEqual([]);
    const { rows } = await database.pool.query(
      `select bericht_id as id, namens from logboek where gebeurtenis = 'bericht vervallen'`,
    );
    expect(rows).toEqual([{ id, namens: '98000001' }]);
  });

  test('of long ago lapses a week after it was told, not at once: a planner that was away for a year skips nobody', async () => {
    const id = await leg(bank, { oud: 400 });
    expect(await ronde()).toMatchObject({ aangekondigd: 1, vervallen: 0 });
    expect(await ronde(new Date(NU.getTime() + 6.9 * 86_400_000))).toMatchObject({ vervallen: 0 });
    expect(await restVan(bank, id)).toMatchObject({ inhoud: true });
  });

  test('and that is confirmed after the announcement goes the normal way', async () => {
    const id = await leg(bank, { oud: 60 });
    await ronde();
    await bevestig(database, { postbus: '98000001', berichtIds: [id], actor: 'proef' });
    expect(await ronde(new Date(NU.getTime() + 8 * 86_400_000))).toMatchObject({ inhoud: 1, vervallen: 0 });
    expect(await restVan(bank, id)).toMatchObject({ bezorging: 'bevestigd', inhoud: false });
  });

  test('does not lapse while a poller has it on lease', async () => {
    const id = await leg(bank, { oud: 60, bezorging: 'opgehaald', lease: true });
    await ronde();
    const later = new Date(NU.getTime() + 8 * 86_400_000);
    expect(await ronde(later)).toMatchObject({ vervallen: 0 });
    await database.pool.query(`update postbus_item set lease_tot = now() - interval '1 second' where bericht_id = $1`, [
      id,
    ]);
    expect(await ronde(later)).toMatchObject({ vervallen: 1 });
  });

  test('a notice that nobody reads lapses without a notice about it', async () => {
    await leg(bank, { oud: 60 });
    await ronde();
    const later = new Date(NU.getTime() + 65 * 86_400_000);
    await ronde(later);
    expect(await ronde(new Date(later.getTime() + 8 * 86_400_000))).toMatchObject({ vervallen: 2, aangekondigd: 0 });
    expect(await gemeld()).toHaveLength(0);
  });
});

describe('what is known of a message', () => {
  test('goes after two years with its answers, and not before all of them are over', async () => {
    const heen = await leg(bank, { oud: 800, bezorging: 'bevestigd' });
    const retour = await leg(bank, { oud: 799, bezorging: 'bevestigd', heenbericht: heen, soort: 'WMO302' });
    const fo01 = await leg(bank, { oud: 798, eigen: true, bezorging: 'bevestigd', heenbericht: retour, soort: 'Fo01' });
    const half = await leg(bank, { oud: 800, bezorging: 'bevestigd' });
    const jong = await leg(bank, { oud: 100, bezorging: 'bevestigd', heenbericht: half, soort: 'WMO302' });
    const signaal = await leg(bank, { oud: 800, eigen: true, bezorging: 'bevestigd', soort: 'WLZ-SIGNAAL' });
    const net = await leg(bank, { oud: 729, bezorging: 'bevestigd' });
    expect(await ronde()).toMatchObject({ metadata: 4, inhoud: 7 });
    for (const id of [heen, retour, fo01, signaal])
      expect(await restVan(bank, id)).toMatchObject({ bericht: false, bezorging: null });
    for (const id of [half, jong, net]) expect(await restVan(bank, id)).toMatchObject({ bericht: true });
    const { rows } = await database.pool.query(
      'select (select count(*)::int from betrokkene) as betrokkene, (select count(*)::int from bevinding) as bevinding',
    );
    expect(rows).toEqual([{ betrokkene: 3, bevinding: 3 }]);
  });

  test('of an unfinished message never goes, nor its payload, however old', async () => {
    const id = await leg(bank, { oud: 4000, toestand: 'ontvangen' });
    expect(await ronde()).toMatchObject({ metadata: 0, inhoud: 0, vervallen: 0, aangekondigd: 0 });
    expect(await restVan(bank, id)).toMatchObject({ bericht: true, inhoud: true });
    expect((await leesInhoud(database, sleutels, id))?.length).toBeGreaterThan(0);
  });
});

test('whatever there is: nothing goes that is unfinished, or unconfirmed and not told', async () => {
  const wens = fc.record({
    oud: fc.constantFrom(0, 0.5, 2, 53, 55, 62, 100, 731, 900),
    toestand: fc.constantFrom('ontvangen' as const, 'verwerkt' as const, 'afgekeurd' as const),
    bezorging: fc.constantFrom(
      'te_bezorgen' as const,
      'opgehaald' as const,
      'bevestigd' as const,
      'onbestelbaar' as const,
    ),
    domein: fc.constantFrom('iwmo' as const, 'ijw' as const),
    eigen: fc.boolean(),
    lease: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wens, { minLength: 1, maxLength: 12 }), fc.nat(90), async (wensen, later) => {
      await leeg(bank);
      const gelegd: { id: string; wens: (typeof wensen)[number] }[] = [];
      for (const een of wensen) {
        const bezorging = een.toestand === 'verwerkt' ? een.bezorging : null;
        gelegd.push({ id: await leg(bank, { ...een, bezorging }), wens: een });
      }
      const verteld = async () =>
        new Set((await gemeld()).flatMap(({ melding }) => melding.berichten.map(({ berichtId }) => berichtId)));
      await ronde();
      const toen = await verteld();
      await ronde(new Date(NU.getTime() + later * 86_400_000));
      for (const { id, wens: een } of gelegd) {
        const rest = await restVan(bank, id);
        const open = een.toestand === 'verwerkt' && een.bezorging !== 'bevestigd';
        if (een.toestand === 'ontvangen') expect(rest).toMatchObject({ bericht: true, inhoud: true });
        if (open && (!toen.has(id) || later < 7))
          expect(rest).toMatchObject({ bericht: true, inhoud: true, bezorging: een.bezorging });
        if (open && !rest.inhoud) expect(toen.has(id)).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
});

describe('months', () => {
  test('the partitions that come are there before they are needed', async () => {
    await ronde();
    const maanden = (await maandenVan(database)).map(({ maand }) => maand);
    for (const verder of [0, 1, 2]) expect(maanden).toContain(maandVan(NU, verder));
  });

  test('one that is over is dropped as a whole; what is still needed of it moves first', async () => {
    const oud = maandVan(geleden(120));
    await database.pool.query('select inhoud_maak_maand($1::date)', [oud]);
    const deel = `inhoud_${oud.slice(0, 7).replace('-', '_')}`;
    const [blijft, weg] = [
      await leg(bank, { oud: 120, toestand: 'ontvangen' }),
      await leg(bank, { oud: 120, bezorging: 'bevestigd' }),
    ];
    const { rows } = await database.pool.query(`select count(*)::int as n from ${deel}`);
    expect(rows).toEqual([{ n: 2 }]);
    expect((await ronde()).maanden).toEqual([deel]);
    expect(await restVan(bank, blijft)).toMatchObject({ inhoud: true });
    expect(await restVan(bank, weg)).toMatchObject({ inhoud: false });
    expect((await maandenVan(database)).map((maand) => maand.deel)).not.toContain(deel);
  });

  test('one that somebody reads in is not waited for: the next round drops it', async () => {
    const oud = maandVan(geleden(150));
    await database.pool.query('select inhoud_maak_maand($1::date)', [oud]);
    await database.transactie(async (client) => {
      await client.query('select count(*) from inhoud');
      expect((await ronde()).maanden).toEqual([]);
    });
    expect((await ronde()).maanden).toHaveLength(1);
  });

  test('a payload of a month without a partition is stored all the same', async () => {
    await database.pool.query(`insert into inhoud values (gen_random_uuid(), 'x', '\\x00', '2031-05-01')`);
    const { rows } = await database.pool.query('select maand::text from inhoud_rest');
    expect(rows).toEqual([{ maand: '2031-05-01' }]);
  });

  test('the key of next month is there; an old one under which nothing lies goes, with an audit line', async () => {
    const eigen = await maakSleutelbank();
    try {
      const oud = eigen.sleutels.actief;
      await leg(eigen, { oud: 2 });
      await doeRonde(plekVan(eigen), NU);
      const gewikkeld = async () =>
        (await leesGegevenssleutels(eigen.database.pool)).map(({ doel, gewikkeld }) => `${doel} ${gewikkeld !== null}`);
      expect((await gewikkeld()).toSorted()).toEqual(['inhoud true', 'inhoud true', 'vast true']);
      // Half a year on, with the message still there; and without.
      const later = new Date(NU.getTime() + 200 * 86_400_000);
      expect(await ruimSleutelsOp(eigen.database, STANDAARD_TERMIJNEN, later)).toEqual([]);
      await eigen.database.pool.query('delete from inhoud');
      expect(await ruimSleutelsOp(eigen.database, STANDAARD_TERMIJNEN, new Date())).toEqual([]);
      expect(await ruimSleutelsOp(eigen.database, STANDAARD_TERMIJNEN, later)).toEqual([oud]);
      expect((await gewikkeld()).toSorted()).toEqual(['inhoud false', 'inhoud true', 'vast true']);
      const { rows } = await eigen.database.pool.query(
        `select actor, resultaat from logboek where gebeurtenis = 'sleutel verwijderd'`,
      );
      expect(rows).toEqual([{ actor: 'knooppunt', resultaat: 'ongebruikt' }]);
    } finally {
      await eigen.weg();
    }
  });
});

describe('the dry run', () => {
  test('says what a round does, per domein, and changes nothing', async () => {
    for (let keer = 0; keer < 3; keer += 1) await leg(bank, { oud: 5, bezorging: 'bevestigd' });
    await leg(bank, { oud: 5, bezorging: 'bevestigd', domein: 'ijw' });
    await leg(bank, { oud: 58, domein: 'ijw' });
    await leg(bank, { oud: 90, toestand: 'ontvangen' });
    const regels = await proef(database, STANDAARD_TERMIJNEN, NU, plek.terugwerkendDagen);
    const van = (soort: string) => regels.filter((rij) => rij.soort === soort).map(({ aantal }) => aantal);
    expect([van('inhoud'), van('aankondiging'), van('vervallen'), van('metadata'), van('blijft')]).toEqual([
      [3, 1],
      [0, 1],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
    expect(regels.find(({ soort }) => soort === 'logboek')?.tot).toEqual(geleden(1827));
    expect(await ronde()).toMatchObject({ inhoud: 4, aangekondigd: 1, vervallen: 0, metadata: 0 });
    expect(
      (await proef(database, STANDAARD_TERMIJNEN, NU, plek.terugwerkendDagen)).find(({ soort }) => soort === 'inhoud')
        ?.aantal,
    ).toBe(0);
  });
});

describe('the dossier', () => {
  test('loses what is over in the round of once a day, by the term of its domein, with the number in the audit log', async () => {
    await laatLogboekLos(database);
    await database.pool.query('truncate logboek');
    const baan = await maakBaan(database);
    const dag = (oud: number): string => geleden(oud).toISOString().slice(0, 10);
    for (const [nr, oud] of [1800, 1830].entries())
      await database.pool.query(
        `insert into dossier_bericht values (${baan}, ${-1 - nr}, null, '301', 'R${nr}', '${dag(oud)}');
         insert into dossier_toewijzing (baan_id, volgorde, nr, persoon, nummer, toewijzingsdatum, toewijzingstijd, ingangsdatum, einddatum)
         values (${baan}, ${-1 - nr}, 0, '\\x0${nr}', ${nr}, '${dag(oud)}', '09:00:00', '${dag(oud)}', '${dag(oud)}')`,
      );
    await database.pool.query('insert into dossier_baan (baan_id, tot_nummer) values ($1, 0)', [baan]);
    const vanDossier = async () =>
      (await proef(database, STANDAARD_TERMIJNEN, NU, plek.terugwerkendDagen)).filter(
        ({ soort }) => soort === 'dossier',
      );
    expect((await vanDossier()).map(({ aantal }) => aantal)).toEqual([1, 0]);
    expect(await doeRonde(plek, NU, () => false, false)).toMatchObject({ dossier: 0 });
    expect(await ronde()).toMatchObject({ dossier: 1, dossierberichten: 1, wlzSignalen: 0, wmoFeiten: 0 });
    expect((await vanDossier()).map(({ aantal }) => aantal)).toEqual([0, 0]);
    const { rows } = await database.pool.query(
      `select details->>'dossier' as dossier from logboek where gebeurtenis = 'bewaartermijn verstreken'`,
    );
    expect(rows).toEqual([{ dossier: '1' }]);
    const rest = await database.pool.query('select volgorde::int from dossier_bericht');
    expect(rest.rows).toEqual([{ volgorde: -1 }]);
    await database.pool.query('truncate dossier_bericht, dossier_toewijzing, dossier_baan');
  });
});

describe('terms', () => {
  test.each([
    { iwmo: { inhoudHoogstensDagen: 62 } },
    { iwmo: { metadataDagen: 30 } },
    { iwmo: { inhoudHoogstensDagen: 7, aankondigingDagen: 7 } },
    { logboekDagen: 365 },
    { nzaDagen: 1460 },
    { iwmo: { dossierDagen: 730 } },
    { wlz: { signaalDagen: 365 } },
    { ijw: { signaalDagen: 730 } },
    { wmo: {} },
    { ijw: { inhoudDagenNaBevestiging: 0.5 } },
  ])('%j is refused', (termijnen) => {
    expect(SCHEMA.safeParse(termijnen).success).toBe(false);
  });
});

test('the audit log is left alone until it is given a way to remove its lines, and then asked for what is five years old', async () => {
  let gevraagd: Date | undefined;
  const verwijderLogboekTot = async (tot: Date): Promise<number> => {
    gevraagd = tot;
    return 3;
  };
  expect((await ronde()).logboek).toBe(0);
  expect((await doeRonde({ ...plek, verwijderLogboekTot }, NU)).logboek).toBe(3);
  expect(gevraagd).toEqual(geleden(1827));
});
