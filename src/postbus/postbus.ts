/**
 * Mailboxes: lease and confirm. What is handed out stays in the postbus until its receiver confirms; when the lease ends first, it is
 * handed out again. So a receiver that dies between download and saving loses nothing, and two pollers never hold the same message.
 */
import { huidigSpoor } from '../logboek/spoor.ts';
import type { Database } from '../opslag/database.ts';
import type { Sleutels } from '../opslag/sleutels.ts';
import { ontsleutel } from '../opslag/versleuteling.ts';
import { type Bezorging, bezorgingVoor } from '../toestanden.ts';

/** One answer carries at most this many bytes of payload, but always at least one message. */
const MAX_OPHALING_BYTES = 32 * 1024 * 1024;

export interface PostbusRegel {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly domein: string;
  readonly release: string;
  readonly afzender: string;
  readonly referentienummer: string;
  readonly crossReferentienummer: string | null;
  readonly ontvangenOp: Date;
  readonly omvang: number;
  readonly bezorging: Bezorging;
  readonly nr: number;
}

export interface OpgehaaldBericht {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly afzender: string;
  readonly referentienummer: string;
  readonly crossReferentienummer: string | null;
  readonly ontvangenOp: Date;
  readonly inhoud: Buffer;
}

export interface Ophaling {
  readonly ophalingId: string;
  readonly leaseTot: Date;
  readonly berichten: readonly OpgehaaldBericht[];
}

const lijst = (bezorgingen: readonly Bezorging[]): string => bezorgingen.map((stand) => `'${stand}'`).join(', ');
/** Not confirmed yet: what the partial index postbus_open holds. */
const OPEN = `bezorging in (${lijst(bezorgingVoor('bevestigd'))})`;
/**
 * In one of these domeinen: who acts for a receiver in some only, touches nothing of the others.
 * @param domeinen placeholder of a text[]; null is every domein
 */
const IN = (domeinen: string): string =>
  `(${domeinen}::text[] is null or (select bericht.domein from bericht where bericht.id = postbus_item.bericht_id) = any (${domeinen}::text[]))`;
/** Free to hand out: open, and on no lease that still runs. */
const VRIJ = `${OPEN} and (lease_tot is null or lease_tot < now())`;

/** The operator holds nothing back. @param postbus placeholder */
const NIET_GESTOPT = (postbus: string): string =>
  `not exists (select from organisatiestop s where s.organisatie = ${postbus} and s.bezorging)`;

/** @param welke further condition on what is taken */
const lease = (welke: string): string => `
with vrij as (
  select nr, bericht_id from postbus_item where postbus = $1 and ${VRIJ} and ${IN('$6')} and ${NIET_GESTOPT('$1')}${welke}
  order by nr limit $2 for update skip locked
), gewogen as (
  select vrij.bericht_id, sum(b.omvang) over volgorde as bytes, row_number() over volgorde as plaats
  from vrij join bericht b on b.id = vrij.bericht_id window volgorde as (order by vrij.nr)
), lease as (
  update postbus_item p set bezorging = 'opgehaald', ophaling_id = $3::uuid, lease_tot = now() + make_interval(secs => $4::int),
    ophalingen = p.ophalingen + 1, opgehaald_op = coalesce(p.opgehaald_op, now())
  from gewogen where p.bericht_id = gewogen.bericht_id and (gewogen.plaats = 1 or gewogen.bytes <= ${MAX_OPHALING_BYTES})
  returning p.nr, p.bericht_id, p.lease_tot
), log as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, spoor)
  select 'bericht opgehaald', $5, $1, 'uitgegeven', bericht_id, $7::bytea from lease
)
select b.id::text as "berichtId", b.berichtsoort, b.afzender, b.referentienummer::text, b.kruisreferentie::text as "crossReferentienummer",
  b.ontvangen_op as "ontvangenOp", lease.lease_tot as "leaseTot", i.sleutel_id as "sleutelId", i.cijfertekst
from lease join bericht b on b.id = lease.bericht_id join inhoud i on i.bericht_id = b.id order by lease.nr`;

const LEASE = { name: 'postbus-lease', text: lease('') };
/** Who works in the portal chooses. What another holds on lease stays with that one. */
const LEASE_GEKOZEN = { name: 'postbus-lease-gekozen', text: lease(' and bericht_id = any ($8::uuid[])') };

interface LeaseRij extends Omit<OpgehaaldBericht, 'inhoud'> {
  readonly leaseTot: Date;
  readonly sleutelId: string;
  readonly cijfertekst: Buffer;
}

/** Of a postbus: everything, or what is in some domeinen. */
interface Postbusdeel {
  readonly postbus: string;
  readonly domeinen?: readonly string[] | undefined;
}

export interface Ophaalvraag extends Postbusdeel {
  readonly aantal: number;
  readonly leaseSeconden: number;
  readonly actor: string;
  /** Of these, those that are free; without it the oldest. */
  readonly berichtIds?: readonly string[];
}

/**
 * Leases messages of a postbus, the oldest first.
 * @param vraag at most `aantal`
 * @returns the messages with their payloads; empty when there is nothing, or when the operator stopped this postbus
 */
export async function haalOp(database: Database, sleutels: Sleutels, vraag: Ophaalvraag): Promise<Ophaling> {
  const ophalingId = crypto.randomUUID();
  const values: unknown[] = [
    vraag.postbus,
    vraag.aantal,
    ophalingId,
    vraag.leaseSeconden,
    vraag.actor,
    vraag.domeinen ?? null,
    huidigSpoor(),
  ];
  const { rows } = await database.pool.query<LeaseRij>(
    vraag.berichtIds ? { ...LEASE_GEKOZEN, values: [...values, vraag.berichtIds] } : { ...LEASE, values },
  );
  const berichten = rows.map(({ leaseTot: _, sleutelId, cijfertekst, ...rij }) => ({
    ...rij,
    inhoud: ontsleutel(sleutels, rij.berichtId, { sleutelId, cijfertekst }),
  }));
  return { ophalingId, leaseTot: rows[0]?.leaseTot ?? new Date(), berichten };
}

/** Does this message lie in a postbus of which the operator stopped the delivery? What was confirmed is with its receiver already. */
export async function wordtVastgehouden(database: Database, berichtId: string): Promise<boolean> {
  const { rows } = await database.pool.query<{ vast: boolean }>({
    name: 'postbus-vastgehouden',
    text: `select exists (select from postbus_item where bericht_id = $1 and ${OPEN} and not ${NIET_GESTOPT('postbus_item.postbus')}) as vast`,
    values: [berichtId],
  });
  return rows[0]?.vast === true;
}

/** By what name a part of a postbus is waited for. */
export const postbussleutel = ({ postbus, domeinen = [] }: Postbusdeel): string => [postbus, ...domeinen].join(' ');

/** @param sleutels see postbussleutel. @returns which of these have something to hand out */
export async function postbussenMetPost(database: Database, sleutels: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await database.pool.query<{ sleutel: string }>({
    name: 'postbus-post',
    text: `select sleutel from unnest($1::text[]) as sleutel cross join lateral string_to_array(sleutel, ' ') as deel
           where exists (select 1 from postbus_item where postbus = deel[1] and ${VRIJ} and ${IN('nullif(deel[2:], array[]::text[])')})`,
    values: [sleutels],
  });
  return new Set(rows.map(({ sleutel }) => sleutel));
}

/**
 * Confirms messages: the receiver has them. Idempotent: what was confirmed before stays confirmed.
 * @returns the ids that are confirmed now; an id that is not in this postbus is left out
 */
export async function bevestig(
  database: Database,
  vraag: Postbusdeel & { readonly berichtIds: readonly string[]; readonly actor: string },
): Promise<ReadonlySet<string>> {
  const { rows } = await database.pool.query<{ berichtId: string }>({
    name: 'postbus-bevestig',
    text: `
with nu as (
  update postbus_item set bezorging = 'bevestigd', bevestigd_op = now(), lease_tot = null
  where postbus = $1 and bericht_id = any ($2::uuid[]) and ${OPEN} and ${IN('$4')}
  returning bericht_id
), log as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, spoor)
  select 'bericht bevestigd', $3, $1, 'bevestigd', bericht_id, $5::bytea from nu
)
select bericht_id as "berichtId" from nu
union
select bericht_id from postbus_item where postbus = $1 and bericht_id = any ($2::uuid[]) and bezorging = 'bevestigd' and ${IN('$4')}`,
    values: [vraag.postbus, vraag.berichtIds, vraag.actor, vraag.domeinen ?? null, huidigSpoor()],
  });
  return new Set(rows.map(({ berichtId }) => berichtId));
}

/**
 * Shows what lies in a postbus; changes nothing.
 * @param vraag `na`: show items after this number (cursor)
 */
export async function blader(
  database: Database,
  vraag: Postbusdeel & { readonly aantal: number; readonly na: number; readonly berichtsoort?: string | undefined },
): Promise<readonly PostbusRegel[]> {
  const { rows } = await database.pool.query<PostbusRegel>({
    name: 'postbus-blader',
    text: `
select b.id as "berichtId", b.berichtsoort, b.domein, b.release, b.afzender, b.referentienummer, b.kruisreferentie as "crossReferentienummer",
  b.ontvangen_op as "ontvangenOp", b.omvang, case when p.bezorging = 'opgehaald' and p.lease_tot < now() then 'te_bezorgen' else p.bezorging end as bezorging,
  p.nr::float8 as nr
from postbus_item p join bericht b on b.id = p.bericht_id
where p.postbus = $1 and ${OPEN} and p.nr > $2 and ($4::text[] is null or b.domein = any ($4::text[]))
  and ($5::text is null or b.berichtsoort = $5) order by p.nr limit $3`,
    values: [vraag.postbus, vraag.na, vraag.aantal, vraag.domeinen ?? null, vraag.berichtsoort ?? null],
  });
  return rows;
}

/** How much a postbus holds that was not confirmed yet. */
export interface Postbusstand {
  /** Counted up to `tot`. */
  readonly aantal: number;
  /** When the oldest was put there; null: there is none. */
  readonly oudste: Date | null;
}

/** @param tot count no further than this: more than so many is said in words */
export async function postbusstand(
  database: Database,
  { postbus, domeinen }: Postbusdeel,
  tot: number,
): Promise<Postbusstand> {
  const { rows } = await database.pool.query<{ aantal: number; oudste: Date | null }>({
    name: 'postbus-stand',
    text: `select count(*)::int as aantal, min(geplaatst_op) as oudste from (
      select geplaatst_op from postbus_item where postbus = $1 and ${OPEN} and ${IN('$2')} order by nr limit $3
    ) eerste`,
    values: [postbus, domeinen ?? null, tot],
  });
  return rows[0] ?? { aantal: 0, oudste: null };
}
