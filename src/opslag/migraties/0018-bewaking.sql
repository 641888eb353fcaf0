-- 0018: what the operator watches and stops.

-- An organisation of which the operator holds back messages: what it sends is refused (aanlevering), and what lies in its postbus is neither
-- pushed nor handed out (bezorging). What was taken in before is processed as ever, and waits. No row: nothing is held back.
create table organisatiestop (
  organisatie text primary key references organisatie (code),
  aanlevering boolean not null,
  bezorging boolean not null,
  -- Read by the organisation itself.
  reden text not null,
  sinds timestamptz not null default now(),
  constraint organisatiestop_iets check (aanlevering or bezorging)
);
create trigger routering_gewijzigd after insert or update or delete or truncate on organisatiestop
  for each statement execute function routering_gewijzigd();

-- Since when a lane is in storing; pogingen and volgende_poging are about the last failure only.
alter table baan_storing add column sinds timestamptz not null default now();

-- What each process last said of itself: figures without an organisation, a message or a person. A row that is old is of a process that ended.
create table procesmeting (
  proces uuid primary key,
  rol text not null,
  gezien_op timestamptz not null default now(),
  meting jsonb not null
) with (fillfactor = 50);

-- Counters of processes without a /metrics of their own: only ever grow. reeks: the values of the labels, with a space between.
create table telling (
  naam text not null,
  reeks text not null,
  aantal double precision not null,
  primary key (naam, reeks)
) with (fillfactor = 50);

-- What happens by the clock: when it last went well, and when it last did not.
create table taakstand (
  taak text primary key,
  gelukt_op timestamptz,
  mislukt_op timestamptz
) with (fillfactor = 50);
