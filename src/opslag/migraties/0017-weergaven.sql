-- 0017: who sees which figures of the chain, and what was published of all organisations together.

-- May it see the national figures? That gives it no other right.
alter table client add column landelijk boolean not null default false;

-- Gemeenten that look at their figures together.
create table samenwerkingsverband (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  naam text not null check (length(naam) between 1 and 200),
  gemaakt_op timestamptz not null default now()
);

-- A gemeente lets its figures count for a verband: those of the weeks that begin in [vanaf, tot). Once withdrawn, none of them.
create table ketendatamandaat (
  id integer generated always as identity primary key,
  verband text not null references samenwerkingsverband (code),
  gemeente text not null references organisatie (code),
  vanaf date not null,
  tot date,
  gegeven_op timestamptz not null default now(),
  ingetrokken_op timestamptz,
  constraint ketendatamandaat_periode check (tot is null or tot > vanaf)
);
create index ketendatamandaat_verband on ketendatamandaat (verband, id);
create index ketendatamandaat_gemeente on ketendatamandaat (gemeente, id);

-- What was published nationally, per domein and block of four weeks. It is written once: would it be made again after a late answer, then the
-- difference of the two would tell of that one answer.
create table landelijkblok (
  domein text not null check (domein in ('iwmo', 'ijw')),
  -- The Monday that it begins with.
  blok date not null,
  gepubliceerd_op timestamptz not null default now(),
  primary key (domein, blok)
);

-- Only what may be known: of a whole that is withheld there is one row, without a deel and without a number.
create table landelijkcijfer (
  domein text not null,
  blok date not null,
  groep text not null,
  berichtsoort text not null,
  release text not null,
  deel text not null,
  aantal bigint,
  som bigint,
  primary key (domein, blok, groep, berichtsoort, release, deel),
  foreign key (domein, blok) references landelijkblok,
  constraint landelijkcijfer_onderdrukt check ((deel = '') = (aantal is null) and (aantal is null) = (som is null))
);
