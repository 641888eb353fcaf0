/**
 * Gives what was played today the moments of the script, in the database of a demo: one transaction, one statement per table. See
 * docs/besluiten/0022-simulator.md: the switch stamps what it does with the moment at which it does it, and has no way to be told another one.
 *
 * What keeps this honest: only messages that the simulation itself sent (by their referentienummers) and what the switch made of them; never a
 * line of the audit log that the chain has sealed; and one line in that log that says what was done here.
 */
import type pg from 'pg';
import { afgeleideUuid } from '../identiteit.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import type { Ophaalmoment, Zending } from './draaiboek/types.ts';

/** What else was done by the script, with the moments at which it should have been. */
export interface Overig {
  readonly machtigingen: readonly number[];
  readonly van: number;
  readonly toetsen: readonly { readonly toetsId: string; readonly moment: number }[];
  readonly signalen: readonly { readonly signaalId: string; readonly stappen: readonly number[] }[];
}

/**
 * Takes part in the log without writing: a writer that is not done yet. As long as it lasts, no later line is final, so the planner seals none
 * (logboek/keten.ts), and what follows the chain waits too.
 */
export const HOUD_KETEN_OPEN =
  'set local idle_in_transaction_session_timeout = 0; lock table logboek in row exclusive mode';

const STUKKEN = 4000;
const momenten = (lijst: readonly (number | null | undefined)[]): readonly (Date | null)[] =>
  lijst.map((moment) => (moment === null || moment === undefined ? null : new Date(moment)));
const op = (moment: Ophaalmoment | null): number | null => moment?.op ?? null;
const bevestigd = (moment: Ophaalmoment | null): number | null => moment?.bevestigd ?? null;

const GESPEELD = `
create temp table gespeeld (
  afzender text not null, referentienummer uuid not null, ontvangen timestamptz not null, verwerkt timestamptz not null,
  opgehaald timestamptz, bevestigd timestamptz, antwoord_opgehaald timestamptz, antwoord_bevestigd timestamptz
) on commit drop`;
const VUL = `
insert into gespeeld select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[],
  $7::timestamptz[], $8::timestamptz[])`;

/**
 * Message → its moments: those that were sent, what the switch answered to them, and signals about their toewijzingen. Not what was dated back before,
 * nor what has a line in the sealed part of the log.
 */
const TIJDEN = `
create temp table tijden on commit drop as
with grens as (select coalesce(max(tot_regel), 0) as nr from logboek_schakel
), eigen as (
  select b.id, g.* from gespeeld g join bericht b on b.referentienummer = g.referentienummer and b.afzender = g.afzender
  where b.oorsprong = 'aanlevering' and b.ontvangen_op > g.ontvangen
    and not exists (select from logboek l, grens where l.bericht_id = b.id and l.nr <= grens.nr)
)
select id, ontvangen, verwerkt, opgehaald, bevestigd from eigen
union all
select a.id, date_trunc('milliseconds', e.verwerkt), e.verwerkt, e.antwoord_opgehaald, e.antwoord_bevestigd
from eigen e join bericht a on a.heenbericht_id = e.id and a.oorsprong = 'knooppunt'`;

/** A signal comes at once with the toewijzing that brings it. */
const SIGNALEN = `
create temp table signaaltijden on commit drop as
select s.id, k.bericht_id, m.verwerkt + interval '2 seconds' as moment
from unnest($1::uuid[], $2::uuid[]) as k(id, bericht_id)
join wlz_signaal s on s.id = k.id
join lateral (
  select t.verwerkt from wmo_dossierfeit f join tijden t on t.id = f.bericht_id
  where f.gemeente = s.gemeente and f.aanbieder || '/' || f.toewijzingnummer = s.voorziening_id and f.soort = 'toewijzing'
  order by f.volgorde limit 1
) m on true
where not exists (select from logboek l where l.bericht_id = k.bericht_id and l.nr <= (select coalesce(max(tot_regel), 0) from logboek_schakel))`;
const SIGNAALTIJDEN = `
insert into tijden select bericht_id, date_trunc('milliseconds', moment), moment, least(moment + interval '3 hours', now()),
  least(moment + interval '3 hours 4 seconds', now()) from signaaltijden`;

/** Table → how it gets the moments. The order is that of the tables themselves: lines of the log last. */
const DATEER: readonly string[] = [
  'create unique index on tijden (id)',
  'analyze tijden',
  'update bericht b set ontvangen_op = t.ontvangen, verwerkt_op = t.verwerkt from tijden t where b.id = t.id',
  'update betrokkene k set ontvangen_op = t.ontvangen from tijden t where k.bericht_id = t.id',
  `update postbus_item p set geplaatst_op = t.verwerkt, opgehaald_op = case when p.opgehaald_op is not null then coalesce(t.opgehaald, p.opgehaald_op) end,
     bevestigd_op = case when p.bevestigd_op is not null then coalesce(t.bevestigd, p.bevestigd_op) end from tijden t where p.bericht_id = t.id`,
  `update openstaand o set sinds = date_trunc('milliseconds', t.verwerkt) from tijden t where o.bericht_id = t.id`,
  `update wlz_signaal s set aangemaakt_op = date_trunc('milliseconds', t.moment), gewijzigd_op = date_trunc('milliseconds', t.moment),
     verteld_op = (t.moment at time zone 'Europe/Amsterdam')::date from signaaltijden t where s.id = t.id`,
  'update wlz_signaalstap s set tijdstip = t.moment from signaaltijden t where s.signaal_id = t.id and s.nr = 1',
];
const MACHTIGING = 'update machtiging set vanaf = $2 where id = any ($1::int[]) and vanaf > $2';
const STAPPEN = `
with stap as (
  select s.signaal_id, s.nr, n.moment from unnest($1::uuid[], $2::int[], $3::timestamptz[]) as n(id, plaats, moment)
  join wlz_signaalstap s on s.signaal_id = n.id and s.nr = n.plaats
), gezet as (
  update wlz_signaalstap s set tijdstip = stap.moment from stap where s.signaal_id = stap.signaal_id and s.nr = stap.nr
)
update wlz_signaal s set gewijzigd_op = date_trunc('milliseconds', laatste.moment)
from (select signaal_id, max(moment) as moment from stap group by signaal_id) laatste where s.id = laatste.signaal_id`;

const LOGREGELS = `
update logboek l set tijdstip = case l.gebeurtenis
    when 'bericht ontvangen' then t.ontvangen
    when 'bericht opgehaald' then coalesce(t.opgehaald, l.tijdstip)
    when 'bericht bevestigd' then coalesce(t.bevestigd, l.tijdstip)
    else t.verwerkt end
from tijden t where l.bericht_id = t.id and l.nr > $1`;
const LOGTOETSEN = `
update logboek l set tijdstip = t.moment from unnest($2::text[], $3::timestamptz[]) as t(id, moment)
where l.gebeurtenis = 'wlz-registertoets' and l.details ->> 'toetsId' = t.id and l.nr > $1`;

async function vul(client: pg.PoolClient, zendingen: readonly Zending[]): Promise<void> {
  await client.query(GESPEELD);
  for (let van = 0; van < zendingen.length; van += STUKKEN) {
    const stuk = zendingen.slice(van, van + STUKKEN);
    await client.query(VUL, [
      stuk.map(({ afzender }) => afzender),
      stuk.map(({ referentienummer }) => referentienummer),
      momenten(stuk.map(({ moment }) => moment)),
      momenten(stuk.map(({ verwerkt }) => verwerkt)),
      momenten(stuk.map(({ opgehaald }) => op(opgehaald))),
      momenten(stuk.map(({ opgehaald }) => bevestigd(opgehaald))),
      momenten(stuk.map(({ antwoordOpgehaald }) => op(antwoordOpgehaald))),
      momenten(stuk.map(({ antwoordOpgehaald }) => bevestigd(antwoordOpgehaald))),
    ]);
  }
}

/** Changes lines of the log that are not final yet. The guard goes aside within this transaction only: nobody else can write meanwhile. */
async function dateerLogboek(client: pg.PoolClient, { toetsen }: Overig): Promise<void> {
  await client.query('alter table logboek disable trigger logboek_alleen_toevoegen');
  const { rows } = await client.query<{ nr: string }>('select coalesce(max(tot_regel), 0) as nr from logboek_schakel');
  const verzegeld = rows[0]?.nr ?? '0';
  await client.query(LOGREGELS, [verzegeld]);
  await client.query(LOGTOETSEN, [
    verzegeld,
    toetsen.map(({ toetsId }) => toetsId),
    momenten(toetsen.map(({ moment }) => moment)),
  ]);
  await client.query('alter table logboek enable trigger logboek_alleen_toevoegen');
}

/**
 * @param client within the transaction that keeps the chain open (HOUD_KETEN_OPEN) since before the first of these was sent
 * @returns how many messages got another moment, answers of the switch included
 */
export async function dateerTerug(
  client: pg.PoolClient,
  zendingen: readonly Zending[],
  overig: Overig,
): Promise<number> {
  await vul(client, zendingen);
  await client.query('analyze gespeeld');
  await client.query(TIJDEN);
  const ids = overig.signalen.map(({ signaalId }) => signaalId);
  await client.query(SIGNALEN, [ids, ids.map((id) => afgeleideUuid('wlz-bericht', id, '1'))]);
  await client.query(SIGNAALTIJDEN);
  for (const opdracht of DATEER) await client.query(opdracht);
  await client.query(MACHTIGING, [overig.machtigingen, new Date(overig.van)]);
  const stappen = overig.signalen.flatMap(({ signaalId, stappen: eigen }) =>
    eigen.map((moment, nr) => ({ signaalId, plaats: nr + 2, moment })),
  );
  await client.query(STAPPEN, [
    stappen.map(({ signaalId }) => signaalId),
    stappen.map(({ plaats }) => plaats),
    momenten(stappen.map(({ moment }) => moment)),
  ]);
  await dateerLogboek(client, overig);
  const { rows } = await client.query<{ aantal: number }>('select count(*)::int as aantal from tijden');
  const aantal = rows[0]?.aantal ?? 0;
  const details = { berichten: aantal, vanaf: new Date(overig.van).toISOString() };
  await schrijfLogboek(client, [
    {
      gebeurtenis: 'simulatie teruggedateerd',
      actor: 'cli:simulatie',
      namens: null,
      resultaat: 'gevuld',
      berichtId: null,
      details,
    },
  ]);
  return aantal;
}

/** Was this database filled before, with so many messages or more? */
export async function isGevuld({ pool }: Database, berichten = 1): Promise<boolean> {
  const { rows } = await pool.query<{ gevuld: boolean }>(
    `select exists (select from logboek where gebeurtenis = 'simulatie teruggedateerd' and (details ->> 'berichten')::int >= $1) as gevuld`,
    [berichten],
  );
  return rows[0]?.gevuld === true;
}
