/** The two statements of a turn: take a batch of a lane, and write its verdicts. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel, versleutel } from '../opslag/versleuteling.ts';
import { STANDAARD_INSTELLING } from '../routering/instellingen.ts';
import type { Controleniveau } from '../standards/bevinding.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';
import type { Foutlijst } from '../standards/foutcodes/lijsten.ts';
import type { TeVerwerken, Uitkomst } from './oordeel.ts';

/** A turn takes at most this many messages and, beyond the first, this many bytes: then the next lane is due. */
const MAX_BERICHTEN = 64;
const MAX_BYTES = 2 * 1024 * 1024;

/** Class of the advisory locks on lanes. */
export const BAAN_SLOT = 4201;

export interface Gepakt {
  readonly bericht: TeVerwerken;
  readonly bytes: Buffer;
}

interface Rij {
  readonly id: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly ontvanger: string;
  readonly referentienummer: string;
  readonly controleniveau: Controleniveau | null;
  readonly retour: 'zelf' | 'knooppunt' | null;
  readonly foutlijst: Foutlijst | null;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
  readonly klaargezet: number;
}

const PAK = {
  name: 'baan-pak',
  text: `
select b.id::text, b.berichtsoort, b.afzender, b.ontvanger, b.referentienummer::text,
  o.controleniveau::int, o.retour, a.foutlijst, i.sleutel_id as "sleutelId", i.cijfertekst, b.klaargezet
from (
  select *, sum(omvang) over (order by baan_nummer) - omvang as ervoor, row_number() over (order by baan_nummer) as plaats,
    count(*) over ()::int as klaargezet
  from (select * from bericht where baan_id = $1 and toestand = 'ontvangen' order by baan_nummer limit ${MAX_BERICHTEN + 1}) kop
) b
join inhoud i on i.bericht_id = b.id
left join instelling o on o.organisatie = b.ontvanger and o.domein = b.domein
left join instelling a on a.organisatie = b.afzender and a.domein = b.domein
where b.ervoor < ${MAX_BYTES} and b.plaats <= ${MAX_BERICHTEN}
order by b.baan_nummer`,
};

export interface Greep {
  readonly gepakt: readonly Gepakt[];
  /** How many unfinished messages the lane had, counted up to one more than a turn takes. */
  readonly klaargezet: number;
}

/** @returns the oldest unfinished messages of the lane, in order of receipt, decrypted */
export async function pakBaan(client: pg.PoolClient, sleutels: Sleutels, baanId: number): Promise<Greep> {
  const { rows } = await client.query<Rij>({ ...PAK, values: [baanId] });
  const gepakt = rows.map((rij) => {
    const soort = berichtsoortVanCode(rij.berichtsoort);
    if (!soort) throw new Error(`unknown berichtsoort ${rij.berichtsoort} in the store`);
    const { id, afzender, ontvanger, referentienummer } = rij;
    const instelling = {
      controleniveau: rij.controleniveau ?? STANDAARD_INSTELLING.controleniveau,
      retour: rij.retour ?? STANDAARD_INSTELLING.retour,
    };
    const foutlijst = rij.foutlijst ?? STANDAARD_INSTELLING.foutlijst;
    return {
      bericht: { id, soort, afzender, ontvanger, referentienummer, instelling, foutlijst },
      bytes: ontsleutel(sleutels, id, rij),
    };
  });
  return { gepakt, klaargezet: rows[0]?.klaargezet ?? 0 };
}

const SCHRIJF = {
  name: 'baan-schrijf',
  text: `
with u as (
  select * from unnest($2::uuid[], $3::text[], $4::boolean[], $5::text[], $6::int[], $7::jsonb[]) with ordinality
    as u(id, toestand, bezorgen, postbus, niveau, bevindingen, volgorde)
), klaar as (
  update bericht b set toestand = u.toestand, verwerkt_op = now() from u where b.id = u.id and b.toestand = 'ontvangen' returning b.id
), bev as (
  insert into bevinding (bericht_id, niveau, bevindingen) select id, niveau, bevindingen from u where bevindingen <> '[]'::jsonb
), g as (
  select * from unnest($8::uuid[], $9::uuid[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::uuid[], $16::uuid[], $17::text[],
    $18::bytea[], $19::int[], $20::text[], $21::bytea[]) with ordinality
    as g(id, heenbericht, berichtsoort, domein, release, afzender, ontvanger, referentienummer, kruisreferentie, identificatie,
      sha256, omvang, sleutel_id, cijfertekst, volgorde)
), gb as (
  insert into bericht (id, oorsprong, baan_id, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer, kruisreferentie,
    identificatie, heenbericht_id, sha256, omvang, toestand, ontvangen_op, verwerkt_op)
  select id, 'knooppunt', $1, domein, berichtsoort, release, afzender, ontvanger, 'knooppunt', referentienummer, kruisreferentie,
    identificatie, heenbericht, sha256, omvang, 'verwerkt', date_trunc('milliseconds', now()), now()
  from g
), gi as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst) select id, sleutel_id, cijfertekst from g
), p as (
  insert into postbus_item (postbus, bericht_id, bezorging)
  select postbus, bericht_id, 'te_bezorgen' from (
    select postbus, id as bericht_id, 0 as groep, volgorde from u where bezorgen
    union all
    select ontvanger, id, 1, volgorde from g
  ) item order by groep, volgorde
), l as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, details)
  select 'bericht verwerkt', 'knooppunt', u.postbus, u.toestand, u.id, jsonb_build_object('niveau', u.niveau) from u
)
select count(*)::int as klaar from klaar`,
};

/**
 * Writes the verdicts of a batch.
 * @throws when a message was no longer 'ontvangen': another worker had the lane, and nothing of this turn may stand
 */
export async function schrijfBaan(
  client: pg.PoolClient,
  sleutels: Sleutels,
  baanId: number,
  uitkomsten: readonly { readonly bericht: TeVerwerken; readonly uitkomst: Uitkomst }[],
): Promise<void> {
  const kolom = <T>(van: (bericht: TeVerwerken, uitkomst: Uitkomst) => T) =>
    uitkomsten.map(({ bericht, uitkomst }) => van(bericht, uitkomst));
  const gemaakt = uitkomsten
    .flatMap(({ uitkomst }) => uitkomst.gemaakt)
    .map((stuk) => ({ ...stuk, ...versleutel(sleutels, stuk.id, stuk.bytes), ...maat(stuk.bytes) }));
  const veld = <K extends keyof (typeof gemaakt)[number]>(naam: K) => gemaakt.map((stuk) => stuk[naam]);
  const { rows } = await client.query<{ klaar: number }>({
    ...SCHRIJF,
    values: [
      baanId,
      kolom(({ id }) => id),
      kolom((_, { toestand }) => toestand),
      kolom((_, { bezorgen }) => bezorgen),
      kolom(({ ontvanger }) => ontvanger),
      kolom((_, { niveau }) => niveau),
      kolom((_, { bevindingen }) => JSON.stringify(bevindingen)),
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
    ],
  });
  if (rows[0]?.klaar !== uitkomsten.length) throw new Error('lane was handled by another worker');
}

const maat = (bytes: Buffer): { readonly sha256: Buffer; readonly omvang: number } => ({
  sha256: createHash('sha256').update(bytes).digest(),
  omvang: bytes.length,
});
