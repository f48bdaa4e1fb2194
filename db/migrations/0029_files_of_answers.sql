-- Answers that go back as files, into a folder or a bucket, for institutions that fetch neither the feed nor webhooks.
-- docs/decisions/0029 says how each answer comes into exactly one file.

create table return_channels (
  institution_id  text collate "C" primary key references institutions,
  is_on           boolean not null,
  -- How the text is written.
  encoding        text collate "C" not null check (encoding in ('utf8_bom', 'shift_jis')),
  columns         text[] not null check (cardinality(columns) between 1 and 30),
  -- Times of day in Japan, on business days.
  times           text[] not null check (cardinality(times) between 1 and 24),
  -- Answers placed in the feed after this belong to the channel.
  from_position   bigint not null check (from_position >= 0),
  next_number     integer not null default 1 check (next_number >= 1),
  -- Times of the schedule until then are done.
  done_until      timestamptz not null default now(),
  version         integer not null default 1
);

-- A file, named and described before it is written: writing it again gives the same bytes under the same name.
create table return_files (
  id               uuid primary key,
  institution_id   text collate "C" not null references return_channels,
  number           integer not null check (number >= 1),
  name             text collate "C" not null,
  encoding         text collate "C" not null,
  columns          text[] not null,
  answers          integer not null check (answers >= 1),
  bytes            integer not null check (bytes >= 1),
  sha256           text collate "C" not null,
  -- failed: its tries are used up; somebody has to look, and can have it written again.
  state            text collate "C" not null default 'waiting' check (state in ('waiting', 'written', 'failed')),
  tries            integer not null default 0,
  last_error       text collate "C",
  next_attempt_at  timestamptz not null default now(),
  -- Until then one worker is writing it.
  taken_until      timestamptz,
  made_at          timestamptz not null default now(),
  written_at       timestamptz,
  unique (institution_id, number),
  unique (institution_id, name)
);
create index return_files_to_write on return_files (next_attempt_at) where state = 'waiting';
create index return_files_by_making on return_files (made_at desc, id);

-- Which file an answer is in: one, for good. Without a file it is one that the channel's encoding cannot say.
create table return_answers (
  case_id         text collate "C" not null,
  version         integer not null,
  institution_id  text collate "C" not null references return_channels,
  file_id         uuid references return_files,
  line            integer,
  -- The first characters that cannot be written, as code points.
  not_writable    text[],
  refused_at      timestamptz,
  primary key (case_id, version),
  foreign key (case_id, version) references answers (case_id, version),
  check ((file_id is null) = (line is null) and (file_id is null) = (not_writable is not null)
    and (file_id is null) = (refused_at is not null))
);
create index return_answers_by_file on return_answers (file_id, line) where file_id is not null;
create index return_answers_refused on return_answers (institution_id, refused_at) where file_id is null;

create function keep_return_file() returns trigger language plpgsql as $$
declare
  moves  constant text[] := array['state', 'tries', 'last_error', 'next_attempt_at', 'taken_until', 'written_at'];
begin
  if (to_jsonb(old) - moves) is distinct from (to_jsonb(new) - moves) then
    raise exception 'a file of answers stays what it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger return_files_keep before update on return_files for each row execute function keep_return_file();
create trigger return_files_stay before delete on return_files for each row execute function refuse_change();
create trigger return_answers_stay before update on return_answers for each row execute function refuse_change();

create function keep_returned_answer() returns trigger language plpgsql as $$
begin
  if old.file_id is not null then
    raise exception 'an answer stays in its file' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger return_answers_keep before delete on return_answers for each row execute function keep_returned_answer();

alter table return_channels enable row level security;
grant select, insert, update on return_channels to shokai_app;
create policy of_the_provider on return_channels to shokai_app using ((select acting_kind()) in ('operator', 'system'));
alter table return_files enable row level security;
grant select, insert, update on return_files to shokai_app;
create policy of_the_provider on return_files to shokai_app using ((select acting_kind()) in ('operator', 'system'));
-- No answer goes into a file of another institution, whoever writes it.
create policy of_its_institution on return_files as restrictive for insert to shokai_app
  with check ((select acting_kind()) in ('operator', 'system'));
alter table return_answers enable row level security;
grant select, insert, delete on return_answers to shokai_app;
create policy of_the_provider on return_answers to shokai_app using ((select acting_kind()) in ('operator', 'system'));
create policy of_one_institution on return_answers as restrictive for insert to shokai_app with check (
  exists (select from cases where cases.id = case_id and cases.institution_id = return_answers.institution_id)
  and (file_id is null or exists (select from return_files file
    where file.id = file_id and file.institution_id = return_answers.institution_id)));

create constraint trigger return_channels_recorded after insert or update of is_on, encoding, columns, times on return_channels
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger return_files_recorded after insert on return_files
  deferrable initially deferred for each row execute function require_audit_entry();
