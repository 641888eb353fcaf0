/** How it goes with pushing: of one message, of every receiver, and in numbers. Reads only. */
import type { Database, Verbinding } from '../opslag/database.ts';
import type { Bezorging } from '../toestanden.ts';
import { GESTOPT, IN_BEZORGING, ONDERWEG, OPEN, TE_BEZORGEN } from './kandidaten.ts';

export interface Bezorgstand {
  /** null: in no postbus (yet). */
  readonly bezorging: Bezorging | null;
  readonly route: 'postbus' | 'stuf';
  /** An attempt is under way at this moment. */
  readonly onderweg: boolean;
  readonly pogingen: number;
  readonly laatstePoging: Date | null;
  /** Why the last attempt failed; of a message that waits behind others, why those do not arrive. */
  readonly oorzaak: string | null;
  /** At the earliest; null: none is planned. */
  readonly volgendePoging: Date | null;
}

const GEEN_BEZORGING: Bezorgstand = {
  bezorging: null,
  route: 'postbus',
  onderweg: false,
  pogingen: 0,
  laatstePoging: null,
  oorzaak: null,
  volgendePoging: null,
};

const STAND = `
select case when p.bezorging = 'opgehaald' and p.lease_tot < now() then 'te_bezorgen' else p.bezorging end as bezorging,
  coalesce(i.route, 'postbus') as route, coalesce(${ONDERWEG}, false) as onderweg, coalesce(v.pogingen, 0) as pogingen,
  v.laatste_poging as "laatstePoging",
  case when p.bezorging <> 'bevestigd' then coalesce(v.oorzaak, case when wacht.waar then s.oorzaak end) end as oorzaak,
  case when wacht.waar and not ${GESTOPT} then greatest(coalesce(v.volgende_poging, p.geplaatst_op), s.rust_tot, s.budget_vanaf) end as "volgendePoging"
from postbus_item p join bericht b on b.id = p.bericht_id
left join instelling i on i.organisatie = p.postbus and i.domein = b.domein
left join stuf_endpoint e on e.organisatie = p.postbus
left join bezorgstand s on s.organisatie = p.postbus
left join bezorgpoging v on v.bericht_id = p.bericht_id
cross join lateral (
  select i.route = 'stuf' and ${IN_BEZORGING} and (v.bericht_id is null or v.volgende_poging is not null) as waar
) wacht
where p.bericht_id = $1`;

/** How the delivery of a message stands; it is for the caller to decide who may see it. */
export async function bezorgstandVan(database: Database, berichtId: string): Promise<Bezorgstand> {
  const { rows } = await database.pool.query<Bezorgstand>({
    name: 'bezorging-stand',
    text: STAND,
    values: [berichtId],
  });
  return rows[0] ?? GEEN_BEZORGING;
}

export interface Ontvangerstand {
  readonly organisatie: string;
  /** false: the route is stuf, but nobody entered an address. */
  readonly eindpunt: boolean;
  readonly gestopt: boolean;
  readonly wachtend: number;
  /** When the oldest that waits came into the postbus. */
  readonly oudste: Date | null;
  readonly onbestelbaar: number;
  /** Why nothing arrives; or, of a receiver that answers, why most of what waits did not. */
  readonly oorzaak: string | null;
  /** Since when nothing arrives. */
  readonly sinds: Date | null;
  readonly rustTot: Date | null;
}

const ONTVANGERS = `
select o.organisatie, e.organisatie is not null as eindpunt, coalesce(${GESTOPT}, false) as gestopt, post.wachtend, post.oudste,
  post.onbestelbaar, coalesce(s.oorzaak, post.oorzaak) as oorzaak, s.sinds, s.rust_tot as "rustTot"
from (select organisatie from stuf_endpoint union select organisatie from instelling where route = 'stuf') o
left join stuf_endpoint e on e.organisatie = o.organisatie
left join bezorgstand s on s.organisatie = o.organisatie
cross join lateral (
  select count(*) filter (where tel.wacht)::int as wachtend, min(tel.geplaatst_op) filter (where tel.wacht) as oudste,
    count(*) filter (where tel.bezorging = 'onbestelbaar')::int as onbestelbaar,
    mode() within group (order by tel.oorzaak) filter (where tel.wacht) as oorzaak
  from (
    select p.bezorging, p.geplaatst_op, v.oorzaak, ${IN_BEZORGING} and (v.bericht_id is null or v.volgende_poging is not null) as wacht
    from ${TE_BEZORGEN} where p.postbus = o.organisatie and ${OPEN}
  ) tel
) post
order by o.organisatie`;

/** Every receiver that has an endpoint, or should have one. */
export async function ontvangerstanden(database: Database): Promise<readonly Ontvangerstand[]> {
  return (await database.pool.query<Ontvangerstand>({ name: 'bezorging-ontvangers', text: ONTVANGERS })).rows;
}

export interface Telling {
  /** 'bevestigd' or a cause. */
  readonly uitslag: string;
  readonly aantal: number;
}

/** How all attempts ended so far, of all processes together: only ever grows. */
export async function bezorgtellingen(verbinding: Verbinding): Promise<readonly Telling[]> {
  const { rows } = await verbinding.query<Telling>({
    name: 'bezorging-tellingen',
    text: 'select uitslag, sum(aantal)::float8 as aantal from bezorgtelling group by uitslag order by uitslag',
  });
  return rows;
}

/** How the receivers stand, all together. */
export interface Bezorgcijfers {
  readonly eindpunten: number;
  readonly gestopt: number;
  /** Of which the last attempt failed. */
  readonly mislukt: number;
  /** That are not asked for a while, because nothing arrived. */
  readonly rust: number;
  /** Since when nothing arrives at the one where that is longest. */
  readonly misluktSinds: Date | null;
}

const CIJFERS = {
  name: 'bezorging-cijfers',
  text: `
select count(*)::int as eindpunten, (count(*) filter (where ${GESTOPT}))::int as gestopt, (count(*) filter (where s.mislukt > 0 and not ${GESTOPT}))::int as mislukt,
  (count(*) filter (where s.rust_tot > now() and not ${GESTOPT}))::int as rust, min(s.sinds) filter (where s.mislukt > 0 and not ${GESTOPT}) as "misluktSinds"
from stuf_endpoint e left join bezorgstand s on s.organisatie = e.organisatie`,
};

export async function bezorgcijfers(verbinding: Verbinding): Promise<Bezorgcijfers> {
  const [rij] = (await verbinding.query<Bezorgcijfers>(CIJFERS)).rows;
  return rij ?? { eindpunten: 0, gestopt: 0, mislukt: 0, rust: 0, misluktSinds: null };
}
