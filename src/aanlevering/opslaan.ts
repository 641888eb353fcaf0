/**
 * Stores accepted messages: one statement, one commit for the whole batch, with the numbers of their lanes.
 *
 * Order of receipt: a lane's counter is raised under its row lock, which is held until commit. So the numbers of a lane become
 * visible in their own order, and no message can slip in before one that a worker has already seen.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import type { Versleuteld } from '../opslag/versleuteling.ts';
import type { Adres } from '../routering/adres.ts';

/** A message that passed every check of intake, ready to be stored. */
export interface NieuwBericht {
  readonly id: string;
  readonly adres: Adres;
  readonly indiener: string;
  readonly referentienummer: string;
  readonly kruisreferentie: string | null;
  /** The message that this one answers. */
  readonly heenberichtId: string | null;
  /** As its header has it, for who looks for it by that. */
  readonly dagtekening: string | null;
  readonly sha256: Buffer;
  readonly omvang: number;
  readonly ontvangenOp: Date;
  readonly inhoud: Versleuteld;
  /** HMACs of the BSNs in it, for the audit line. */
  readonly betrokkenen: readonly Buffer[];
  /** Trace of its intake. */
  readonly spoor: Buffer | null;
}

/** Ids of the messages that were new, with their lanes; the others were stored before under the same referentienummer. */
export type Opgeslagen = ReadonlyMap<string, number>;

const OPSLAAN = {
  name: 'bericht-opslaan',
  text: `
with n as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[],
    $11::uuid[], $12::text[], $13::bytea[], $14::int[], $15::timestamptz[], $16::text[], $17::int[], $18::int[], $19::text[], $21::uuid[], $22::text[],
    $23::bytea[])
  with ordinality as n(id, gemeente, aanbieder, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    kruisreferentie, identificatie, sha256, omvang, ontvangen_op, sleutel_id, vanaf, lengte, betrokkenen,
    heenbericht_id, dagtekening, spoor, volgorde)
), b as (
  insert into baan as baan (gemeente, aanbieder, domein, teller)
  select gemeente, aanbieder, domein, count(*) from n group by 1, 2, 3 order by 1, 2, 3
  on conflict (gemeente, aanbieder, domein) do update set teller = baan.teller + excluded.teller
  returning id, gemeente, aanbieder, domein, teller
), nieuw as (
  insert into bericht (id, oorsprong, baan_id, baan_nummer, domein, berichtsoort, release, afzender, ontvanger, indiener, referentienummer,
    kruisreferentie, identificatie, sha256, omvang, toestand, ontvangen_op, heenbericht_id, dagtekening, spoor)
  select n.id, 'aanlevering', b.id, b.teller - count(*) over (partition by b.id) + row_number() over (partition by b.id order by n.volgorde),
    n.domein, n.berichtsoort, n.release, n.afzender, n.ontvanger, n.indiener, n.referentienummer,
    n.kruisreferentie, n.identificatie, n.sha256, n.omvang, 'ontvangen', n.ontvangen_op, n.heenbericht_id, n.dagtekening, n.spoor
  from n join b using (gemeente, aanbieder, domein)
  -- A used referentienummer, or a second answer to one heenbericht: the caller finds out which.
  on conflict do nothing
  returning id, baan_id, baan_nummer, omvang, ontvangen_op
), t as (
  insert into te_doen (baan_id, baan_nummer, bericht_id, omvang, ontvangen_op) select baan_id, baan_nummer, id, omvang, ontvangen_op from nieuw
), echt as materialized (
  select n.id, n.indiener, n.afzender, n.sleutel_id, n.vanaf, n.lengte, n.ontvangen_op, n.spoor,
    -- An answer also concerns the persons of its heenbericht, whether or not it names them.
    array(select decode(hex, 'hex') from string_to_table(nullif(n.betrokkenen, ''), ',') as hex) || array(select heen.hmac from betrokkene heen
      where heen.bericht_id = n.heenbericht_id and position(encode(heen.hmac, 'hex') in n.betrokkenen) = 0) as betrokkenen
  from n join nieuw using (id)
), i as (
  insert into inhoud (bericht_id, sleutel_id, cijfertekst)
  select id, sleutel_id, substring($20::bytea from vanaf for lengte) from echt where lengte > 0
), l as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, betrokkenen, spoor)
  select 'bericht ontvangen', indiener, afzender, 'aangenomen', id, betrokkenen, spoor from echt
), k as (
  insert into betrokkene (hmac, ontvangen_op, bericht_id) select hmac, ontvangen_op, id from echt cross join unnest(betrokkenen) as hmac
)
select id, baan_id as "baanId" from nieuw`,
};

const INHOUD = {
  name: 'inhoud-opslaan',
  text: 'insert into inhoud (bericht_id, sleutel_id, cijfertekst) values ($1, $2, $3)',
};

function waarden(berichten: readonly NieuwBericht[], metInhoud: boolean): unknown[] {
  const kolom = <T>(van: (bericht: NieuwBericht) => T) => berichten.map(van);
  // All ciphertexts travel as one binary parameter, each row saying which part is its own: an array of bytea would go as text.
  const blok = metInhoud ? Buffer.concat(kolom(({ inhoud }) => inhoud.cijfertekst)) : Buffer.alloc(0);
  const lengtes = kolom(({ inhoud }) => (metInhoud ? inhoud.cijfertekst.length : 0));
  let vanaf = 1;
  const begins = lengtes.map((lengte) => {
    const begin = vanaf;
    vanaf += lengte;
    return begin;
  });
  return [
    kolom(({ id }) => id),
    kolom(({ adres }) => adres.gemeente),
    kolom(({ adres }) => adres.aanbieder),
    kolom(({ adres }) => adres.soort.domein),
    kolom(({ adres }) => adres.soort.code),
    kolom(({ adres }) => adres.soort.release),
    kolom(({ adres }) => adres.afzender),
    kolom(({ adres }) => adres.ontvanger),
    kolom(({ indiener }) => indiener),
    kolom(({ referentienummer }) => referentienummer),
    kolom(({ kruisreferentie }) => kruisreferentie),
    kolom(({ adres }) => adres.identificatie ?? null),
    kolom(({ sha256 }) => sha256),
    kolom(({ omvang }) => omvang),
    kolom(({ ontvangenOp }) => ontvangenOp),
    kolom(({ inhoud }) => inhoud.sleutelId),
    begins,
    lengtes,
    kolom(({ betrokkenen }) => betrokkenen.map((hmac) => hmac.toString('hex')).join(',')),
    blok,
    kolom(({ heenberichtId }) => heenberichtId),
    kolom(({ dagtekening }) => dagtekening),
    kolom(({ spoor }) => spoor),
  ];
}

async function voerUit(
  verbinding: Verbinding,
  berichten: readonly NieuwBericht[],
  metInhoud: boolean,
): Promise<Opgeslagen> {
  const { rows } = await verbinding.query<{ id: string; baanId: number }>({
    ...OPSLAAN,
    values: waarden(berichten, metInhoud),
  });
  return new Map(rows.map(({ id, baanId }) => [id, baanId]));
}

/**
 * Stores a batch of small messages in one statement and one commit.
 * @returns which of them are new; when this returns, they are safe on disk
 */
export const slaStapelOp = (database: Database, berichten: readonly NieuwBericht[]): Promise<Opgeslagen> =>
  voerUit(database.pool, berichten, true);

/** Thrown to undo the transaction in which a large message proved to be a resend. */
class AlAanwezig extends Error {}

/**
 * Stores one large message. Its payload goes in before the lane is locked, so that other messages of the lane wait only for the commit.
 * @returns as slaStapelOp
 */
export async function slaGrootOp(database: Database, bericht: NieuwBericht): Promise<Opgeslagen> {
  try {
    return await database.transactie(async (client) => {
      await client.query({ ...INHOUD, values: [bericht.id, bericht.inhoud.sleutelId, bericht.inhoud.cijfertekst] });
      const opgeslagen = await voerUit(client, [bericht], false);
      if (opgeslagen.size === 0) throw new AlAanwezig();
      return opgeslagen;
    });
  } catch (fout) {
    if (fout instanceof AlAanwezig) return new Map();
    throw fout;
  }
}
