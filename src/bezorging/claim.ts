/**
 * Which receivers are due, and taking the next message of one. A claim is the same lease that a poller takes, so the two never hold the
 * same message, and a process that dies lets nothing go: its lease ends. The row of the receiver is locked while a message of its postbus
 * is claimed, so that two processes do not both find it idle.
 */
import type { Database, Verbinding } from '../opslag/database.ts';
import { AAN_DE_BEURT, ONDERWEG, ONTVANGER_MAG, TE_BEZORGEN } from './kandidaten.ts';
import type { Geclaimd } from './types.ts';

/** What a receiver did not use of its budget it may catch up with, but no more than this: we look at it every second. */
const SPELING_S = 2;
const MINUUT_S = 60;

/**
 * A postbus is walked in its own order until the first message that is due. Without these settings a plan that was made for postbussen
 * with little in them first collects and sorts all that waits, for each message again.
 */
const OP_VOLGORDE = 'set local enable_bitmapscan = off; set local enable_sort = off';

export interface Verschuldigd {
  readonly organisatie: string;
  /** Its last attempt failed. */
  readonly verdacht: boolean;
}

/**
 * Looks into the postbus of each receiver until the first message that is due, however much there is in it or in those of others.
 * @returns the receivers that have something due, the one that waited longest first
 */
export async function verschuldigd(database: Database, nu: Date): Promise<readonly Verschuldigd[]> {
  const vraag = {
    name: 'bezorging-verschuldigd',
    text: `
select e.organisatie, s.mislukt > 0 as verdacht
from stuf_endpoint e join bezorgstand s using (organisatie)
cross join lateral (
  select 1 from ${TE_BEZORGEN} where p.postbus = e.organisatie and ${AAN_DE_BEURT('$1::timestamptz')} order by p.nr limit 1
) eerste
where ${ONTVANGER_MAG('$1::timestamptz')} order by s.laatste_poging nulls first`,
    values: [nu],
  };
  return database.transactie(async (client) => (await client.query<Verschuldigd>(vraag)).rows, OP_VOLGORDE);
}

export interface Claimvraag {
  readonly organisatie: string;
  readonly nu: Date;
  readonly leaseSeconden: number;
  /** So many of one postbus may be under way at a time; with more than one, order is not kept. */
  readonly perPostbus: number;
  /** Takes nothing when the message that is due is larger than this. */
  readonly maxOmvang: number;
}

const SLOT = {
  name: 'bezorging-slot',
  text: `
select e.url, e.budget_per_minuut as budget, s.mislukt, s.sinds, s.blijvend_sinds as "blijvendSinds"
from bezorgstand s join stuf_endpoint e using (organisatie)
where s.organisatie = $1 and ${ONTVANGER_MAG('$2::timestamptz')} for update of s skip locked`,
};
interface SlotRij {
  readonly url: string;
  readonly budget: number;
  readonly mislukt: number;
  readonly sinds: Date | null;
  readonly blijvendSinds: Date | null;
}

const CLAIM = {
  name: 'bezorging-claim',
  text: `
with kop as (
  select p.bericht_id, b.omvang from ${TE_BEZORGEN}
  where p.postbus = $1 and ${AAN_DE_BEURT('$2::timestamptz')} order by p.nr limit 1 for update of p skip locked
), onderweg as (
  select count(*) as aantal from bezorgpoging v join postbus_item p on p.bericht_id = v.bericht_id
  where v.postbus = $1 and v.ophaling_id is not null and ${ONDERWEG}
), lease as (
  update postbus_item p set bezorging = 'opgehaald', ophaling_id = $3::uuid, lease_tot = now() + make_interval(secs => $4::int)
  from kop, onderweg where p.bericht_id = kop.bericht_id and kop.omvang <= $5::int and onderweg.aantal < $6::int
  returning p.bericht_id
), poging as (
  insert into bezorgpoging as v (bericht_id, postbus, pogingen, laatste_poging, volgende_poging, ophaling_id)
  select bericht_id, $1, 1, $2, $2, $3::uuid from lease
  on conflict (bericht_id) do update set pogingen = v.pogingen + 1, laatste_poging = excluded.laatste_poging,
    volgende_poging = excluded.volgende_poging, ophaling_id = excluded.ophaling_id
  returning v.bericht_id, v.pogingen, v.mislukt, v.sinds, v.blijvend_sinds
), stand as (
  update bezorgstand set laatste_poging = $2, budget_vanaf =
    greatest(budget_vanaf, $2::timestamptz - make_interval(secs => ${SPELING_S})) + make_interval(secs => $7::float8)
  where organisatie = $1 and exists (select 1 from lease)
)
select b.id::text as "berichtId", b.berichtsoort, b.release, b.afzender, b.referentienummer::text,
  coalesce(b.kruisreferentie, h.referentienummer)::text as kruisreferentie, b.ontvangen_op as "ontvangenOp", b.omvang, b.spoor,
  i.sleutel_id as "sleutelId", i.cijfertekst, poging.pogingen, poging.mislukt, poging.sinds, poging.blijvend_sinds as "blijvendSinds"
from poging join bericht b on b.id = poging.bericht_id join inhoud i on i.bericht_id = b.id left join bericht h on h.id = b.heenbericht_id`,
};
interface ClaimRij extends Omit<Geclaimd, 'postbus' | 'ophalingId' | 'url' | 'reeks' | 'ontvanger'> {
  readonly mislukt: number;
  readonly sinds: Date | null;
  readonly blijvendSinds: Date | null;
}

async function metSlot(client: Verbinding, vraag: Claimvraag): Promise<Geclaimd | undefined> {
  const { organisatie, nu, leaseSeconden, perPostbus, maxOmvang } = vraag;
  const slot = (await client.query<SlotRij>({ ...SLOT, values: [organisatie, nu] })).rows[0];
  if (!slot) return undefined;
  const ophalingId = crypto.randomUUID();
  // A statement of its own: it sees what was committed before the lock was ours.
  const afstand = Math.ceil(((MINUUT_S + SPELING_S) * 1000) / slot.budget) / 1000;
  const values = [organisatie, nu, ophalingId, leaseSeconden, maxOmvang, perPostbus, afstand];
  const rij = (await client.query<ClaimRij>({ ...CLAIM, values })).rows[0];
  if (!rij) return undefined;
  const { mislukt, sinds, blijvendSinds, ...bericht } = rij;
  return {
    ...bericht,
    postbus: organisatie,
    ophalingId,
    url: slot.url,
    reeks: { mislukt, sinds, blijvendSinds },
    ontvanger: { mislukt: slot.mislukt, sinds: slot.sinds, blijvendSinds: slot.blijvendSinds },
  };
}

/**
 * Takes the oldest message of a postbus that is due, on lease.
 * @returns the message; undefined when there is none, or the receiver may not be asked now
 */
export const claim = (database: Database, vraag: Claimvraag): Promise<Geclaimd | undefined> =>
  database.transactie((client) => metSlot(client, vraag), OP_VOLGORDE);
