-- 0001: the core. PostgreSQL is the record of truth; everything in Redis can be rebuilt from these tables.
-- Append-only file: a change of the schema is a new numbered file, never an edit of this one.

-- Who takes part. code: CBS gemeentecode (4 digits) or AGB code (8 digits).
create table organisatie (
  code text primary key check (code ~ '^([0-9]{4}|[0-9]{8})$'),
  soort text not null check (soort in ('gemeente', 'aanbieder')),
  naam text not null
);

-- How a receiving organisation wants its messages checked and answered, per domain. No row = the defaults.
create table instelling (
  organisatie text not null references organisatie (code),
  domein text not null check (domein in ('iwmo', 'ijw')),
  controleniveau smallint not null check (controleniveau between 0 and 4),
  retour text not null check (retour in ('zelf', 'knooppunt')),
  dossier_volledig_vanaf date,
  foutlijst text not null,
  route text not null check (route in ('postbus', 'stuf')),
  gewijzigd_op timestamptz not null default now(),
  primary key (organisatie, domein)
);

-- A lane: gemeente x aanbieder x domein, both directions together.
-- teller is taken under the row lock that is held until commit, so the numbers of a lane become visible in order.
create table baan (
  id integer generated always as identity primary key,
  gemeente text not null,
  aanbieder text not null,
  domein text not null,
  teller bigint not null default 0,
  unique (gemeente, aanbieder, domein)
);

-- Lanes whose turn failed through our own fault wait until volgende_poging; no row = nothing is wrong.
create table baan_storing (
  baan_id integer primary key references baan (id),
  pogingen integer not null,
  volgende_poging timestamptz not null,
  oorzaak text not null
);

-- One row per message: received from outside (oorsprong 'aanlevering') or made by the switch ('knooppunt').
-- afzender and ontvanger are who really sends and receives; the payload header of a retour has them the other way round.
create table bericht (
  id uuid primary key,
  oorsprong text not null check (oorsprong in ('aanlevering', 'knooppunt')),
  baan_id integer not null references baan (id),
  baan_nummer bigint,
  domein text not null,
  berichtsoort text not null,
  release text not null,
  afzender text not null,
  ontvanger text not null,
  indiener text not null,
  referentienummer uuid not null,
  kruisreferentie uuid,
  identificatie text,
  heenbericht_id uuid references bericht (id),
  sha256 bytea not null,
  omvang integer not null,
  toestand text not null check (toestand in ('ontvangen', 'verwerkt', 'afgekeurd')),
  ontvangen_op timestamptz not null,
  verwerkt_op timestamptz,
  -- Referentienummer first: one is also looked for without knowing whose it is.
  unique (referentienummer, afzender)
) with (fillfactor = 60);
-- No index may name toestand or verwerkt_op: the verdict then changes a row in place, in the room that fillfactor leaves (HOT).
-- Search of one's own messages, newest first, stable under inserts.
create index bericht_afzender on bericht (afzender, ontvangen_op desc, id desc);
create index bericht_ontvanger on bericht (ontvanger, ontvangen_op desc, id desc);
-- One answer per heenbericht and soort: a turn that runs twice cannot answer twice.
create unique index bericht_antwoord on bericht (heenbericht_id, berichtsoort) where heenbericht_id is not null;

-- The work that is left, in lane order: small, whatever the size of bericht. A row goes in with its message and out with its verdict.
create table te_doen (
  baan_id integer not null,
  baan_nummer bigint not null,
  bericht_id uuid not null,
  omvang integer not null,
  ontvangen_op timestamptz not null,
  primary key (baan_id, baan_nummer)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- The payload, byte for byte as received, encrypted (AES-256-GCM; the key itself is outside the database).
-- cijfertekst = nonce (12 bytes), ciphertext, tag (16 bytes); the bericht id is bound in as additional data.
create table inhoud (
  bericht_id uuid primary key references bericht (id) deferrable initially deferred,
  sleutel_id text not null,
  cijfertekst bytea not null
);
-- Ciphertext does not compress: store it out of line without trying.
alter table inhoud alter column cijfertekst set storage external;

-- Findings never hold a value from the message: rule, place and a sentence only.
create table bevinding (
  bericht_id uuid primary key references bericht (id),
  niveau smallint not null,
  bevindingen jsonb not null
);

-- One item per message that is to be delivered. nr gives the order in which lanes delivered.
create table postbus_item (
  bericht_id uuid primary key references bericht (id),
  nr bigint generated always as identity,
  postbus text not null,
  bezorging text not null check (bezorging in ('te_bezorgen', 'opgehaald', 'bevestigd', 'onbestelbaar')),
  ophaling_id uuid,
  lease_tot timestamptz,
  ophalingen integer not null default 0,
  geplaatst_op timestamptz not null default now(),
  opgehaald_op timestamptz,
  bevestigd_op timestamptz
);
-- What a poller may lease; a confirmed item leaves this index.
create index postbus_open on postbus_item (postbus, nr) where bezorging in ('te_bezorgen', 'opgehaald', 'onbestelbaar');

-- The audit log: append-only, one line per handling of a message. betrokkenen = HMACs of the BSNs concerned.
create table logboek (
  nr bigint generated always as identity primary key,
  tijdstip timestamptz not null default now(),
  gebeurtenis text not null,
  actor text not null,
  namens text,
  resultaat text not null,
  bericht_id uuid,
  betrokkenen bytea[] not null default '{}',
  details jsonb not null default '{}'
);
