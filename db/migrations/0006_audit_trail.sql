-- Who did what to what, when, from where, with which right. No personal data: ids, codes and counts only. Every entry holds
-- the hash of the one before it, so that a change of any of them shows; docs/decisions/0009 says how it is computed.

create table audit_entries (
  sequence       bigint primary key check (sequence >= 1),
  at             timestamptz not null,
  actor_kind     text collate "C" not null,
  -- A user's id or that of an API key; null when the product acts by itself, or nobody has signed in yet.
  actor_id       uuid,
  -- The merchant (MID) or institution the actor belongs to.
  actor_tenant   text collate "C",
  actor_right    text collate "C",
  action         text collate "C" not null,
  -- Ids of what it was done to: case numbers, ids of users, keys, contacts, files.
  subjects       text[] not null,
  details        jsonb not null,
  -- The network the request came from (the first 24 bits of an IPv4 address, 48 of IPv6), never a whole address.
  origin         text collate "C",
  request_id     text collate "C",
  previous_hash  bytea not null,
  hash           bytea not null
);
create index audit_entries_by_time on audit_entries (at);
create index audit_entries_by_actor on audit_entries (actor_id, sequence);
create index audit_entries_by_action on audit_entries (action, sequence);
create index audit_entries_by_subject on audit_entries using gin (subjects);

-- The end of the chain. Whoever adds to the chain holds this row until their transaction ends.
create table audit_head (
  single    boolean primary key default true check (single),
  sequence  bigint not null,
  hash      bytea not null
);
insert into audit_head (sequence, hash) values (0, '\x0000000000000000000000000000000000000000000000000000000000000000');

create trigger audit_entries_append_only before update or delete on audit_entries
  for each row execute function refuse_change();
create trigger audit_entries_not_truncated before truncate on audit_entries
  for each statement execute function refuse_change();
create trigger audit_head_stays before delete on audit_head
  for each row execute function refuse_change();
create trigger audit_head_not_truncated before truncate on audit_head
  for each statement execute function refuse_change();

-- One field as part of what is hashed: its length in bytes, a colon, the bytes and a comma; null is a minus and a comma.
-- Nothing can be moved from one field to the next without the hash changing.
create function audit_field(value text) returns text language sql immutable as $$
  select case when value is null then '-,' else octet_length(value) || ':' || value || ',' end
$$;

create function audit_hash(previous_hash bytea, entry audit_entries) returns bytea language sql stable as $$
  select sha256(previous_hash || convert_to(
    audit_field(entry.sequence::text)
    || audit_field(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || audit_field(entry.actor_kind) || audit_field(entry.actor_id::text) || audit_field(entry.actor_tenant)
    || audit_field(entry.actor_right) || audit_field(entry.action)
    || audit_field(cardinality(entry.subjects)::text)
    || coalesce((select string_agg(audit_field(subject), '' order by place)
                 from unnest(entry.subjects) with ordinality as each (subject, place)), '')
    || audit_field(entry.details::text) || audit_field(entry.origin) || audit_field(entry.request_id), 'UTF8'))
$$;

-- The only way to write an entry. Who acts, with which right and from where is what the transaction was opened with, so that
-- what calls this can only say what was done: [{"action": "...", "subjects": ["..."], "details": {...}}].
create function audit_append(done jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head   audit_head;
  entry  audit_entries;
  each   jsonb;
begin
  select * into strict head from audit_head for update;
  for each in select * from jsonb_array_elements(done) loop
    entry.sequence      := head.sequence + 1;
    entry.at            := clock_timestamp();
    entry.actor_kind    := current_setting('shokai.kind');
    entry.actor_id      := nullif(current_setting('shokai.actor', true), '')::uuid;
    entry.actor_tenant  := coalesce(nullif(current_setting('shokai.mid', true), ''), nullif(current_setting('shokai.institution', true), ''));
    entry.actor_right   := nullif(current_setting('shokai.right', true), '');
    entry.action        := each ->> 'action';
    entry.subjects      := array(select jsonb_array_elements_text(each -> 'subjects'));
    entry.details       := each -> 'details';
    entry.origin        := nullif(current_setting('shokai.origin', true), '');
    entry.request_id    := nullif(current_setting('shokai.request', true), '');
    entry.previous_hash := head.hash;
    entry.hash          := audit_hash(head.hash, entry);
    insert into audit_entries values (entry.*);
    head.sequence := entry.sequence;
    head.hash     := entry.hash;
  end loop;
  update audit_head set sequence = head.sequence, hash = head.hash;
end $$;
