/**
 * Gives what was played today the moments of the script, in the database of a demo: one transaction, one statement per table. See
 * docs/besluiten/0022-simulator.md: the switch stamps what it does with the moment at which it does it, and has no way to be told another one.
 *
 * What keeps this honest: only messages that the simulation itself sent (by their referentienummers) and what the switch made of them; never a
 * line of the audit log that the chain has sealed; and one line in that log that says what was done here.
 */
import type pg from 'pg';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import { dateerLogboek, type Logtijden } from './dateer-logboek.ts';
import { dateerSignalen, type Signaaltijd } from './dateer-wlz.ts';
import type { Ophaalmoment, Zending } from './draaiboek/types.ts';

/** What else was done by the script, with the moments at which it should have been. */
export interface Overig extends Omit<Logtijden, 'ingericht'> {
  readonly machtigingen: readonly number[];
  /** The beginning of the simulated time. */
  readonly van: number;
  readonly signalen: readonly Signaaltijd[];
}

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
 * Message → its moments: those that were sent, and what the switch answered to them. Not what was dated back before, nor what has a line in the
 * sealed part of the log.
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

/** Table → how it gets the moments. */
const DATEER: readonly string[] = [
  'update bericht b set ontvangen_op = t.ontvangen, verwerkt_op = t.verwerkt from tijden t where b.id = t.id',
  'update betrokkene k set ontvangen_op = t.ontvangen from tijden t where k.bericht_id = t.id',
  `update postbus_item p set geplaatst_op = t.verwerkt, opgehaald_op = case when p.opgehaald_op is not null then coalesce(t.opgehaald, p.opgehaald_op) end,
     bevestigd_op = case when p.bevestigd_op is not null then coalesce(t.bevestigd, p.bevestigd_op) end from tijden t where p.bericht_id = t.id`,
  `update openstaand o set sinds = date_trunc('milliseconds', t.verwerkt) from tijden t where o.bericht_id = t.id`,
];
const MACHTIGINGEN = 'update machtiging set vanaf = $2 where id = any ($1::int[]) and vanaf > $2';
const INSTELLINGEN = 'update instelling set gewijzigd_op = $2 where organisatie = any ($1::text[])';

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
  await client.query('analyze gespeeld');
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
  const { machtigingen, organisaties, signalen, van } = overig;
  const ingericht = new Date(van);
  await vul(client, zendingen);
  await client.query(TIJDEN);
  await client.query('create unique index on tijden (id)');
  await dateerSignalen(client, signalen);
  await client.query('analyze tijden');
  for (const opdracht of DATEER) await client.query(opdracht);
  await client.query(MACHTIGINGEN, [machtigingen, ingericht]);
  await client.query(INSTELLINGEN, [organisaties, ingericht]);
  await dateerLogboek(client, { ...overig, ingericht });
  const { rows } = await client.query<{ aantal: number }>('select count(*)::int as aantal from tijden');
  const berichten = rows[0]?.aantal ?? 0;
  await schrijfLogboek(client, [
    {
      gebeurtenis: 'simulatie teruggedateerd',
      actor: 'cli:simulatie',
      namens: null,
      resultaat: 'gevuld',
      berichtId: null,
      details: { berichten, vanaf: ingericht.toISOString() },
    },
  ]);
  return berichten;
}

/** Was this database filled before, with so many messages or more? */
export async function isGevuld({ pool }: Database, berichten = 1): Promise<boolean> {
  const { rows } = await pool.query<{ gevuld: boolean }>(
    `select exists (select from logboek where gebeurtenis = 'simulatie teruggedateerd' and (details ->> 'berichten')::int >= $1) as gevuld`,
    [berichten],
  );
  return rows[0]?.gevuld === true;
}
