/** The moments of lines of the audit log that the chain has not sealed yet. The sealed ones are never touched. */
import type pg from 'pg';

/**
 * Takes part in the log without writing: a writer that is not done yet. As long as it lasts, no later line is final, so the planner seals none
 * (logboek/keten.ts), and what follows the chain waits too.
 */
export const HOUD_KETEN_OPEN =
  'set local idle_in_transaction_session_timeout = 0; lock table logboek in row exclusive mode';

/** The last line there is: what was written before the simulation began stays as it is. */
export async function laatsteRegel(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ nr: number }>('select coalesce(max(nr), 0)::float8 as nr from logboek');
  return rows[0]?.nr ?? 0;
}

export interface Logtijden {
  /** The last line from before the simulation. */
  readonly na: number;
  /** Who set its world up, and when that should have been. */
  readonly organisaties: readonly string[];
  readonly ingericht: Date;
  readonly toetsen: readonly { readonly toetsId: string; readonly moment: number }[];
}

const VERZEGELD = 'select greatest(coalesce(max(tot_regel), 0), $1::bigint) as nr from logboek_schakel';
const BERICHTEN = `
update logboek l set tijdstip = case l.gebeurtenis
    when 'bericht ontvangen' then t.ontvangen
    when 'bericht opgehaald' then coalesce(t.opgehaald, l.tijdstip)
    when 'bericht bevestigd' then coalesce(t.bevestigd, l.tijdstip)
    else t.verwerkt end
from tijden t where l.bericht_id = t.id and l.nr > $1`;
const TOETSEN = `
update logboek l set tijdstip = t.moment from unnest($2::text[], $3::timestamptz[]) as t(id, moment)
where l.gebeurtenis = 'wlz-registertoets' and l.details ->> 'toetsId' = t.id and l.nr > $1`;
const SIGNALEN = `
update logboek l set tijdstip = stap.tijdstip
from (
  select nr, details ->> 'signaal' as signaal, row_number() over (partition by details ->> 'signaal' order by nr) as plaats
  from logboek where gebeurtenis = 'wlz-signaal behandeld' and nr > $1
) r join (
  select signaal_id, tijdstip, row_number() over (partition by signaal_id order by nr) as plaats
  from wlz_signaalstap where door <> 'knooppunt'
) stap on stap.signaal_id::text = r.signaal and stap.plaats = r.plaats
where l.nr = r.nr`;
const INRICHTING = `
update logboek l set tijdstip = $3 where l.nr > $1 and (
  l.gebeurtenis in ('instelling gewijzigd', 'wlz-instelling gewijzigd') and l.namens = any ($2::text[])
  or l.gebeurtenis in ('organisatie gewijzigd', 'machtiging gegeven') and l.details ->> 'reden' = 'simulatie')`;

/** @param client its table tijden says of messages when things happened. The guard goes aside within this transaction only: nobody else writes meanwhile */
export async function dateerLogboek(client: pg.PoolClient, tijden: Logtijden): Promise<void> {
  const { na, organisaties, ingericht, toetsen } = tijden;
  await client.query('alter table logboek disable trigger logboek_alleen_toevoegen');
  const { rows } = await client.query<{ nr: string }>(VERZEGELD, [na]);
  const grens = rows[0]?.nr;
  await client.query(BERICHTEN, [grens]);
  await client.query(TOETSEN, [
    grens,
    toetsen.map(({ toetsId }) => toetsId),
    toetsen.map(({ moment }) => new Date(moment)),
  ]);
  await client.query(SIGNALEN, [grens]);
  await client.query(INRICHTING, [grens, organisaties, ingericht]);
  await client.query('alter table logboek enable trigger logboek_alleen_toevoegen');
}
