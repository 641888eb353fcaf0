-- 0020: what a process without ownership may have done for it. Nothing here gives anybody a right: that is src/opslag/rechten, and in an
-- installation with one user nobody needs one.

-- Makes the partition of a month; whoever may use the whole may use it. Runs as its owner, so all it takes is a month, and names are looked up
-- in our schema only: a temporary table of the caller must not stand in for ours.
create or replace function inhoud_maak_maand(maand date) returns boolean language plpgsql security definer as $$
declare
  deel text := 'inhoud_' || to_char(maand, 'YYYY_MM');
  recht record;
begin
  if maand is distinct from date_trunc('month', maand)::date then
    raise exception 'a partition is of a whole month' using errcode = 'invalid_parameter_value';
  end if;
  if to_regclass(deel) is not null then return false; end if;
  execute format('create table %I (like inhoud including defaults including constraints including storage)', deel);
  execute format('alter table inhoud attach partition %I for values in (%L)', deel, maand);
  for recht in
    select a.grantee::regrole as wie, a.privilege_type as wat
    from pg_class c cross join aclexplode(c.relacl) a where c.oid = 'inhoud'::regclass and a.grantee not in (0, c.relowner)
  loop
    execute format('grant %s on %I to %s', recht.wat, deel, recht.wie);
  end loop;
  return true;
end $$;

-- Drops the partition of a month when it is empty: a payload is only ever removed as a row, by who may do that.
create function inhoud_verwijder_maand(maand date) returns boolean language plpgsql security definer as $$
declare
  deel text := 'inhoud_' || to_char(maand, 'YYYY_MM');
  leeg boolean;
begin
  lock table inhoud in access exclusive mode;
  if not exists (select from pg_inherits where inhparent = 'inhoud'::regclass and inhrelid = to_regclass(deel)) then return false; end if;
  execute format('select not exists (select from %I)', deel) into leeg;
  if leeg then execute format('drop table %I', deel); end if;
  return leeg;
end $$;

-- pg_temp last, and said: unsaid it comes first. Otherwise who may call logboek_verwijder could show it links of his own making, in a temporary
-- table, and have every line removed.
do $$
begin
  execute format('alter function logboek_verwijder(bigint, bytea) set search_path = %I, pg_temp', current_schema());
  execute format('alter function inhoud_maak_maand(date) set search_path = %I, pg_temp', current_schema());
  execute format('alter function inhoud_verwijder_maand(date) set search_path = %I, pg_temp', current_schema());
end $$;
revoke execute on function inhoud_maak_maand(date), inhoud_verwijder_maand(date) from public;
