/**
 * The pairs that a ReferentieAanbieder makes: a request (315, 317) and the decisions on it (301, 319). A lane is between one aanbieder and
 * one gemeente in one domein, so within a lane a reference is the aanbieder's own (TR347), and the numbers of the lane give the order.
 */
import type { Verbinding } from '../opslag/database.ts';
import { opPlaats, plaatsVan } from './openstaand.ts';

/** The request that a reference belongs to at a place in the lane: the last one before it that has it (TR347 wants there to be one). */
export const VERZOEK = (r: string): string => `lateral (
  select v.bericht_id, v.baan_nummer from verzoekreferentie v
  where v.baan_id = ${r}.baan_id and v.referentie = ${r}.referentie and v.baan_nummer < ${r}.baan_nummer and v.rol = 'verzoek'
  order by v.baan_nummer desc limit 1
)`;

/** The decisions on a reference of a request: those after it, up to a next request that has the same reference. */
export const BESLUITEN = (v: string): string => `lateral (
  select a.bericht_id, a.rol, a.baan_nummer from verzoekreferentie a
  where a.baan_id = ${v}.baan_id and a.referentie = ${v}.referentie and a.baan_nummer > ${v}.baan_nummer and a.rol <> 'verzoek'
    and not exists (select 1 from verzoekreferentie n where n.baan_id = a.baan_id and n.referentie = a.referentie
      and n.baan_nummer > ${v}.baan_nummer and n.baan_nummer < a.baan_nummer and n.rol = 'verzoek')
)`;

/**
 * A request is due for a decision per reference (OP274): as long as one has none, it is a verzoek; then, as long as one has only been
 * looked into, an onderzoek. $1, $2, $3: the decisions, see Besluit.
 */
const HERZIE = {
  name: 'verloop-herzie',
  text: `
with geraakt as (
  select distinct v.bericht_id from unnest($1::int[], $2::bytea[], $3::bigint[]) as r(baan_id, referentie, baan_nummer)
  cross join ${VERZOEK('r')} v
), stand as (
  select g.bericht_id, min(stap.ver) as ver from geraakt g cross join lateral (
    select v.baan_id, v.referentie, v.baan_nummer from verzoekreferentie v where v.bericht_id = g.bericht_id offset 0
  ) v cross join lateral (
    select coalesce(max(case b.rol when 'besluit' then 2 else 1 end), 0) as ver from ${BESLUITEN('v')} b
  ) stap group by 1
), nu as (
  select b.id, b.berichtsoort, ${plaatsVan('b')}, (array['verzoek', 'onderzoek'])[stand.ver + 1] as termijn
  from stand join bericht b on b.id = stand.bericht_id join baan on baan.id = b.baan_id
), weg as (
  delete from openstaand where ctid = any (array(
    select o.rij from nu cross join ${opPlaats('nu', "array['verzoek', 'onderzoek']")} where o.termijn is distinct from nu.termijn
  ))
)
insert into openstaand (baan_id, van_gemeente, sinds, baan_nummer, termijn, bericht_id, berichtsoort)
select nu.baan_id, nu.van_gemeente, nu.sinds, nu.baan_nummer, nu.termijn, nu.id, nu.berichtsoort from nu where nu.termijn is not null
on conflict do nothing`,
};

const PAREN = {
  name: 'verzoek-paren',
  text: `
with eigen as (select * from verzoekreferentie where bericht_id = $1), paar as (
  select v.bericht_id from eigen r cross join ${VERZOEK('r')} v where r.rol <> 'verzoek'
  union
  select b.bericht_id from eigen v cross join ${BESLUITEN('v')} b where v.rol = 'verzoek'
)
select b.id as "berichtId", b.berichtsoort from paar join bericht b on b.id = paar.bericht_id order by b.ontvangen_op, b.id`,
};

/** A decision, or a request that counts no more, by its reference and its place in the lane. */
export interface Besluit {
  readonly baanId: number;
  readonly referentie: Buffer;
  readonly baanNummer: number;
}

/** Sets what is due for the requests that these decisions are about, now that they came or were undone. */
export async function herzieVerzoeken(verbinding: Verbinding, besluiten: readonly Besluit[]): Promise<void> {
  await verbinding.query({
    ...HERZIE,
    values: [
      besluiten.map(({ baanId }) => baanId),
      besluiten.map(({ referentie }) => referentie),
      besluiten.map(({ baanNummer }) => baanNummer),
    ],
  });
}

/** A message at the other end of a ReferentieAanbieder. */
export interface Verzoekpaar {
  readonly berichtId: string;
  readonly berichtsoort: string;
}

/** @returns of a 315 or 317 the 301s and 319s that answer it, of a 301 or 319 the requests it answers; in order of receipt */
export async function zoekVerzoekparen(verbinding: Verbinding, berichtId: string): Promise<readonly Verzoekpaar[]> {
  const { rows } = await verbinding.query<Verzoekpaar>({ ...PAREN, values: [berichtId] });
  return rows;
}
