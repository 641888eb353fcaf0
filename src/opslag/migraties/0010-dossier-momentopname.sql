-- 0013: what a dossier can be rebuilt from when the messages themselves are gone.

-- The last state of a lane that a rebuild found right, up to and including tot_nummer; imported facts are not in it.
create table dossier_momentopname (
  baan_id integer primary key references baan (id),
  tot_nummer bigint not null,
  eerste_dagtekening text,
  blind_tot text,
  gemaakt_op timestamptz not null default now()
);

-- Its facts, in parts that follow each other without a gap. rijen: deflated JSON of table → rows, masked as in the tables themselves.
create table dossier_momentopname_deel (
  baan_id integer not null references baan (id),
  van bigint not null,
  tot bigint not null check (tot >= van),
  rijen bytea not null,
  primary key (baan_id, van)
);
alter table dossier_momentopname_deel alter column rijen set storage external;

-- What imports changed, in their order: the files that they came from are not kept. wijzigingen: deflated JSON, masked likewise.
create table dossier_invoer_deel (
  baan_id integer not null references baan (id),
  nr bigint generated always as identity,
  wijzigingen bytea not null,
  primary key (baan_id, nr)
);
alter table dossier_invoer_deel alter column wijzigingen set storage external;

-- Makes places of imported messages on one day follow each other; none is ever used twice.
create sequence dossier_invoer_plek;
