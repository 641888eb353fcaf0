/** Retention of the dossier, on random lives in real lanes: whole stories go, what is open stays, and nothing else notices. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Feiten, Prestatie } from '#src/dossier/feiten.ts';
import { herbouwBaan } from '#src/dossier/herbouw/herbouw.ts';
import { ruimBaanOp, telBaan } from '#src/dossier/opruimen/opruimen.ts';
import { pakUit, pakWijzigingenIn, pakWijzigingenUit } from '#src/dossier/opslag/inpakken.ts';
import { rijenVan, TABELLEN } from '#src/dossier/opslag/rijen.ts';
import { zonder } from '#src/dossier/verhaal.ts';
import { dossiervraag } from '#src/inzage/delen.ts';
import { maakBericht } from '../hulp/berichten.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { openAlsRol } from '../hulp/databaserol.ts';
import { ZAAD } from '../hulp/zaad.ts';
import { alsZip, GEMEENTE, maakInvoer } from './invoer/opzet.ts';
import { Baanloop, Schrijver, type Stuk, stelIn } from './levensloop.ts';
import { heelLeven } from './model/half.ts';
import { Lane } from './model/lane.ts';
import { type Leven, maakLeven } from './model/levens.ts';

const LEVENS = 4;
const LANGSTE = 60;
/** The lanes with lives that passed the switch, and those with lives that were imported. */
const [EERSTE, INGEVOERD] = [1, 201] as const;
/** Later than all lives: whatever is over, is long enough ago. */
const VOOR = '2099-01-01';

const { plaats, voer, url, weg } = await maakInvoer();
const { database } = plaats;
/** Who does it, with no more rights than it needs. */
const planner = openAlsRol(url, 'planner', 2);
afterAll(() => planner.sluit().then(weg));
const loop = new Baanloop(plaats);
const sql = async (tekst: string, waarden: readonly unknown[] = []) =>
  (await database.pool.query(tekst, [...waarden])).rows;
const aanbieder = (nr: number): string => String(98000000 + nr);
const baanVan = async (nr: number): Promise<number> =>
  (await sql('select id from baan where aanbieder = $1', [aanbieder(nr)]))[0]?.id;
const lanen = (vanaf: number): readonly number[] => Array.from({ length: LEVENS }, (_, nr) => vanaf + nr);

/** Short lives in which something is over at the end, and something is not. */
function kiesLevens(): readonly Leven[] {
  const gekozen: Leven[] = [];
  for (let zaad = ZAAD; gekozen.length < LEVENS; zaad += 1) {
    const leven = maakLeven(zaad);
    if (leven.domein !== 'iwmo' || leven.gebeurtenissen.length > LANGSTE) continue;
    const lane = new Lane();
    for (const { gevolgen } of heelLeven(leven, leven.gebeurtenissen)) for (const gevolg of gevolgen) gevolg(lane);
    if (lane.ruimOp(VOOR, () => true) !== null) gekozen.push(leven);
  }
  return gekozen;
}
const GEKOZEN = kiesLevens();

function stukken(nr: number): readonly Stuk[] {
  const schrijver = new Schrijver('iwmo', { gemeente: GEMEENTE, aanbieder: aanbieder(nr) });
  return (GEKOZEN[(nr % 100) - 1]?.gebeurtenissen ?? []).flatMap((gebeurtenis) => schrijver.schrijf(gebeurtenis) ?? []);
}

type Rij = Readonly<Record<string, unknown>>;
/** All facts of a lane, without what tells it from another lane. */
async function feiten(baanId: number): Promise<Readonly<Record<string, readonly Rij[]>>> {
  const lijsten: [string, readonly Rij[]][] = [];
  for (const tabel of TABELLEN) {
    const rijen = await sql(
      `select to_jsonb(f) - 'baan_id' - 'bericht_id' as rij from dossier_${tabel} f where baan_id = $1 order by 1`,
      [baanId],
    );
    lijsten.push([tabel, rijen.map(({ rij }) => rij)]);
  }
  return Object.fromEntries(lijsten);
}
const PERSOONLIJK = ['toewijzing', 'levering', 'verzoek', 'prestatie'] as const;
const personenVan = (van: Readonly<Record<string, readonly Rij[]>>): ReadonlySet<string> =>
  new Set(PERSOONLIJK.flatMap((tabel) => (van[tabel] ?? []).map(({ persoon }) => String(persoon))));

/** By a reading of its own: of whom something is open in a lane. */
async function open(baanId: number): Promise<ReadonlySet<string>> {
  const rijen = await sql(
    `select persoon::text from dossier_prestatie where baan_id = $1 and stand = 'ingediend' and code <> ''
     union select persoon::text from (select distinct on (persoon, nummer) persoon, einddatum from dossier_toewijzing where baan_id = $1
       order by persoon, nummer, toewijzingsdatum desc, toewijzingstijd desc, volgorde desc, nr desc) t where einddatum is null
     union select persoon::text from dossier_verzoek v where baan_id = $1
       and not exists (select from dossier_antwoord a where a.baan_id = $1 and a.kenmerk = v.kenmerk and not a.in_onderzoek)
       and not exists (select from dossier_toewijzing t where t.baan_id = $1 and t.kenmerk = v.kenmerk)
     union select persoon::text from dossier_levering l where baan_id = $1 and soort = 'start' and not verwijdert
       and not exists (select from dossier_levering s where s.baan_id = $1 and s.persoon = l.persoon and s.begindatum = l.begindatum
         and (s.soort = 'stop' or s.verwijdert))`,
    [baanId],
  );
  return new Set(rijen.map(({ persoon }) => persoon));
}

/** As when retention removed the messages themselves: nothing is known of them. */
const zonderBerichten = () =>
  sql(
    'truncate bericht, inhoud, postbus_item, te_doen, bevinding, betrokkene, bezorgpoging, verzoekreferentie, openstaand cascade',
  );
const herbouw = (baanId: number, herstel = false) =>
  herbouwBaan({ ...plaats, bronnen: BRONNEN, actor: 'proef' }, baanId, herstel);
const zonderVerschil = { verschillen: [], hersteld: false };
/** All that the lane keeps besides its tables, as text. */
async function elders(baanId: number): Promise<string> {
  const delen = await sql(
    `select rijen as bytes from dossier_momentopname_deel where baan_id = $1
     union all select wijzigingen from dossier_invoer_deel where baan_id = $1`,
    [baanId],
  );
  return delen.map(({ bytes }) => JSON.stringify(pakUit(bytes))).join('\n');
}

beforeAll(async () => {
  await stelIn(plaats, GEMEENTE, 'iwmo', { controleniveau: 3, retour: 'zelf' });
  for (const nr of lanen(EERSTE)) await loop.speel(stukken(nr));
  for (const nr of lanen(INGEVOERD)) await voer(alsZip(stukken(nr)));
}, 300_000);

/** Ends, in the lanes that have no snapshot yet, what is open of half of the persons; lives are too short for much to end by itself. */
async function sluitAf(): Promise<void> {
  // By their order in the lane: what a person is called there differs from run to run.
  const helft = `volgorde > 0 and (baan_id, persoon) in (select baan_id, persoon from (select baan_id, persoon,
    row_number() over (partition by baan_id order by min(volgorde), min(nr)) as rang from dossier_toewijzing group by 1, 2) r where rang % 2 = 1)`;
  await sql(`
    update dossier_prestatie set stand = 'toegekend' where stand = 'ingediend' and ${helft};
    update dossier_toewijzing set einddatum = ingangsdatum where einddatum is null and ${helft};
    delete from dossier_verzoek v where ${helft} and not exists (select from dossier_antwoord a where a.baan_id = v.baan_id and a.kenmerk = v.kenmerk
      and not a.in_onderzoek and a.volgorde > v.volgorde)
      and not exists (select from dossier_toewijzing t where t.baan_id = v.baan_id and t.kenmerk = v.kenmerk and t.volgorde > v.volgorde);
    insert into dossier_levering select baan_id, volgorde, nr + 500, persoon, 'stop', false, toewijzing, categorie, code, begindatum, '19', begindatum
      from dossier_levering where soort = 'start' and not verwijdert and ${helft}`);
}

/** Broken off in the transaction of a lane: nothing of it happened. */
async function valOm(): Promise<void> {
  await sql(`create function val_om() returns trigger language plpgsql as $$ begin raise exception 'omgevallen'; end $$;
    create trigger val_om before update or insert on dossier_baan for each row execute function val_om()`);
  let omgevallen = 0;
  for (const nr of lanen(EERSTE)) {
    const baanId = await baanVan(nr);
    const was = [await feiten(baanId), await elders(baanId), await telBaan(planner, baanId, VOOR)];
    await ruimBaanOp(planner, baanId, VOOR).catch(() => {
      omgevallen += 1;
    });
    expect([await feiten(baanId), await elders(baanId), await telBaan(planner, baanId, VOOR)]).toEqual(was);
  }
  await sql('drop trigger val_om on dossier_baan; drop function val_om()');
  expect(omgevallen).toBeGreaterThan(2);
}

test('a story of which a message is still known stays, and so does what is registered for the NZa', async () => {
  const baanId = await baanVan(EERSTE);
  const was = await feiten(baanId);
  expect(await telBaan(planner, baanId, VOOR)).toBe(0);
  expect(await ruimBaanOp(planner, baanId, VOOR)).toEqual({ verhalen: 0, berichten: 0 });
  expect(await feiten(baanId)).toEqual(was);

  const ingevoerd = await Promise.all(lanen(INGEVOERD).map(baanVan));
  for (const baan of ingevoerd) {
    if ((await telBaan(planner, baan, VOOR)) === 0) continue;
    await sql(
      'insert into nza_feit (baan_id, volgorde, nr) select baan_id, volgorde, 0 from dossier_bericht where baan_id = $1',
      [baan],
    );
    expect(await telBaan(planner, baan, VOOR)).toBe(0);
    await sql('delete from nza_feit');
    return;
  }
  expect.unreachable('no imported life has a closed story');
});

test('a dry run and a broken off round change nothing; a round takes whole stories, leaves what is open or not old, and the rebuild finds no difference', async () => {
  const bekend = await sql('select id, to_jsonb(bericht) as rij from bericht');
  expect(bekend.length).toBeGreaterThan(100);
  await zonderBerichten();
  await sluitAf();
  // The snapshot of what the tables say, now that nothing else does.
  for (const nr of lanen(EERSTE)) expect(await herbouw(await baanVan(nr))).toMatchObject(zonderVerschil);
  await valOm();
  let [gegaan, gebleven, gedeeld] = [0, 0, 0];
  for (const nr of [...lanen(EERSTE), ...lanen(INGEVOERD)]) {
    const baanId = await baanVan(nr);
    const [was, aan, bijzaak] = [await feiten(baanId), await open(baanId), await elders(baanId)];
    const aantal = await telBaan(planner, baanId, VOOR);
    expect([await feiten(baanId), await elders(baanId)]).toEqual([was, bijzaak]);
    // Not long enough ago.
    expect(await ruimBaanOp(planner, baanId, '2000-01-01')).toEqual({ verhalen: 0, berichten: 0 });

    const { verhalen } = await ruimBaanOp(planner, baanId, VOOR);
    expect(verhalen).toBe(aantal);
    const is = await feiten(baanId);
    const over = personenVan(is);
    const weg = [...personenVan(was)].filter((persoon) => !over.has(persoon));
    expect(weg.length).toBe(aantal);
    expect(weg.filter((persoon) => aan.has(persoon))).toEqual([]);
    for (const tabel of PERSOONLIJK)
      expect(is[tabel]).toEqual(was[tabel]?.filter(({ persoon }) => over.has(String(persoon))));
    // Nothing of them anywhere: not for an inzage, not in what the lane is rebuilt from.
    const rest = await elders(baanId);
    for (const persoon of weg) {
      expect(rest).not.toContain(persoon.slice(2));
      for (const tabel of PERSOONLIJK)
        expect(
          await sql(dossiervraag(`dossier_${tabel}`, ['volgorde']).replace('where', 'where b.id = $2 and'), [
            Buffer.from(persoon.slice(2), 'hex'),
            baanId,
          ]),
        ).toEqual([]);
    }
    // What is left of their messages is of somebody else, or something is still asked about it.
    const plekken = new Set(PERSOONLIJK.flatMap((tabel) => (is[tabel] ?? []).map(({ volgorde }) => volgorde)));
    const kenmerken = new Set(
      ['verzoek', 'toewijzing'].flatMap((tabel) => (is[tabel] ?? []).map(({ kenmerk }) => kenmerk)),
    );
    for (const { kenmerk, volgorde } of is.antwoord ?? []) if (kenmerken.has(kenmerk)) plekken.add(volgorde);
    expect((is.bericht ?? []).filter(({ volgorde }) => !plekken.has(volgorde))).toEqual([]);
    expect((is.declaratie ?? []).filter(({ volgorde }) => !plekken.has(volgorde))).toEqual([]);
    const verwacht = (was.prestatie ?? []).length - (is.prestatie ?? []).length;
    if (verwacht > 0 && (is.prestatie ?? []).length > 0) gedeeld += 1;

    expect(await herbouw(baanId)).toMatchObject(zonderVerschil);
    expect(await herbouw(baanId, true)).toMatchObject(zonderVerschil);
    expect(await feiten(baanId)).toEqual(is);
    expect(await ruimBaanOp(planner, baanId, VOOR)).toEqual({ verhalen: 0, berichten: 0 });
    if (aantal > 0)
      expect((await sql('select opgeruimd_tot as tot from dossier_baan where baan_id = $1', [baanId]))[0].tot).toMatch(
        /^20\d\d-/,
      );
    gegaan += weg.length;
    gebleven += over.size;
  }
  expect(Math.min(gegaan, gebleven)).toBeGreaterThan(5);
  expect(gedeeld).toBeGreaterThan(0);
}, 120_000);

test('what a message misses may have been removed: then it is not refused, and without that it is', async () => {
  const nr = 90;
  const ALTIJD = '2000-01-01';
  for (const partij of [GEMEENTE, aanbieder(nr)])
    await stelIn(plaats, partij, 'iwmo', { controleniveau: 3, retour: 'knooppunt', dossierVolledigVanaf: ALTIJD });
  await sql(
    `insert into dossier_invoer (organisatie, domein, peildatum, volledig, berichten, regels, geweigerd, door) values ($1, 'iwmo', $2, true, 0, 0, 0, 'proef')`,
    [GEMEENTE, ALTIJD],
  );
  const stuur = async (identificatie: string) => {
    const bytes = maakBericht('WMO305', { afzender: aanbieder(nr), ontvanger: GEMEENTE, identificatie });
    const [id] = await loop.speel([{ afzender: aanbieder(nr), bytes, antwoord: false }]);
    const [rij] = await sql(
      `select b.toestand, v.bevindingen from bericht b left join bevinding v on v.bericht_id = b.id where b.id = $1`,
      [id],
    );
    const codes = (rij.bevindingen ?? []).map(({ ernst, regel, retourcode }: Rij) => `${ernst} ${regel} ${retourcode}`);
    return { toestand: rij.toestand, codes };
  };
  expect(await stuur('EEN')).toEqual({ toestand: 'afgekeurd', codes: ['fout TR019 9019'] });
  await sql(`update dossier_baan set opgeruimd_tot = '2098-01-01' where baan_id = $1`, [await baanVan(nr)]);
  expect(await stuur('TWEE')).toEqual({ toestand: 'verwerkt', codes: ['waarschuwing TR019 0233'] });
});

test('what is left of an imported declaratie keeps its place in it, however often some of it goes', () => {
  const herkomst = { volgorde: -7, berichtId: null, dagtekening: '2020-01-31' };
  const prestatie = (persoon: string): Prestatie => ({
    ...{
      herkomst,
      persoon,
      kenmerk: `${persoon}1`,
      vorig: null,
      toewijzing: 1,
      categorie: '02',
      code: '02A05',
      begindatum: '2020-01-01',
    },
    ...{ einddatum: '2020-01-31', volume: 1, eenheid: '04', tarief: 1, bedrag: 1, credit: false, stand: 'toegekend' },
  });
  const leeg = { toewijzingen: [], leveringen: [], verzoeken: [], antwoorden: [], declaraties: [] };
  let feiten: Feiten | undefined = {
    bericht: { herkomst, nummer: '323', identificatie: 'D' },
    ...leeg,
    prestaties: ['aa', 'bb', 'aa', 'cc'].map(prestatie),
  };
  const plaatsen: unknown[] = [];
  for (const persoon of ['dd', 'aa', 'bb', 'cc']) {
    const zonderHem: Feiten | undefined =
      feiten && zonder(feiten, { personen: new Set([persoon]), kenmerken: new Set() });
    const [terug]: readonly Feiten[] = zonderHem
      ? pakWijzigingenUit(pakWijzigingenIn({ nieuw: [zonderHem], vergeten: [], besloten: [] })).nieuw
      : [];
    plaatsen.push(terug && rijenVan(terug).prestatie.map(({ nr }) => nr));
    feiten = terug;
  }
  expect(plaatsen).toEqual([[0, 1, 2, 3], [1, 3], [3], undefined]);
});

test('more than one portion: everybody who is over goes, whatever stays in between', async () => {
  const PERSONEN = 450;
  await sql(`insert into baan (gemeente, aanbieder, domein) values ($1, $2, 'iwmo')`, [GEMEENTE, aanbieder(91)]);
  const baanId = await baanVan(91);
  // Of each person a toewijzing and a declaratie; everybody's declaraties are one message. Every third toewijzing has no end.
  await sql(`
    insert into dossier_baan (baan_id, tot_nummer) values (${baanId}, ${PERSONEN + 1});
    insert into dossier_bericht select ${baanId}, n, null, '301', 'V' || n, '2020-01-01' from generate_series(1, ${PERSONEN + 1}) n;
    insert into dossier_toewijzing (baan_id, volgorde, nr, persoon, nummer, toewijzingsdatum, toewijzingstijd, ingangsdatum, einddatum)
      select ${baanId}, n, 0, sha256(('p' || n)::bytea), n, '2020-01-01', '09:00:00', '2020-01-01', case when n % 3 > 0 then '2020-01-31' end
      from generate_series(1, ${PERSONEN}) n;
    insert into dossier_declaratie values (${baanId}, ${PERSONEN + 1}, 'V${PERSONEN + 1}', 'D', '2020-01-01', '2020-01-01', '1.0.0', '1.0.0');
    insert into dossier_prestatie select ${baanId}, ${PERSONEN + 1}, n, sha256(('p' || n)::bytea), ('r' || n)::bytea, null, n, '02', '02A05', '2020-01-01',
      '2020-01-31', 5, '04', 100, 500, false, 'toegekend' from generate_series(1, ${PERSONEN}) n`);
  const over = (PERSONEN / 3) * 2;
  expect(await telBaan(planner, baanId, VOOR)).toBe(over);
  expect(await ruimBaanOp(planner, baanId, VOOR)).toEqual({ verhalen: over, berichten: over });
  const is = await feiten(baanId);
  expect([is.bericht?.length, is.toewijzing?.length, is.prestatie?.length, is.declaratie?.length]).toEqual([
    ...[PERSONEN / 3 + 1, PERSONEN / 3, PERSONEN / 3, 1],
  ]);
  expect(is.prestatie?.every(({ nr }) => Number(nr) % 3 === 0)).toBe(true);
  // What two share goes when both are over, or not at all.
  await sql(`
    update dossier_toewijzing set einddatum = '2020-01-31' where baan_id = ${baanId} and nummer > 3;
    update dossier_prestatie set kenmerk = 'r3' where baan_id = ${baanId} and nr = 6`);
  expect(await ruimBaanOp(planner, baanId, VOOR)).toEqual({ verhalen: PERSONEN / 3 - 2, berichten: PERSONEN / 3 - 2 });
  expect((await feiten(baanId)).prestatie?.map(({ nr }) => nr)).toEqual([3, 6]);
  await sql(`update dossier_toewijzing set einddatum = '2020-01-31' where baan_id = $1`, [baanId]);
  expect(await ruimBaanOp(planner, baanId, VOOR)).toEqual({ verhalen: 2, berichten: 3 });
  expect(Object.values(await feiten(baanId)).flat()).toEqual([]);
});
