-- A person (users) is apart from what they are: one may belong to several merchants, or be one of the PSP's operators.

create table memberships (
  id           uuid primary key,
  user_id      uuid not null references users,
  -- The merchant; null for the PSP's operators.
  mid          text collate "C" references merchants,
  roles        text[] not null check (cardinality(roles) > 0),
  -- The services a merchant's user is limited to; null when not limited.
  sids         text[],
  disabled_at  timestamptz,
  created_at   timestamptz not null default now(),
  check (mid is not null or sids is null),
  unique nulls not distinct (user_id, mid)
);
create index memberships_by_merchant on memberships (mid);

insert into memberships (id, user_id, mid, roles, sids)
select gen_random_uuid(), id, mid, roles, sids from users;

-- A session is one person as one of their memberships. Those from before have to sign in again.
delete from sessions;
alter table sessions
  add column membership_id uuid not null references memberships,
  -- When the person last proved who they are; changes of users, keys, contacts and exports want it recent.
  add column proved_at timestamptz not null default now();

alter table users
  drop column mid,
  drop column roles,
  drop column sids,
  add column email text check (length(email) between 3 and 254),
  -- A person who was invited has no password before they chose one.
  alter column password_hash drop not null;
create unique index users_by_email on users (lower(email));

alter table api_keys
  -- The beginning of a key, to tell keys apart; the rest is known to its owner alone.
  add column prefix text collate "C" not null default '',
  add column created_by uuid references users,
  add column expires_at timestamptz,
  add column last_used_at timestamptz,
  -- The key that takes this one's place; both work until this one expires.
  add column replaced_by uuid references api_keys;
