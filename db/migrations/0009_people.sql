-- Users are invited by an admin and come in by a link that works once. What a link carries is 256 random bits; only its hash
-- is stored. docs/decisions/0011 says how long each kind lives, and why.

-- Somebody who was invited and has not come yet. Its id becomes that of the membership. Nothing here refers to a person, so
-- that who invites cannot learn whether the mail address is known to another merchant.
create table invitations (
  id          uuid primary key,
  -- The merchant; null for the PSP's operators.
  mid         text collate "C" references merchants,
  name        text not null check (length(name) between 1 and 100),
  email       text not null check (length(email) between 3 and 254),
  locale      text collate "C" not null check (locale in ('ja', 'en')),
  roles       text[] not null check (cardinality(roles) > 0),
  sids        text[],
  version     integer not null default 1,
  -- Null until its mail is written, and again when it is to be sent once more: older links end at once.
  token_hash  bytea unique,
  expires_at  timestamptz not null,
  created_at  timestamptz not null default now(),
  check (mid is not null or sids is null)
);
create unique index invitations_by_address on invitations (mid, lower(email)) nulls not distinct;

-- The one live link of a person who forgot their password.
create table password_resets (
  user_id     uuid primary key references users,
  token_hash  bytea not null unique,
  expires_at  timestamptz not null
);

-- A mail address that waits for the proof that its mails arrive.
create table email_changes (
  user_id     uuid primary key references users,
  email       text not null check (length(email) between 3 and 254),
  token_hash  bytea unique,
  expires_at  timestamptz not null
);

-- What a person's passwords were before, so that none comes back too soon.
create table password_history (
  id             uuid primary key,
  user_id        uuid not null references users,
  password_hash  text not null,
  replaced_at    timestamptz not null default now()
);
create index password_history_by_user on password_history (user_id, replaced_at);

-- How often something was asked for or guessed at, under a hash of what it was asked for: a user id, known or not, a network.
create table attempt_counts (
  counted_for   bytea primary key,
  -- Who it was, where they are known by their session; null for visitors.
  user_id       uuid references users,
  count         integer not null,
  counted_from  timestamptz not null
);

alter table memberships
  -- What the merchant calls the person; unset: as they call themselves.
  add column name text check (length(name) between 1 and 100),
  add column version integer not null default 1,
  add column last_signed_in_at timestamptz;

alter table sessions
  -- The name of a session that may be shown; the hash of its token never is.
  add column id uuid not null unique default gen_random_uuid(),
  add column device text collate "C" default nullif(current_setting('shokai.device', true), ''),
  add column network text collate "C" default nullif(current_setting('shokai.origin', true), '');

-- Before the session is there, and so before the sign-in is told to the audit trail, whose end others wait for.
create function note_signed_in() returns trigger language plpgsql as $$
begin
  update memberships set last_signed_in_at = now() where id = new.membership_id;
  return new;
end $$;
create trigger sessions_note_signed_in before insert or update of membership_id on sessions
  for each row execute function note_signed_in();
revoke all on function note_signed_in() from public;

-- Mails to people about their own account belong to no service.
alter table mails
  alter column mid drop not null,
  alter column sid drop not null;

alter table invitations enable row level security;
grant select, insert, update, delete on invitations to shokai_app;
create policy own on invitations to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
    else (select acting_kind()) in ('operator', 'system', 'visitor')
  end);

alter table password_resets enable row level security;
grant select, insert, update, delete on password_resets to shokai_app;
create policy own on password_resets to shokai_app using (
  (select acting_kind()) in ('system', 'visitor') or user_id = (select acting_id()));

alter table email_changes enable row level security;
grant select, insert, update, delete on email_changes to shokai_app;
create policy own on email_changes to shokai_app using (
  (select acting_kind()) in ('system', 'visitor') or user_id = (select acting_id()));

alter table password_history enable row level security;
grant select, insert, delete on password_history to shokai_app;
create policy own on password_history to shokai_app using (
  (select acting_kind()) in ('system', 'visitor') or user_id = (select acting_id()));

alter table attempt_counts enable row level security;
grant select, insert, update, delete on attempt_counts to shokai_app;
create policy own on attempt_counts to shokai_app using (
  (select acting_kind()) in ('system', 'visitor') or user_id = (select acting_id()));

-- Until when somebody's user id is locked after wrong guesses, for those who may manage them: guesses belong to nobody, so the
-- policies show them to no merchant.
create function sign_in_locked_until(person uuid) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select locked_until from guess_counts, users
  where users.id = person and counted_for = sha256(convert_to('user:' || login_id, 'UTF8')) and locked_until > now()
    and (acting_kind() in ('operator', 'system') or acting_kind() = 'merchant'
      and exists (select from memberships where user_id = person and mid = acting_mid()))
$$;

-- Forgets the wrong guesses at somebody's user id, for the same.
create function unlock_sign_in(person uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  select forget_guesses(sha256(convert_to('user:' || login_id, 'UTF8'))) from users
  where users.id = person and (acting_kind() in ('operator', 'system') or acting_kind() = 'merchant'
    and exists (select from memberships where user_id = person and mid = acting_mid()))
$$;

revoke all on function sign_in_locked_until(uuid), unlock_sign_in(uuid) from public;
grant execute on function sign_in_locked_until(uuid), unlock_sign_in(uuid) to shokai_app;
