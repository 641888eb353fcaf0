-- 0010: the Wmo side, its comparison with the Wlz register (0008), and the signals. A BSN is an HMAC for matching, and a ciphertext with that
-- HMAC bound in, so that a signal can name the resident to its own gemeente, and no ciphertext can be put in the place of another.

-- What a gemeente chose. No row: the defaults.
create table wlz_instelling (
  gemeente text primary key references organisatie (code),
  -- The toewijzingen and stopberichten of its iwmo messages count as its Wmo side. Only then their content is read for this.
  dossier_als_bron boolean not null default false,
  -- A signal that is not handled after so many days is sent once more. null: never.
  herinnering_na_dagen integer check (herinnering_na_dagen between 1 and 365),
  -- Are the dates of the indicatiebesluit shown, or only those of the overlap? The operator's to change.
  indicatie_tonen boolean not null default false
);

-- Whose messages count: the gemeenten that chose so, and those that ended and that they succeeded.
create view wmo_dossiergemeente as
with recursive keuze (code) as (
  select gemeente from wlz_instelling where dossier_als_bron
  union
  select o.code from keuze join organisatie o on o.opvolger = keuze.code and o.geldig_tot < (now() at time zone 'Europe/Amsterdam')::date
)
select code from keuze;

-- One row per upload of a gemeente. Its rows count from the moment it is 'actueel', all at once; those of the one before count no more.
create table wmo_levering (
  nr integer generated always as identity primary key,
  id uuid not null unique,
  -- The organisation that the uploader acted for, or that took its place by then.
  gemeente text not null,
  indiener text not null,
  vorm text not null check (vorm in ('csv', 'json')),
  toestand text not null check (toestand in ('laden', 'actueel', 'vervangen', 'geweigerd')),
  begonnen_op timestamptz not null default now(),
  geeindigd_op timestamptz,
  aangenomen integer not null default 0,
  afgewezen integer not null default 0,
  -- {reason: count}, and the first ones by line: place and reason, never a value.
  redenen jsonb not null default '{}',
  afwijzingen jsonb not null default '[]',
  -- Its rows are gone: they count no more.
  geruimd boolean not null default false
);
create unique index wmo_levering_actueel on wmo_levering (gemeente) where toestand = 'actueel';
create index wmo_levering_gemeente on wmo_levering (gemeente, nr desc);
create index wmo_levering_weg on wmo_levering (nr) where toestand <> 'actueel' and not geruimd;

create table wmo_voorziening (
  levering_nr integer not null references wmo_levering (nr),
  bsn_hmac bytea not null,
  -- '': the gemeente only says that there is something.
  voorziening_id text not null,
  status text not null check (status in ('AANGEVRAAGD', 'LOPEND')),
  vanaf date not null,
  -- false: the gemeente gave no begin; vanaf is the day on which it first named this one.
  vanaf_bekend boolean not null,
  tot date check (tot >= vanaf),
  productcategorie text,
  productcode text,
  agb text,
  sleutel_id text not null,
  cijfertekst bytea not null,
  primary key (levering_nr, bsn_hmac, voorziening_id)
);
create index wmo_voorziening_bsn on wmo_voorziening (bsn_hmac);

-- What delivered messages said about a toewijzing, of gemeenten that let their messages count. Facts, one per product in a message; which of
-- them hold is for the view below. A message that its receiver rejects takes its facts with it: it counts as not sent.
create table wmo_dossierfeit (
  bericht_id uuid not null,
  nr smallint not null,
  gemeente text not null,
  aanbieder text not null,
  toewijzingnummer text not null,
  soort text not null check (soort in ('toewijzing', 'stop')),
  -- Order of receipt in its lane; of a toewijzing its own date and time come first.
  volgorde bigint not null,
  moment text,
  vanaf date,
  tot date,
  -- RedenWijziging or RedenBeeindiging.
  reden text,
  -- A stop that takes back the one before it.
  verwijderd boolean not null default false,
  productcategorie text,
  productcode text,
  bsn_hmac bytea not null,
  sleutel_id text not null,
  cijfertekst bytea not null,
  primary key (bericht_id, nr)
);
create index wmo_dossierfeit_bsn on wmo_dossierfeit (bsn_hmac, gemeente, aanbieder, toewijzingnummer);
create index wmo_dossierfeit_gemeente on wmo_dossierfeit (gemeente);

-- The toewijzing as it is: the newest by date and time (OP033x1), unless that one takes it back (reden 13 with one day); until its end, or that
-- of the last stop, unless that is temporary (reden 20) or taken back. uitstroom: the care goes over to another law (301 reden 06, 307 reden 39).
create view wmo_dossier as
select t.bsn_hmac, t.gemeente, t.aanbieder, t.toewijzingnummer, t.vanaf,
  least(coalesce(t.tot, 'infinity'), coalesce(s.tot, 'infinity')) as tot,
  t.reden is not distinct from '06' or s.reden is not distinct from '39' as uitstroom,
  t.productcategorie, t.productcode, t.sleutel_id, t.cijfertekst
from (
  select distinct on (bsn_hmac, gemeente, aanbieder, toewijzingnummer) *
  from wmo_dossierfeit where soort = 'toewijzing'
  order by bsn_hmac, gemeente, aanbieder, toewijzingnummer, moment desc, volgorde desc, nr desc
) t
left join lateral (
  select tot, reden from (
    select * from wmo_dossierfeit f
    where f.bsn_hmac = t.bsn_hmac and f.gemeente = t.gemeente and f.aanbieder = t.aanbieder and f.toewijzingnummer = t.toewijzingnummer
      and f.soort = 'stop'
    order by f.volgorde desc, f.nr desc limit 1
  ) laatste where not verwijderd and reden <> '20'
) s on true
where not (t.reden is not distinct from '13' and t.tot is not distinct from t.vanaf);

-- Whose Wmo side changed by a message just now: compared at once. Many rows about one person are one question.
create table wlz_te_vergelijken (
  nr bigint generated always as identity primary key,
  bsn_hmac bytea not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- What the law usually means for a category, as advice: it is said with a signal and never decides whether there is one.
create table wlz_advies (
  -- WMO020; '' for a voorziening without a category.
  productcategorie text not null check (productcategorie ~ '^([0-9]{2})?$'),
  vanaf date not null,
  klasse text not null check (klasse in ('VERWACHT', 'BEOORDELEN')),
  tekst text not null,
  primary key (productcategorie, vanaf)
);
insert into wlz_advies (productcategorie, vanaf, klasse, tekst)
select categorie, date '2020-01-01', klasse, tekst
from (values
  (array['01'], 'VERWACHT', 'Hulp bij het huishouden hoort sinds 1 april 2017 bij de Wlz.'),
  (array['02', '03'], 'VERWACHT', 'Begeleiding en persoonlijke verzorging horen bij de Wlz (art. 3.1.1 Wlz).'),
  (array['04', '07'], 'VERWACHT', 'De Wlz levert deze zorg zelf ook.'),
  (array['15'], 'VERWACHT', 'Verblijf: de Wlz voorziet daarin.'),
  (array['05', '06', '09', '10', '18'], 'BEOORDELEN', 'Beoordeel de inhoud: die verschilt per gemeente.'),
  (array['08'], 'BEOORDELEN', 'Beoordeel het doel: sociaal vervoer kan bij de Wmo blijven.'),
  (array['11', '12'], 'BEOORDELEN', 'Wie thuis woont houdt dit hulpmiddel via de Wmo (art. 8.6a Wmo 2015); in een instelling levert de Wlz het.'),
  (array['13', '14'], 'BEOORDELEN', 'Meestal toegestaan voor wie thuis woont (art. 8.6a Wmo 2015); ga na waar de inwoner woont.'),
  (array['16', '17'], 'BEOORDELEN', 'Opvang heeft geen tegenhanger in de Wlz.'),
  (array[''], 'BEOORDELEN', 'De productcategorie is niet bekend; beoordeel de voorziening.')
) as a (categorieen, klasse, tekst) cross join unnest(categorieen) as categorie;

-- One row per signal. actueel: the last word on its key; there is one of those per key, open or handled. What the signal is about lives in the
-- columns of overlap; how it is handled in workflow.
create table wlz_signaal (
  id uuid primary key,
  gemeente text not null,
  bsn_hmac bytea not null,
  besluitnummer bigint not null,
  voorziening_id text not null,
  actueel boolean not null,
  type text not null check (type in ('NIEUW', 'GEWIJZIGD', 'VERVALLEN', 'TERUGWERKEND')),
  -- The overlap was over before it was known.
  terugwerkend boolean not null,
  overlap_vanaf date not null,
  overlap_tot date check (overlap_tot >= overlap_vanaf),
  -- From the first to the last day that it ever was about: what lies there was told, and is not told again as TERUGWERKEND.
  verteld_vanaf date not null,
  verteld_tot date,
  -- Only shown where the setting of the gemeente says so.
  indicatie_vanaf date not null,
  indicatie_tot date,
  status text not null,
  productcategorie text,
  productcode text,
  agb text,
  register_peilmoment timestamptz not null,
  workflow text not null check (workflow in ('nieuw', 'in_behandeling', 'afgehandeld')),
  uitkomst text check (uitkomst in ('gestopt', 'terecht_samen', 'onjuist', 'vervallen')),
  -- Messages about it so far, and the day of the run that sent the last one.
  berichten integer not null,
  verteld_op date not null,
  herinnerd boolean not null default false,
  sleutel_id text not null,
  cijfertekst bytea not null,
  aangemaakt_op timestamptz not null default date_trunc('milliseconds', now()),
  gewijzigd_op timestamptz not null default date_trunc('milliseconds', now()),
  constraint wlz_signaal_uitkomst check ((workflow = 'afgehandeld') = (uitkomst is not null)),
  constraint wlz_signaal_open check (actueel or workflow = 'afgehandeld')
);
-- At most one actual, so at most one open, signal per key.
create unique index wlz_signaal_sleutel on wlz_signaal (bsn_hmac, gemeente, voorziening_id, besluitnummer) where actueel;
create index wlz_signaal_bsn on wlz_signaal (bsn_hmac);
create index wlz_signaal_gemeente on wlz_signaal (gemeente, aangemaakt_op desc, id desc);

-- What happened to a signal: by the switch or by the gemeente. The reason of a gemeente is free text, so it is encrypted; the id of the signal
-- is bound in.
create table wlz_signaalstap (
  signaal_id uuid not null references wlz_signaal (id),
  nr integer not null,
  tijdstip timestamptz not null default now(),
  stap text not null,
  workflow text not null,
  uitkomst text,
  door text not null,
  sleutel_id text,
  cijfertekst bytea,
  primary key (signaal_id, nr)
);

-- One row per comparison of everything. It goes through the HMACs in parts, each with its own commit; deel is the next one.
create table wlz_run (
  nr integer generated always as identity primary key,
  aanleiding text not null check (aanleiding in ('planner', 'opdracht')),
  peildatum date not null,
  register_peilmoment timestamptz not null,
  begonnen_op timestamptz not null default now(),
  geeindigd_op timestamptz,
  deel integer not null default 0,
  indicaties bigint not null default 0,
  voorzieningen bigint not null default 0,
  nieuw integer not null default 0,
  gewijzigd integer not null default 0,
  vervallen integer not null default 0,
  terugwerkend integer not null default 0,
  opgevolgd integer not null default 0,
  herinnerd integer not null default 0,
  -- Rows that gemeenten delivered and that could not be compared.
  afgewezen integer not null default 0,
  duur_ms bigint not null default 0
);
-- One at a time; what was broken off is taken up again.
create unique index wlz_run_lopend on wlz_run ((true)) where geeindigd_op is null;
