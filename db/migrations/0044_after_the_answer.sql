-- What a merchant asks of the PSP about a case: a correction of its answer (訂正依頼) or more time (期限延長依頼). The reasons stand in the
-- history of the case, as every step's do; a row here tells which steps asked and decided. docs/decisions/0030 says why.
create table merchant_requests (
  case_id           text collate "C" not null references cases,
  kind              text collate "C" not null check (kind in ('correction', 'extension')),
  number            integer not null check (number >= 1),
  -- lapsed: the case moved on before anybody decided, or was erased.
  state             text collate "C" not null default 'open' check (state in ('open', 'granted', 'refused', 'lapsed')),
  asked_by          uuid not null,
  asked_at          timestamptz not null default product_now(),
  asked_sequence    integer not null,
  decided_sequence  integer,
  primary key (case_id, kind, number),
  foreign key (case_id, asked_sequence) references case_events (case_id, sequence),
  foreign key (case_id, decided_sequence) references case_events (case_id, sequence),
  check (state = 'lapsed' or (state = 'open') = (decided_sequence is null))
);
-- One at a time, and what waits for an operator, the oldest first.
create unique index merchant_requests_open on merchant_requests (case_id) where state = 'open';
create index merchant_requests_waiting on merchant_requests (asked_at, case_id) where state = 'open';

-- Operators decide, and whoever moves a case on lets what was asked lapse.
create function keep_merchant_request() returns trigger language plpgsql as $$
declare
  decision  constant text[] := array['state', 'decided_sequence'];
begin
  if tg_op = 'UPDATE' and old.state = 'open' and new.state <> 'open'
     and (new.state = 'lapsed' or coalesce(acting_kind(), 'operator') = 'operator')
     and (to_jsonb(old) - decision) = (to_jsonb(new) - decision) then
    return new;
  end if;
  raise exception 'a request of a merchant is decided once' using errcode = 'restrict_violation';
end $$;
create trigger merchant_requests_keep before update or delete on merchant_requests
  for each row execute function keep_merchant_request();
create trigger merchant_requests_not_truncated before truncate on merchant_requests
  for each statement execute function refuse_change();

alter table merchant_requests enable row level security;
grant select, insert, update on merchant_requests to shokai_app;
create policy of_own_cases on merchant_requests to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));
create policy made_by_merchants on merchant_requests as restrictive for insert to shokai_app
  with check ((select acting_kind()) = 'merchant' and asked_by = (select acting_id()) and state = 'open');

create constraint trigger merchant_requests_recorded after insert or update on merchant_requests
  deferrable initially deferred for each row execute function require_audit_entry();

-- Nobody decides about a case without its reasons. Works as the owner, for whoever erases the case.
create function lapse_requests_of_erased() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update merchant_requests set state = 'lapsed' where case_id = new.id and state = 'open';
  return null;
end $$;
revoke all on function lapse_requests_of_erased() from public;
create trigger cases_erased_with_requests after update of erased_at on cases for each row
  when (old.erased_at is null and new.erased_at is not null) execute function lapse_requests_of_erased();

-- Steps that somebody has to be told of by mail: once each, those of a service together. Null: nobody was told yet.
create table step_notices (
  case_id   text collate "C" not null,
  sequence  integer not null,
  step      text collate "C" not null,
  told_at   timestamptz,
  people    integer,
  primary key (case_id, sequence),
  foreign key (case_id, sequence) references case_events (case_id, sequence),
  check ((told_at is null) = (people is null))
);
create index step_notices_waiting on step_notices (step, case_id) where told_at is null;
alter table step_notices enable row level security;
grant select, insert, update on step_notices to shokai_app;
create policy of_the_provider on step_notices to shokai_app using ((select acting_kind()) in ('operator', 'system'));
create policy made_with_their_step on step_notices for insert to shokai_app with check (
  told_at is null and exists (select from case_events
    where (case_events.case_id, case_events.sequence, action) = (step_notices.case_id, step_notices.sequence, step)));

-- Years of answers are written over: it may take longer than statements otherwise may.
set local statement_timeout = 0;
-- The due instant that a step set; of an answer the one it was registered by, which its sheet shows for good.
alter table case_events add column due_at timestamptz;
alter table case_events disable trigger case_events_append_only;
update case_events set due_at = cases.due_at from cases where cases.id = case_id and action = 'register_answer';
alter table case_events enable trigger case_events_append_only;

-- A case being corrected has a due instant as well: it is reminded of, and ends at its last moment with the version it had.
drop trigger due_changed on cases;
create trigger due_changed after update of due_at, expires_at on cases for each row
  when (new.status in ('received', 'correcting')
    and (old.due_at, old.expires_at) is distinct from (new.due_at, new.expires_at))
  execute function plan_reminders_anew();
-- An index of its own: one of all that waits would look as if it fitted the list of what waits.
create index corrections_to_end on cases (expires_at) where status = 'correcting';
update cases set due_at = product_now() + interval '7 days', expires_at = product_now() + interval '37 days'
where status = 'correcting' and expires_at < product_now() + interval '37 days';

-- Four eyes where an institution wants them: who registered a version does not register the next.
alter table institutions add column second_person_corrects boolean not null default false;
