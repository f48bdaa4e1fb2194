-- The days on which the PSP (institution_id null) or an institution is closed besides weekends and national holidays. Due rules of
-- business days pass them over. docs/decisions/0025 says how.
create table closing_periods (
  id              uuid primary key,
  institution_id  text collate "C" references institutions,
  name            text not null check (length(name) between 1 and 100),
  -- Both are days of one year (2026-12-29), or of every year (12-31); those may go over the end of the year.
  first           text collate "C" not null,
  last            text collate "C" not null,
  unique nulls not distinct (institution_id, first, last),
  check (first ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and last ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and first <= last
    or first ~ '^[0-9]{2}-[0-9]{2}$' and last ~ '^[0-9]{2}-[0-9]{2}$')
);
alter table closing_periods enable row level security;
grant select, insert, delete on closing_periods to shokai_app;
-- When the PSP is closed is no secret: what is left until something is due is counted by it. An institution takes in by its own too.
create policy seen on closing_periods for select to shokai_app using (
  (select acting_kind()) in ('operator', 'system')
  or (select acting_kind()) is not null and institution_id is null
  or (select acting_kind()) = 'institution' and institution_id = (select acting_institution()));
create policy of_the_provider on closing_periods to shokai_app using ((select acting_kind()) in ('operator', 'system'));

-- Years whose closing days somebody has said to be complete. A due instant is computed through no other.
create table confirmed_years (
  year          integer primary key check (year between 2007 and 2050),
  confirmed_by  uuid,
  confirmed_at  timestamptz not null default now()
);
alter table confirmed_years enable row level security;
grant select, insert on confirmed_years to shokai_app;
create policy seen on confirmed_years for select to shokai_app using ((select acting_kind()) is not null);
create policy of_the_provider on confirmed_years for insert to shokai_app
  with check ((select acting_kind()) in ('operator', 'system'));
