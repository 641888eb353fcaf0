/** The moments of signals: each thing that the switch says about one comes at once with the message that brought it. */
import type pg from 'pg';
import { afgeleideUuid } from '../identiteit.ts';

/** A signal, and when its gemeente took its steps. */
export interface Signaaltijd {
  readonly signaalId: string;
  readonly stappen: readonly number[];
}

/** The switch says no more than this about one signal in a simulation. */
const HOOGSTENS = 4;

/** The n-th message about a signal comes with the n-th fact about its toewijzing, or the last one. Not when the log of it is sealed. */
const SIGNAALTIJDEN = `
create temp table signaaltijden on commit drop as
select k.signaal_id, k.nr, k.bericht_id, m.moment
from unnest($1::uuid[], $2::int[], $3::uuid[]) as k(signaal_id, nr, bericht_id)
join bericht b on b.id = k.bericht_id
join wlz_signaal s on s.id = k.signaal_id
join lateral (
  select (array_agg(t.verwerkt order by f.volgorde, f.nr))[least(k.nr, count(*))] + interval '2 seconds' as moment
  from wmo_dossierfeit f join tijden t on t.id = f.bericht_id
  where f.bsn_hmac = s.bsn_hmac and f.gemeente = s.gemeente and f.aanbieder || '/' || f.toewijzingnummer = s.voorziening_id
) m on m.moment is not null
where not exists (select from logboek l where l.bericht_id = k.bericht_id and l.nr <= (select coalesce(max(tot_regel), 0) from logboek_schakel))`;

/** Its receiver reads a signal the same day. */
const BERICHTEN = `
insert into tijden select bericht_id, date_trunc('milliseconds', moment), moment, least(moment + interval '3 hours', now()),
  least(moment + interval '3 hours 4 seconds', now()) from signaaltijden`;

const STAPPEN_KNOOPPUNT = `
update wlz_signaalstap s set tijdstip = m.moment
from (
  select signaal_id, nr, row_number() over (partition by signaal_id order by nr) as plaats from wlz_signaalstap where door = 'knooppunt'
) e
join lateral (select moment from signaaltijden t where t.signaal_id = e.signaal_id and t.nr <= e.plaats order by t.nr desc limit 1) m on true
where s.signaal_id = e.signaal_id and s.nr = e.nr`;
const STAPPEN_GEMEENTE = `
update wlz_signaalstap s set tijdstip = least(now(), greatest(n.moment, laatste.moment + n.plaats * interval '1 hour'))
from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as n(signaal_id, plaats, moment)
join (
  select signaal_id, nr, row_number() over (partition by signaal_id order by nr) as plaats from wlz_signaalstap where door <> 'knooppunt'
) e on e.signaal_id = n.signaal_id and e.plaats = n.plaats
join (select signaal_id, max(moment) as moment from signaaltijden group by signaal_id) laatste on laatste.signaal_id = n.signaal_id
where s.signaal_id = e.signaal_id and s.nr = e.nr`;
const SIGNALEN = `
update wlz_signaal s set aangemaakt_op = date_trunc('milliseconds', e.eerste), gewijzigd_op = date_trunc('milliseconds', e.laatste),
  verteld_op = (e.verteld at time zone 'Europe/Amsterdam')::date
from (
  select signaal_id, min(tijdstip) as eerste, max(tijdstip) as laatste, max(tijdstip) filter (where door = 'knooppunt') as verteld
  from wlz_signaalstap where signaal_id in (select signaal_id from signaaltijden) group by signaal_id
) e where s.id = e.signaal_id`;

/** Gives the messages about signals their moments among the others (the table tijden), and the signals theirs. */
export async function dateerSignalen(client: pg.PoolClient, signalen: readonly Signaaltijd[]): Promise<void> {
  const berichten = signalen.flatMap(({ signaalId }) =>
    Array.from({ length: HOOGSTENS }, (_, nr) => ({ signaalId, nr: nr + 1 })),
  );
  await client.query(SIGNAALTIJDEN, [
    berichten.map(({ signaalId }) => signaalId),
    berichten.map(({ nr }) => nr),
    berichten.map(({ signaalId, nr }) => afgeleideUuid('wlz-bericht', signaalId, String(nr))),
  ]);
  await client.query(BERICHTEN);
  await client.query(STAPPEN_KNOOPPUNT);
  const stappen = signalen.flatMap(({ signaalId, stappen: eigen }) =>
    eigen.map((moment, nr) => ({ signaalId, plaats: nr + 1, moment })),
  );
  await client.query(STAPPEN_GEMEENTE, [
    stappen.map(({ signaalId }) => signaalId),
    stappen.map(({ plaats }) => plaats),
    stappen.map(({ moment }) => new Date(moment)),
  ]);
  await client.query(SIGNALEN);
}
