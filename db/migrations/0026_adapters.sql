-- Messages of providers that become cases. docs/decisions/0026 says what is kept of them and how each is believed.

create table adapters (
  id              uuid primary key,
  institution_id  text collate "C" not null references institutions,
  name            text not null check (length(name) between 1 and 100),
  kind            text collate "C" not null check (kind in ('stripe', 'adyen', 'mapping')),
  -- Codes, accounts and the rules by which a message is read; domain/adapter-settings.ts says what it holds.
  settings        jsonb not null,
  is_on           boolean not null default true,
  created_by      uuid,
  created_at      timestamptz not null default now()
);
create index adapters_by_institution on adapters (institution_id);

-- What a provider signs with, sealed. One that was replaced is believed beside the new one until it expires.
create table adapter_secrets (
  id             uuid primary key,
  adapter_id     uuid not null references adapters,
  sealed_secret  bytea not null,
  created_at     timestamptz not null default now(),
  expires_at     timestamptz
);
create index adapter_secrets_by_adapter on adapter_secrets (adapter_id);

create table adapter_messages (
  id              uuid primary key,
  adapter_id      uuid not null references adapters,
  institution_id  text collate "C" not null references institutions,
  -- The provider's own name of the message: it is taken in once.
  event_key       text collate "C" not null check (length(event_key) between 1 and 300),
  -- What the provider calls the dispute; the institution's reference of its case.
  reference       text collate "C" check (length(reference) <= 300),
  outcome         text collate "C" not null check (outcome in ('created', 'known', 'ended', 'refused')),
  problems        jsonb not null default '[]',
  case_id         text collate "C" references cases,
  -- The message to the byte, sealed; emptied after its time, and never kept where it holds a card number.
  sealed_body     bytea,
  times           integer not null default 1,
  received_at     timestamptz not null default now(),
  run_at          timestamptz not null default now(),
  unique (adapter_id, event_key)
);
create index adapter_messages_by_age on adapter_messages (received_at desc, id);
create index adapter_messages_by_outcome on adapter_messages (outcome, received_at desc, id);
create index adapter_messages_by_reference on adapter_messages (adapter_id, reference);
create index adapter_messages_by_case on adapter_messages (case_id);

create function keep_adapter_message() returns trigger language plpgsql as $$
begin
  if (old.id, old.adapter_id, old.institution_id, old.event_key, old.received_at)
      is distinct from (new.id, new.adapter_id, new.institution_id, new.event_key, new.received_at)
    or new.sealed_body is not null and new.sealed_body is distinct from old.sealed_body
      and current_user = 'shokai_app' then
    raise exception 'a message stays what it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger adapter_messages_keep before update on adapter_messages
  for each row execute function keep_adapter_message();
create trigger adapter_messages_stay before delete on adapter_messages for each row execute function refuse_change();
create trigger adapter_messages_not_truncated before truncate on adapter_messages
  for each statement execute function refuse_change();

alter table adapters enable row level security;
grant select, insert, update on adapters to shokai_app;
create policy seen on adapters for select to shokai_app using (
  (select acting_kind()) in ('operator', 'system')
  or (select acting_kind()) = 'institution' and institution_id = (select acting_institution()));
create policy of_the_provider on adapters to shokai_app using ((select acting_kind()) = 'operator');

alter table adapter_secrets enable row level security;
grant select, insert, update on adapter_secrets to shokai_app;
create policy of_the_provider on adapter_secrets to shokai_app using ((select acting_kind()) in ('operator', 'system'));

-- A message is of the institution of its adapter, whoever writes it.
alter table adapter_messages enable row level security;
grant select, insert, update on adapter_messages to shokai_app;
create policy own on adapter_messages to shokai_app using (
  (select acting_kind()) in ('operator', 'system')
  or (select acting_kind()) = 'institution' and institution_id = (select acting_institution()))
  with check ((select acting_kind()) in ('institution', 'operator', 'system')
    and (case_id is null or exists (
      select from cases where cases.id = case_id and cases.institution_id = adapter_messages.institution_id)));
create policy of_one_tenant on adapter_messages as restrictive for insert to shokai_app with check (
  exists (select from adapters where adapters.id = adapter_id and adapters.institution_id = adapter_messages.institution_id));

create constraint trigger adapters_recorded after insert or update on adapters
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger adapter_secrets_recorded after insert or update of sealed_secret, expires_at on adapter_secrets
  deferrable initially deferred for each row execute function require_audit_entry();

-- Empties messages that are older than this, some at once; what became of them stays.
create function erase_adapter_messages(older_than_days integer, at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased integer;
begin
  if acting_kind() is distinct from 'system' then
    raise exception 'only the product itself erases' using errcode = 'insufficient_privilege';
  end if;
  update adapter_messages set sealed_body = null
  where id in (select id from adapter_messages
               where sealed_body is not null and received_at < now() - make_interval(days => older_than_days)
               order by received_at limit at_most for update skip locked);
  get diagnostics erased = row_count;
  return erased;
end $$;
revoke all on function erase_adapter_messages(integer, integer) from public;
grant execute on function erase_adapter_messages(integer, integer) to shokai_app;
