-- How long personal data is kept, what keeps it longer, and its erasure: the one change of what is otherwise never changed.
-- An erased case loses its key, so that no copy of its rows can be read either. docs/decisions/0015 says why so.

-- Days after closing, by category of cases; 'mail': days after a mail was written. Written at the start from the settings, by
-- the owner: the portal cannot shorten a period and then erase.
create table retention_periods (
  category  text collate "C" primary key,
  days      integer not null check (days between 1 and 36500)
);
alter table retention_periods enable row level security;
grant select on retention_periods to shokai_app;
create policy of_the_provider on retention_periods for select to shokai_app
  using ((select acting_kind()) in ('operator', 'system'));

-- A case that must not be erased, for a dispute or an authority. Put and lifted with a reason; a row stays for ever.
create table legal_holds (
  id                  uuid primary key,
  case_id             text collate "C" not null references cases,
  sealed_reason       bytea,
  put_by              uuid not null,
  put_at              timestamptz not null default clock_timestamp(),
  sealed_lift_reason  bytea,
  lifted_by           uuid,
  lifted_at           timestamptz,
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index legal_holds_active on legal_holds (case_id) where lifted_at is null;
create index legal_holds_by_case on legal_holds (case_id);
alter table legal_holds enable row level security;
grant select, insert, update on legal_holds to shokai_app;
create policy of_the_provider on legal_holds to shokai_app
  using ((select acting_kind()) in ('operator', 'system'));

alter table cases
  add column erased_at timestamptz,
  alter column sealed_request drop not null,
  add check ((sealed_request is null) = (erased_at is not null));
create index cases_to_erase on cases (category, updated_at)
  where erased_at is null and status in ('answered', 'withdrawn', 'expired');
alter table answers alter column sealed_answer drop not null;
alter table drafts alter column sealed_content drop not null;
alter table mails alter column sealed_letter drop not null;
create index mails_to_forget on mails (created_at) where sealed_letter is not null;

-- When a case was closed, or last moved. The history cannot be set back, whatever else can.
create function closed_at(one cases) returns timestamptz language sql stable as $$
  select greatest(one.updated_at, (select max(at) from case_events where case_id = one.id))
$$;

-- Whether the personal data of a case may be erased now, by this database's clock.
create function may_be_erased(one cases) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select one.erased_at is null
    and one.status in ('answered', 'withdrawn', 'expired')
    and exists (select from retention_periods
                where category = one.category and closed_at(one) + make_interval(days => days) <= clock_timestamp())
    and not exists (select from legal_holds where case_id = one.id and lifted_at is null)
$$;

create function is_erased(one text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from cases where id = one and erased_at is not null)
$$;
revoke all on function may_be_erased(cases), is_erased(text) from public;
grant execute on function may_be_erased(cases), is_erased(text) to shokai_app;

-- A case may lose its personal data once its time is over, all of it and nothing else; after that nothing of it changes.
create or replace function refuse_change_of_request() returns trigger language plpgsql as $$
declare
  moves     constant text[] := array['status', 'updated_at', 'answered_at', 'answered_late', 'due_at', 'expires_at'];
  personal  constant text[] := array['sealed_request', 'customer_index', 'order_id', 'erased_at'];
begin
  if old.erased_at is null and new.erased_at is not null then
    if (to_jsonb(old) - personal) is distinct from (to_jsonb(new) - personal)
       or num_nonnulls(new.sealed_request, new.customer_index, new.order_id) > 0
       or not may_be_erased(old) then
      raise exception 'a case is erased whole, after its time and without a hold' using errcode = 'restrict_violation';
    end if;
    new.erased_at := clock_timestamp();
  elsif (to_jsonb(old) - moves) is distinct from (to_jsonb(new) - moves)
     or old.erased_at is not null and to_jsonb(old) is distinct from to_jsonb(new) then
    raise exception 'a request taken in does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- Rows of an erased case lose the column named, and nothing else of them ever changes.
create function refuse_change_but_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and is_erased(old.case_id)
     and (to_jsonb(old) - tg_argv[0]) = (to_jsonb(new) - tg_argv[0]) and to_jsonb(new) -> tg_argv[0] = 'null' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

drop trigger answers_append_only on answers;
create trigger answers_append_only before update or delete on answers
  for each row execute function refuse_change_but_erasure('sealed_answer');
drop trigger case_events_append_only on case_events;
create trigger case_events_append_only before update or delete on case_events
  for each row execute function refuse_change_but_erasure('sealed_reason');

-- A key goes when its case is erased, never before; wrapped anew it stays the key of its case.
create function refuse_loss_of_key() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and is_erased(old.case_id) then return old; end if;
  if tg_op = 'UPDATE' and old.case_id = new.case_id then return new; end if;
  raise exception 'the key of a case stays' using errcode = 'restrict_violation';
end $$;
drop trigger case_keys_stay on case_keys;
create trigger case_keys_stay before update or delete on case_keys
  for each row execute function refuse_loss_of_key();

-- A hold is lifted once; its reasons go with the case's key.
create function refuse_change_of_hold() returns trigger language plpgsql as $$
declare
  lifting  constant text[] := array['sealed_lift_reason', 'lifted_by', 'lifted_at'];
  reasons  constant text[] := array['sealed_reason', 'sealed_lift_reason'];
begin
  if tg_op = 'UPDATE' and old.lifted_at is null and new.lifted_at is not null
     and (to_jsonb(old) - lifting) = (to_jsonb(new) - lifting) then
    new.lifted_at := clock_timestamp();
    return new;
  end if;
  if tg_op = 'UPDATE' and is_erased(old.case_id) and (to_jsonb(old) - reasons) = (to_jsonb(new) - reasons)
     and num_nonnulls(new.sealed_reason, new.sealed_lift_reason) = 0 then
    return new;
  end if;
  raise exception 'a legal hold stays' using errcode = 'restrict_violation';
end $$;
create trigger legal_holds_stay before update or delete on legal_holds
  for each row execute function refuse_change_of_hold();
create trigger legal_holds_not_truncated before truncate on legal_holds
  for each statement execute function refuse_change();

-- As with every change that has to be provable, none of these is committed without an entry in the audit trail.
create constraint trigger legal_holds_recorded after insert or update on legal_holds
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger erasure_recorded after update of erased_at on cases
  deferrable initially deferred for each row execute function require_audit_entry();

-- Erases what is due, the oldest first and so many at most; returns the cases. Whoever puts a hold locks the case first, so a
-- case in other hands is left for the next time, and what was found is looked at again once it is locked.
create function erase_due_cases(at_most integer) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due  text[];
begin
  if acting_kind() is distinct from 'system' then
    raise exception 'only the product itself erases' using errcode = 'insufficient_privilege';
  end if;
  due := array(select cases.id from cases join retention_periods using (category)
               where erased_at is null and status in ('answered', 'withdrawn', 'expired')
                 and updated_at <= clock_timestamp() - make_interval(days => days) and may_be_erased(cases)
               order by updated_at limit at_most for update of cases skip locked);
  due := array(select cases.id from cases where id = any (due) and may_be_erased(cases));
  update cases set sealed_request = null, customer_index = null, order_id = null, erased_at = clock_timestamp()
  where id = any (due);
  update answers set sealed_answer = null where case_id = any (due);
  update case_events set sealed_reason = null where case_id = any (due) and sealed_reason is not null;
  update drafts set sealed_content = null where case_id = any (due);
  update legal_holds set sealed_reason = null, sealed_lift_reason = null where case_id = any (due);
  delete from case_keys where case_id = any (due);
  -- A mail that tells of other cases too stays until they are erased, or its own time is over.
  update mails set sealed_letter = null
  where sealed_letter is not null and state <> 'queued'
    and id in (select mail_id from mail_cases where case_id = any (due))
    and not exists (select from mail_cases join cases on cases.id = case_id where mail_id = mails.id and erased_at is null);
  return due;
end $$;

-- Recipients and texts of mails whose time is over. Returns how many.
create function erase_due_mails(at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased  integer;
begin
  if acting_kind() is distinct from 'system' then
    raise exception 'only the product itself erases' using errcode = 'insufficient_privilege';
  end if;
  update mails set sealed_letter = null
  where id in (select id from mails
               where sealed_letter is not null and state <> 'queued'
                 and created_at <= clock_timestamp()
                   - make_interval(days => (select days from retention_periods where category = 'mail'))
               order by created_at limit at_most for update skip locked);
  get diagnostics erased = row_count;
  return erased;
end $$;
revoke all on function erase_due_cases(integer), erase_due_mails(integer) from public;
grant execute on function erase_due_cases(integer), erase_due_mails(integer) to shokai_app;
