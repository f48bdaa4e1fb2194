-- Taking away somebody's second factors goes past the policies of their tables, so the database itself asks for the right to
-- look after users; before, it asked for the tenant alone.
create or replace function reset_second_factors(person uuid) returns integer
language sql security definer set search_path = public, pg_temp as $$
  with allowed as (
    select person as id where acting_kind() = 'system'
      or acting_right() = 'manage_users' and (
        acting_kind() = 'operator'
        or acting_kind() = 'merchant'
          and exists (select from memberships where user_id = person and mid = acting_mid())
          and not exists (select from memberships where user_id = person and mid is distinct from acting_mid()))
  ), apps as (
    delete from totp_secrets using allowed where user_id = allowed.id returning 1
  ), keys as (
    delete from passkeys using allowed where user_id = allowed.id returning 1
  ), codes as (
    delete from recovery_codes using allowed where user_id = allowed.id
  ), under_way as (
    delete from sign_ins using allowed where user_id = allowed.id
  ), waiting as (
    delete from challenges using allowed where user_id = allowed.id
  )
  select case when exists (select from allowed) then ((select count(*) from apps) + (select count(*) from keys))::int end
$$;
