-- Reminders (督促): which steps are taken when and to whom, for each case when to look at it next, and what was done. A reminder is
-- a row written in one transaction with its mails, so that it happens once. docs/decisions/0021 says why.

create table reminder_settings (
  single              boolean primary key default true check (single),
  -- When reminders may be sent: minutes of the day in Asia/Tokyo.
  opens_at            integer not null default 480 check (opens_at >= 0),
  closes_at           integer not null default 1200 check (closes_at <= 1440 and closes_at - opens_at >= 60),
  only_business_days  boolean not null default true,
  last_run_at         timestamptz
);
insert into reminder_settings default values;

-- A ladder for one institution's requests of a category, for a category, or (both null) for all others.
create table reminder_ladders (
  category        text collate "C",
  institution_id  text collate "C" references institutions,
  steps           jsonb not null check (jsonb_array_length(steps) between 1 and 10),
  unique nulls not distinct (category, institution_id),
  check (institution_id is null or category is not null)
);

-- The cases with a step ahead, and when it is for. A row without anything due costs a run nothing.
create table reminder_plans (
  case_id  text collate "C" primary key references cases,
  mid      text collate "C" not null,
  next_at  timestamptz not null,
  -- When the case was taken in or its due instant last changed: what was for a time before is not made up for.
  since    timestamptz not null
);
create index reminder_plans_by_time on reminder_plans (next_at, mid);
create index reminder_plans_by_merchant on reminder_plans (mid, next_at);

-- Each step that was taken, for good. A due instant that changes has steps of its own.
create table reminders (
  case_id              text collate "C" not null references cases,
  due_at               timestamptz not null,
  step                 text collate "C" not null,
  at                   timestamptz not null default product_now(),
  -- covered: it was missed, and told of by a later step that was sent.
  outcome              text collate "C" not null check (outcome in ('sent', 'covered')),
  contacts             integer not null default 0,
  merchant_admins      integer not null default 0,
  operators            integer not null default 0,
  waits_for_operators  boolean not null default false,
  primary key (case_id, due_at, step)
);
create index reminders_for_operators on reminders (case_id) where waits_for_operators;

-- What is looked at again just before the mail is handed over: cases that are closed by then drop out.
create table reminder_mails (
  mail_id   uuid primary key references mails,
  audience  text collate "C" not null check (audience in ('contacts', 'merchant_admins', 'operators')),
  locale    text collate "C" not null check (locale in ('ja', 'en'))
);

-- The clock jumped: nothing is sent until an operator says so.
create table reminder_holds (
  id              uuid primary key,
  put_at          timestamptz not null default now(),
  jumped_seconds  integer not null,
  ended_at        timestamptz,
  ended_by        uuid,
  ending          text collate "C" check (ending in ('released', 'skipped')),
  check ((ended_at is null) = (ending is null))
);
create unique index one_reminder_hold on reminder_holds ((true)) where ended_at is null;

alter table mails drop constraint mails_state_check;
alter table mails add constraint mails_state_check check (state in ('queued', 'sent', 'failed', 'kept', 'cancelled'));

create function plan_reminders_anew() returns trigger language plpgsql as $$
begin
  insert into reminder_plans values (new.id, new.mid, product_now(), product_now())
  on conflict (case_id) do update set next_at = excluded.next_at, since = excluded.since;
  return new;
end $$;
create trigger due_changed after update of due_at, expires_at on cases for each row
  when (new.status = 'received' and (old.due_at, old.expires_at) is distinct from (new.due_at, new.expires_at))
  execute function plan_reminders_anew();

insert into reminder_plans select id, mid, product_now(), product_now() from cases where status = 'received';

alter table reminder_settings enable row level security;
grant select, update on reminder_settings to shokai_app;
create policy of_the_provider on reminder_settings to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table reminder_ladders enable row level security;
grant select, insert, update, delete on reminder_ladders to shokai_app;
create policy of_the_provider on reminder_ladders to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table reminder_plans enable row level security;
grant select, insert, update, delete on reminder_plans to shokai_app;
create policy of_the_provider on reminder_plans to shokai_app using ((select acting_kind()) in ('operator', 'system'));
create policy made_with_their_case on reminder_plans for insert to shokai_app with check (
  (select acting_kind()) = 'institution'
  and exists (select from cases where cases.id = case_id and cases.mid = reminder_plans.mid));

alter table reminders enable row level security;
grant select, insert, update on reminders to shokai_app;
create policy of_the_provider on reminders to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table reminder_mails enable row level security;
grant select, insert on reminder_mails to shokai_app;
create policy of_the_provider on reminder_mails to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table reminder_holds enable row level security;
grant select, insert, update on reminder_holds to shokai_app;
create policy of_the_provider on reminder_holds to shokai_app using ((select acting_kind()) in ('operator', 'system'));

-- What decides who is told when, and whether anything is sent, is not changed without an entry in the audit trail.
create constraint trigger reminder_ladders_recorded after insert or update or delete on reminder_ladders
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger reminder_settings_recorded
  after update of opens_at, closes_at, only_business_days on reminder_settings
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger reminder_holds_recorded after insert or update on reminder_holds
  deferrable initially deferred for each row execute function require_audit_entry();
