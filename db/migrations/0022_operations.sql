-- What the product tells of how it runs, and what it tells browsers of what happens (docs/decisions/0023 and 0024).

-- One row for each process, written by it again and again as long as it lives. Times are those of the machine, which no
-- rehearsal moves.
create table processes (
  id             uuid primary key,
  -- web answers people and systems, worker does the queued jobs, all does both.
  role           text collate "C" not null check (role in ('all', 'web', 'worker')),
  version        text collate "C" not null,
  started_at     timestamptz not null default now(),
  beat_at        timestamptz not null default now(),
  -- When a health check of it last wrote here, to see that it can.
  checked_at     timestamptz,
  -- How far its clock is ahead of the database's.
  clock_skew_ms  integer not null default 0,
  -- Set by a process that was stopped; one that died has none.
  stopped_at     timestamptz
);
create index processes_by_beat on processes (beat_at);

alter table processes enable row level security;
grant select, insert, update, delete on processes to shokai_app;
create policy of_the_product on processes to shokai_app using ((select acting_kind()) = 'system');
create policy seen_by_operators on processes for select to shokai_app using ((select acting_kind()) = 'operator');

-- The names of the migrations that ran, for a health check that knows which should have.
create function applied_migrations() returns setof text language sql stable security definer set search_path = public, pg_temp as $$
  select name::text from kysely_migration
$$;
revoke all on function applied_migrations() from public;
grant execute on function applied_migrations() to shokai_app;

-- Who a session's token stands for, as find_session tells it, without counting as a use: what a browser asks by itself keeps
-- nobody logged in.
create function peek_session(hash bytea, idle interval, fresh interval)
returns table (user_id uuid, name text, membership_id uuid, mid text, roles text[], sids text[], is_proven boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select users.id, users.name, memberships.id, memberships.mid, memberships.roles, memberships.sids,
    sessions.proved_at > now() - fresh
  from sessions
    join users on users.id = sessions.user_id and users.disabled_at is null
    join memberships on memberships.id = sessions.membership_id and memberships.disabled_at is null
  where token_hash = hash and expires_at > now() and last_used_at > now() - idle
$$;
revoke all on function peek_session(bytea, interval, interval) from public;
grant execute on function peek_session(bytea, interval, interval) to shokai_app;

-- Every step of a case is told to the processes that listen, when it is committed: [type, mid, sid, institution, how many, case,
-- place in its history], of the last two nothing where there are many. Ids only; PostgreSQL takes 8,000 bytes at a time.
create function tell_events() returns trigger language plpgsql as $$
declare
  message text;
begin
  for message in
    with told as (
      select jsonb_build_array(type, mid, sid, institution_id, 1, case_id, sequence) as item
      from added where (select count(*) from added) <= 20
      union all
      select jsonb_build_array(type, mid, sid, institution_id, count(*), null, null)
      from added where (select count(*) from added) > 20
      group by type, mid, sid, institution_id
    ), numbered as (select item, (row_number() over () - 1) / 20 as piece from told)
    select jsonb_agg(item)::text from numbered group by piece
  loop
    perform pg_notify('shokai_events', message);
  end loop;
  return null;
end $$;
create trigger events_told after insert on events referencing new table as added
  for each statement execute function tell_events();

-- The oldest mail that waits to be handed over, for those who watch.
create index mails_waiting_by_age on mails (created_at) where state = 'queued';
