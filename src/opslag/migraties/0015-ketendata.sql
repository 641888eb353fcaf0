-- 0015: ketendata. What is counted of the traffic, so that no page of figures looks at messages. All of it can be made again from the
-- messages that are there (`knooppunt ketendata herbouw`); of those that are gone, what they counted for is kept.

-- The figures. Every contribution is counted at four levels: (gemeente, aanbieder), (gemeente, ''), ('', aanbieder) and ('', '').
-- A row that counts nothing any more is removed, so a rebuild gives the same rows.
create table ketencijfer (
  -- Monday of the ISO week, in the Netherlands.
  week date not null,
  domein text not null check (domein in ('iwmo', 'ijw')),
  -- '' = all.
  gemeente text not null,
  aanbieder text not null,
  -- '' where a meting is not of one soort.
  berichtsoort text not null,
  release text not null,
  -- Which figure, and what within it: see docs/ketendata.md.
  meting text not null,
  sleutel text not null,
  aantal bigint not null,
  som bigint not null default 0,
  -- How much of these two is of messages that retention removed.
  vast_aantal bigint not null default 0,
  vast_som bigint not null default 0,
  primary key (gemeente, aanbieder, domein, week, meting, berichtsoort, release, sleutel)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

-- What each subject counts for now: when it changes, that is taken off and what it is then is added.
create table ketenbijdrage (
  -- 'bericht', or what else a meting counts.
  bron text not null,
  id uuid not null,
  -- In the form of src/ketendata/bijdragen.ts, which is the same text for the same contributions.
  bijdragen text not null,
  -- It rests on a message that retention removed: from what is left it could not be found again, so it stays as it is.
  vast boolean not null default false,
  primary key (bron, id)
) with (fillfactor = 80);

-- Which figures rest on other messages than their own answers (a decision on a request): when one of those changes, or stops counting, they
-- are made anew. By then nothing else says that the two belonged together.
create table ketenverband (
  oorzaak uuid not null,
  bron text not null,
  id uuid not null,
  primary key (oorzaak, bron, id)
);
create index ketenverband_id on ketenverband (bron, id);

-- How far the figures follow what happened. Its lock is that on the figures: who changes them holds it until its commit.
create table ketenstand (
  enige boolean primary key default true check (enige),
  -- The last line of the audit log that was taken in.
  tot_regel bigint not null default 0,
  -- Of what the figures were made: see VERSIE in src/ketendata/metingen.ts. Another version: they are made anew.
  versie integer not null default 0,
  -- A rebuild is under way, and went through the ids of this bron up to and including this one. null: there is none.
  herbouw_bron text,
  herbouw_na uuid,
  herbouwd_op timestamptz,
  bijgewerkt_op timestamptz
) with (fillfactor = 50);
insert into ketenstand default values;

-- What an answer says of its heenbericht: nothing to remark, part of it rejected, or all. null: no answer, or nobody read it.
alter table bericht add column oordeel text check (oordeel in ('schoon', 'deels', 'afgewezen'));
-- Of a Fo01: its fault code, with the list that it is of, and of which soort the message was that it refused at the door.
alter table bericht add column foutcode text, add column foutsoort text;
