/** The statements of a turn: lock lanes, take their messages, write the verdicts. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { NZASOORTEN } from '../dossier/nza.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel, versleutel } from '../opslag/versleuteling.ts';
import { STANDAARD_INSTELLING } from '../routering/instellingen.ts';
import type { Controleniveau } from '../standards/bevinding.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import type { Foutlijst } from '../standards/foutcodes/lijsten.ts';
import type { TeVerwerken, Uitkomst } from './oordeel.ts';

/** A turn takes at most this many messages of a lane and, beyond the first, this many bytes: then the next lane is due. */
const MAX_BERICHTEN = 64;
const MAX_BYTES = 2 * 1024 * 1024;
/** From here on a message gets a turn of its own: no other lane waits for its commit while it is checked. */
export const GROOT_BYTES = 256 * 1024;

/** From this controleniveau on, an organisation is judged by a dossier. */
const MET_DOSSIER = 3;

/** Class of the advisory locks on lanes. */
export const BAAN_SLOT = 4201;

/** A lane as the lock finds it. */
export interface Slot {
  readonly baanId: number;
  /** false: another worker has it. */
  readonly vrij: boolean;
  /** null: this lane is well; true: it must wait still after a failure; false: it may try again. */
  readonly rust: boolean | null;
  /** Size of its first unfinished message; null: nothing to do. */
  readonly kop: number | null;
}

/** Locks lanes until the end of the transaction. Sent together with BEGIN; the ids are integers of our own, so they can stand in the text. */
export const slotVraag = (banen: readonly number[]): string => `
select baan.id as "baanId", pg_try_advisory_xact_lock(${BAAN_SLOT}, baan.id) as vrij,
  (select volgende_poging > now() from baan_storing s where s.baan_id = baan.id) as rust,
  (select omvang from te_doen t where t.baan_id = baan.id order by t.baan_nummer limit 1) as kop
from unnest(array[${banen.map(Math.trunc).join(',')}]::int[]) as baan(id)`;

export interface Gepakt {
  readonly baanId: number;
  readonly baanNummer: number;
  /** How many unfinished messages its lane had, counted up to one more than a turn takes. */
  readonly klaargezet: number;
  readonly bericht: TeVerwerken;
  /** Trace of its intake, as stored. */
  readonly spoor: Buffer | null;
  readonly bytes: Buffer;
}

interface Rij {
  readonly baanId: number;
  readonly baanNummer: number;
  readonly klaargezet: number;
  readonly id: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly kruisreferentie: string | null;
  readonly ontvangenOp: Date;
  readonly controleniveau: Controleniveau | null;
  readonly retour: 'zelf' | 'knooppunt' | null;
  readonly foutlijst: Foutlijst | null;
  readonly heen: number | null;
  readonly metDossier: boolean;
  readonly volledigVanaf: string | null;
  readonly lopendeIngevoerd: boolean;
  readonly eersteDagtekening: string | null;
  readonly blindTot: string | null;
  readonly opgeruimdTot: string | null;
  readonly totNummer: number | null;
  readonly nza: boolean;
  readonly spoor: Buffer | null;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
}

const PAK = {
  name: 'banen-pak',
  text: `
select kop.baan_id as "baanId", kop.baan_nummer::float8 as "baanNummer", kop.klaargezet, b.id, b.berichtsoort, b.afzender, b.ontvanger,
  b.referentienummer, b.kruisreferentie, b.ontvangen_op as "ontvangenOp", o.controleniveau, o.retour, a.foutlijst, b.spoor, i.sleutel_id as "sleutelId", i.cijfertekst,
  case when b.heenbericht_id is not null then (select h.baan_nummer::float8 from bericht h where h.id = b.heenbericht_id) end as heen,
  -- Whoever of the two wants to be judged by a dossier needs what both of them send.
  coalesce(greatest(o.controleniveau, a.controleniveau) >= ${MET_DOSSIER}, false) as "metDossier",
  to_char(o.dossier_volledig_vanaf, 'YYYY-MM-DD') as "volledigVanaf",
  case when o.dossier_volledig_vanaf is null then false else exists (select from dossier_invoer v where v.organisatie = o.organisatie
    and v.domein = o.domein and v.volledig and v.peildatum <= to_char(o.dossier_volledig_vanaf, 'YYYY-MM-DD')) end as "lopendeIngevoerd",
  d.eerste_dagtekening as "eersteDagtekening", d.blind_tot as "blindTot", d.tot_nummer::float8 as "totNummer",
  d.opgeruimd_tot as "opgeruimdTot",
  case when b.berichtsoort in (${NZASOORTEN.map((code) => `'${code}'`).join(', ')})
    then exists (select from nza_gemeente z where z.gemeente = any (array[b.afzender, b.ontvanger])) else false end as nza
from unnest($1::int[]) as baan(id)
cross join lateral (
  select t.*, row_number() over volgorde as plaats, sum(omvang) over volgorde - omvang as ervoor,
    max(omvang) over volgorde as grootste, count(*) over ()::int as klaargezet
  from (select * from te_doen where baan_id = baan.id order by baan_nummer limit ${MAX_BERICHTEN + 1}) t
  window volgorde as (order by baan_nummer rows unbounded preceding)
) kop
join bericht b on b.id = kop.bericht_id
join inhoud i on i.bericht_id = b.id
left join instelling o on o.organisatie = b.ontvanger and o.domein = b.domein
left join instelling a on a.organisatie = b.afzender and a.domein = b.domein
left join dossier_baan d on d.baan_id = kop.baan_id
where kop.plaats <= ${MAX_BERICHTEN} and kop.ervoor < ${MAX_BYTES} and kop.grootste <= $2
order by kop.plaats, kop.baan_id`,
};

/**
 * @param tot take no message larger than this many bytes, and none that comes after one
 * @returns the oldest unfinished messages of these lanes, decrypted: the first of each lane, then the second of each, and so on
 */
export async function pakBanen(
  client: pg.PoolClient,
  sleutels: Sleutels,
  banen: readonly number[],
  tot: number,
): Promise<readonly Gepakt[]> {
  const { rows } = await client.query<Rij>({ ...PAK, values: [banen, tot] });
  return rows.map((rij) => {
    const soort = berichtsoortVanCode(rij.berichtsoort);
    if (!soort) throw new Error(`unknown berichtsoort ${rij.berichtsoort} in the store`);
    const {
      id,
      afzender,
      ontvanger,
      referentienummer,
      kruisreferentie,
      ontvangenOp,
      baanId,
      baanNummer,
      klaargezet,
      heen,
      nza,
      spoor,
    } = rij;
    const instelling = {
      controleniveau: rij.controleniveau ?? STANDAARD_INSTELLING.controleniveau,
      retour: rij.retour ?? STANDAARD_INSTELLING.retour,
    };
    const foutlijst = rij.foutlijst ?? STANDAARD_INSTELLING.foutlijst;
    const { volledigVanaf, lopendeIngevoerd, eersteDagtekening, blindTot, opgeruimdTot, totNummer } = rij;
    const stand = { volledigVanaf, lopendeIngevoerd, eersteDagtekening, blindTot, opgeruimdTot, totNummer };
    const dossier = rij.metDossier ? stand : null;
    const verzonden = { id, soort, afzender, ontvanger, referentienummer, kruisreferentie, ontvangenOp };
    const bericht = { ...verzonden, instelling, foutlijst, dossier, nza, heen };
    return { baanId, baanNummer, klaargezet, bericht, spoor, bytes: ontsleutel(sleutels, id, rij) };
  });
}

export interface Verwerkt extends Pick<Gepakt, 'baanId' | 'baanNummer' | 'bericht' | 'spoor'> {
  readonly uitkomst: Uitkomst;
}

const SCHRIJF = {
  name: 'banen-schrijf',
  text: `
with u as (
  select * from unnest($1::int[], $2::bigint[], $3::uuid[], $4::text[], $5::boolean[], $6::text[], $7::int[], $8::jsonb[], $24::bytea[],
    $25::text[]) with ordinality as u(baan_id, baan_nummer, id, toestand, bezorgen, postbus, niveau, bevindingen, spoor, oordeel, volgorde)
), gedaan as (
  delete from te_doen t using u where t.baan_id = u.baan_id and t.baan_nummer = u.baan_nummer returning t.bericht_id
), klaar as (
  -- An answer that was refused leaves its place to the one that comes instead.
  update bericht b set toestand = u.toestand, verwerkt_op = now(), oordeel = u.oordeel,
    heenbericht_id = case u.toestand when 'afgekeurd' then null else b.heenbericht_id end
  from u where b.id = u.id and b.toestand = 'ontvangen' returning b.id
), bev as (
  insert into bevinding (bericht_id, niveau, bevindingen) select id, niveau, bevindingen from u where bevindingen <> '[]'::jsonb
), g as (
  select g.*, u.baan_id, u.spoor from unnest($9::uuid[], $10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::uuid[], $17::uuid[],
    $18::text[], $19::bytea[], $20::int[], $21::text[], $22::bytea[], $23::text[], $26::text[], $27::text[]) with ordinality
    as g(id, heenbericht, berichtsoort, domein, release, afzender, ontvanger, referentienummer, kruisreferentie, identificatie,
      sha256, omvang, sleutel_id, cijfertekst, postbus, oordeel, foutcode, volgorde)
  join u on u.id = g.heenbericht
), gb as (
  insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, kruisreferentie,
    identificatie, heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op, spoor, oordeel, foutcode)
  select id, 'knooppunt', baan_id, domein, berichtsoort, release, afzender, ontvanger, 'knooppunt', referentienummer, kruisreferentie,
    identificatie, heenbericht, sha256, omvang, 'verwerkt', date_trunc('milliseconds', now()), now(), spoor, oordeel, foutcode
  from g
), gk as (
  -- An answer concerns the persons of its heenbericht.
  insert into betrokkene (hmac, ontvangen_op, bericht_id)
  select k.hmac, date_trunc('milliseconds', now()), g.id from g join betrokkene k on k.bericht_id = g.heenbericht
), gi as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst) select id, sleutel_id, cijfertekst from g
), p as (
  insert into postbus_item (postbus, bericht_id, bezorging)
  select postbus, bericht_id, 'te_bezorgen' from (
    select postbus, id as bericht_id, 0 as groep, volgorde from u where bezorgen
    union all
    select g.postbus, id, 1, volgorde from g
  ) item order by groep, volgorde
), l as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, details, betrokkenen, spoor)
  select 'bericht verwerkt', 'knooppunt', u.postbus, u.toestand, u.id, jsonb_build_object('niveau', u.niveau), '{}', u.spoor from u
  union all
  select 'antwoord opgesteld', 'knooppunt', g.postbus, g.berichtsoort, g.id, '{}',
    array(select hmac from betrokkene k where k.bericht_id = g.heenbericht), g.spoor from g
)
select (select count(*) from gedaan)::int as gedaan, (select count(*) from klaar)::int as klaar`,
};

const maat = (bytes: Buffer): { readonly sha256: Buffer; readonly omvang: number } => ({
  sha256: createHash('sha256').update(bytes).digest(),
  omvang: bytes.length,
});

/**
 * Writes the verdicts of a turn.
 * @param postbussen receiver by its code → postbus, where that is another
 * @throws when a message was no longer 'ontvangen': another worker had the lane, and nothing of this turn may stand
 */
export async function schrijfBanen(
  client: pg.PoolClient,
  sleutels: Sleutels,
  verwerkt: readonly Verwerkt[],
  postbussen: ReadonlyMap<string, string>,
): Promise<void> {
  const postbus = (code: string): string => postbussen.get(code) ?? code;
  const kolom = <T>(van: (stuk: Verwerkt) => T) => verwerkt.map(van);
  const gemaakt = verwerkt
    .flatMap(({ uitkomst }) => uitkomst.gemaakt)
    .map((stuk) => ({ ...stuk, ...versleutel(sleutels, stuk.id, stuk.bytes), ...maat(stuk.bytes) }));
  const veld = <K extends keyof (typeof gemaakt)[number]>(naam: K) => gemaakt.map((stuk) => stuk[naam]);
  const { rows } = await client.query<{ gedaan: number; klaar: number }>({
    ...SCHRIJF,
    values: [
      kolom(({ baanId }) => baanId),
      kolom(({ baanNummer }) => baanNummer),
      kolom(({ bericht }) => bericht.id),
      kolom(({ uitkomst }) => uitkomst.toestand),
      kolom(({ uitkomst }) => uitkomst.bezorgen),
      kolom(({ bericht }) => postbus(bericht.ontvanger)),
      kolom(({ uitkomst }) => uitkomst.niveau),
      kolom(({ uitkomst }) => JSON.stringify(uitkomst.bevindingen)),
      veld('id'),
      veld('heenbericht'),
      veld('berichtsoort'),
      veld('domein'),
      veld('release'),
      veld('afzender'),
      veld('ontvanger'),
      veld('referentienummer'),
      veld('kruisreferentie'),
      veld('identificatie'),
      veld('sha256'),
      veld('omvang'),
      veld('sleutelId'),
      veld('cijfertekst'),
      gemaakt.map(({ ontvanger }) => postbus(ontvanger)),
      kolom(({ spoor }) => spoor),
      kolom(({ uitkomst }) => uitkomst.oordeel),
      veld('oordeel'),
      veld('foutcode'),
    ],
  });
  const [uitslag] = rows;
  if (uitslag?.klaar !== verwerkt.length || uitslag.gedaan !== verwerkt.length)
    throw new Error('lane was handled by another worker');
}
