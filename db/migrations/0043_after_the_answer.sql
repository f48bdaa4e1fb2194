-- What a merchant asks of the PSP about a case: a correction of its answer (訂正依頼) or more time (期限延長依頼). The reasons stand in the
-- history of the case, as every step's do; a row here tells which steps asked and decided. docs/decisions/0030 says why.
create table merchant_requests (
  case_id           text collate "C" not null references cases,
  kind              text collate "C" not null check (kind in ('correction', 'extension')),
  number            integer not null check (number >= 1),
  -- lapsed: the case moved on before anybody decided.
  state             text collate "C" not null default 'open' check (state in ('open', 'granted', 'refused', 'lapsed')),
  asked_by          uuid not null,
  asked_at          timestamptz not null default product_now(),
  asked_sequence    integer not null,
  decided_sequence  integer,
  primary key (case_id, kind, number),
  foreign key (case_id, asked_sequence) references case_events (case_id, sequence),
  foreign key (case_id, decided_sequence) references case_events (case_id, sequence),
  check ((state = 'open') = (decided_sequence is null))
);
-- One at a time, and what waits for an operator, the oldest first.
create unique index merchant_requests_open on merchant_requests (case_id) where state = 'open';
create index merchant_requests_waiting on merchant_requests (asked_at, case_id) where state = 'open';

create function keep_merchant_request() returns trigger language plpgsql as $$
declare
  decision  constant text[] := array['state', 'decided_sequence'];
begin
  if tg_op = 'UPDATE' and old.state = 'open' and new.state <> 'open'
     and (new.state = 'lapsed' or acting_kind() is distinct from 'merchant')
     and (to_jsonb(old) - decision) = (to_jsonb(new) - decision) then
    return new;
  end if;
  raise exception 'a request of a merchant is decided once' using errcode = 'restrict_violation';
end $$;
create trigger merchant_requests_keep before update or delete on merchant_requests
  for each row execute function keep_merchant_request();

alter table merchant_requests enable row level security;
grant select, insert, update on merchant_requests to shokai_app;
create policy of_own_cases on merchant_requests to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));
create policy made_by_merchants on merchant_requests as restrictive for insert to shokai_app
  with check ((select acting_kind()) = 'merchant' and state = 'open');

create constraint trigger merchant_requests_recorded after insert or update on merchant_requests
  deferrable initially deferred for each row execute function require_audit_entry();

-- The due instant that a step set; of an answer the one it was registered by, which stands on its sheet for good.
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
drop index cases_to_expire;
create index cases_to_expire on cases (expires_at) where status in ('received', 'correcting');
update cases set due_at = product_now() + interval '7 days', expires_at = product_now() + interval '37 days'
where status = 'correcting' and expires_at < product_now() + interval '37 days';
