-- 0021: the audit log as evidence: nothing in it can be changed or taken away unseen, and every line can be followed across systems.

-- Trace of W3C Trace Context: trace-id (16 bytes), the span of the request or attempt that caused this (8), and the span of the caller when there
-- was one (8). Random numbers; src/logboek/spoor.ts lets nothing else in. The span of a line itself follows from its nr, so it is not stored.
alter table logboek add column spoor bytea check (octet_length(spoor) in (24, 32));
-- A message takes the trace of its intake along, through its lane and out to its receiver.
alter table bericht add column spoor bytea check (octet_length(spoor) in (24, 32));

-- All that happened to a message, not only its delivery: whose it was is in the first line that names persons.
drop index logboek_bezorging;
create index logboek_bericht on logboek (bericht_id, nr) where bericht_id is not null;

-- The chain: each link holds a run of lines that is final, and the link before it. Lines are not touched for it.
create table logboek_schakel (
  nr bigint primary key check (nr > 0),
  -- The numbers that this link is about; van_regel follows tot_regel of the link before. Not every number has a line: a transaction that was
  -- undone used up its own.
  van_regel bigint not null,
  tot_regel bigint not null check (tot_regel >= van_regel),
  aantal integer not null check (aantal > 0),
  -- Earliest and latest tijdstip of its lines.
  eerste timestamptz not null,
  laatste timestamptz not null,
  -- Per line in order of nr: nr (8 bytes) and the first 16 bytes of its sha256. null: the lines were removed at the end of their term.
  afdrukken bytea,
  -- sha256 of afdrukken.
  samenvatting bytea not null,
  -- keten of the link before; of the first one zeroes.
  vorige bytea not null,
  -- sha256 of all of the above, and its HMAC under a key that is not in the database.
  keten bytea not null,
  zegel bytea not null,
  sleutel text not null,
  gemaakt_op timestamptz not null default now(),
  -- Of the last link whose lines were removed: it is where the chain begins now.
  opgeruimd_op timestamptz,
  opruimzegel bytea,
  constraint schakel_opgeruimd check ((opgeruimd_op is null) = (opruimzegel is null) and (opgeruimd_op is null) = (afdrukken is not null))
);
alter table logboek_schakel alter column afdrukken set storage external;

-- Under which register of processing activities, and as which source, lines were written from a moment on. No change of settings changes
-- what a line meant.
create table logboek_herkomst (
  vanaf timestamptz primary key default clock_timestamp(),
  register text not null,
  bron text not null
);

-- Nothing is changed or removed but by logboek_verwijder. Who owns the tables can take this away again; the chain then shows what was done.
create function logboek_alleen_toevoegen() returns trigger language plpgsql as $$
begin
  if tg_op <> 'TRUNCATE'
    and current_setting('knooppunt.logboek_opruimen', true) = pg_current_xact_id()::text
    and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
  then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger logboek_alleen_toevoegen before update or delete or truncate on logboek
  for each statement execute function logboek_alleen_toevoegen();
create trigger logboek_alleen_toevoegen before update or delete or truncate on logboek_schakel
  for each statement execute function logboek_alleen_toevoegen();
create trigger logboek_alleen_toevoegen before update or delete or truncate on logboek_herkomst
  for each statement execute function logboek_alleen_toevoegen();
revoke update, delete, truncate on logboek, logboek_schakel, logboek_herkomst from public;

-- Removes the lines of a link and of those before it, when all are past the shortest term of NEN 7513. The link stays, as the beginning of the chain.
-- Granted to nobody: only the owner may call it, or the role of the planner when the operator gave it that.
create function logboek_verwijder(tot_schakel bigint, einde bytea) returns bigint
language plpgsql security definer set search_path from current as $$
declare
  grens bigint;
  aantal bigint;
begin
  select tot_regel into grens from logboek_schakel where nr = tot_schakel and opgeruimd_op is null for update;
  if grens is null then
    raise exception 'there is no link % to remove', tot_schakel;
  end if;
  if exists (select from logboek_schakel where nr <= tot_schakel and laatste >= now() - interval '5 years') then
    raise exception 'the audit log is kept for at least five years' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('knooppunt.logboek_opruimen', pg_current_xact_id()::text, true);
  delete from logboek where nr <= grens;
  get diagnostics aantal = row_count;
  delete from logboek_schakel where nr < tot_schakel;
  update logboek_schakel set afdrukken = null, opgeruimd_op = now(), opruimzegel = einde where nr = tot_schakel;
  perform set_config('knooppunt.logboek_opruimen', '', true);
  return aantal;
end $$;
revoke execute on function logboek_verwijder(bigint, bytea) from public;
