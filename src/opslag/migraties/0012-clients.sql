-- 0020: machine clients. Nothing here lets anybody in by itself: of a secret there is only a scrypt hash, of a key only the public half.
-- A client is never removed, so that a name in the audit log always means the same one.

create table client (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
  -- Organisations that it acts for in every domein; for others there are machtigingen.
  namens text[] not null default '{}',
  beheerder boolean not null default false,
  wlz_register boolean not null default false,
  -- Public keys of the client (a JWK Set), for private_key_jwt.
  jwks jsonb,
  gemaakt_op timestamptz not null default now(),
  ingetrokken_op timestamptz
);

-- Two secrets of a client can hold at the same time: that is how it changes without a moment in which none does.
create table client_geheim (
  id bigint generated always as identity primary key,
  client text not null references client (id),
  hash text not null,
  gemaakt_op timestamptz not null default now(),
  vervalt_op timestamptz
);
create index client_geheim_client on client_geheim (client);

-- By its certificate: the OIN in Subject.serialNumber, or the SHA-256 of one certificate.
create table client_oin (
  oin text primary key check (oin ~ '^[0-9]{20}$'),
  client text not null references client (id)
);
create table client_certificaat (
  sha256 bytea primary key check (length(sha256) = 32),
  client text not null references client (id)
);

-- What another issuer calls the client.
create table client_extern (
  uitgever text not null,
  extern_id text not null,
  client text not null references client (id),
  primary key (uitgever, extern_id)
);

-- Assertions that were used: each is good for one token. Kept until they have expired by themselves.
create table client_jti (
  client text not null references client (id),
  jti bytea not null check (length(jti) = 32),
  vervalt_op timestamptz not null,
  primary key (client, jti)
);
create index client_jti_vervalt on client_jti (vervalt_op);

-- The number of the last change, raised in its own transaction: who has this number has everything, and need not read the tables.
create table client_stand (
  enige boolean primary key default true check (enige),
  versie bigint not null
);
insert into client_stand (versie) values (1);

create function clients_gewijzigd() returns trigger language plpgsql as $$
begin
  update client_stand set versie = versie + 1 where enige;
  return null;
end $$;

create trigger clients_gewijzigd after insert or update or delete or truncate on client
  for each statement execute function clients_gewijzigd();
create trigger clients_gewijzigd after insert or update or delete or truncate on client_geheim
  for each statement execute function clients_gewijzigd();
create trigger clients_gewijzigd after insert or update or delete or truncate on client_oin
  for each statement execute function clients_gewijzigd();
create trigger clients_gewijzigd after insert or update or delete or truncate on client_certificaat
  for each statement execute function clients_gewijzigd();
create trigger clients_gewijzigd after insert or update or delete or truncate on client_extern
  for each statement execute function clients_gewijzigd();
