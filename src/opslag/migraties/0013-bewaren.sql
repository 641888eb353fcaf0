-- 0013: keys and retention.

-- Data keys: each encrypts payloads (AES-256-GCM), and is itself encrypted under a master key that is outside the database.
-- doel 'inhoud': the payloads of a month; they go when their key goes. 'vast': what outlives a message (BSNs of the Wmo side, notes on signals).
-- A removed key leaves its row behind: what it encrypted is unreadable on purpose, not by accident.
create table gegevenssleutel (
  id text primary key,
  doel text not null check (doel in ('inhoud', 'vast')),
  -- The master key it is under, and the ciphertext; null: removed.
  hoofd_id text,
  gewikkeld bytea,
  -- From here on it encrypts, until the next one of its doel does.
  actief_vanaf timestamptz not null,
  gemaakt_op timestamptz not null default now(),
  verwijderd_op timestamptz,
  constraint gegevenssleutel_weg check ((verwijderd_op is null) = (gewikkeld is not null) and (gewikkeld is null) = (hoofd_id is null))
);

-- By this an installation sees that the HMAC key it was given is the one this database was filled with. Nobody would notice otherwise: persons
-- would simply not be found.
create table sleutelproef (
  enige boolean primary key default true check (enige),
  hmac bytea not null
);

-- Payloads by the month in which they were stored, so that a month that is over is dropped in one go. An insert needs not know: maand has a
-- default. Who reads knows the bericht only, and looks into the index of each of the few partitions there are.
-- No foreign key: its check would cost a lookup per message, and would lock bericht when a partition is dropped. The statements that write
-- a payload write its bericht in the same transaction; `knooppunt herstel controleer` looks whether that is so.
alter table inhoud drop constraint inhoud_bericht_id_fkey;
alter table inhoud drop constraint inhoud_pkey;
-- A constant for the rows that are there: they need not be written again.
alter table inhoud add column maand date not null default date_trunc('month', now() at time zone 'UTC')::date;
do $$
declare
  maand date := date_trunc('month', now() at time zone 'UTC')::date;
  deel text := 'inhoud_' || to_char(maand, 'YYYY_MM');
begin
  execute format('alter table inhoud rename to %I', deel);
  execute format('alter table %I add primary key (bericht_id, maand)', deel);
  create table inhoud (
    bericht_id uuid not null,
    sleutel_id text not null,
    cijfertekst bytea not null,
    maand date not null default date_trunc('month', now() at time zone 'UTC')::date,
    primary key (bericht_id, maand)
  ) partition by list (maand);
  -- Ciphertext does not compress: store it out of line without trying.
  alter table inhoud alter column cijfertekst set storage external;
  execute format('alter table inhoud attach partition %I for values in (%L)', deel, maand);
end $$;
-- For a month that nobody made a partition for: an insert must not fail on that. Empty as long as the planner runs.
create table inhoud_rest partition of inhoud default;

-- Makes the partition of a month, if it is not there. Readers and writers wait for it no longer than lock_timeout.
create function inhoud_maak_maand(maand date) returns boolean language plpgsql as $$
declare
  deel text := 'inhoud_' || to_char(maand, 'YYYY_MM');
begin
  if to_regclass(deel) is not null then return false; end if;
  execute format('create table %I (like inhoud including defaults including constraints including storage)', deel);
  execute format('alter table inhoud attach partition %I for values in (%L)', deel, maand);
  return true;
end $$;
select inhoud_maak_maand((date_trunc('month', now() at time zone 'UTC') + interval '1 month')::date);

-- A message that its receiver did not confirm within the term, after both parties were told: it is offered no more, its payload is gone.
alter table postbus_item drop constraint postbus_item_bezorging_check;
alter table postbus_item
  add constraint postbus_item_bezorging_check check (bezorging in ('te_bezorgen', 'opgehaald', 'bevestigd', 'onbestelbaar', 'vervallen')),
  add column vervallen_op timestamptz;

-- Which messages were announced to lapse, and when. Small: a row goes in with the notices and out when its message was confirmed or lapsed.
create table vervalaankondiging (
  bericht_id uuid primary key,
  aangekondigd_op timestamptz not null,
  vervalt_op timestamptz not null
);
create index vervalaankondiging_vervalt on vervalaankondiging (vervalt_op);

-- What the switch made and what answers nothing: those ids do not grow with time, so the oldest are found by this. Of what was received, the
-- primary key has the order of time.
create index bericht_eigen on bericht (ontvangen_op) where oorsprong = 'knooppunt' and heenbericht_id is null;

-- Which database this is, by what PostgreSQL says of itself. Another answer: it was restored from a backup, or is a copy, and may not push
-- messages before somebody said that it may.
create table herstelmerk (
  enige boolean primary key default true check (enige),
  systeem bigint not null,
  tijdlijn integer not null,
  database oid not null,
  gezien_op timestamptz not null default now()
);
