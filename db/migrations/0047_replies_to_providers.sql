-- Answers back to the providers whose messages became cases. docs/decisions/0034 says how each is sent, and how often.

-- What a provider calls the account that a dispute belongs to: an answer has to name it.
alter table adapter_messages add column account text collate "C" check (length(account) <= 300);

-- How the answers of one adapter's cases are sent, and with what the provider lets us in.
create table adapter_outlets (
  adapter_id      uuid primary key references adapters,
  is_on           boolean not null,
  -- domain/replies.ts says what it holds.
  settings        jsonb not null,
  sealed_secret   bytea,
  secret_set_at   timestamptz,
  -- The provider did not let us in. Its answers wait until there is another secret, or a test that went well.
  broken_at       timestamptz,
  broken_reason   text collate "C",
  check ((sealed_secret is null) = (secret_set_at is null)),
  check (not is_on or sealed_secret is not null),
  check ((broken_at is null) = (broken_reason is null))
);

-- One row for each version of each answer to a case that came by an adapter, written with the answer itself.
create table adapter_replies (
  id                  uuid primary key,
  adapter_id          uuid not null references adapters,
  institution_id      text collate "C" not null references institutions,
  case_id             text collate "C" not null references cases,
  version             integer not null,
  -- What the provider calls the dispute, and the account it belongs to.
  reference           text collate "C",
  account             text collate "C",
  -- none: nothing is to be sent, for the reason that is named. failed: somebody has to look.
  state               text collate "C" not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'none')),
  reason              text collate "C",
  -- What the provider calls its own record of it.
  provider_reference  text collate "C" check (length(provider_reference) <= 300),
  -- The document is at the provider already, and only the last call is wanting.
  is_supplied         boolean not null default false,
  -- Counts up when somebody has it sent again: a provider that remembers a key would answer as before.
  round               integer not null default 1,
  tries               integer not null default 0,
  next_attempt_at     timestamptz not null default now(),
  -- Until then one worker has it in hand, and the others leave it alone.
  taken_until         timestamptz,
  created_at          timestamptz not null default now(),
  ended_at            timestamptz,
  unique (case_id, version),
  foreign key (case_id, version) references answers (case_id, version)
);
create index adapter_replies_due on adapter_replies (adapter_id, next_attempt_at) where state = 'waiting';
create index adapter_replies_by_age on adapter_replies (created_at desc, id desc);
create index adapter_replies_by_state on adapter_replies (state, created_at desc, id desc);
create index adapter_replies_by_adapter on adapter_replies (adapter_id, created_at desc, id desc);

-- Each call to a provider and what came of it.
create table adapter_reply_calls (
  id            uuid primary key,
  reply_id      uuid not null references adapter_replies,
  case_id       text collate "C" not null references cases,
  at            timestamptz not null,
  call          text collate "C" not null,
  -- The status that came back, or why none did.
  status        integer,
  reason        text collate "C",
  -- What the provider said of an error; it may repeat what it was sent.
  sealed_said   bytea,
  milliseconds  integer not null check (milliseconds >= 0),
  check ((status is null) <> (reason is null))
);
create index adapter_reply_calls_by_reply on adapter_reply_calls (reply_id, at);
create index adapter_reply_calls_by_case on adapter_reply_calls (case_id);

alter table adapter_outlets enable row level security;
grant select, insert, update on adapter_outlets to shokai_app;
create policy of_the_provider on adapter_outlets to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table adapter_replies enable row level security;
grant select, update on adapter_replies to shokai_app;
create policy of_the_provider on adapter_replies to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table adapter_reply_calls enable row level security;
grant select, insert on adapter_reply_calls to shokai_app;
create policy of_the_provider on adapter_reply_calls for select to shokai_app
  using ((select acting_kind()) in ('operator', 'system'));
create policy made_by_the_product on adapter_reply_calls for insert to shokai_app
  with check ((select acting_kind()) = 'system' and exists (
    select from adapter_replies reply where reply.id = reply_id and reply.case_id = adapter_reply_calls.case_id));

-- A registered answer to a case that came by an adapter is to be sent: whoever registers it, and in the same transaction. Works
-- as the owner, because a merchant sees nothing of adapters.
create function queue_adapter_reply() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into adapter_replies (id, adapter_id, institution_id, case_id, version, reference, account)
  select gen_random_uuid(), adapter_id, institution_id, new.case_id, new.version, reference, account
  from adapter_messages
  where case_id = new.case_id and outcome = 'created'
  order by received_at, id limit 1;
  return null;
end $$;
revoke all on function queue_adapter_reply() from public;
create trigger answers_replied after insert on answers for each row execute function queue_adapter_reply();

create function keep_adapter_reply() returns trigger language plpgsql as $$
begin
  if (old.id, old.adapter_id, old.institution_id, old.case_id, old.version, old.created_at)
      is distinct from (new.id, new.adapter_id, new.institution_id, new.case_id, new.version, new.created_at)
    or (old.reference, old.account) is distinct from (new.reference, new.account)
    or old.state = 'sent' and new.state <> 'sent' then
    raise exception 'a reply stays what it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger adapter_replies_keep before update on adapter_replies for each row execute function keep_adapter_reply();
create trigger adapter_replies_stay before delete on adapter_replies for each row execute function refuse_change();
create trigger adapter_replies_not_truncated before truncate on adapter_replies
  for each statement execute function refuse_change();
create trigger adapter_reply_calls_append_only before update or delete on adapter_reply_calls
  for each row execute function refuse_change_but_erasure('sealed_said');
create trigger adapter_reply_calls_not_truncated before truncate on adapter_reply_calls
  for each statement execute function refuse_change();

-- Works as the owner, who alone may change a call, for whoever erases the case.
create function erase_adapter_reply_calls() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update adapter_reply_calls set sealed_said = null where case_id = new.id;
  return null;
end $$;
revoke all on function erase_adapter_reply_calls() from public;
create trigger cases_erased_with_reply_calls after update of erased_at on cases for each row
  when (old.erased_at is null and new.erased_at is not null) execute function erase_adapter_reply_calls();

create constraint trigger adapter_outlets_recorded after insert or update of is_on, settings, sealed_secret, broken_at
  on adapter_outlets deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger adapter_replies_recorded after update of state on adapter_replies
  deferrable initially deferred for each row when (old.state is distinct from new.state)
  execute function require_audit_entry();
