-- 0003: pairs. Which message answers which, and which answers are still due.

-- Header/BerichtIdentificatie/Dagtekening (of a retour: its own DagtekeningRetour), as the message has it: it is checked later than it is stored.
alter table bericht add column dagtekening text;
-- The heenbericht of an answer that names it by its identification; also for searching by it. identificatie never changes after intake.
create index bericht_identificatie on bericht (identificatie, afzender);
-- The lanes of an aanbieder; those of a gemeente have the unique key.
create index baan_aanbieder on baan (aanbieder);

-- ReferentieAanbieder: what ties a 301 or 319 to the 315 or 317 it answers. It is free text from a payload, so only its HMAC stands here.
-- rol: verzoek = 315, 317; voorlopig = a 319 that says "in onderzoek"; besluit = any other 319, and a 301.
-- A message that was rejected counts as not sent: it has no rows here.
create table verzoekreferentie (
  baan_id integer not null,
  referentie bytea not null,
  baan_nummer bigint not null,
  bericht_id uuid not null references bericht (id),
  rol text not null check (rol in ('verzoek', 'voorlopig', 'besluit')),
  primary key (baan_id, referentie, baan_nummer)
);
create index verzoekreferentie_bericht on verzoekreferentie (bericht_id);

-- The answers that are still due: small, whatever the size of bericht. A row goes in when its message is delivered and out with the answer.
-- In the order of delivery per lane, direction and term, so that one index does for writing, paging and closing. The day on which an answer
-- is due is not stored: that is for the calendar to say.
create table openstaand (
  baan_id integer not null,
  -- true: the message went from the gemeente to the aanbieder, so the aanbieder must answer.
  van_gemeente boolean not null,
  termijn text not null check (termijn in ('retour', 'declaratie', 'verzoek', 'onderzoek')),
  -- bericht.verwerkt_op to the millisecond: a cursor on it passes through JavaScript.
  sinds timestamptz not null,
  baan_nummer bigint not null,
  bericht_id uuid not null,
  berichtsoort text not null,
  primary key (baan_id, van_gemeente, termijn, sinds, baan_nummer)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
