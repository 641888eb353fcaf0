-- 0014: people in the portal. Who they are is for the broker (eHerkenning) to say; here is what they may do. Of a person there is a name
-- for colleagues, and the sha256 of how the broker calls them. A user is never removed, so that a name in the audit log always means the same one.

create table gebruiker (
  id uuid primary key,
  naam text not null check (length(naam) between 2 and 80),
  -- null: of the operator, or national.
  organisatie text references organisatie (code),
  rol text not null check (rol in ('gebruiker', 'gebruikersbeheerder', 'beheerder', 'landelijk')),
  -- sha256 over issuer, legal entity and person, as the broker has them; null: has not come in with an invitation yet.
  persoon bytea check (length(persoon) = 32),
  gekoppeld_op timestamptz,
  aangemeld_op timestamptz,
  gemaakt_op timestamptz not null default now(),
  ingetrokken_op timestamptz,
  constraint gebruiker_organisatie check ((organisatie is null) = (rol in ('beheerder', 'landelijk'))),
  constraint gebruiker_gekoppeld check (persoon is null or gekoppeld_op is not null)
);
-- One account for a person at a legal entity; after it was withdrawn there can be another.
create unique index gebruiker_persoon on gebruiker (persoon) where ingetrokken_op is null;
create index gebruiker_persoon_ooit on gebruiker (persoon, ingetrokken_op);
create index gebruiker_van_organisatie on gebruiker (organisatie);

create table gebruiker_dienst (
  gebruiker uuid not null references gebruiker (id),
  dienst text not null check (dienst in ('wmo', 'jw', 'wlz-toets', 'wlz-signalen', 'ketendata')),
  primary key (gebruiker, dienst)
);

-- A code that makes who has it, and a login at the broker for the right legal entity, this user. Good once. Of the code there is a hash only.
create table uitnodiging (
  hash bytea primary key check (length(hash) = 32),
  gebruiker uuid not null unique references gebruiker (id),
  vervalt_op timestamptz not null
);

-- What the broker calls a legal entity (KvK number, OIN), and which organisations that is; null: the one that runs this switch, or a national one.
create table organisatie_identificatie (
  identificatie text not null check (identificatie ~ '^[0-9A-Za-z:._-]{2,100}$'),
  organisatie text references organisatie (code),
  unique nulls not distinct (identificatie, organisatie)
);
create index organisatie_identificatie_van on organisatie_identificatie (organisatie);

-- Sessions of browsers. Whoever reads this table cannot take one over: of the number in the cookie there is a hash only.
create table portaal_sessie (
  sid bytea primary key check (length(sid) = 32),
  -- null: not logged in yet.
  gebruiker uuid references gebruiker (id),
  gegevens jsonb not null,
  gemaakt_op timestamptz not null,
  gezien_op timestamptz not null
);
create index portaal_sessie_gebruiker on portaal_sessie (gebruiker) where gebruiker is not null;
create index portaal_sessie_gezien on portaal_sessie (gezien_op);
create index portaal_sessie_gemaakt on portaal_sessie (gemaakt_op);
