-- 0002: routering. Who may send what to whom, as data: the operator changes rows, and every process reads them again within seconds.
-- Dates are days in the Netherlands, the last one included. Moments (timestamptz) are half open: vanaf <= moment < tot.

-- An organisation ends on geldig_tot; after that its opvolger (herindeling, take-over) gets what is still addressed to it.
alter table organisatie drop constraint organisatie_code_check, drop constraint organisatie_soort_check;
alter table organisatie
  add column geldig_vanaf date,
  add column geldig_tot date,
  add column opvolger text references organisatie (code),
  add constraint organisatie_code check (
    case soort
      when 'gemeente' then code ~ '^[0-9]{4}$'
      when 'aanbieder' then code ~ '^[0-9]{8}$'
      when 'ketenpartij' then code in ('SVB', 'CAK', 'CBS', 'UWV', 'VWS')
      else false
    end),
  add constraint organisatie_geldig check (geldig_tot >= geldig_vanaf),
  add constraint organisatie_opvolger check (opvolger is null or (opvolger <> code and geldig_tot is not null));

-- In which domeinen an organisation takes part. No row = it does not.
create table deelname (
  organisatie text not null references organisatie (code),
  domein text not null check (domein in ('iwmo', 'ijw')),
  vanaf date,
  tot date check (tot >= vanaf),
  primary key (organisatie, domein)
);
-- Whoever was there before this table took part in everything.
insert into deelname (organisatie, domein) select code, domein from organisatie cross join (values ('iwmo'), ('ijw')) as d (domein);

-- Where an organisation with route 'stuf' receives. gestopt: the stop switch of the operator.
create table stuf_endpoint (
  organisatie text primary key references organisatie (code),
  url text not null check (url ~ '^https?://'),
  gestopt boolean not null default false,
  budget_per_minuut integer not null check (budget_per_minuut between 1 and 100000)
);

-- A client acts for an organisation in a domein, besides what the clients file says. Rows stay: they say who could do what, and when.
create table machtiging (
  id integer generated always as identity primary key,
  client text not null check (client <> ''),
  organisatie text not null references organisatie (code),
  domein text not null check (domein in ('iwmo', 'ijw')),
  vanaf timestamptz not null,
  tot timestamptz check (tot >= vanaf)
);

-- When a berichtsoort of a release may be sent. No row = never: a release that is in the software opens when the operator says so.
create table venster (
  berichtsoort text not null,
  release text not null,
  richting text not null check (richting in ('gemeente-aanbieder', 'aanbieder-gemeente')),
  vanaf timestamptz not null,
  tot timestamptz check (tot > vanaf),
  primary key (berichtsoort, release, richting, vanaf)
);
-- 3.2 of both standards has been in use since April 2023.
insert into venster (berichtsoort, release, richting, vanaf)
select standaard || nummer, '3.2', richting, timestamptz '2023-04-01 00:00:00+02'
from (values ('WMO'), ('JW')) as s (standaard)
cross join (values
  ('301', 'gemeente-aanbieder'), ('302', 'aanbieder-gemeente'),
  ('305', 'aanbieder-gemeente'), ('306', 'gemeente-aanbieder'),
  ('307', 'aanbieder-gemeente'), ('308', 'gemeente-aanbieder'),
  ('315', 'aanbieder-gemeente'), ('316', 'gemeente-aanbieder'),
  ('317', 'aanbieder-gemeente'), ('318', 'gemeente-aanbieder'),
  ('319', 'gemeente-aanbieder'), ('320', 'aanbieder-gemeente'),
  ('323', 'aanbieder-gemeente'), ('325', 'gemeente-aanbieder')) as b (nummer, richting);

-- A freeze, to the minute. domein and berichtsoorten narrow it down; both null = everything. tot null = until it is lifted.
create table bevriezing (
  id integer generated always as identity primary key,
  domein text check (domein in ('iwmo', 'ijw')),
  berichtsoorten text[] check (cardinality(berichtsoorten) > 0),
  vanaf timestamptz not null check (extract(epoch from vanaf) % 60 = 0),
  tot timestamptz check (tot > vanaf and extract(epoch from tot) % 60 = 0),
  reden text not null,
  aangekondigd_op timestamptz not null default now(),
  opgeheven_op timestamptz
);

-- The number of the last change, raised in its own transaction: who has this number has everything, and need not read the tables.
create table routering_stand (
  enige boolean primary key default true check (enige),
  versie bigint not null
);
insert into routering_stand (versie) values (1);

create function routering_gewijzigd() returns trigger language plpgsql as $$
begin
  update routering_stand set versie = versie + 1 where enige;
  return null;
end $$;

create trigger routering_gewijzigd after insert or update or delete or truncate on organisatie
  for each statement execute function routering_gewijzigd();
create trigger routering_gewijzigd after insert or update or delete or truncate on deelname
  for each statement execute function routering_gewijzigd();
create trigger routering_gewijzigd after insert or update or delete or truncate on stuf_endpoint
  for each statement execute function routering_gewijzigd();
create trigger routering_gewijzigd after insert or update or delete or truncate on machtiging
  for each statement execute function routering_gewijzigd();
create trigger routering_gewijzigd after insert or update or delete or truncate on venster
  for each statement execute function routering_gewijzigd();
create trigger routering_gewijzigd after insert or update or delete or truncate on bevriezing
  for each statement execute function routering_gewijzigd();
