-- The operators' console: who looks after a case (担当者), what operators note about it (内部メモ), and indexes for every filter of
-- their list. docs/decisions/0031 says why so.

alter table cases add column assignee uuid references users;

-- Assigning is no change of the request, and no step in the life of the case.
create or replace function refuse_change_of_request() returns trigger language plpgsql as $$
declare
  moves     constant text[] := array['status', 'updated_at', 'answered_at', 'answered_late', 'due_at', 'expires_at', 'assignee'];
  personal  constant text[] := array['sealed_request', 'customer_index', 'order_id', 'erased_at'];
begin
  if old.erased_at is null and new.erased_at is not null then
    if (to_jsonb(old) - personal) is distinct from (to_jsonb(new) - personal)
       or num_nonnulls(new.sealed_request, new.customer_index, new.order_id) > 0
       or not may_be_erased(old) then
      raise exception 'a case is erased whole, after its time and without a hold' using errcode = 'restrict_violation';
    end if;
    new.erased_at := product_clock_timestamp();
  elsif (to_jsonb(old) - moves) is distinct from (to_jsonb(new) - moves)
     or old.erased_at is not null and to_jsonb(old) is distinct from to_jsonb(new) then
    raise exception 'a request taken in does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- Whoever may change a case otherwise does not assign it.
create function refuse_assignment() returns trigger language plpgsql as $$
begin
  raise exception 'operators alone assign cases' using errcode = 'insufficient_privilege';
end $$;
create trigger cases_assigned_by_operators before update of assignee on cases for each row
  when (old.assignee is distinct from new.assignee and acting_kind() in ('merchant', 'institution'))
  execute function refuse_assignment();
create trigger cases_made_unassigned before insert on cases for each row
  when (new.assignee is not null and acting_kind() in ('merchant', 'institution'))
  execute function refuse_assignment();
create constraint trigger cases_assigned_recorded after update of assignee on cases
  deferrable initially deferred for each row execute function require_audit_entry();

-- The list walks an index in its own order and stops after a page: by status and type, by who looks after it, or both orders alone.
drop index cases_by_status_and_due;
create index cases_by_type_and_due on cases (notification_type, status, due_at, id);
create index cases_by_type_and_request on cases (notification_type, status, requested_at, id);
create index cases_by_assignee_and_due on cases (assignee, status, due_at, id) where assignee is not null;
create index cases_by_assignee_and_request on cases (assignee, status, requested_at, id) where assignee is not null;
create index cases_unassigned on cases (due_at, id) where assignee is null and status in ('received', 'correcting');
create index cases_by_update on cases (updated_at);
create index cases_by_reference on cases (institution_reference);

-- What operators note about a case for themselves. Added and never changed; it goes with the personal data of the case.
create table case_notes (
  id           uuid primary key,
  case_id      text collate "C" not null references cases,
  sealed_body  bytea,
  written_by   uuid not null,
  written_at   timestamptz not null default product_now()
);
create index case_notes_by_case on case_notes (case_id, id);
alter table case_notes enable row level security;
grant select, insert on case_notes to shokai_app;
create policy of_the_provider on case_notes to shokai_app using ((select acting_kind()) in ('operator', 'system'));
create trigger case_notes_append_only before update or delete on case_notes
  for each row execute function refuse_change_but_erasure('sealed_body');
create trigger case_notes_not_truncated before truncate on case_notes
  for each statement execute function refuse_change();
create constraint trigger case_notes_recorded after insert on case_notes
  deferrable initially deferred for each row execute function require_audit_entry();

-- Works as the owner, who alone may change a note, for whoever erases the case.
create function erase_case_notes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update case_notes set sealed_body = null where case_id = new.id;
  return null;
end $$;
revoke all on function erase_case_notes() from public;
create trigger cases_erased_with_notes after update of erased_at on cases for each row
  when (old.erased_at is null and new.erased_at is not null) execute function erase_case_notes();
