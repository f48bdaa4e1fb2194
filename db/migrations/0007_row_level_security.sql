-- The second wall. The portal works as the role shokai_app, which owns nothing; every transaction says for whom it works
-- (shokai.kind and so on), and the policies below show it that actor's rows and no others, whatever a query forgets to ask.
-- docs/decisions/0008 says why, and what an operator has to set.

do $$ begin
  create role shokai_app nologin noinherit;
exception
  when duplicate_object or unique_violation then null; -- Roles belong to all databases of a server.
end $$;

do $$ begin
  if not pg_has_role(current_user, 'shokai_app', 'member') then
    execute format('grant shokai_app to %I', current_user);
  end if;
end $$;

grant usage on schema public to shokai_app;

-- For whom the transaction works. Unset is nobody, who sees nothing.
create function acting_kind() returns text language sql stable as $$ select nullif(current_setting('shokai.kind', true), '') $$;
create function acting_mid() returns text language sql stable as $$ select nullif(current_setting('shokai.mid', true), '') $$;
create function acting_sids() returns text[] language sql stable as $$ select nullif(current_setting('shokai.sids', true), '')::text[] $$;
create function acting_institution() returns text language sql stable as $$ select nullif(current_setting('shokai.institution', true), '') $$;
create function acting_id() returns uuid language sql stable as $$ select nullif(current_setting('shokai.actor', true), '')::uuid $$;

-- Calls stand in sub-selects: they are made once for a statement and not once for a row.

alter table cases enable row level security;
grant select, insert, update on cases to shokai_app;
create policy own on cases to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sid = any ((select acting_sids())::text[]))
    when 'institution' then institution_id = (select acting_institution())
    else (select acting_kind()) in ('operator', 'system')
  end);
create policy not_made_by_merchants on cases as restrictive for insert to shokai_app
  with check ((select acting_kind()) <> 'merchant');

alter table case_counts enable row level security;
grant select, insert, update, delete on case_counts to shokai_app;
create policy own on case_counts to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sid = any ((select acting_sids())::text[]))
    when 'institution' then institution_id = (select acting_institution())
    else (select acting_kind()) in ('operator', 'system')
  end);

-- What belongs to a case is seen by those who see the case: the sub-select is under the policy of cases itself.
alter table case_events enable row level security;
grant select, insert on case_events to shokai_app;
create policy of_own_cases on case_events to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));

alter table answers enable row level security;
grant select, insert on answers to shokai_app;
create policy of_own_cases on answers to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));
-- Merchants answer; the product itself only fills the demo.
create policy made_by_merchants on answers as restrictive for insert to shokai_app
  with check ((select acting_kind()) in ('merchant', 'system'));

-- An institution sees what was registered, never what is being written.
alter table drafts enable row level security;
grant select, insert, update on drafts to shokai_app;
create policy of_own_cases on drafts to shokai_app using (
  (select acting_kind()) in ('operator', 'system')
  or (select acting_kind()) = 'merchant' and exists (select from cases where cases.id = case_id));

alter table announcements enable row level security;
grant select, insert, update on announcements to shokai_app;
create policy of_own_cases on announcements to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));

alter table mails enable row level security;
grant select, insert, update on mails to shokai_app;
create policy of_the_provider on mails to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table mail_cases enable row level security;
grant select, insert on mail_cases to shokai_app;
create policy of_the_provider on mail_cases to shokai_app using ((select acting_kind()) in ('operator', 'system'));

-- Names of institutions stand on every case.
alter table institutions enable row level security;
grant select, insert, update on institutions to shokai_app;
create policy seen_by_all on institutions for select to shokai_app using ((select acting_kind()) is not null);
create policy of_the_provider on institutions to shokai_app using ((select acting_kind()) in ('operator', 'system'));

-- Institutions name services in their requests, so they may learn which exist.
alter table merchants enable row level security;
grant select, insert, update on merchants to shokai_app;
create policy seen on merchants for select to shokai_app using (
  case (select acting_kind()) when 'merchant' then mid = (select acting_mid()) else (select acting_kind()) is not null end);
create policy of_the_provider on merchants to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table services enable row level security;
grant select, insert, update on services to shokai_app;
create policy seen on services for select to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sid = any ((select acting_sids())::text[]))
    else (select acting_kind()) is not null
  end);
create policy of_the_provider on services to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table contacts enable row level security;
grant select, insert, update, delete on contacts to shokai_app;
create policy own on contacts to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
    else (select acting_kind()) in ('operator', 'system')
  end);

-- 'visitor' is somebody who is signing in. It is the one actor that may look anybody up, and it sees nothing but people.
alter table memberships enable row level security;
grant select, insert, update, delete on memberships to shokai_app;
create policy own on memberships to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
    else (select acting_kind()) in ('operator', 'system', 'visitor')
  end);
create policy oneself on memberships for select to shokai_app using (user_id = (select acting_id()));

alter table users enable row level security;
grant select, insert, update on users to shokai_app;
create policy own on users to shokai_app using (
  (select acting_kind()) in ('operator', 'system', 'visitor')
  or id = (select acting_id())
  or (select acting_kind()) = 'merchant' and exists (
    select from memberships where memberships.user_id = users.id and memberships.mid = (select acting_mid())))
  with check ((select acting_kind()) in ('merchant', 'operator', 'system', 'visitor'));

alter table sessions enable row level security;
grant select, insert, update, delete on sessions to shokai_app;
create policy own on sessions to shokai_app using (
  (select acting_kind()) in ('operator', 'system', 'visitor')
  or user_id = (select acting_id())
  or (select acting_kind()) = 'merchant' and exists (select from memberships where memberships.id = membership_id));

alter table sign_in_attempts enable row level security;
grant select, insert, update, delete on sign_in_attempts to shokai_app;
create policy of_visitors on sign_in_attempts to shokai_app using ((select acting_kind()) in ('operator', 'system', 'visitor'));

alter table api_keys enable row level security;
grant select, insert, update on api_keys to shokai_app;
create policy own on api_keys to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
    else (select acting_kind()) in ('operator', 'system')
  end);

alter table idempotency_keys enable row level security;
grant select, insert, delete on idempotency_keys to shokai_app;
create policy own on idempotency_keys to shokai_app using (
  (select acting_kind()) = 'system' or actor_key = (select acting_kind()) || ':' || (select acting_id())::text);

-- Written by audit_append alone.
alter table audit_entries enable row level security;
grant select on audit_entries to shokai_app;
create policy of_the_provider on audit_entries for select to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table audit_head enable row level security;
grant select on audit_head to shokai_app;
create policy of_the_provider on audit_head for select to shokai_app using ((select acting_kind()) in ('operator', 'system'));

revoke all on function audit_append(jsonb) from public;
grant execute on function audit_append(jsonb) to shokai_app;

-- Who a session's token stands for, and that it was used, in one statement, before there is anybody to work for.
create function find_session(hash bytea, idle interval, fresh interval)
returns table (user_id uuid, name text, membership_id uuid, mid text, roles text[], sids text[], is_proven boolean)
language sql security definer set search_path = public, pg_temp as $$
  with found as (
    select users.id, users.name, memberships.id as membership_id, memberships.mid, memberships.roles, memberships.sids,
      sessions.last_used_at, sessions.proved_at
    from sessions
      join users on users.id = sessions.user_id and users.disabled_at is null
      join memberships on memberships.id = sessions.membership_id and memberships.disabled_at is null
    where token_hash = hash and expires_at > now() and last_used_at > now() - idle
  ), used as (
    -- Once a minute is exact enough, and spares every other request a write.
    update sessions set last_used_at = now()
    where token_hash = hash and exists (select from found where last_used_at < now() - interval '1 minute')
  )
  select id, name, membership_id, mid, roles, sids, proved_at > now() - fresh from found
$$;

-- Who an API key stands for, and that it was used.
create function find_api_key(hash bytea)
returns table (id uuid, name text, institution_id text, mid text, rights text[])
language sql security definer set search_path = public, pg_temp as $$
  with found as (
    select api_keys.id, api_keys.name, api_keys.institution_id, api_keys.mid, api_keys.rights, last_used_at
    from api_keys
    where key_hash = hash and disabled_at is null and (expires_at is null or expires_at > now())
  ), used as (
    update api_keys set last_used_at = now()
    where key_hash = hash and exists (select from found where last_used_at is null or last_used_at < now() - interval '1 minute')
  )
  select id, name, institution_id, mid, rights from found
$$;

revoke all on function find_session(bytea, interval, interval), find_api_key(bytea) from public;
grant execute on function find_session(bytea, interval, interval), find_api_key(bytea) to shokai_app;
