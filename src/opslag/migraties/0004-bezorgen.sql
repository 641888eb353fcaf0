-- 0004: pushing messages to receivers that take them over StUF. postbus_item keeps the state of delivery and the lease; here stands what
-- the next attempt must know, so that a restart goes on where it was. A cause is a code of our own, never a text from outside.

-- One row per message for which a push was tried or given up. No row: due as soon as it is its turn.
create table bezorgpoging (
  bericht_id uuid primary key references postbus_item (bericht_id),
  postbus text not null,
  -- Every attempt there was, for who wants to know; mislukt = failures in a row since the clock was last set, for the pauses.
  pogingen integer not null default 0,
  mislukt integer not null default 0,
  -- The first of those failures, and since when all of them had a permanent cause: what bounds the trying.
  sinds timestamptz,
  blijvend_sinds timestamptz,
  oorzaak text,
  laatste_poging timestamptz,
  -- null: no next attempt, because it was confirmed or given up.
  volgende_poging timestamptz,
  -- The lease of the attempt that is under way, or was when its process died.
  ophaling_id uuid
);
create index bezorgpoging_onderweg on bezorgpoging (postbus) where ophaling_id is not null;

-- One row per receiver: does it answer, and when may it be asked again. Locked while a message of its postbus is being claimed.
create table bezorgstand (
  organisatie text primary key,
  mislukt integer not null default 0,
  sinds timestamptz,
  blijvend_sinds timestamptz,
  oorzaak text,
  rust_tot timestamptz,
  budget_vanaf timestamptz,
  laatste_poging timestamptz,
  -- The stop switch was seen; when it is lifted the clocks begin anew.
  gestopt_gezien boolean not null default false
) with (fillfactor = 50);

-- How attempts ended: 'bevestigd' or a cause. For metrics, of all processes together.
create table bezorgtelling (
  organisatie text not null,
  uitslag text not null,
  aantal bigint not null,
  primary key (organisatie, uitslag)
) with (fillfactor = 50);
