-- Who there is: institutions that ask, merchants that answer, and the people and keys that act for them.

create table institutions (
  id           text collate "C" primary key check (id ~ '^[A-Z0-9-]{2,32}$'),
  name         text not null check (length(name) between 1 and 100),
  -- How its requests fall due when they name no instant: {"days": 7, "of": "business_days"}; null when each must name one.
  due_rule     jsonb,
  expiry_days  integer not null default 30 check (expiry_days between 0 and 3650)
);

create table merchants (
  mid   text collate "C" primary key check (mid ~ '^[0-9]{5}$'),
  name  text not null check (length(name) between 1 and 100)
);

create table services (
  mid   text collate "C" not null references merchants,
  sid   text collate "C" not null check (sid ~ '^[0-9]{3}$'),
  name  text not null check (length(name) between 1 and 100),
  primary key (mid, sid)
);

-- Whom a merchant wants to hear of new requests: for one service, or for all of them (sid null).
create table contacts (
  id        uuid primary key,
  mid       text collate "C" not null references merchants,
  sid       text collate "C",
  category  text collate "C" not null,
  name      text not null check (length(name) between 1 and 100),
  email     text not null check (length(email) between 3 and 254),
  locale    text collate "C" not null default 'ja' check (locale in ('ja', 'en')),
  foreign key (mid, sid) references services,
  unique nulls not distinct (mid, sid, category, email)
);

create table users (
  id             uuid primary key,
  login_id       text collate "C" not null unique check (length(login_id) between 1 and 64),
  name           text not null check (length(name) between 1 and 100),
  password_hash  text not null,
  -- The merchant a user belongs to; null for the PSP's operators.
  mid            text collate "C" references merchants,
  roles          text[] not null check (cardinality(roles) > 0),
  -- The services a merchant's user is limited to; null when not limited.
  sids           text[],
  locale         text collate "C" not null default 'ja' check (locale in ('ja', 'en')),
  theme          text collate "C" not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  disabled_at    timestamptz,
  created_at     timestamptz not null default now(),
  check (mid is not null or sids is null)
);

-- Only a hash of the token is kept: who reads this table cannot sign in with it.
create table sessions (
  token_hash    bytea primary key,
  user_id       uuid not null references users,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz not null default now(),
  expires_at    timestamptz not null
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

-- Guesses at a user id's password, counted before they are checked, so that parallel guesses cannot outrun the limit.
-- Unknown user ids are counted too: a lock says nothing about who exists.
create table sign_in_attempts (
  login_id_hash  bytea primary key,
  guesses        integer not null,
  counted_from   timestamptz not null,
  locked_until   timestamptz
);

create table api_keys (
  id              uuid primary key,
  key_hash        bytea not null unique,
  name            text not null,
  institution_id  text collate "C" references institutions,
  mid             text collate "C" references merchants,
  rights          text[] not null,
  created_at      timestamptz not null default now(),
  disabled_at     timestamptz,
  check ((institution_id is null) <> (mid is null))
);

-- What a key was answered before, so that a retry gets the same answer and does nothing twice.
create table idempotency_keys (
  actor_key       text collate "C" not null,
  route           text collate "C" not null,
  key             text collate "C" not null check (length(key) between 1 and 255),
  request_sha256  bytea not null,
  status          integer not null,
  body            text not null,
  created_at      timestamptz not null default now(),
  primary key (actor_key, route, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
