-- Signing in by steps: password, second factor, choice of merchant. Guesses are counted before they are checked.

-- What guesses are counted for, under a hash: a user id (known or not) from devices nobody has signed in from before, one
-- device of one person, or a network address. Parallel guesses on any number of nodes each take their own.
create table guess_counts (
  counted_for   bytea primary key,
  guesses       integer not null,
  counted_from  timestamptz not null,
  locked_until  timestamptz,
  -- Goes up when counting starts anew, so that a right guess is given back only to the count it was taken from.
  round         integer not null default 1,
  -- How often an address was made to wait without a quiet day between: each time is twice as long as the one before.
  waits         integer not null default 0
);
create index guess_counts_by_age on guess_counts (counted_from);
drop table sign_in_attempts;

-- A browser somebody has signed in from before. A stranger who locks the user id does not lock it here.
create table devices (
  token_hash    bytea primary key,
  user_id       uuid not null references users,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz not null default now()
);
create index devices_by_user on devices (user_id);

-- A sign-in that is under way. It is no session: it allows its next step and nothing else, and ends with it or after ten minutes.
create table sign_ins (
  token_hash  bytea primary key,
  user_id     uuid not null references users,
  step        text collate "C" not null check (step in ('second_factor', 'enrolment', 'recovery_codes', 'membership')),
  -- Where its guesses are counted.
  counter     bytea not null,
  -- The known device it comes from.
  device      bytea references devices on delete set null,
  expires_at  timestamptz not null default now() + interval '10 minutes'
);
create index sign_ins_by_expiry on sign_ins (expires_at);
create index sign_ins_by_user on sign_ins (user_id);

-- What a sign-in or a session has to come back with: the challenge of a passkey, or the sealed secret of an authenticator app
-- that is being set up. Bound to the token it was given to, and used once.
create table challenges (
  owner_hash  bytea not null,
  kind        text collate "C" not null check (kind in ('passkey_use', 'passkey_setup', 'totp_setup')),
  user_id     uuid not null references users,
  secret      bytea not null,
  expires_at  timestamptz not null default now() + interval '10 minutes',
  primary key (owner_hash, kind)
);
create index challenges_by_expiry on challenges (expires_at);

-- An authenticator app. The secret is sealed; each step of 30 seconds is accepted once, by moving last_step on.
create table totp_secrets (
  user_id     uuid primary key references users,
  secret      bytea not null,
  last_step   bigint not null,
  created_at  timestamptz not null default now()
);

create table passkeys (
  id             uuid primary key,
  user_id        uuid not null references users,
  name           text not null check (length(name) between 1 and 60),
  credential_id  text collate "C" not null unique,
  public_key     bytea not null,
  sign_count     bigint not null,
  transports     text[] not null,
  created_at     timestamptz not null default now(),
  last_used_at   timestamptz
);
create index passkeys_by_user on passkeys (user_id);

-- Codes of 120 random bits for who lost their factor; one that was used is gone.
create table recovery_codes (
  user_id    uuid not null references users,
  code_hash  bytea not null,
  primary key (user_id, code_hash)
);

alter table guess_counts enable row level security;
grant select, insert, update, delete on guess_counts to shokai_app;
-- A signed-in person proves once more who they are, and takes guesses of their own to it.
create policy of_visitors on guess_counts to shokai_app using (
  (select acting_kind()) in ('visitor', 'operator', 'system')
  or counted_for = (select sha256(convert_to('user:' || login_id, 'UTF8')) from users where users.id = (select acting_id()))
  or counted_for in (select token_hash from devices where devices.user_id = (select acting_id())));

alter table devices enable row level security;
grant select, insert, update, delete on devices to shokai_app;
create policy own on devices to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));

alter table sign_ins enable row level security;
grant select, insert, update, delete on sign_ins to shokai_app;
create policy own on sign_ins to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));

alter table challenges enable row level security;
grant select, insert, update, delete on challenges to shokai_app;
create policy own on challenges to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));

alter table totp_secrets enable row level security;
grant select, insert, update, delete on totp_secrets to shokai_app;
create policy own on totp_secrets to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));

alter table passkeys enable row level security;
grant select, insert, update, delete on passkeys to shokai_app;
create policy own on passkeys to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));

alter table recovery_codes enable row level security;
grant select, insert, delete on recovery_codes to shokai_app;
create policy own on recovery_codes to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));

-- Takes one guess, before it is checked. locked_seconds above 0: it must not be checked. The last one allowed sets the lock,
-- which a right guess takes back.
create function count_guess(counted bytea, allowed integer, within interval, pause interval, doublings integer,
  out guess_round integer, out guesses_taken integer, out locked_seconds integer)
language plpgsql as $$
declare
  at    timestamptz := clock_timestamp();
  kept  guess_counts;
begin
  insert into guess_counts as counts (counted_for, guesses, counted_from) values (counted, 0, at)
  on conflict (counted_for) do update set guesses = counts.guesses
  returning * into kept;
  at := clock_timestamp();
  locked_seconds := 0;
  if kept.locked_until > at then
    locked_seconds := ceil(extract(epoch from kept.locked_until - at));
    guess_round := kept.round;
    guesses_taken := kept.guesses;
    return;
  end if;
  if kept.locked_until is not null or kept.counted_from < at - within then
    kept.waits := case when coalesce(kept.locked_until, kept.counted_from) < at - interval '1 day' then 0 else kept.waits end;
    kept.round := kept.round + 1;
    kept.guesses := 0;
    kept.counted_from := at;
    kept.locked_until := null;
  end if;
  kept.guesses := kept.guesses + 1;
  if kept.guesses >= allowed then
    kept.locked_until := at + pause * (2 ^ least(kept.waits, doublings));
    kept.waits := kept.waits + 1;
  end if;
  update guess_counts set guesses = kept.guesses, counted_from = kept.counted_from, locked_until = kept.locked_until,
    round = kept.round, waits = kept.waits
  where counted_for = counted;
  guess_round := kept.round;
  guesses_taken := kept.guesses;
end $$;

-- A guess was right: it does not count, and neither does the lock it may have set.
create function give_back_guess(counted bytea, guess_round integer) returns void language sql as $$
  update guess_counts set guesses = guesses - 1, waits = waits - (locked_until is not null)::int, locked_until = null
  where counted_for = counted and round = guess_round and guesses > 0
$$;

-- Somebody signed in: their wrong guesses before are forgotten. Starts a new round, so that nothing is given back to it.
create function forget_guesses(counted bytea) returns void language sql as $$
  update guess_counts set guesses = 0, round = round + 1, waits = 0, locked_until = null, counted_from = now()
  where counted_for = counted
$$;

-- Takes a guess at a password and looks up whose it would be, known or not, in one call: five for a user id from unknown
-- devices or for one device, then 30 minutes; twenty wrong ones from one address within 15 minutes, then a minute, and twice
-- as long each further time.
create function count_password_guess(login text, account bytea, device_token bytea, address bytea)
returns table (counter bytea, guess_round integer, guesses_taken integer, address_round integer, locked_seconds integer,
  user_id uuid, password_hash text, device bytea, methods text[], membership_id uuid, membership_count integer)
language plpgsql as $$
begin
  select users.id, users.password_hash,
    (select token_hash from devices where token_hash = device_token and devices.user_id = users.id),
    array_remove(array[
      case when exists (select from totp_secrets where totp_secrets.user_id = users.id) then 'totp' end,
      case when exists (select from passkeys where passkeys.user_id = users.id) then 'passkey' end,
      case when exists (select from recovery_codes where recovery_codes.user_id = users.id) then 'recovery_code' end], null),
    belonging.first, belonging.count
  into user_id, password_hash, device, methods, membership_id, membership_count
  from users cross join lateral (
    select count(*)::int as count, (array_agg(id order by mid))[1] as first
    from memberships where memberships.user_id = users.id and disabled_at is null) as belonging
  where login_id = login and users.disabled_at is null and belonging.count > 0;

  counter := coalesce(device, account);
  locked_seconds := 0;
  -- Always in this order, so that two sign-ins never wait for each other.
  if device is null then
    select given.guess_round, given.locked_seconds into address_round, locked_seconds
    from count_guess(address, 20, interval '15 minutes', interval '1 minute', 5) as given;
  end if;
  if locked_seconds = 0 then
    select given.guess_round, given.guesses_taken, given.locked_seconds into guess_round, guesses_taken, locked_seconds
    from count_guess(counter, 5, interval '30 minutes', interval '30 minutes', 0) as given;
  end if;
  return next;
end $$;

-- The merchants a person may work for, for that person and for who signs in as them. Their names are other merchants' to
-- everybody else.
create function memberships_of(person uuid) returns table (id uuid, mid text, merchant_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select memberships.id, memberships.mid, merchants.name
  from memberships left join merchants on merchants.mid = memberships.mid
  where user_id = person and disabled_at is null
    and (person = acting_id() or acting_kind() in ('visitor', 'system'))
  order by memberships.mid
$$;

-- Takes a person's second factors away, and tells how many there were; null when it is not for the caller to do. A merchant's
-- admin does it for people who belong to that merchant only: it would weaken them at the others, too.
create function reset_second_factors(person uuid) returns integer
language sql security definer set search_path = public, pg_temp as $$
  with allowed as (
    select person as id where acting_kind() in ('operator', 'system')
      or acting_kind() = 'merchant'
        and exists (select from memberships where user_id = person and mid = acting_mid())
        and not exists (select from memberships where user_id = person and mid is distinct from acting_mid())
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

revoke all on function memberships_of(uuid), reset_second_factors(uuid) from public;
grant execute on function memberships_of(uuid), reset_second_factors(uuid) to shokai_app;
