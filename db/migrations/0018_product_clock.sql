-- The product's time: what decides when a case is due, overdue, expired or to be erased, and what its history is dated with. It
-- is the database's own clock and, in a demo or a test, so much ahead of it as somebody moved it for a rehearsal. Sessions, keys,
-- locks, retries and the audit trail go by now(). docs/decisions/0020 says why.

create table product_clock (
  single    boolean primary key default true check (single),
  ahead_ms  bigint not null default 0 check (ahead_ms between 0 and 316224000000) -- ten years
);
insert into product_clock default values;
alter table product_clock enable row level security;

-- How much the product's time is ahead: nothing, anywhere but in a rehearsal.
create function product_ahead() returns interval
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select ahead_ms * interval '1 millisecond' from product_clock
$$;

-- For the product's time what now() is: the same throughout a transaction. In a sub-select it is asked once for a statement.
create function product_now() returns timestamptz language sql stable parallel safe as $$ select now() + product_ahead() $$;

-- And what clock_timestamp() is: this very moment, after whatever was waited for.
create function product_clock_timestamp() returns timestamptz language sql volatile parallel safe as $$
  select clock_timestamp() + product_ahead()
$$;

-- Moves it on, or back to the real time (null). Only the owner lets the portal's role call it, when it prepares a demo or a test.
create function move_product_clock(ms bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved  bigint;
begin
  if ms <= 0 then
    raise exception 'the product''s time goes on, or back to the real time' using errcode = 'invalid_parameter_value';
  end if;
  update product_clock set ahead_ms = coalesce(ahead_ms + ms, 0) returning ahead_ms into moved;
  return moved;
end $$;

revoke all on function product_ahead(), move_product_clock(bigint) from public;
grant execute on function product_ahead() to shokai_app;

alter table cases alter column received_at set default product_now(), alter column updated_at set default product_now();
alter table case_events alter column at set default product_now();
alter table drafts alter column saved_at set default product_now();
alter table answers alter column registered_at set default product_now();
alter table announcements alter column queued_at set default product_now();
alter table mails alter column created_at set default product_now();
alter table legal_holds alter column put_at set default product_clock_timestamp();

-- What follows is as migration 0013 made it, by the product's time.

create or replace function may_be_erased(one cases) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select one.erased_at is null
    and one.status in ('answered', 'withdrawn', 'expired')
    and exists (select from retention_periods
                where category = one.category
                  and closed_at(one) + make_interval(days => days) <= (select product_clock_timestamp()))
    and not exists (select from legal_holds where case_id = one.id and lifted_at is null)
$$;

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
    new.erased_at := product_clock_timestamp();
  elsif (to_jsonb(old) - moves) is distinct from (to_jsonb(new) - moves)
     or old.erased_at is not null and to_jsonb(old) is distinct from to_jsonb(new) then
    raise exception 'a request taken in does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create or replace function refuse_change_of_hold() returns trigger language plpgsql as $$
declare
  lifting  constant text[] := array['sealed_lift_reason', 'lifted_by', 'lifted_at'];
  reasons  constant text[] := array['sealed_reason', 'sealed_lift_reason'];
begin
  if tg_op = 'UPDATE' and old.lifted_at is null and new.lifted_at is not null
     and (to_jsonb(old) - lifting) = (to_jsonb(new) - lifting) then
    new.lifted_at := product_clock_timestamp();
    return new;
  end if;
  if tg_op = 'UPDATE' and is_erased(old.case_id) and (to_jsonb(old) - reasons) = (to_jsonb(new) - reasons)
     and num_nonnulls(new.sealed_reason, new.sealed_lift_reason) = 0 then
    return new;
  end if;
  raise exception 'a legal hold stays' using errcode = 'restrict_violation';
end $$;

create or replace function erase_due_cases(at_most integer) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due     text[];
  moment  constant timestamptz := product_clock_timestamp();
begin
  if acting_kind() is distinct from 'system' then
    raise exception 'only the product itself erases' using errcode = 'insufficient_privilege';
  end if;
  due := array(select cases.id from cases join retention_periods using (category)
               where erased_at is null and status in ('answered', 'withdrawn', 'expired')
                 and updated_at <= moment - make_interval(days => days) and may_be_erased(cases)
               order by updated_at limit at_most for update of cases skip locked);
  due := array(select cases.id from cases where id = any (due) and may_be_erased(cases));
  update cases set sealed_request = null, customer_index = null, order_id = null, erased_at = moment
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

create or replace function erase_due_mails(at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased  integer;
  moment  constant timestamptz := product_clock_timestamp();
begin
  if acting_kind() is distinct from 'system' then
    raise exception 'only the product itself erases' using errcode = 'insufficient_privilege';
  end if;
  update mails set sealed_letter = null
  where id in (select id from mails
               where sealed_letter is not null and state <> 'queued'
                 and created_at <= moment - make_interval(days => (select days from retention_periods where category = 'mail'))
               order by created_at limit at_most for update skip locked);
  get diagnostics erased = row_count;
  return erased;
end $$;
