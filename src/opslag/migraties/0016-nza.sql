-- 0016: what the figures and the set for the NZa (Regeling Jeugdwet art. 8f) need besides the dossier.

-- RedenAfwijzingVerzoek of a 319: a code. Of an answer from before this column it is not known.
alter table dossier_antwoord add column reden_afwijzing text;

-- Which gemeenten have a set. No row: none is kept, and none can be delivered.
create table nza_gemeente (
  gemeente text primary key references organisatie (code),
  sinds timestamptz not null default now()
);

-- The registration of a message for the set, with the two fields that the dossier has no use for; everything else of the set stands in the
-- dossier. Written with the facts of the message, and gone with them or at the end of the term, whichever comes first.
create table nza_feit (
  baan_id integer not null,
  -- Place of the message in the dossier, and of its product; of a 301 one row, with nr 0.
  volgorde bigint not null,
  nr integer not null,
  -- Of a 301; null: the gemeente does not know it.
  geboortejaar smallint,
  -- Of a 315: Verwijzer/Type.
  verwijzer text,
  geregistreerd_op timestamptz not null default now(),
  primary key (baan_id, volgorde, nr)
);
-- Which are past their term.
create index nza_feit_geregistreerd on nza_feit (geregistreerd_op);
