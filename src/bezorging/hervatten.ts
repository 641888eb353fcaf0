/** Beginning anew with a receiver: all clocks at zero and everything due at once, because the operator says that something was mended. */
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import { GESTOPT, IN_BEZORGING, OPEN, TE_BEZORGEN, VRIJ } from './kandidaten.ts';

const SCHOON = 'mislukt = 0, sinds = null, blijvend_sinds = null';

/** Every endpoint has a row in which its attempts are kept; a new one gets it here. */
export async function neemEindpuntenOp(database: Database): Promise<void> {
  await database.pool.query({
    name: 'bezorging-eindpunten',
    text: `
insert into bezorgstand (organisatie)
select organisatie from stuf_endpoint e where not exists (select 1 from bezorgstand s where s.organisatie = e.organisatie)
on conflict (organisatie) do nothing`,
  });
}

/**
 * The stop switch: the time during which the operator had it on counts for nothing. Remembers who was stopped, and sets the clocks anew of
 * those that no longer are.
 */
export async function volgStopschakelaar(database: Database, nu: Date): Promise<void> {
  await database.pool.query({
    name: 'bezorging-stopschakelaar',
    text: `
with weer as (
  update bezorgstand s set gestopt_gezien = ${GESTOPT}, ${SCHOON}, oorzaak = null, rust_tot = null
  from stuf_endpoint e where e.organisatie = s.organisatie and ${GESTOPT} <> s.gestopt_gezien
  returning s.organisatie, s.gestopt_gezien
)
update bezorgpoging v set ${SCHOON}, volgende_poging = $1
from weer join postbus_item p on p.postbus = weer.organisatie and ${OPEN}
where not weer.gestopt_gezien and v.bericht_id = p.bericht_id and v.volgende_poging is not null`,
    values: [nu],
  });
}

const OPNIEUW = {
  name: 'bezorging-opnieuw',
  text: `
with stand as (
  update bezorgstand set ${SCHOON}, oorzaak = null, rust_tot = null where organisatie = $1
), terug as (
  update postbus_item p set bezorging = 'opgehaald', ophaling_id = null, lease_tot = now()
  where p.postbus = $1 and p.bezorging = 'onbestelbaar' and exists (select 1 from bezorgpoging v where v.bericht_id = p.bericht_id)
  returning p.bericht_id
), open as (
  select bericht_id from terug
  union
  select p.bericht_id from ${TE_BEZORGEN} where p.postbus = $1 and ${OPEN} and ${IN_BEZORGING} and ${VRIJ}
), poging as (
  update bezorgpoging v set ${SCHOON}, volgende_poging = $2 from open where v.bericht_id = open.bericht_id returning v.bericht_id
)
select (select count(*) from open)::int as berichten, (select count(*) from terug)::int as onbestelbaar`,
};

export interface Hervat {
  /** How many messages may be pushed now. */
  readonly berichten: number;
  /** How many of them had been given up. */
  readonly onbestelbaar: number;
}

export interface Hervatvraag {
  readonly organisatie: string;
  readonly actor: string;
  /** Why, in the words of the operator. */
  readonly reden?: string | undefined;
  readonly nu: Date;
}

async function schrijfOpnieuw(client: Verbinding, vraag: Hervatvraag): Promise<Hervat> {
  const { organisatie, actor, reden, nu } = vraag;
  const { rows } = await client.query<Hervat>({ ...OPNIEUW, values: [organisatie, nu] });
  const gedaan = rows[0] ?? { berichten: 0, onbestelbaar: 0 };
  await schrijfLogboek(client, [
    {
      gebeurtenis: 'bezorging hervat',
      actor,
      namens: organisatie,
      resultaat: 'hervat',
      berichtId: null,
      details: { ...gedaan, ...(reden !== undefined && { reden }) },
    },
  ]);
  return gedaan;
}

/**
 * Makes everything for this receiver due at once, also what was given up. With an audit line.
 * @returns undefined when this organisation has no endpoint
 */
export async function hervat(database: Database, vraag: Hervatvraag): Promise<Hervat | undefined> {
  return database.transactie(async (client) => {
    const bekend = await client.query('select 1 from stuf_endpoint where organisatie = $1', [vraag.organisatie]);
    if (bekend.rowCount === 0) return undefined;
    return schrijfOpnieuw(client, vraag);
  });
}
