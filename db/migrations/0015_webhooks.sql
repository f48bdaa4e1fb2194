-- What happens to cases, told to the systems of merchants and institutions: as a feed that they read, and as webhooks that they
-- are sent. Ids only, nothing personal. docs/decisions/0019 says how order and at-least-once are kept.

-- One row for each step of each case, written in the transaction of the step.
create table events (
  id                     uuid primary key,
  -- Counts up in the order of writing, which within a case is the order of its steps, as each holds its case's row.
  arrival                bigint generated always as identity,
  -- The place in the feed. It is given after the event was committed, by one transaction at a time: what is seen later stands
  -- later, so that nobody who reads on skips anything.
  position               bigint unique check (position >= 1),
  type                   text collate "C" not null,
  case_id                text collate "C" not null,
  -- That of the case's history.
  sequence               integer not null,
  -- The version of the answer that is registered by then; 0 before the first.
  version                integer not null check (version >= 0),
  status                 text collate "C" not null,
  notification_type      text collate "C" not null,
  mid                    text collate "C" not null,
  sid                    text collate "C" not null,
  institution_id         text collate "C" not null references institutions,
  institution_reference  text collate "C" not null,
  at                     timestamptz not null,
  foreign key (case_id, sequence) references case_events (case_id, sequence),
  unique (case_id, sequence)
);
create index events_to_place on events (arrival) where position is null;
create index events_by_merchant on events (mid, position) where position is not null;
create index events_by_institution on events (institution_id, position) where position is not null;

create function keep_event() returns trigger language plpgsql as $$
begin
  if old.position is not null or (to_jsonb(old) - 'position') is distinct from (to_jsonb(new) - 'position') then
    raise exception 'an event does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger events_keep before update on events for each row execute function keep_event();
create trigger events_stay before delete on events for each row execute function refuse_change();
create trigger events_not_truncated before truncate on events for each statement execute function refuse_change();

-- Where a merchant or an institution wants to be told.
create table webhook_endpoints (
  id              uuid primary key,
  mid             text collate "C" references merchants,
  -- The services a merchant's endpoint hears of; null for all.
  sids            text[] check (cardinality(sids) > 0),
  institution_id  text collate "C" references institutions,
  name            text not null check (length(name) between 1 and 100),
  url             text not null check (length(url) between 1 and 2048),
  event_types     text[] not null check (cardinality(event_types) > 0),
  -- gone: it answered 410. failing: nothing was accepted for as long as a delivery is tried. by_owner: somebody switched it off.
  off_reason      text collate "C" check (off_reason in ('gone', 'failing', 'by_owner')),
  off_at          timestamptz,
  -- When it began to fail without accepting anything since.
  failing_since   timestamptz,
  delivered_at    timestamptz,
  created_by      uuid,
  created_at      timestamptz not null default now(),
  check ((mid is null) <> (institution_id is null)),
  check (mid is not null or sids is null),
  check ((off_reason is null) = (off_at is null))
);
create index webhook_endpoints_by_merchant on webhook_endpoints (mid) where mid is not null;
create index webhook_endpoints_by_institution on webhook_endpoints (institution_id) where institution_id is not null;

-- What deliveries are signed with, sealed. A secret that was replaced signs on beside the new one until it expires.
create table webhook_secrets (
  id             uuid primary key,
  endpoint_id    uuid not null references webhook_endpoints on delete cascade,
  sealed_secret  bytea not null,
  created_at     timestamptz not null default now(),
  expires_at     timestamptz
);
create index webhook_secrets_by_endpoint on webhook_secrets (endpoint_id);

-- An event on its way to an endpoint; without an event it is a test.
create table webhook_deliveries (
  id               uuid primary key,
  endpoint_id      uuid not null references webhook_endpoints on delete cascade,
  event_id         uuid references events,
  case_id          text collate "C",
  position         bigint,
  -- dead: its tries are used up; somebody has to look, and can have it sent again.
  state            text collate "C" not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  -- Tries since it was made or last replayed.
  tries            integer not null default 0,
  next_attempt_at  timestamptz not null,
  -- Until then one worker is sending it, and the others leave it alone.
  taken_until      timestamptz,
  created_at       timestamptz not null,
  unique (endpoint_id, event_id),
  check ((event_id is null) = (case_id is null) and (event_id is null) = (position is null))
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at, position) where state = 'pending';
create index webhook_deliveries_of_case on webhook_deliveries (endpoint_id, case_id, position) where state = 'pending';
create index webhook_deliveries_by_endpoint on webhook_deliveries (endpoint_id, created_at desc, id);
create index webhook_deliveries_dead on webhook_deliveries (endpoint_id) where state = 'dead';
create index webhook_deliveries_by_age on webhook_deliveries (created_at) where state = 'delivered';

-- What was sent and what came back, once for each try.
create table webhook_attempts (
  id             uuid primary key,
  delivery_id    uuid not null references webhook_deliveries on delete cascade,
  at             timestamptz not null,
  url            text not null,
  signature      text collate "C" not null,
  -- The status that came back, or why none did.
  status         integer,
  reason         text collate "C",
  response_body  text check (length(response_body) <= 2000),
  milliseconds   integer not null check (milliseconds >= 0),
  check ((status is null) <> (reason is null))
);
create index webhook_attempts_by_delivery on webhook_attempts (delivery_id, at);

alter table events enable row level security;
grant select, insert, update on events to shokai_app;
create policy own on events for select to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sid = any ((select acting_sids())::text[]))
    when 'institution' then institution_id = (select acting_institution())
    else (select acting_kind()) in ('operator', 'system')
  end);
-- An event belongs to whom its case belongs to.
create policy of_their_case on events for insert to shokai_app with check (
  position is null and exists (select from cases where cases.id = case_id
    and (cases.mid, cases.sid, cases.institution_id, cases.institution_reference, cases.notification_type)
      = (events.mid, events.sid, events.institution_id, events.institution_reference, events.notification_type)));
create policy placed_by_the_product on events for update to shokai_app using ((select acting_kind()) = 'system');

alter table webhook_endpoints enable row level security;
grant select, insert, update, delete on webhook_endpoints to shokai_app;
create policy own on webhook_endpoints to shokai_app using (
  case (select acting_kind())
    when 'merchant' then mid = (select acting_mid())
      and ((select acting_sids()) is null or sids <@ (select acting_sids())::text[])
    when 'institution' then institution_id = (select acting_institution())
    else (select acting_kind()) in ('operator', 'system')
  end);

-- What belongs to an endpoint is seen by those who see the endpoint: the sub-select is under the policy above.
alter table webhook_secrets enable row level security;
grant select, insert, update on webhook_secrets to shokai_app;
create policy of_own_endpoints on webhook_secrets to shokai_app using (
  exists (select from webhook_endpoints where webhook_endpoints.id = endpoint_id));

alter table webhook_deliveries enable row level security;
grant select, insert, update, delete on webhook_deliveries to shokai_app;
create policy of_own_endpoints on webhook_deliveries to shokai_app using (
  exists (select from webhook_endpoints where webhook_endpoints.id = endpoint_id));
-- Whoever asks for it: no event goes to an endpoint of another merchant or institution, or of other services.
create policy of_one_tenant on webhook_deliveries as restrictive for insert to shokai_app with check (
  event_id is null or (select acting_kind()) = 'system' and exists (
    select from webhook_endpoints endpoint, events event
    where endpoint.id = endpoint_id and event.id = event_id and event.case_id = webhook_deliveries.case_id
      and (endpoint.institution_id = event.institution_id
        or endpoint.mid = event.mid and (endpoint.sids is null or event.sid = any (endpoint.sids)))));
create policy forgotten_by_the_product on webhook_deliveries as restrictive for delete to shokai_app
  using ((select acting_kind()) = 'system');
-- Nor does a delivery become one of another event or endpoint.
create function keep_delivery() returns trigger language plpgsql as $$
begin
  if (old.id, old.endpoint_id, old.event_id, old.case_id, old.position)
    is distinct from (new.id, new.endpoint_id, new.event_id, new.case_id, new.position) then
    raise exception 'a delivery stays what it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger webhook_deliveries_keep before update on webhook_deliveries for each row execute function keep_delivery();

alter table webhook_attempts enable row level security;
grant select, insert on webhook_attempts to shokai_app;
create policy of_own_deliveries on webhook_attempts to shokai_app using (
  exists (select from webhook_deliveries where webhook_deliveries.id = delivery_id));
create policy made_by_the_product on webhook_attempts as restrictive for insert to shokai_app
  with check ((select acting_kind()) = 'system');

create constraint trigger webhook_endpoints_recorded
  after insert or update of mid, sids, institution_id, url, event_types, off_reason or delete on webhook_endpoints
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger webhook_secrets_recorded after insert or update of sealed_secret, expires_at on webhook_secrets
  deferrable initially deferred for each row execute function require_audit_entry();

-- A mail about an endpoint belongs to no service.
alter table mails
  alter column mid drop not null,
  alter column sid drop not null;
