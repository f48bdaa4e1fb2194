-- Keys that admins make: for an institution, a merchant or the PSP itself, limited to services like their makers. Contacts that
-- several people look after.

alter table api_keys
  -- The services a merchant's key is limited to; null when not limited.
  add column sids text[] check (cardinality(sids) > 0),
  add check (mid is not null or sids is null),
  -- A key of neither an institution nor a merchant is one of the PSP.
  drop constraint api_keys_check,
  add constraint api_keys_owner check (institution_id is null or mid is null),
  -- Nothing that runs by itself may make others able to do something.
  add constraint api_keys_manage_nothing check (not rights && array['manage_users', 'manage_keys', 'manage_contacts']),
  add constraint api_keys_replaced_once unique (replaced_by);
create index api_keys_by_merchant on api_keys (mid, id) where mid is not null;
create index api_keys_by_institution on api_keys (institution_id, id) where institution_id is not null;

-- Who is limited to some services sees the keys that reach no further.
drop policy own on api_keys;
create policy own on api_keys to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sids <@ (select acting_sids())::text[])
    else (select acting_kind()) in ('operator', 'system')
  end);

drop function find_api_key(bytea);
create function find_api_key(hash bytea)
returns table (id uuid, name text, institution_id text, mid text, sids text[], rights text[])
language sql security definer set search_path = public, pg_temp as $$
  with found as (
    select api_keys.id, api_keys.name, api_keys.institution_id, api_keys.mid, api_keys.sids, api_keys.rights, last_used_at
    from api_keys
    where key_hash = hash and disabled_at is null and (expires_at is null or expires_at > now())
  ), used as (
    -- Once a minute is exact enough, and spares every other request a write.
    update api_keys set last_used_at = now()
    where key_hash = hash and exists (select from found where last_used_at is null or last_used_at < now() - interval '1 minute')
  )
  select id, name, institution_id, mid, sids, rights from found
$$;
revoke all on function find_api_key(bytea) from public;
grant execute on function find_api_key(bytea) to shokai_app;

-- One address in two spellings is one contact: only the first stays.
delete from contacts using contacts as first
where first.mid = contacts.mid and first.sid is not distinct from contacts.sid and first.category = contacts.category
  and lower(first.email) = lower(contacts.email) and first.id < contacts.id;
alter table contacts
  -- Two people who change one contact are told of each other.
  add column version integer not null default 1,
  drop constraint contacts_mid_sid_category_email_key;
create unique index contacts_by_address on contacts (mid, sid, category, lower(email)) nulls not distinct;

-- Who is limited to some services sees whom those services tell, and changes only what concerns no others.
drop policy own on contacts;
create policy own on contacts to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sid is null or sid = any ((select acting_sids())::text[]))
    else (select acting_kind()) in ('operator', 'system')
  end);
create function within_acting_sids(sid text) returns boolean language sql stable as $$
  select acting_kind() <> 'merchant' or acting_sids() is null or coalesce(sid = any (acting_sids()), false)
$$;
create policy added_within on contacts as restrictive for insert to shokai_app with check (within_acting_sids(sid));
create policy changed_within on contacts as restrictive for update to shokai_app
  using (within_acting_sids(sid)) with check (within_acting_sids(sid));
create policy removed_within on contacts as restrictive for delete to shokai_app using (within_acting_sids(sid));
