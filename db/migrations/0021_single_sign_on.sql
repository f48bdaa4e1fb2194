-- Operators who sign in at the PSP's identity provider (認証基盤). Whoever it vouches for is known by its issuer and subject, which
-- never change hands; a mail address counts once, when somebody comes for the first time.
create table identities (
  issuer        text collate "C" not null,
  subject       text collate "C" not null check (length(subject) between 1 and 255),
  user_id       uuid not null references users,
  linked_at     timestamptz not null default now(),
  last_used_at  timestamptz not null default now(),
  primary key (issuer, subject),
  -- Of two accounts of one provider that claim the same person, the second is refused.
  unique (user_id, issuer)
);

alter table identities enable row level security;
grant select, insert, update, delete on identities to shokai_app;
create policy of_visitors on identities to shokai_app using ((select acting_kind()) in ('visitor', 'system'));
create policy own on identities for select to shokai_app using (user_id = (select acting_id()));
create policy seen_by_admins on identities for select to shokai_app using (
  (select acting_kind()) = 'operator' and (select acting_right()) = 'manage_users');
create policy unlinked_by_admins on identities for delete to shokai_app using (
  (select acting_kind()) = 'operator' and (select acting_right()) = 'manage_users');

-- Which membership a sign-in is for, where that is known before its last step: the provider vouches for operators.
alter table sign_ins add column membership_id uuid references memberships on delete cascade;

-- Somebody who was sent to the identity provider and has not come back. What they have to come back with follows from a token
-- in their browser, of which only the hash is kept; it works once.
create table single_sign_ons (
  token_hash  bytea primary key,
  -- Who proves once more who they are, and the session it is for; nobody yet at a sign-in.
  user_id     uuid references users,
  owner_hash  bytea,
  next_page   text collate "C" check (length(next_page) <= 2000),
  started_at  timestamptz not null default now(),
  expires_at  timestamptz not null default now() + interval '10 minutes',
  check ((user_id is null) = (owner_hash is null))
);
create index single_sign_ons_by_expiry on single_sign_ons (expires_at);

alter table single_sign_ons enable row level security;
grant select, insert, delete on single_sign_ons to shokai_app;
create policy own on single_sign_ons to shokai_app using (
  (select acting_kind()) in ('visitor', 'system') or user_id = (select acting_id()));
