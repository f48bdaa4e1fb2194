-- How many cases there are by status, kept and not counted. Every change adds a row, so that nobody waits for anybody;
-- now and then rows of one kind are folded into one. The count is the sum.
create table case_counts (
  institution_id  text collate "C" not null,
  mid             text collate "C" not null,
  sid             text collate "C" not null,
  category        text collate "C" not null,
  status          text collate "C" not null,
  count           bigint not null
);
create index case_counts_by_merchant on case_counts (mid, sid, category, status) include (count);
create index case_counts_by_institution on case_counts (institution_id, category, status) include (count);

create function count_new_cases() returns trigger language plpgsql as $$
begin
  insert into case_counts (institution_id, mid, sid, category, status, count)
  select institution_id, mid, sid, category, status, count(*) from added group by 1, 2, 3, 4, 5;
  return null;
end $$;

create trigger cases_counted_when_added after insert on cases
  referencing new table as added for each statement execute function count_new_cases();

create function count_moved_cases() returns trigger language plpgsql as $$
begin
  insert into case_counts (institution_id, mid, sid, category, status, count)
  select institution_id, mid, sid, category, status, sum(change)
  from (
    select institution_id, mid, sid, category, status, -1 as change from before
    union all
    select institution_id, mid, sid, category, status, 1 as change from after
  ) as moved
  group by 1, 2, 3, 4, 5
  having sum(change) <> 0;
  return null;
end $$;

create trigger cases_counted_when_moved after update on cases
  referencing old table as before new table as after for each statement execute function count_moved_cases();
