/**
 * What must hold in the database whenever all is quiet, whatever happened before: each is a query for what breaks it.
 * They ask the tables directly, because a switch that reports on itself could be wrong twice in the same way.
 */
import type pg from 'pg';

export interface Invariant {
  /** What is wrong when the query finds something. */
  readonly naam: string;
  /** Gives a column `wat` for each offender. */
  readonly sql: string;
  /** Breaks it, on a database that has seen some rounds: a test does so to see that it is noticed, and rolls back. */
  readonly breuk: string;
}

/** Messages that came from outside. */
const AANGELEVERD = `(select * from bericht where oorsprong = 'aanlevering')`;

export const INVARIANTEN: readonly Invariant[] = [
  {
    naam: 'a lane has work left',
    sql: `select bericht_id as wat from te_doen`,
    breuk: `insert into te_doen select baan_id, baan_nummer, id, omvang, ontvangen_op from ${AANGELEVERD} b limit 1`,
  },
  {
    naam: 'a message without outcome that no list of work knows',
    sql: `select id as wat from bericht b where toestand = 'ontvangen'
            and not exists (select from te_doen t where t.bericht_id = b.id)`,
    breuk: `update bericht set toestand = 'ontvangen' where id = (select id from ${AANGELEVERD} b limit 1)`,
  },
  {
    naam: 'a lane is still marked as failing',
    sql: `select baan_id as wat from baan_storing`,
    breuk: `insert into baan_storing select id, 1, now(), 'x' from baan limit 1`,
  },
  {
    naam: 'one referentienummer under two ids',
    sql: `select afzender || ' ' || referentienummer as wat from bericht group by afzender, referentienummer having count(*) > 1`,
    breuk: `alter table bericht drop constraint bericht_referentienummer_afzender_key;
            insert into bericht select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid()))).* from bericht b limit 1`,
  },
  {
    naam: 'processed, but not exactly once in a postbus',
    sql: `select b.id as wat from bericht b left join postbus_item p on p.bericht_id = b.id
          where b.toestand = 'verwerkt' group by b.id having count(p.nr) <> 1`,
    breuk: `delete from postbus_item where nr = (select max(nr) from postbus_item)`,
  },
  {
    naam: 'in the postbus of somebody else',
    sql: `select b.id as wat from bericht b join postbus_item p on p.bericht_id = b.id where p.postbus <> b.ontvanger`,
    breuk: `update postbus_item set postbus = '9999' where nr = (select max(nr) from postbus_item)`,
  },
  {
    naam: 'refused, and delivered all the same',
    sql: `select b.id as wat from bericht b join postbus_item p on p.bericht_id = b.id where b.toestand = 'afgekeurd'`,
    breuk: `insert into postbus_item (postbus, bericht_id, bezorging)
            select ontvanger, id, 'bevestigd' from bericht where toestand = 'afgekeurd' limit 1`,
  },
  {
    naam: 'refused, but not exactly one Fo01',
    sql: `select b.id as wat from ${AANGELEVERD} b
          left join bericht f on f.heenbericht_id = b.id and f.berichtsoort = 'Fo01' and f.kruisreferentie = b.referentienummer
            and f.ontvanger = b.afzender
          where b.toestand = 'afgekeurd' group by b.id having count(f.id) <> 1`,
    breuk: `update bericht set kruisreferentie = gen_random_uuid() where berichtsoort = 'Fo01'`,
  },
  {
    naam: 'processed, and yet a Fo01',
    sql: `select b.id as wat from ${AANGELEVERD} b join bericht f on f.heenbericht_id = b.id
          where b.toestand = 'verwerkt' and f.berichtsoort = 'Fo01'`,
    breuk: `update bericht set toestand = 'verwerkt'
            where id = (select heenbericht_id from bericht where berichtsoort = 'Fo01' limit 1)`,
  },
  {
    naam: 'not exactly the retours that the receiver asked for',
    sql: `select b.id as wat from ${AANGELEVERD} b
          left join instelling i on i.organisatie = b.ontvanger and i.domein = b.domein
          left join bericht r on r.heenbericht_id = b.id and r.oorsprong = 'knooppunt' and r.kruisreferentie = b.referentienummer
            and r.ontvanger = b.afzender and r.berichtsoort = case right(b.berichtsoort, 3)
              when '301' then replace(b.berichtsoort, '301', '302') when '305' then replace(b.berichtsoort, '305', '306')
              when '323' then replace(b.berichtsoort, '323', '325') end
          where b.toestand = 'verwerkt'
          group by b.id, i.retour having count(r.id) <> case when i.retour = 'knooppunt' then 1 else 0 end`,
    breuk: `update instelling set retour = 'zelf'`,
  },
  {
    naam: 'more answers than one',
    sql: `select heenbericht_id as wat from bericht where oorsprong = 'knooppunt' group by heenbericht_id having count(*) > 1`,
    breuk: `insert into bericht select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(),
              'referentienummer', gen_random_uuid(), 'berichtsoort', 'X'))).* from bericht b where oorsprong = 'knooppunt' limit 1`,
  },
  {
    naam: 'a message without its payload',
    sql: `select b.id as wat from bericht b left join inhoud i on i.bericht_id = b.id where i.bericht_id is null`,
    breuk: `delete from inhoud where bericht_id = (select bericht_id from inhoud limit 1)`,
  },
  {
    naam: 'two messages with one number in their lane',
    sql: `select baan_id as wat from ${AANGELEVERD} b group by baan_id, baan_nummer having count(*) > 1 or baan_nummer is null`,
    breuk: `update bericht set baan_nummer = 1 where oorsprong = 'aanlevering'`,
  },
  {
    naam: 'processed before an earlier message of its lane',
    sql: `select id as wat from (
            select id, verwerkt_op, lag(verwerkt_op) over (partition by baan_id order by baan_nummer) as vorige from ${AANGELEVERD} b
          ) rij where verwerkt_op < vorige`,
    breuk: `update bericht b set verwerkt_op = verwerkt_op - interval '1 day'
            where baan_nummer = (select max(baan_nummer) from bericht v where v.baan_id = b.baan_id)`,
  },
  {
    naam: 'delivered before an earlier message of its lane',
    sql: `select id as wat from (
            select b.id, p.nr, lag(p.nr) over (partition by b.baan_id, p.postbus order by b.baan_nummer) as vorige
            from ${AANGELEVERD} b join postbus_item p on p.bericht_id = b.id
          ) rij where nr < vorige`,
    breuk: `alter table postbus_item alter nr drop identity; update postbus_item set nr = -nr`,
  },
  {
    naam: 'answered before an earlier message of its lane',
    sql: `select id as wat from (
            select a.id, p.nr, lag(p.nr) over (partition by b.baan_id, p.postbus order by b.baan_nummer) as vorige
            from ${AANGELEVERD} b join bericht a on a.heenbericht_id = b.id join postbus_item p on p.bericht_id = a.id
          ) rij where nr < vorige`,
    breuk: `alter table postbus_item alter nr drop identity; update postbus_item set nr = -nr`,
  },
  {
    naam: 'not exactly one audit line of receipt and one of processing',
    sql: `select b.id as wat from ${AANGELEVERD} b left join logboek l on l.bericht_id = b.id
          group by b.id having count(*) filter (where l.gebeurtenis = 'bericht ontvangen') <> 1
            or count(*) filter (where l.gebeurtenis = 'bericht verwerkt') <> 1`,
    breuk: `alter table logboek disable trigger user;
            delete from logboek where nr = (select max(nr) from logboek where gebeurtenis = 'bericht verwerkt')`,
  },
  {
    naam: 'not confirmed',
    sql: `select bericht_id as wat from postbus_item where bezorging <> 'bevestigd' or bevestigd_op is null`,
    breuk: `update postbus_item set bezorging = 'opgehaald' where nr = (select max(nr) from postbus_item)`,
  },
];

/** Runs them all; one sentence per promise that is broken. */
export async function toetsInvarianten(database: pg.Client): Promise<string[]> {
  const problemen: string[] = [];
  for (const { naam, sql } of INVARIANTEN) {
    const { rows } = await database.query<{ wat: unknown }>(sql);
    if (rows.length > 0) problemen.push(`${naam}: ${rows.length}, such as ${rows[0]?.wat}`);
  }
  return problemen;
}
