-- Filters of the list of cases that people keep for themselves (保存した条件): one's own, as one membership. What is searched for may be
-- personal and is not kept.
create table saved_filters (
  id             uuid primary key,
  membership_id  uuid not null references memberships on delete cascade,
  name           text not null check (length(name) between 1 and 60),
  query          jsonb not null,
  unique (membership_id, name)
);
alter table saved_filters enable row level security;
grant select, insert, update, delete on saved_filters to shokai_app;
create policy ones_own on saved_filters to shokai_app using (membership_id in (
  select id from memberships where user_id = (select acting_id()) and mid is not distinct from (select acting_mid())));

create constraint trigger saved_filters_recorded after insert or update or delete on saved_filters
  deferrable initially deferred for each row execute function require_audit_entry();
