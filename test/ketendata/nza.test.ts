/** The set for the NZa: what is kept for it and when, what leaves, and what never does. */
import { createSecretKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ruimNzaOp } from '#src/bewaren/nza.ts';
import { dagenGeleden, STANDAARD_TERMIJNEN } from '#src/bewaren/regels/termijnen.ts';
import { geefInzage } from '#src/inzage/inzage.ts';
import { getalcel, regel, tekstcel } from '#src/ketendata/nza/csv.ts';
import { nzaGemeenten, zetAan, zetUit } from '#src/ketendata/nza/gemeenten.ts';
import { nzaPseudoniem } from '#src/ketendata/nza/pseudoniem.ts';
import { leesNza } from '#src/ketendata/nza/rijen.ts';
import { type Geleverd, leverNza, NZA_KOLOMMEN, type Nzavraag } from '#src/ketendata/nza/uitvoer.ts';
import { pseudoniem } from '#src/opslag/versleuteling.ts';
import { antwoordOp, declareer } from '../dossier/declareer.ts';
import { JAN, PIET } from '../dossier/leven.ts';
import { aanvraag, start, stop, toewijzing } from '../dossier/maak.ts';
import { voerCliUit } from '../hulp/cli.ts';
import { alsOpdracht } from '../hulp/databaserol.ts';
import { AANBIEDER, GEMEENTE, type Gestuurd, Wereld } from './dossierwereld.ts';

const wereld = await Wereld.maak();
const { database, sleutels } = wereld;
afterAll(() => wereld.weg());
const sql = (tekst: string, waarden: readonly unknown[] = []) => database.pool.query(tekst, [...waarden]);

const door = { actor: 'proef', reden: 'proef van de set' };
const JAAR = { vanaf: '2026-01-01', tot: '2026-12-31' };
const NU = new Date();
const TERMIJN = dagenGeleden(NU, STANDAARD_TERMIJNEN.nzaDagen);

async function lever(
  anders: Partial<Nzavraag> = {},
  hmac = sleutels.hmac,
): Promise<Geleverd & { readonly tekst: string }> {
  let tekst = '';
  const naar = new Writable({
    write(stuk: Buffer, _codering, klaar) {
      tekst += stuk.toString('utf8');
      klaar();
    },
  });
  return { ...(await leverNza(database, hmac, { ...JAAR, ...door, termijn: TERMIJN, ...anders }, naar)), tekst };
}
/** Rows by the names of their columns. */
function rijen(tekst: string): readonly Readonly<Record<string, string>>[] {
  const [kop = '', ...rest] = tekst.trimEnd().split('\r\n');
  expect(kop).toBe(NZA_KOLOMMEN.join(';'));
  return rest.map((rij) => Object.fromEntries(rij.split(';').map((cel, nr) => [NZA_KOLOMMEN[nr], cel])));
}
const geregistreerd = async (): Promise<number> =>
  (await sql('select count(*)::int as aantal from nza_feit')).rows[0].aantal;
const logregels = async () =>
  (
    await sql(
      `select gebeurtenis, resultaat, namens, details from logboek where gebeurtenis like 'nza-set%' order by nr`,
    )
  ).rows;

type Waarde = string | readonly Waarde[] | { readonly [naam: string]: Waarde };
/** Whatever a message says of a person besides his care: names, dates, addresses. Short codes say nothing by themselves. */
function overPersoon(waarde: Waarde | undefined): readonly string[] {
  if (waarde === undefined) return [];
  if (typeof waarde === 'string') return waarde.length > 4 ? [waarde] : [];
  const delen = Object.entries(waarde).filter(([naam]) => !/Product|Periode/.test(naam));
  return delen.flatMap(([, deel]) => overPersoon(deel as Waarde));
}

let aanvraagVanJan: Gestuurd;
beforeAll(async () => {
  await wereld.stuur('ijw', '301', '2026-02-02', toewijzing({ nummer: '900' }), { bsn: JAN });
});

test('by default nothing is kept and nothing is there to deliver', async () => {
  expect(await nzaGemeenten(database)).toEqual([]);
  expect(await geregistreerd()).toBe(0);
  expect(await lever()).toMatchObject({ rijen: 0, tekst: `${NZA_KOLOMMEN.join(';')}\r\n` });
});

describe('a gemeente that has a set', () => {
  beforeAll(async () => {
    expect(await zetAan(database, door, GEMEENTE)).toBe(true);
    expect(await zetAan(database, door, GEMEENTE)).toBe(false);
    aanvraagVanJan = await wereld.stuur('ijw', '315', '2026-02-20', aanvraag('VOT-9'), { bsn: JAN });
    await wereld.stuur('ijw', '301', '2026-02-25', toewijzing({ nummer: '901', kenmerk: 'VOT-9' }), { bsn: JAN });
    await wereld.stuur('ijw', '305', '2026-03-11', start({ nummer: '901', begin: '2026-03-10' }), { bsn: JAN });
    await wereld.stuur(
      'ijw',
      '307',
      '2026-06-01',
      stop({ nummer: '901', begin: '2026-03-10', reden: '20', einde: '2026-05-20' }),
      { bsn: JAN },
    );
    await wereld.stuur('ijw', '307', '2026-07-01', stop({ nummer: '901', begin: '2026-03-10', einde: '2026-06-20' }), {
      bsn: JAN,
    });
    const posten = [
      { kenmerk: 'GOED', toewijzing: '901', bsn: JAN },
      { kenmerk: 'FOUT', toewijzing: '902', bsn: PIET, volume: 3 },
      { kenmerk: 'TERUG', toewijzing: '902', bsn: PIET, vorig: 'EERDER', volume: 2 },
    ];
    const op = await wereld.stuur('ijw', '323', '2026-06-10', declareer(posten));
    const terug = [posten[1] ?? {}];
    await wereld.stuur('ijw', '325', '2026-06-12', antwoordOp({ op: op.identificatie, van: op.dag, terug }), {
      heen: op,
    });
    await wereld.stuur('ijw', '301', '2026-02-26', toewijzing({ nummer: '902', product: 'categorie' }), { bsn: PIET });
    await wereld.stuur('iwmo', '301', '2026-02-26', toewijzing({ nummer: '903' }), { bsn: JAN });
  });

  test('has a row per toewijzing, with what the messages said', async () => {
    const { tekst } = await lever();
    const alle = rijen(tekst);
    expect(alle).toHaveLength(2);
    const { Datum } = (aanvraagVanJan.inhoud.Client as unknown as { Geboortedatum: { Datum: string } }).Geboortedatum;
    const [jan, piet] = alle.toSorted((a, b) => Number(b.inRekeningGebrachtCent) - Number(a.inRekeningGebrachtCent));
    const { AangevraagdProduct } = (
      aanvraagVanJan.inhoud.Client as unknown as {
        AangevraagdeProducten: { AangevraagdProduct: readonly { Verwijzer: { Type: string } }[] };
      }
    ).AangevraagdeProducten;
    expect(jan).toEqual({
      agbAanbieder: AANBIEDER,
      pseudoniem: expect.stringMatching(/^[0-9a-f]{64}$/),
      gemeentecode: GEMEENTE,
      geboortejaar: Datum.slice(0, 4),
      typeVerwijzer: AangevraagdProduct[0]?.Verwijzer.Type,
      productcategorie: '45',
      productcode: '45A04',
      toewijzingsdatum: '2026-02-25',
      beoogdeAanvang: '2026-03-01',
      daadwerkelijkeAanvang: '2026-03-10',
      einddatum: '2026-06-20',
      redenEinde: '38',
      inRekeningGebrachtCent: '60000',
      geleverdVolume: '12',
      eenheid: '04',
    });
    // What was sent back was not charged; what was credited comes off.
    expect(piet).toMatchObject({
      productcode: '',
      typeVerwijzer: '',
      daadwerkelijkeAanvang: '',
      inRekeningGebrachtCent: '-10000',
      geleverdVolume: '-2',
    });
  });

  test('is told nothing that names a person: no BSN, name, date of birth, reference or number, nor how anything else of ours calls him', async () => {
    const { tekst } = await lever();
    const verboden = [JAN, PIET, 'VOT-9', 'GOED', '901', '902', 'TERUG'];
    for (const { inhoud } of wereld.gestuurd) verboden.push(...overPersoon(inhoud.Client as Waarde | undefined));
    expect(verboden.length).toBeGreaterThan(20);
    for (const bsn of [JAN, PIET])
      verboden.push(pseudoniem(sleutels, bsn).toString('hex'), pseudoniem(sleutels, bsn).toString('base64'));
    const cellen = new Set(tekst.split(/[;\r\n]+/));
    expect(
      [...new Set(verboden)].filter((woord) => cellen.has(woord) || (woord.length > 4 && tekst.includes(woord))),
    ).toEqual([]);
  });

  test('calls a person the same in every delivery, and another otherwise; under another key everybody otherwise', async () => {
    const [een, twee] = [await lever(), await lever({ tot: '2026-03-31' })];
    const wie = (tekst: string) => new Set(rijen(tekst).map((rij) => rij.pseudoniem));
    expect(wie(een.tekst)).toEqual(wie(twee.tekst));
    expect(wie(een.tekst).size).toBe(2);
    const anders = await lever({}, createSecretKey(Buffer.alloc(32, 9)));
    expect([...wie(anders.tekst)].filter((naam) => wie(een.tekst).has(naam))).toEqual([]);
    const persoon = pseudoniem(sleutels, JAN).toString('hex');
    expect(wie(een.tekst)).toContain(nzaPseudoniem(sleutels.hmac)(persoon));
    expect(wie(een.tekst)).not.toContain(persoon);
  });

  test('counts money in the period that it is of, and a toewijzing in each that it runs in', async () => {
    const bedragen = async (vanaf: string, tot: string) =>
      rijen((await lever({ vanaf, tot })).tekst)
        .map((rij) => rij.inRekeningGebrachtCent)
        .toSorted();
    expect(await bedragen('2026-01-01', '2026-02-28')).toEqual([]);
    expect(await bedragen('2026-03-01', '2026-04-30')).toEqual(['', '']);
    expect(await bedragen('2026-05-01', '2026-05-31')).toEqual(['-10000', '60000']);
    expect(await bedragen('2027-01-01', '2027-12-31')).toEqual([]);
  });

  test('keeps the year and the kind only, of iJw only', async () => {
    const { rows } =
      await sql(`select d.nummer, n.geboortejaar is not null as jaar, n.verwijzer is not null as verwijzer, b.domein
      from nza_feit n join dossier_bericht d using (baan_id, volgorde) join baan b on b.id = n.baan_id order by n.volgorde, n.nr`);
    expect(rows).toEqual([
      { nummer: '315', jaar: false, verwijzer: true, domein: 'ijw' },
      { nummer: '301', jaar: true, verwijzer: false, domein: 'ijw' },
      { nummer: '301', jaar: true, verwijzer: false, domein: 'ijw' },
    ]);
    const { rows: kolommen } = await sql(
      `select string_agg(column_name, ' ' order by ordinal_position) as namen from information_schema.columns where table_name = 'nza_feit'`,
    );
    expect(kolommen[0].namen).toBe('baan_id volgorde nr geboortejaar verwijzer geregistreerd_op');
  });

  test('is shown to the person who asks', async () => {
    const { delen } = await geefInzage(database, sleutels, { bsn: JAN, ...door });
    expect(delen.find(({ naam }) => naam === 'nzaFeiten')?.rijen).toMatchObject([
      { gemeente: GEMEENTE, geboortejaar: null },
      { gemeente: GEMEENTE, typeVerwijzer: null },
    ]);
  });

  test('a toewijzing that was rejected, or taken back, is not in it; of a rejected one nothing is kept', async () => {
    const voor = await geregistreerd();
    const bericht = await wereld.stuur('ijw', '301', '2026-07-02', toewijzing({ nummer: '904' }), { bsn: JAN });
    expect(await geregistreerd()).toBe(voor + 1);
    await wereld.beantwoord(bericht, '2026-07-03', true);
    expect(await geregistreerd()).toBe(voor);
    await wereld.stuur('ijw', '301', '2026-07-04', toewijzing({ nummer: '905' }), { bsn: JAN });
    await wereld.stuur(
      'ijw',
      '301',
      '2026-07-05',
      toewijzing({ nummer: '905', ingang: '2026-03-01', einde: '2026-03-01', reden: '13' }),
      { bsn: JAN },
    );
    expect((await lever()).rijen).toBe(2);
  });

  test('a delivery is in the log before its first row and after its last, and as broken off when it was', async () => {
    const voor = (await logregels()).length;
    const { rijen: aantal, sha256 } = await lever();
    const kapot = new Writable({ write: (_stuk, _codering, klaar) => klaar(new Error('disk full')) });
    kapot.on('error', () => undefined);
    const vraag = { ...JAAR, ...door, termijn: TERMIJN };
    await expect(leverNza(database, sleutels.hmac, vraag, kapot)).rejects.toThrow('disk full');
    const regels = (await logregels()).slice(voor);
    expect(regels.map(({ resultaat }) => resultaat)).toEqual(['begonnen', 'geleverd', 'begonnen', 'afgebroken']);
    expect(regels[1].details).toMatchObject({ ...JAAR, reden: door.reden, rijen: aantal, sha256 });
  });

  test('a command writes a file that only its owner can read, and never over another', async () => {
    const bestand = path.join(wereld.omgeving.KNOOPPUNT_DATA, 'nza.csv');
    const opdracht = ['nza', 'uitvoer', '--vanaf', JAAR.vanaf, '--tot', JAAR.tot, '--uit', bestand];
    const alsBeheer = { ...wereld.omgeving, DATABASE_URL: alsOpdracht(wereld.omgeving.DATABASE_URL, opdracht) };
    const eerste = await voerCliUit(opdracht, alsBeheer);
    expect(eerste).toMatchObject({ code: 0, uit: '', fout: expect.stringContaining('2 regels geleverd') });
    expect(statSync(bestand).mode & 0o777).toBe(0o600);
    expect(readFileSync(bestand, 'utf8')).toBe((await lever()).tekst);
    const tweede = await voerCliUit(opdracht, alsBeheer);
    expect(tweede).toMatchObject({ code: 2, fout: expect.stringContaining('bestaat al') });
    expect(readFileSync(bestand, 'utf8')).toBe((await lever()).tekst);
  });
});

describe('a cell', () => {
  test.each(['=1+1', '+31', '-2', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula', (tekst) => {
    expect(tekstcel(tekst).replace(/^"/, '')).toMatch(/^'/);
  });
  test('keeps separators, quotes and line ends to itself', () => {
    expect(regel([tekstcel('a;b'), tekstcel('c"d'), tekstcel('e\r\nf'), tekstcel(null), tekstcel('gewoon')])).toBe(
      '"a;b";"c""d";"e\r\nf";;gewoon\r\n',
    );
  });
  test('that is a number stays one, and nothing else passes for it', () => {
    expect([getalcel(-5), getalcel('12345678901234'), getalcel(null)]).toEqual(['-5', '12345678901234', '']);
    for (const geen of ['=1', '1;2', '1.5', '']) expect(() => getalcel(geen)).toThrow();
  });
  test('of a code that somebody got into the tables is no formula either', async () => {
    await sql(`update dossier_toewijzing set code = '=cmd|'' /C calc''!A0' where nummer = 902`);
    expect((await lever()).tekst).toContain(`;'=cmd|`);
    await sql('update dossier_toewijzing set code = null where nummer = 902');
  });
});

test('a large set goes by some rows at a time', async () => {
  await sql(`
    with b as (select id from baan where domein = 'ijw'), m as (
      insert into dossier_bericht select b.id, -n, null, '301', 'X' || n, '2026-01-01' from b, generate_series(1, 1200) n returning baan_id, volgorde
    ), t as (
      insert into dossier_toewijzing select baan_id, volgorde, 0, ('p' || volgorde)::bytea, 100000 - volgorde::int, '2026-01-01', '09:00:00', '2026-01-01', null,
        '45', '45A04', 1, '04', '2', null, null, null from m
    )
    insert into nza_feit (baan_id, volgorde, nr, geboortejaar) select baan_id, volgorde, 0, 2012 from m`);
  const delen: number[] = [];
  await database.transactie(async (client) => {
    for await (const deel of leesNza(client, JAAR, TERMIJN)) delen.push(deel.length);
  }, 'set local enable_seqscan = on; set local enable_hashjoin = on');
  expect(delen).toEqual([500, 500, 202]);
  expect(await lever()).toMatchObject({ rijen: 1202 });
});

test('four years after its registration it is in no delivery, and then it goes', async () => {
  await sql(`update nza_feit set geregistreerd_op = $1 where geboortejaar = 2012`, [dagenGeleden(NU, 1462)]);
  expect((await lever()).rijen).toBe(2);
  const voor = await geregistreerd();
  const weg = [];
  for (let portie = 1; portie > 0; weg.push(portie)) portie = await ruimNzaOp(database, STANDAARD_TERMIJNEN, NU);
  expect(weg).toEqual([500, 500, 200, 0]);
  expect(await geregistreerd()).toBe(voor - 1200);
  expect((await lever()).rijen).toBe(2);
});

test('a gemeente that has it no more keeps nothing of it, and only a gemeente can have it', async () => {
  const voor = await geregistreerd();
  expect(voor).toBeGreaterThan(0);
  expect(await zetUit(database, door, GEMEENTE)).toBe(voor);
  expect(await zetUit(database, door, GEMEENTE)).toBeUndefined();
  expect(await geregistreerd()).toBe(0);
  expect((await lever()).rijen).toBe(0);
  const wijzigingen = (await logregels()).filter(({ gebeurtenis }) => gebeurtenis === 'nza-set gewijzigd');
  expect(wijzigingen).toMatchObject([
    { resultaat: 'aan', namens: GEMEENTE, details: { reden: door.reden } },
    { resultaat: 'uit', namens: GEMEENTE, details: { reden: door.reden, registraties: voor } },
  ]);
  await expect(zetAan(database, door, AANBIEDER)).rejects.toMatchObject({ soort: 'nietGevonden' });
  await expect(zetAan(database, { ...door, reden: '' }, GEMEENTE)).rejects.toMatchObject({ soort: 'invoerOngeldig' });
});
