-- Files of requests that operators take in. A file is kept sealed, in pieces, until a day after it was taken in: every node can
-- read it, and it goes with the same backup and the same transaction as everything else. What became of its lines stays.

-- Which column of an institution's files is what.
create table import_mappings (
  institution_id  text collate "C" primary key references institutions,
  mapping         jsonb not null
);

create table imports (
  id               uuid primary key,
  institution_id   text collate "C" not null references institutions,
  sealed_name      bytea not null,
  format           text collate "C" check (format in ('csv', 'xlsx')),
  encoding         text collate "C" check (encoding in ('utf-8', 'shift_jis')),
  bytes            bigint not null default 0,
  sha256           bytea,
  state            text collate "C" not null default 'uploading' check (state in
                   ('uploading', 'mapping', 'checking', 'checked', 'running', 'cancelling', 'done', 'cancelled', 'failed')),
  -- Why it failed, as a code of src/domain/problems.ts.
  reason           text collate "C",
  mapping          jsonb,
  -- Counts the mappings that were tried, so that a check of an earlier one comes to nothing.
  mapping_version  integer not null default 0,
  -- The last line that was looked at, by the check and by the run; a run goes on behind it.
  checked_line     integer not null default 1,
  checked_new      integer not null default 0,
  checked_known    integer not null default 0,
  checked_wrong    integer not null default 0,
  -- The first problems that the check found: line, field and code, never what stands there.
  problems         jsonb not null default '[]',
  done_line        integer not null default 1,
  created          integer not null default 0,
  known            integer not null default 0,
  refused          integer not null default 0,
  uploaded_by      uuid not null,
  uploaded_at      timestamptz not null default now(),
  confirmed_by     uuid,
  confirmed_at     timestamptz,
  -- When whoever works on it last showed to be alive.
  beat_at          timestamptz not null default now(),
  finished_at      timestamptz,
  -- When the file itself was erased.
  erased_at        timestamptz
);
create index imports_by_upload on imports (uploaded_at desc, id desc);
create index imports_at_work on imports (beat_at) where state in ('checking', 'running', 'cancelling');
create index imports_to_erase on imports (beat_at) where erased_at is null;

create table import_pieces (
  id            uuid primary key,
  import_id     uuid not null references imports,
  number        integer not null check (number >= 0),
  sealed_bytes  bytea not null,
  unique (import_id, number)
);

-- What became of the lines, written in the transaction that took them in: a line is in exactly when it stands here as such.
create table import_batches (
  import_id  uuid not null references imports,
  to_line    integer not null,
  results    jsonb not null,
  primary key (import_id, to_line)
);
create trigger import_batches_append_only before update or delete on import_batches
  for each row execute function refuse_change();

alter table import_mappings enable row level security;
grant select, insert, update on import_mappings to shokai_app;
create policy of_the_provider on import_mappings to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table imports enable row level security;
grant select, insert, update on imports to shokai_app;
create policy of_the_provider on imports to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table import_pieces enable row level security;
grant select, insert, delete on import_pieces to shokai_app;
create policy of_the_provider on import_pieces to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table import_batches enable row level security;
grant select, insert on import_batches to shokai_app;
create policy of_the_provider on import_batches to shokai_app using ((select acting_kind()) in ('operator', 'system'));

create constraint trigger imports_recorded after update of mapping, confirmed_by on imports
  deferrable initially deferred for each row execute function require_audit_entry();
