-- 0007: the dossier. What messages established, per lane, and only what the rules across messages ask for. It is kept for lanes of which one
-- of the parties chose controleniveau 3 or 4, and changes in the commit that gives a message its outcome.
--
-- Facts belong to the message that brought them (baan_id, volgorde): when it counts as not sent, they go. persoon = HMAC of the BSN, as in
-- betrokkene; kenmerk = HMAC of a reference, because that is free text. Dates are text, as the XSD has them: a year may have five digits.

-- In the indexes to search by, the lane comes last and as bigint, and searches ask for it in that form. A plan that is made while a table is
-- empty finds all indexes equally cheap; so none but the right one may fit, or it would walk through a whole lane for ever after.

-- What is known of the dossier of a lane as a whole.
create table dossier_baan (
  baan_id integer primary key references baan (id),
  -- The last message of the lane that was handled with its dossier open. A message that passed otherwise is a hole: see blind_tot.
  tot_nummer bigint not null,
  -- Of the first message that was taken in; what happened before, the dossier does not know.
  eerste_dagtekening text,
  -- The last day on which a message passed that the dossier did not take in: its receiver did not want it read (controleniveau 0), or nobody
  -- had a dossier then. null: there was none.
  blind_tot text
);

-- volgorde: bericht.baan_nummer; negative = imported, and then bericht_id is null.
create table dossier_bericht (
  baan_id integer not null,
  volgorde bigint not null,
  bericht_id uuid,
  nummer text not null,
  identificatie text not null,
  dagtekening text not null,
  primary key (baan_id, volgorde)
);
create index dossier_bericht_identificatie on dossier_bericht (identificatie, (baan_id::bigint));
create unique index dossier_bericht_bericht on dossier_bericht (bericht_id) where bericht_id is not null;

-- nr, here and below: the place of the class in its message.
create table dossier_toewijzing (
  baan_id integer not null,
  volgorde bigint not null,
  nr integer not null,
  persoon bytea not null,
  nummer integer not null,
  toewijzingsdatum text not null,
  toewijzingstijd text not null,
  ingangsdatum text not null,
  einddatum text,
  categorie text,
  code text,
  volume integer,
  eenheid text,
  frequentie text,
  budget integer,
  reden_wijziging text,
  kenmerk bytea,
  primary key (baan_id, volgorde, nr)
);
create index dossier_toewijzing_nummer on dossier_toewijzing (nummer, (baan_id::bigint));
create index dossier_toewijzing_persoon on dossier_toewijzing (persoon, (baan_id::bigint));
create index dossier_toewijzing_kenmerk on dossier_toewijzing (kenmerk, (baan_id::bigint)) where kenmerk is not null;

create table dossier_levering (
  baan_id integer not null,
  volgorde bigint not null,
  nr integer not null,
  persoon bytea not null,
  soort text not null check (soort in ('start', 'stop')),
  verwijdert boolean not null,
  toewijzing integer,
  categorie text,
  code text,
  begindatum text not null,
  reden_beeindiging text,
  einddatum text,
  primary key (baan_id, volgorde, nr)
);
create index dossier_levering_persoon on dossier_levering (persoon, (baan_id::bigint));

create table dossier_verzoek (
  baan_id integer not null,
  volgorde bigint not null,
  nr integer not null,
  persoon bytea not null,
  kenmerk bytea not null,
  primary key (baan_id, volgorde, nr)
);
create index dossier_verzoek_kenmerk on dossier_verzoek (kenmerk, (baan_id::bigint));
create index dossier_verzoek_persoon on dossier_verzoek (persoon, (baan_id::bigint));

create table dossier_antwoord (
  baan_id integer not null,
  volgorde bigint not null,
  nr integer not null,
  kenmerk bytea not null,
  in_onderzoek boolean not null,
  primary key (baan_id, volgorde, nr)
);
create index dossier_antwoord_kenmerk on dossier_antwoord (kenmerk, (baan_id::bigint));

create table dossier_declaratie (
  baan_id integer not null,
  volgorde bigint not null,
  identificatie text not null,
  nummer text not null,
  periode text not null,
  dagtekening text not null,
  basis_versie text not null,
  bericht_versie text not null,
  primary key (baan_id, volgorde)
);
create index dossier_declaratie_nummer on dossier_declaratie (nummer, (baan_id::bigint));
create index dossier_declaratie_identificatie on dossier_declaratie (identificatie, (baan_id::bigint));
-- The latest of a lane; no other search can be answered by this one.
create index dossier_declaratie_periode on dossier_declaratie ((baan_id::text), periode);

-- No index may name stand: the answer then changes a row in place.
create table dossier_prestatie (
  baan_id integer not null,
  volgorde bigint not null,
  nr integer not null,
  persoon bytea not null,
  kenmerk bytea not null,
  vorig bytea,
  toewijzing integer not null,
  categorie text not null,
  code text not null,
  begindatum text not null,
  einddatum text not null,
  volume integer not null,
  eenheid text not null,
  tarief integer,
  bedrag integer not null,
  credit boolean not null,
  stand text not null check (stand in ('ingediend', 'toegekend', 'afgewezen')),
  primary key (baan_id, volgorde, nr)
) with (fillfactor = 80);
create index dossier_prestatie_kenmerk on dossier_prestatie (kenmerk, (baan_id::bigint));
create index dossier_prestatie_vorig on dossier_prestatie (vorig, (baan_id::bigint)) where vorig is not null;
create index dossier_prestatie_toewijzing on dossier_prestatie (toewijzing, (baan_id::bigint));

-- Imports of what ran before an organisation came. volledig: its owner said that this is all that ran on the peildatum.
create table dossier_invoer (
  id integer generated always as identity primary key,
  organisatie text not null references organisatie (code),
  domein text not null check (domein in ('iwmo', 'ijw')),
  peildatum text not null,
  volledig boolean not null,
  berichten integer not null,
  regels integer not null,
  geweigerd integer not null,
  door text not null,
  ingevoerd_op timestamptz not null default now()
);
create index dossier_invoer_organisatie on dossier_invoer (organisatie, domein) where volledig;

-- What a gemeente agreed with its aanbieders: eurocents per unit of a product. aanbieder null: with everybody. Days in the Netherlands, the last one included.
create table tarief (
  id integer generated always as identity primary key,
  gemeente text not null references organisatie (code),
  domein text not null check (domein in ('iwmo', 'ijw')),
  aanbieder text,
  productcode text not null,
  eenheid text not null,
  tarief integer not null check (tarief >= 0),
  vanaf text not null,
  tot text
);
create index tarief_product on tarief (gemeente, domein, productcode);
