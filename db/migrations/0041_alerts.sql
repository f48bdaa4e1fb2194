-- What operators were told of by mail, each once: years whose closing days nobody has confirmed, files that failed.
create table alerts (
  kind     text collate "C" not null check (kind in ('year_not_confirmed', 'import_failed')),
  -- The year; an import's id and when it failed.
  subject  text collate "C" not null,
  told_at  timestamptz not null default now(),
  people   integer not null check (people > 0),
  primary key (kind, subject)
);
alter table alerts enable row level security;
grant select, insert on alerts to shokai_app;
create policy of_the_provider on alerts to shokai_app using ((select acting_kind()) in ('operator', 'system'));

create index imports_failed on imports (finished_at) where state = 'failed';
