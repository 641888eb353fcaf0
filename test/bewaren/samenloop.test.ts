/** Retention of the samenloop: what was handled and is over goes, what is open or would be told again stays, and nobody hears of it. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { STANDAARD_TERMIJNEN } from '#src/bewaren/regels/termijnen.ts';
import { ruimSignalenOp, telSignalen } from '#src/bewaren/wlz-signalen.ts';
import { ruimVerslagenOp } from '#src/bewaren/wlz-verslagen.ts';
import { ruimFeitenOp, ruimLijstenOp, telWmo } from '#src/bewaren/wlz-wmo.ts';
import { geefInzage } from '#src/inzage/inzage.ts';
import { beginHerbouw, herbouwPortie } from '#src/ketendata/herbouw.ts';
import { rekenNa } from '#src/ketendata/narekenen.ts';
import { kaderVoor, RUIM } from '#src/wlz-samenloop/signalen/deel.ts';
import { vergelijk } from '#src/wlz-samenloop/signalen/vergelijking.ts';
import { bewaarBsn } from '#src/wlz-samenloop/wmo/bsn.ts';
import { openAlsRol } from '../hulp/databaserol.ts';
import { gebruikt, zonderVoorwaarde } from '../hulp/plannen.ts';
import { maakToeval } from '../hulp/toeval.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { maakLeeg, maakProef, vergelijkIneens } from '../wlz-samenloop/signalen/proef.ts';
import {
  bsnVan,
  gemeld,
  plekVan,
  type RijBesluit,
  type RijZorg,
  zetRegister,
  zetWmo,
} from '../wlz-samenloop/signalen/wereld.ts';

const proef = await maakProef();
/** Who does it, with no more rights than it needs. */
const planner = openAlsRol(proef.url, 'planner', 2);
afterAll(() => planner.sluit().then(() => proef.weg()));
beforeEach(() => maakLeeg(proef));
const { database, sleutels } = proef;
const sql = async (tekst: string, waarden: readonly unknown[] = []) =>
  (await database.pool.query(tekst, [...waarden])).rows;
const tel = async (wat: string): Promise<number> => (await sql(`select count(*)::int as n from ${wat}`))[0].n;

const NU = new Date();
const dag = (geleden: number): string => new Date(NU.getTime() - geleden * 86_400_000).toISOString().slice(0, 10);
const TERUG = 365;
const VERSLAG_OUD = STANDAARD_TERMIJNEN.wlz.verslagDagen + 1;
const ruim = async (): Promise<number> => (await ruimSignalenOp(planner, STANDAARD_TERMIJNEN, NU, TERUG)).weg;

/** Compares as on that day, and lets everything that changed be of then. */
async function opDag(geleden: number): Promise<void> {
  await vergelijkIneens(plekVan(proef), dag(geleden));
  await sql('update wlz_signaal set gewijzigd_op = verteld_op, aangemaakt_op = verteld_op where verteld_op = $1', [
    dag(geleden),
  ]);
}
const handelAf = (uitkomst: string, geleden: number, waar = 'true') =>
  sql(
    `update wlz_signaal set workflow = 'afgehandeld', uitkomst = $1, gewijzigd_op = $2 where workflow <> 'afgehandeld' and ${waar}`,
    [uitkomst, dag(geleden)],
  );

const besluit = (anders: Partial<RijBesluit> = {}): RijBesluit => ({
  ...{ bsn: bsnVan(0), nummer: 1, ingang: dag(1500), einde: dag(1200) },
  ...anders,
});
const zorg = (anders: Partial<RijZorg> = {}): RijZorg => ({
  ...{ bsn: bsnVan(0), gemeente: '0363', id: 'a', vanaf: dag(1600), tot: dag(1100) },
  ...anders,
});

describe('a signal', () => {
  /** An overlap of long ago, told when it ran. */
  async function wereld(anders: Partial<RijZorg> = {}, rijBesluit: Partial<RijBesluit> = {}): Promise<void> {
    await zetRegister(proef, [besluit(rijBesluit)]);
    await zetWmo(proef, [zorg(anders)]);
    await opDag(1400);
  }

  test('that was handled two years ago and is over goes, with its history; an inzage has nothing of it, and nothing is told again', async () => {
    await wereld();
    await handelAf('gestopt', 1300);
    await opDag(1100);
    await sql('update wlz_signaal set gewijzigd_op = $1', [dag(1100)]);
    await opDag(0);
    const post = (await gemeld(proef)).length;
    expect(await telSignalen(planner, STANDAARD_TERMIJNEN, NU, TERUG)).toBe(1);
    expect(await tel('wlz_signaal')).toBe(1);
    expect(await ruim()).toBe(1);
    expect([await tel('wlz_signaal'), await tel('wlz_signaalstap')]).toEqual([0, 0]);
    const inzage = await geefInzage(database, sleutels, { bsn: bsnVan(0), actor: 'proef', reden: 'proef' });
    expect(inzage.delen.find(({ naam }) => naam === 'wlzSignalen')?.rijen).toEqual([]);
    await opDag(0);
    expect([await tel('wlz_signaal'), (await gemeld(proef)).length]).toEqual([0, post]);
  });

  test.each<readonly [string, () => Promise<unknown>]>([
    ['that is open', () => wereld({ tot: null }, { einde: null })],
    [
      'of care that goes on and rightly so',
      async () => {
        await wereld({ tot: null }, { einde: null });
        await handelAf('terecht_samen', 1300);
      },
    ],
    [
      'that was handled a year ago',
      async () => {
        await wereld();
        await handelAf('onjuist', 300);
      },
    ],
    [
      'that would be told again, when its overlap ended half a year ago',
      async () => {
        await wereld({ tot: dag(180) }, { einde: null });
        await handelAf('gestopt', 1300);
        await opDag(100);
        await sql('update wlz_signaal set gewijzigd_op = $1', [dag(1300)]);
      },
    ],
    [
      'with a later one about the same that is open',
      async () => {
        await wereld();
        await handelAf('gestopt', 1300);
        await opDag(1100);
        await sql('update wlz_signaal set gewijzigd_op = $1', [dag(1100)]);
        await zetRegister(proef, [besluit({ nummer: 2, ingang: dag(90), einde: null })]);
        await zetWmo(proef, [zorg({ vanaf: dag(60), tot: null })]);
        await opDag(0);
      },
    ],
  ])('%s stays', async (_wat, maak) => {
    await maak();
    const was = await sql('select id from wlz_signaal order by id');
    expect(was.length).toBeGreaterThan(0);
    expect([await telSignalen(planner, STANDAARD_TERMIJNEN, NU, TERUG), await ruim()]).toEqual([0, 0]);
    expect(await sql('select id from wlz_signaal order by id')).toEqual(was);
  });

  test(`in random worlds: whatever went, a comparison today or later says the same as if it were there, and the figures stay; seed ${ZAAD}`, async () => {
    const toeval = maakToeval(ZAAD);
    const PERSONEN = 120;
    const besluiten: RijBesluit[] = [];
    const zorgen: RijZorg[] = [];
    for (let nr = 0; nr < PERSONEN; nr += 1)
      for (let keer = 0; keer < toeval.geheel(1, 3); keer += 1) {
        const ingang = toeval.geheel(0, 2200);
        const vanaf = toeval.geheel(0, 2200);
        const einde = toeval.kans(0.7) ? dag(toeval.geheel(0, ingang)) : null;
        const tot = toeval.kans(0.7) ? dag(toeval.geheel(0, vanaf)) : null;
        besluiten.push({ bsn: bsnVan(nr), nummer: besluiten.length + 1, ingang: dag(ingang), einde });
        zorgen.push({ bsn: bsnVan(nr), gemeente: '0363', id: `v${keer}`, vanaf: dag(vanaf), tot });
      }
    for (const geleden of [2200, 1700, 1300, 1000, 700, 300, 0]) {
      await zetRegister(
        proef,
        besluiten.filter(({ ingang }) => ingang <= dag(geleden)),
      );
      await zetWmo(
        proef,
        zorgen.filter(({ vanaf }) => vanaf <= dag(geleden)),
        ['0363'],
      );
      await opDag(geleden);
      for (const uitkomst of ['gestopt', 'terecht_samen', 'onjuist'])
        if (geleden > 0)
          await handelAf(uitkomst, geleden, `get_byte(sha256(id::text::bytea), 0) % 4 = ${uitkomst.length % 4}`);
    }
    const later = async (): Promise<readonly unknown[]> => {
      const kader = await kaderVoor(plekVan(proef), dag(0));
      const uit: unknown[] = [];
      for (const verder of [0, -1, -200, -500]) {
        const uitslagen = await database.transactie((client) => {
          const vraag = { van: Buffer.of(0), tot: Buffer.alloc(33, 0xff), peildatum: dag(verder), een: false } as const;
          const rest = {
            terugwerkendDagen: TERUG,
            vervaldatumEerder: 1,
            opvolging: kader?.opvolging ?? new Map(),
          } as const;
          return vergelijk(client, { ...vraag, ...rest });
        }, RUIM);
        uit.push(uitslagen.map(({ eerder, ...uitslag }) => uitslag));
      }
      return uit;
    };
    const cijfers = async () => {
      await beginHerbouw(database);
      while (!(await herbouwPortie(database)).klaar);
      expect(await rekenNa(database)).toBe(0);
      return sql(
        `select gemeente, week, meting, sleutel, aantal, som from ketencijfer where meting like 'wlz-%' order by 1, 2, 3, 4`,
      );
    };
    const [was, open, telden] = [
      await later(),
      await tel(`wlz_signaal where workflow <> 'afgehandeld'`),
      await cijfers(),
    ];
    const verwacht = await telSignalen(planner, STANDAARD_TERMIJNEN, NU, TERUG);
    expect(verwacht).toBeGreaterThan(5);
    expect(telden.length).toBeGreaterThan(5);
    expect(await ruim()).toBe(verwacht);
    expect(await later()).toEqual(was);
    expect(await tel(`wlz_signaal where workflow <> 'afgehandeld'`)).toBe(open);
    expect(await cijfers()).toEqual(telden);
    expect(await ruim()).toBe(0);
  }, 60_000);
});

describe('the Wmo side', () => {
  let nr = 0;
  const { hmac, sleutelId, cijfertekst } = bewaarBsn(sleutels, bsnVan(0));
  const feit = (nummer: string, soort: 'toewijzing' | 'stop', rij: Record<string, unknown>) => {
    nr += 1;
    const { moment = null, vanaf = null, tot = null, reden = null, verwijderd = false } = rij;
    return sql(
      `insert into wmo_dossierfeit (bericht_id, nr, gemeente, aanbieder, toewijzingnummer, soort, volgorde, moment, vanaf, tot, reden, verwijderd,
         bsn_hmac, sleutel_id, cijfertekst) values (gen_random_uuid(), 0, '0363', '98000001', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [nummer, soort, nr, moment, vanaf, tot, reden, verwijderd, hmac, sleutelId, cijfertekst],
    );
  };
  const toewijzing = (nummer: string, geleden: number, tot: number | null, rij = {}) =>
    feit(nummer, 'toewijzing', {
      ...{ moment: `${dag(geleden)} `, vanaf: dag(geleden), tot: tot === null ? null : dag(tot) },
      ...rij,
    });

  test('forgets a toewijzing that ended two years ago as a whole, and nothing of one that runs or that a signal is about', async () => {
    await toewijzing('1', 1500, null);
    await feit('1', 'stop', { tot: dag(800), reden: '06' });
    await toewijzing('2', 1500, 900);
    await toewijzing('2', 1000, 740);
    await toewijzing('3', 1500, 1500, { reden: '13' });
    // Longer again; not ended; a stop that is only for a while, or was taken back; a year ago; with a signal.
    await toewijzing('11', 1500, 900);
    await toewijzing('11', 1000, null);
    await toewijzing('12', 1500, null);
    await feit('12', 'stop', { tot: dag(900), reden: '20' });
    await toewijzing('13', 1500, null);
    await feit('13', 'stop', { tot: dag(900), reden: '06' });
    await feit('13', 'stop', { tot: dag(900), reden: '06', verwijderd: true });
    await toewijzing('14', 1500, 300);
    await toewijzing('15', 1500, 1100);
    await zetRegister(proef, [besluit()]);
    await opDag(1300);
    await sql('truncate wlz_signaalstap');
    await sql(`delete from wlz_signaal where voorziening_id <> '98000001/15'`);
    expect(await tel('wlz_signaal')).toBe(1);

    expect((await telWmo(planner, STANDAARD_TERMIJNEN, NU, TERUG)).feiten).toBe(5);
    expect(await ruimFeitenOp(planner, STANDAARD_TERMIJNEN, NU, TERUG)).toEqual({ weg: 5, verder: undefined });
    const over = await sql('select distinct toewijzingnummer as nr from wmo_dossierfeit order by 1');
    expect(over.map((rij) => rij.nr)).toEqual(['11', '12', '13', '14', '15']);
    expect((await ruimFeitenOp(planner, STANDAARD_TERMIJNEN, NU, TERUG)).weg).toBe(0);
  });

  test('lets a list go that its gemeente did not renew for two years; not that of another', async () => {
    await zetWmo(proef, [zorg(), zorg({ gemeente: '0344' })]);
    await sql(`update wmo_levering set geeindigd_op = $1 where gemeente = '0363'`, [dag(731)]);
    expect((await telWmo(planner, STANDAARD_TERMIJNEN, NU, TERUG)).lijsten).toBe(1);
    expect(await ruimLijstenOp(planner, STANDAARD_TERMIJNEN, NU)).toBe(1);
    expect(await sql(`select l.gemeente from wmo_voorziening v join wmo_levering l on l.nr = v.levering_nr`)).toEqual([
      { gemeente: '0344' },
    ]);
  });
});

test('reports and reject lists go after a year; the last comparison, the current list and the register stay', async () => {
  await zetRegister(proef, [besluit()]);
  await zetWmo(proef, [zorg()]);
  const oud = dag(VERSLAG_OUD);
  await sql(
    `insert into wlz_run (aanleiding, peildatum, register_peilmoment, begonnen_op, geeindigd_op)
     select 'planner', d, d, d, d from unnest($1::date[]) d`,
    [[oud, oud, dag(10)]],
  );
  await sql(
    `insert into wmo_levering (id, gemeente, indiener, vorm, toestand, begonnen_op, geruimd, afwijzingen)
     select gen_random_uuid(), '0344', 'proef', 'csv', 'geweigerd', d, true, '[{"regel": 2, "reden": "bsn"}]' from unnest($1::date[]) d`,
    [[oud, dag(10)]],
  );
  await sql(`update wlz_levering set begonnen_op = $1, afkeuringen = '[{"regel": 2, "reden": "bsn"}]'`, [oud]);
  expect(await ruimVerslagenOp(planner, STANDAARD_TERMIJNEN, NU)).toBe(4);
  expect(await ruimVerslagenOp(planner, STANDAARD_TERMIJNEN, NU)).toBe(0);
  expect([
    await tel('wlz_run'),
    await tel(`wmo_levering where toestand = 'geweigerd'`),
    await tel('wlz_register'),
  ]).toEqual([1, 1, 1]);
  expect(await sql('select toestand, afkeuringen from wlz_levering')).toEqual([
    { toestand: 'verwerkt', afkeuringen: [] },
  ]);
});

test('every statement looks its rows up', async () => {
  const doe = async (db: typeof database) => {
    await ruimSignalenOp(db, STANDAARD_TERMIJNEN, NU, TERUG);
    await ruimFeitenOp(db, STANDAARD_TERMIJNEN, NU, TERUG);
  };
  const tabellen = ['wlz_signaal', 'wlz_signaalstap', 'wmo_dossierfeit', 'wmo_voorziening'];
  expect(zonderVoorwaarde(await gebruikt(database, doe), tabellen)).toEqual([]);
});
