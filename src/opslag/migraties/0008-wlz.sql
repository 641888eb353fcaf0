-- 0008: the Wlz register. What CIZ delivers, reduced to THAT somebody has an indicatiebesluit (Wmo 5.2.5 lid 3): no name, no address, nothing
-- about the care itself stands in any of these tables. A BSN is its HMAC.

-- One row per delivery that got as far as its manifest, refused ones too: what was in it, and what became of it.
create table wlz_levering (
  id uuid primary key,
  vorm text not null check (vorm in ('ciz-dat', 'io31', 'indicatieregister')),
  -- From the manifest.
  soort text not null check (soort in ('VOLLEDIG', 'MUTATIE')),
  volgnummer bigint not null check (volgnummer > 0),
  vorig_volgnummer bigint,
  -- The moment for which CIZ says this is the register.
  peilmoment timestamptz not null,
  aantal integer not null check (aantal >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  toestand text not null check (toestand in ('laden', 'verwerkt', 'geweigerd', 'afgebroken')),
  -- Why it was refused: the name of a refusal (src/fouten.ts). null in any other state.
  reden text,
  -- Refusals that the operator let pass by name, and who brought it.
  toegestaan text[] not null default '{}',
  actor text not null,
  begonnen_op timestamptz not null default now(),
  bijgewerkt_op timestamptz not null default now(),
  geeindigd_op timestamptz,
  gelezen integer not null default 0,
  -- {"afgekeurd": {reason: count}, "geenRecht": {reason: count}, "opgemerkt": {remark: count}}
  tellers jsonb not null default '{}',
  -- [{"regel": 12, "reden": "bsnOngeldig"}, ...]: place and reason, never a value. The first ones; tellers has them all.
  afkeuringen jsonb not null default '[]',
  toegevoegd integer,
  gewijzigd integer,
  verwijderd integer,
  constraint wlz_levering_reden check ((toestand = 'geweigerd') = (reden is not null)),
  constraint wlz_levering_einde check ((toestand = 'laden') = (geeindigd_op is null))
);
-- A number is used up by the delivery that was processed; one that was refused may be tried again.
create unique index wlz_levering_volgnummer on wlz_levering (volgnummer) where toestand = 'verwerkt';
create index wlz_levering_laden on wlz_levering (id) where toestand = 'laden';

-- Which delivery the register is. No row: there is no register yet. Written in the transaction that changes wlz_indicatie, and only there.
create table wlz_register (
  enige boolean primary key default true check (enige),
  levering_id uuid not null references wlz_levering (id),
  volgnummer bigint not null,
  peilmoment timestamptz not null,
  aantal integer not null,
  bijgewerkt_op timestamptz not null default now()
);

-- The register itself: always whole, as of wlz_register.peilmoment. An import gathers in a temporary table and changes these rows in one transaction.
-- All dates include their day; how vervaldatum counts is for the rule to say (src/wlz-samenloop/geldigheid.ts).
create table wlz_indicatie (
  besluitnummer bigint primary key check (besluitnummer > 0),
  bsn_hmac bytea not null,
  ingangsdatum date not null,
  einddatum date check (einddatum >= ingangsdatum),
  vervaldatum date,
  -- The delivery that last changed this row.
  levering_id uuid not null
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
create index wlz_indicatie_bsn on wlz_indicatie (bsn_hmac) include (besluitnummer, ingangsdatum, einddatum, vervaldatum);

-- What others compare with.
create view wlz_indicatie_actueel as
select bsn_hmac, besluitnummer, ingangsdatum, einddatum, vervaldatum from wlz_indicatie;

-- How many toetsen a client asked in the minute that runs. One row per client.
create table wlz_toetsteller (
  client text primary key,
  minuut timestamptz not null,
  aantal integer not null
) with (fillfactor = 50);

-- The Wmo side, the comparison and the signals: 0009-wlz-signalen.sql.
