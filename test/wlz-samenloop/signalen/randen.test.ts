/** The edges of the rules, one by one, on a real database. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { leesConfig } from '#src/config.ts';
import { datum } from '#src/tijd.ts';
import { leesLeveringIn } from '#src/wlz-samenloop/register/inlezen.ts';
import { zetAdvies } from '#src/wlz-samenloop/signalen/advies.ts';
import type { Vergelijkplek } from '#src/wlz-samenloop/signalen/deel.ts';
import { vergelijkGewijzigden } from '#src/wlz-samenloop/signalen/meteen.ts';
import { vergelijkAlles } from '#src/wlz-samenloop/signalen/run.ts';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { inStukken, manifestVan } from '../../hulp/wlz.ts';
import { io31 } from '../../hulp/wlz-vormen.ts';
import { maakLeeg, maakProef, vergelijkIneens } from './proef.ts';
import { bsnVan, type Gemeld, gemeld, plekVan, type RijBesluit, type RijZorg, zetRegister, zetWmo } from './wereld.ts';

const proef = await maakProef();
afterAll(() => proef.weg());
beforeEach(() => maakLeeg(proef));

const BSN = bsnVan(0);
const PEILDATUM = '2026-06-15';
const besluit = (anders: Partial<RijBesluit> = {}): RijBesluit => ({
  bsn: BSN,
  nummer: 1,
  ingang: '2026-06-01',
  ...anders,
});
const zorg = (anders: Partial<RijZorg> = {}): RijZorg => ({
  bsn: BSN,
  gemeente: '0363',
  id: 'a',
  vanaf: '2026-01-01',
  ...anders,
});

/** What is said when the world is like this on that day. */
async function dag(
  besluiten: readonly RijBesluit[],
  lijst: readonly RijZorg[],
  peildatum = PEILDATUM,
  anders: Partial<Vergelijkplek> = {},
): Promise<readonly Gemeld[]> {
  const eerder = (await gemeld(proef)).length;
  await zetRegister(proef, besluiten);
  await zetWmo(proef, lijst, ['0363', '0344']);
  await vergelijkIneens(plekVan(proef, anders), peildatum);
  return gemeld(proef, eerder);
}
const kort = (meldingen: readonly Gemeld[]): readonly (string | null)[][] =>
  meldingen.map(({ postbus, type, overlap }) => [postbus, type, overlap.vanaf, overlap.totEnMet]);

describe('the first day', () => {
  test('one shared day is an overlap, at either end', async () => {
    expect(kort(await dag([besluit({ ingang: '2026-06-20' })], [zorg({ tot: '2026-06-20' })]))).toEqual([
      ['0363', 'NIEUW', '2026-06-20', '2026-06-20'],
    ]);
    await maakLeeg(proef);
    expect(kort(await dag([besluit({ einde: '2026-06-20' })], [zorg({ vanaf: '2026-06-20' })]))).toEqual([
      ['0363', 'NIEUW', '2026-06-20', '2026-06-20'],
    ]);
  });
  test('care that ends the day before is none', async () => {
    expect(await dag([besluit({ ingang: '2026-06-20' })], [zorg({ tot: '2026-06-19' })])).toEqual([]);
  });
  test('open on both sides is open', async () => {
    expect(kort(await dag([besluit()], [zorg()]))).toEqual([['0363', 'NIEUW', '2026-06-01', null]]);
  });
  test('a vervaldatum before the ingangsdatum, or on it, means that the besluit never counted', async () => {
    expect(await dag([besluit({ verval: '2026-05-01' })], [zorg()])).toEqual([]);
    expect(await dag([besluit({ verval: '2026-06-01' })], [zorg()])).toEqual([]);
    const met = { vervaldatum: 'laatste-dag-met' } as const;
    expect(kort(await dag([besluit({ verval: '2026-06-01' })], [zorg()], '2026-06-01', met))).toEqual([
      ['0363', 'NIEUW', '2026-06-01', '2026-06-01'],
    ]);
  });
  test('vervaldatum is the first day without, unless set otherwise', async () => {
    expect(kort(await dag([besluit({ verval: '2026-07-01' })], [zorg()]))).toEqual([
      ['0363', 'NIEUW', '2026-06-01', '2026-06-30'],
    ]);
  });
  test('an overlap that begins in the future is told now', async () => {
    expect(kort(await dag([besluit({ ingang: '2027-01-01' })], [zorg()]))).toEqual([
      ['0363', 'NIEUW', '2027-01-01', null],
    ]);
  });
  test('today is not past, yesterday is', async () => {
    expect(kort(await dag([besluit({ einde: PEILDATUM })], [zorg()]))).toMatchObject([
      ['0363', 'NIEUW', '2026-06-01', PEILDATUM],
    ]);
    await maakLeeg(proef);
    expect(kort(await dag([besluit({ einde: '2026-06-14' })], [zorg()]))).toMatchObject([
      ['0363', 'TERUGWERKEND', '2026-06-01', '2026-06-14'],
    ]);
  });
  test('an overlap that ended long ago is not told', async () => {
    const weg = [besluit({ ingang: '2025-01-01', einde: '2025-06-14' })];
    expect(await dag(weg, [zorg({ vanaf: '2025-01-01' })])).toEqual([]);
    const net = [besluit({ ingang: '2025-01-01', einde: '2025-06-15' })];
    expect(kort(await dag(net, [zorg({ vanaf: '2025-01-01' })]))).toHaveLength(1);
  });
  test('without a register nothing is compared', async () => {
    await zetWmo(proef, [zorg()]);
    expect(await vergelijkAlles(plekVan(proef), 'opdracht', { peildatum: PEILDATUM })).toBeUndefined();
  });
});

describe('two of a kind', () => {
  test('two gemeenten get a signal each, and neither learns of the other', async () => {
    const meldingen = await dag([besluit()], [zorg(), zorg({ gemeente: '0344' })]);
    expect(kort(meldingen).toSorted()).toEqual([
      ['0344', 'NIEUW', '2026-06-01', null],
      ['0363', 'NIEUW', '2026-06-01', null],
    ]);
    expect(new Set(meldingen.flatMap(({ signaalId, berichtId }) => [signaalId, berichtId])).size).toBe(4);
    for (const { postbus, ...melding } of meldingen)
      expect(JSON.stringify(melding)).not.toContain(postbus === '0363' ? '0344' : '0363');
  });
  test('two besluiten that join are one signal', async () => {
    const samen = [besluit({ einde: '2026-08-31' }), besluit({ nummer: 2, ingang: '2026-09-01' })];
    expect(kort(await dag(samen, [zorg()]))).toEqual([['0363', 'NIEUW', '2026-06-01', null]]);
  });
  test('two with a day between are two', async () => {
    const los = [besluit({ einde: '2026-08-30' }), besluit({ nummer: 2, ingang: '2026-09-01' })];
    expect(kort(await dag(los, [zorg()]))).toHaveLength(2);
  });
  test('a voorziening that is also a toewijzing counts once', async () => {
    const { hmac, sleutelId, cijfertekst } = bewaarBsn(proef.sleutels, BSN);
    await proef.database.pool.query(
      `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, bsn_hmac, sleutel_id, cijfertekst)
       values (gen_random_uuid(), 0, '0363', '98000001', '12', 'toewijzing', 1, '2026-01-01 ', '2026-02-01', $1, $2, $3)`,
      [hmac, sleutelId, cijfertekst],
    );
    expect(kort(await dag([besluit()], [zorg({ id: '98000001/12' }), zorg({ id: 'b' })]))).toHaveLength(2);
  });
});

describe('the days after', () => {
  const vandaag = () => dag([besluit()], [zorg()]);
  test('the same again says nothing', async () => {
    await vandaag();
    expect(await vandaag()).toEqual([]);
  });
  test('a besluit that follows without a gap changes the signal, and does not end it', async () => {
    const [eerste] = await dag([besluit({ einde: '2026-08-31' })], [zorg()]);
    const [melding, ...meer] = await dag(
      [besluit({ einde: '2026-08-31' }), besluit({ nummer: 2, ingang: '2026-09-01' })],
      [zorg()],
    );
    expect([melding?.type, melding?.signaalId, meer]).toEqual(['GEWIJZIGD', eerste?.signaalId, []]);
    expect(melding?.overlap).toEqual({ vanaf: '2026-06-01', totEnMet: null });
  });
  test('also when CIZ leaves the old one out of the register', async () => {
    const [eerste] = await dag([besluit({ einde: '2026-08-31' })], [zorg()]);
    const meldingen = await dag([besluit({ nummer: 2, ingang: '2026-09-01' })], [zorg()]);
    expect(meldingen.map(({ type, signaalId }) => [type, signaalId])).toEqual([['GEWIJZIGD', eerste?.signaalId]]);
  });
  test('and a besluit that takes over with the same days changes nothing for the gemeente', async () => {
    await vandaag();
    expect(
      await dag([besluit({ verval: '2026-06-10' }), besluit({ nummer: 2, ingang: '2026-06-10' })], [zorg()]),
    ).toEqual([]);
  });
  test.each([
    ['the besluit is withdrawn', [], [zorg()]],
    ['the care is gone from the list', [besluit()], []],
    ['the care ended yesterday', [besluit()], [zorg({ tot: '2026-06-14' })]],
  ] as const)('it ends when %s, once', async (_, besluiten, lijst) => {
    await vandaag();
    const meldingen = await dag(besluiten, lijst);
    expect(meldingen.map(({ type, workflow, uitkomst, bsn }) => [type, workflow, uitkomst, bsn])).toEqual([
      ['VERVALLEN', 'afgehandeld', 'vervallen', BSN],
    ]);
    expect(await dag(besluiten, lijst)).toEqual([]);
    // What was told while it ran is not told again because it is past.
    expect(await dag(besluiten, lijst, '2026-06-20')).toEqual([]);
  });
  test('it ends when its time is over', async () => {
    await dag([besluit()], [zorg({ tot: '2026-06-20' })]);
    expect(await dag([besluit()], [zorg({ tot: '2026-06-20' })], '2026-06-20')).toEqual([]);
    expect(kort(await dag([besluit()], [zorg({ tot: '2026-06-20' })], '2026-06-21'))).toEqual([
      ['0363', 'VERVALLEN', '2026-06-01', '2026-06-20'],
    ]);
  });
  test('what ended and comes back is new', async () => {
    await vandaag();
    await dag([], [zorg()]);
    expect(kort(await vandaag())).toEqual([['0363', 'NIEUW', '2026-06-01', null]]);
  });
  test('a reminder comes once, when the gemeente asked for it and nobody handled the signal', async () => {
    await proef.database.pool.query(`insert into wlz_instelling (gemeente, herinnering_na_dagen) values ('0363', 7)`);
    await vandaag();
    const op = (peildatum: string) => dag([besluit()], [zorg()], peildatum);
    expect(await op('2026-06-21')).toEqual([]);
    expect((await op('2026-06-22')).map(({ type, herinnering }) => [type, herinnering])).toEqual([['NIEUW', true]]);
    expect(await op('2026-07-22')).toEqual([]);
  });
  test('after a herindeling the signal is of the new gemeente, and nothing is told twice', async () => {
    const [eerste] = await vandaag();
    await proef.database.pool.query(
      `update organisatie set geldig_tot = current_date - 1, opvolger = '0344' where code = '0363'`,
    );
    try {
      expect(await vandaag()).toEqual([]);
      const { rows } = await proef.database.pool.query('select id, gemeente from wlz_signaal');
      expect(rows).toEqual([{ id: eerste?.signaalId, gemeente: '0344' }]);
      expect(kort(await dag([besluit({ einde: '2026-12-31' })], [zorg()]))).toEqual([
        ['0344', 'GEWIJZIGD', '2026-06-01', '2026-12-31'],
      ]);
    } finally {
      await proef.database.pool.query(`update organisatie set geldig_tot = null, opvolger = null where code = '0363'`);
    }
  });
});

describe('care that goes over to another law', () => {
  /** A toewijzing in the messages of 0363, with a reason and an end. */
  const feit = async (reden: string | null, tot: string | null, moment: string): Promise<void> => {
    const { hmac, sleutelId, cijfertekst } = bewaarBsn(proef.sleutels, BSN);
    await proef.database.pool.query(
      `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, tot, reden, bsn_hmac,
         sleutel_id, cijfertekst)
       values (gen_random_uuid(), 0, '0363', '98000001', '12', 'toewijzing', 1, $1, '2026-01-01', $2, $3, $4, $5, $6)`,
      [moment, tot, reden, hmac, sleutelId, cijfertekst],
    );
  };
  const stand = async () =>
    (await proef.database.pool.query('select workflow, uitkomst, actueel, overlap_tot::text as tot from wlz_signaal'))
      .rows;

  test('closes its open signal, and says nothing more', async () => {
    await feit(null, null, '1');
    expect(await dag([besluit()], [])).toMatchObject([{ type: 'NIEUW', workflow: 'nieuw' }]);
    await feit('06', '2026-07-31', '2');
    expect(await dag([besluit()], [])).toEqual([]);
    expect(await stand()).toEqual([{ workflow: 'afgehandeld', uitkomst: 'gestopt', actueel: true, tot: '2026-07-31' }]);
    expect(await dag([besluit()], [], '2026-08-01')).toEqual([]);
    expect(await stand()).toMatchObject([{ uitkomst: 'gestopt', actueel: false }]);
  });
  test('also when nothing of the overlap is left', async () => {
    await feit(null, null, '1');
    await dag([besluit()], []);
    await feit('06', '2026-05-31', '2');
    await dag([besluit()], []);
    expect(await stand()).toMatchObject([{ workflow: 'afgehandeld', uitkomst: 'gestopt', actueel: false }]);
  });
  test('when it is known from the start it is told all the same, as handled', async () => {
    await feit('06', '2026-07-31', '1');
    expect(await dag([besluit()], [])).toMatchObject([{ type: 'NIEUW', workflow: 'afgehandeld', uitkomst: 'gestopt' }]);
    expect(await dag([besluit()], [])).toEqual([]);
  });
});

describe('at once', () => {
  const vraag = (bsn: string) =>
    proef.database.pool.query('insert into wlz_te_vergelijken (bsn_hmac) values ($1)', [
      bewaarBsn(proef.sleutels, bsn).hmac,
    ]);
  const vandaag = datum(new Date());

  test('only who was asked for is compared, once', async () => {
    const bsns = [BSN, bsnVan(1), bsnVan(2)];
    await zetRegister(
      proef,
      bsns.map((bsn, nr) => besluit({ bsn, nummer: nr + 1, ingang: vandaag })),
    );
    await zetWmo(
      proef,
      bsns.map((bsn) => zorg({ bsn })),
    );
    for (const bsn of [BSN, BSN, bsnVan(2)]) await vraag(bsn);
    expect(await vergelijkGewijzigden(plekVan(proef))).toBe(2);
    expect((await gemeld(proef)).map(({ bsn }) => bsn).toSorted()).toEqual([BSN, bsnVan(2)].toSorted());
    expect(await vergelijkGewijzigden(plekVan(proef))).toBe(0);
  });
  test('one person whose row cannot be read does not keep the others waiting, and is not forgotten', async () => {
    await zetRegister(proef, [besluit({ ingang: vandaag }), besluit({ bsn: bsnVan(1), nummer: 2, ingang: vandaag })]);
    await zetWmo(proef, [zorg(), zorg({ bsn: bsnVan(1) })]);
    await proef.database.pool.query(`update wmo_voorziening set cijfertekst = '\\x00' where bsn_hmac = $1`, [
      bewaarBsn(proef.sleutels, BSN).hmac,
    ]);
    for (const bsn of [BSN, bsnVan(1)]) await vraag(bsn);
    await expect(vergelijkGewijzigden(plekVan(proef))).rejects.toThrow();
    expect((await gemeld(proef)).map(({ bsn }) => bsn)).toEqual([bsnVan(1)]);
    expect((await proef.database.pool.query('select count(*)::int as n from wlz_te_vergelijken')).rows).toEqual([
      { n: 1 },
    ]);
  });
  test('without a register there is nothing to find, and nothing is kept', async () => {
    await vraag(BSN);
    expect(await vergelijkGewijzigden(plekVan(proef))).toBe(1);
    expect((await proef.database.pool.query('select 1 from wlz_te_vergelijken')).rows).toEqual([]);
  });
});

describe('what is said', () => {
  test('the advice is a text: no category keeps a signal back', async () => {
    const categorieen = Array.from({ length: 18 }, (_, nr) => String(nr + 1).padStart(2, '0'));
    const lijst = [zorg({ id: 'zonder' }), ...categorieen.map((categorie) => zorg({ id: categorie, categorie }))];
    const meldingen = await dag([besluit()], lijst);
    const klassen = new Map(meldingen.map(({ voorzieningId, advies }) => [voorzieningId, advies.klasse]));
    const verwacht = new Set(['01', '02', '03', '04', '07', '15']);
    expect(klassen).toEqual(
      new Map(lijst.map(({ id }) => [id, verwacht.has(id) ? 'VERWACHT' : 'BEOORDELEN'] as const)),
    );
  });
  test('an advice holds from its day on', async () => {
    await zetAdvies(proef.database, 'proef', {
      productcategorie: '01',
      vanaf: '2026-07-01',
      klasse: 'BEOORDELEN',
      tekst: 'Anders.',
    });
    const met = [zorg({ categorie: '01' })];
    expect((await dag([besluit()], met, '2026-06-30'))[0]?.advies.klasse).toBe('VERWACHT');
    expect((await dag([besluit({ einde: '2026-12-31' })], met, '2026-07-01'))[0]?.advies).toEqual({
      klasse: 'BEOORDELEN',
      tekst: 'Anders.',
    });
    await proef.database.pool.query(`delete from wlz_advies where vanaf = '2026-07-01'`);
  });
  test('the dates of the besluit are shown only where that is set', async () => {
    const lijst = [zorg({ vanaf: '2026-06-10' }), zorg({ gemeente: '0344', vanaf: '2026-06-10' })];
    await proef.database.pool.query(`insert into wlz_instelling (gemeente, indicatie_tonen) values ('0344', true)`);
    const meldingen = await dag([besluit()], lijst);
    const van = (code: string) => meldingen.find(({ postbus }) => postbus === code);
    expect(van('0363')).not.toHaveProperty('indicatie');
    expect(JSON.stringify(van('0363'))).not.toContain('2026-06-01');
    expect(van('0344')?.indicatie).toEqual({ vanaf: '2026-06-01', totEnMet: null });
  });
  test('partnerverblijf alone, and what the Wlz does not pay, give no signal', async () => {
    const rij = (nr: number, pakketten: readonly (readonly [string, string])[]) => ({
      bsn: bsnVan(nr),
      besluitnummer: nr + 1,
      ingangsdatum: '2026-06-01',
      pakketten,
    });
    const register = [
      rij(0, [['999', '1']]),
      rij(1, [['753', '3']]),
      rij(2, [
        ['753', '1'],
        ['999', '1'],
      ]),
    ];
    const levering = io31(register);
    const config = leesConfig({ KNOOPPUNT_DATA: proef.map });
    await leesLeveringIn(
      { database: proef.database, sleutels: proef.sleutels, wlz: config.wlz, alleenTestBsn: true },
      { stroom: inStukken(levering), vorm: 'io31', actor: 'proef', manifest: manifestVan(levering, 3) },
    );
    const wie = [BSN, bsnVan(1), bsnVan(2)];
    await zetWmo(
      proef,
      wie.map((bsn) => zorg({ bsn })),
    );
    await vergelijkAlles(plekVan(proef), 'opdracht', { peildatum: PEILDATUM });
    expect((await gemeld(proef)).map(({ bsn }) => bsn)).toEqual([bsnVan(2)]);
  });
});
