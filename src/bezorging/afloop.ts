/** Writing down how an attempt ended: one commit for the message, its receiver, the audit line and the count. */
import { pogingspoor, schrijfSpoor } from '../logboek/spoor.ts';
import type { Database, Verbinding } from '../opslag/database.ts';
import type { Besluit } from './besluit.ts';
import { IN_BEZORGING, OPEN, TE_BEZORGEN, VRIJ } from './kandidaten.ts';
import type { Oorzaak } from './oorzaken.ts';
import type { Geclaimd } from './types.ts';

const TEL = (organisatie: string, uitslag: string): string => `
insert into bezorgtelling as t (organisatie, uitslag, aantal) values (${organisatie}, ${uitslag}, 1)
on conflict (organisatie, uitslag) do update set aantal = t.aantal + 1`;

const GELUKT = {
  name: 'bezorging-gelukt',
  text: `
with nu as (
  update postbus_item p set bezorging = 'bevestigd', bevestigd_op = now(), lease_tot = null where bericht_id = $1 and ${OPEN} returning bericht_id
), log as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, details, spoor)
  select 'bericht bevestigd', 'knooppunt', $2, 'bevestigd', bericht_id, jsonb_build_object('route', 'stuf', 'poging', $3::int), $4::bytea from nu
), poging as (
  update bezorgpoging set mislukt = 0, sinds = null, blijvend_sinds = null, oorzaak = null, volgende_poging = null, ophaling_id = null
  where bericht_id = $1
), stand as (
  update bezorgstand set mislukt = 0, sinds = null, blijvend_sinds = null, oorzaak = null, rust_tot = null where organisatie = $2
)${TEL('$2', `'bevestigd'`)}`,
};

/** The trace of the message, with the attempt as its span: the receiver was given the same. */
const spoorVan = ({ spoor, ophalingId }: Geclaimd): Buffer => schrijfSpoor(pogingspoor(spoor, ophalingId));

/** The receiver has it. Also when the lease ended meanwhile: whoever fetched it since is the same receiver. */
export async function noteerGelukt(database: Database, stuk: Geclaimd): Promise<void> {
  await database.pool.query({ ...GELUKT, values: [stuk.berichtId, stuk.postbus, stuk.pogingen, spoorVan(stuk)] });
}

/** A message on which the lease ended, and that somebody else fetched or confirmed since, keeps the state that it has by now. */
const MISLUKT = {
  name: 'bezorging-mislukt',
  text: `
with nu as (
  update postbus_item p set bezorging = case when $9::timestamptz is null then 'onbestelbaar' else p.bezorging end,
    lease_tot = case when $9::timestamptz is null then null else now() end
  where bericht_id = $1 and ophaling_id = $4::uuid and ${IN_BEZORGING} returning bericht_id
), log as (
  insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, details, spoor)
  select 'bericht aangeboden', 'knooppunt', $2, $5, $1::uuid, jsonb_build_object('route', 'stuf', 'poging', $3::int), $14::bytea
  union all
  select 'bericht onbestelbaar', 'knooppunt', $2, $5, bericht_id, jsonb_build_object('pogingen', $3::int), $14::bytea from nu where $9::timestamptz is null
), poging as (
  update bezorgpoging set oorzaak = $5, mislukt = $6, sinds = $7, blijvend_sinds = $8, volgende_poging = $9, ophaling_id = null
  where bericht_id = $1 and ophaling_id is not distinct from $4::uuid
), stand as (
  update bezorgstand set mislukt = $10, sinds = $11, blijvend_sinds = $12, rust_tot = $13, oorzaak = case when $10 > 0 then $5 end
  where organisatie = $2
)${TEL('$2', '$5')}`,
};

/** What waits behind a receiver that has been out of reach for so long; each message counts from when it came. */
const WACHTENDEN = {
  name: 'bezorging-wachtenden-op',
  text: `
with op as (
  update postbus_item p set bezorging = 'onbestelbaar', lease_tot = null
  where p.bericht_id in (
    select p.bericht_id from ${TE_BEZORGEN}
    where p.postbus = $1 and ${OPEN} and ${IN_BEZORGING} and ${VRIJ} and coalesce(v.sinds, p.geplaatst_op) <= $2::timestamptz
      and (v.bericht_id is null or v.volgende_poging is not null) for update of p skip locked)
  returning p.bericht_id
), poging as (
  insert into bezorgpoging as v (bericht_id, postbus, oorzaak) select bericht_id, $1, $3 from op
  on conflict (bericht_id) do update set oorzaak = excluded.oorzaak, volgende_poging = null, ophaling_id = null
)
insert into logboek (gebeurtenis, actor, namens, resultaat, bericht_id, spoor)
select 'bericht onbestelbaar', 'knooppunt', $1, $3, bericht_id, (select spoor from bericht b where b.id = op.bericht_id) from op`,
};

async function schrijfMislukt(client: Verbinding, stuk: Geclaimd, oorzaak: Oorzaak, dan: Besluit): Promise<void> {
  await client.query({
    ...MISLUKT,
    values: [
      stuk.berichtId,
      stuk.postbus,
      stuk.pogingen,
      stuk.ophalingId,
      oorzaak,
      dan.bericht.mislukt,
      dan.bericht.sinds,
      dan.bericht.blijvendSinds,
      dan.volgendePoging,
      dan.ontvanger.mislukt,
      dan.ontvanger.sinds,
      dan.ontvanger.blijvendSinds,
      dan.rustTot,
      spoorVan(stuk),
    ],
  });
  if (dan.ookWachtendSinds)
    await client.query({ ...WACHTENDEN, values: [stuk.postbus, dan.ookWachtendSinds, oorzaak] });
}

/** The attempt failed: free again for its next attempt and for pollers, or given up. */
export const noteerMislukt = (database: Database, stuk: Geclaimd, oorzaak: Oorzaak, dan: Besluit): Promise<void> =>
  database.transactie((client) => schrijfMislukt(client, stuk, oorzaak, dan));
