-- What makes the audit trail hold against mistakes and against those who can reach the database: entries of a strict form,
-- changes that cannot be committed without one, and anchors, signed heads that are kept outside. docs/decisions/0009 tells why.

-- Nobody but the owner makes tables and functions here; databases that began before PostgreSQL 15 let everybody.
revoke create on schema public from public;

create function acting_right() returns text language sql stable as $$ select nullif(current_setting('shokai.right', true), '') $$;

-- Ids, codes and counts only, so that nothing personal comes in by mistake: visible ASCII, no blank and no @ in an id.
alter table audit_entries
  add constraint audit_entries_name_who_acts check (
    actor_kind <> ''
    and (actor_kind not in ('merchant', 'institution', 'operator') or actor_id is not null)
    and (actor_kind not in ('merchant', 'institution') or actor_tenant is not null)),
  add constraint audit_entries_name_an_action check (action ~ '^[a-z][a-z_]*([.][a-z][a-z_]*)+$'),
  -- One dimension from 1: other bounds would be the same to the hash.
  add constraint audit_entries_list_ids check (
    (cardinality(subjects) = 0 or array_ndims(subjects) = 1 and array_lower(subjects, 1) = 1)
    and array_position(subjects, null) is null
    and array_position(subjects, '') is null
    and array_to_string(subjects, E'\n') collate "C" ~ E'^([!-?A-~]+(\n|$))*$'),
  add constraint audit_entries_hold_codes_and_counts check (
    jsonb_typeof(details) = 'object' and length(details::text) <= 2000 and details::text collate "C" ~ '^[ -?A-~]*$'),
  add constraint audit_entries_hold_hashes check (length(previous_hash) = 32 and length(hash) = 32);

create index audit_entries_by_tenant on audit_entries (actor_tenant, sequence);

-- The head only ever goes on to an entry that is there.
create function audit_head_follows() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.sequence <= old.sequence
    or not exists (select from audit_entries where sequence = new.sequence and hash = new.hash) then
    raise exception 'the head of the audit trail follows its entries and is not set';
  end if;
  return new;
end $$;
create trigger audit_head_follows before update on audit_head for each row execute function audit_head_follows();

create or replace function audit_append(done jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head   audit_head;
  entry  audit_entries;
  each   jsonb;
begin
  if jsonb_array_length(done) = 0 then return; end if;
  select * into strict head from audit_head for update;
  -- All others wait from here to the end of the transaction: an application that died in between does not hold them up.
  perform set_config('idle_in_transaction_session_timeout', '5s', true);
  for each in select * from jsonb_array_elements(done) loop
    entry.sequence      := head.sequence + 1;
    entry.at            := clock_timestamp();
    -- A setting that was made in an earlier transaction is empty, and not missing.
    entry.actor_kind    := nullif(current_setting('shokai.kind', true), '');
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

-- No change of what has to be provable is committed by the portal unless the same transaction has added to the trail: its
-- own number then stands on the head, which only audit_append can touch.
create function require_audit_entry() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_setting('role') = 'shokai_app'
    and not exists (select from audit_head where xmin = pg_current_xact_id()::xid) then
    raise exception 'a change of % was not recorded in the audit trail', tg_table_name;
  end if;
  return null;
end $$;

create constraint trigger answers_recorded after insert on answers
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger case_events_recorded after insert on case_events
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger drafts_recorded after insert or update or delete on drafts
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger contacts_recorded after insert or update or delete on contacts
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger memberships_recorded after insert or update or delete on memberships
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger users_recorded after insert or update of login_id, email, password_hash, disabled_at or delete on users
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger sessions_recorded after insert on sessions
  deferrable initially deferred for each row execute function require_audit_entry();
create constraint trigger api_keys_recorded
  after insert or update of key_hash, rights, mid, institution_id, expires_at, disabled_at, replaced_by or delete on api_keys
  deferrable initially deferred for each row execute function require_audit_entry();

-- Signed heads of the trail, line by line as they are written to the file outside and mailed.
create table audit_anchors (
  sequence   bigint primary key check (sequence >= 1),
  signed_at  timestamptz not null,
  line       text not null
);
create trigger audit_anchors_append_only before update or delete on audit_anchors
  for each row execute function refuse_change();
create trigger audit_anchors_not_truncated before truncate on audit_anchors
  for each statement execute function refuse_change();

alter table audit_anchors enable row level security;
grant select, insert on audit_anchors to shokai_app;
create policy of_the_product on audit_anchors to shokai_app using ((select acting_kind()) = 'system');
create policy seen_by_auditors on audit_anchors for select to shokai_app
  using ((select acting_kind()) = 'operator' and (select acting_right()) = 'read_audit_trail');

-- Operators read the trail by their right alone. A merchant's admin reads what the merchant's own people and keys did; one
-- who is limited to some services, only what they did themselves.
drop policy of_the_provider on audit_entries;
create policy own on audit_entries for select to shokai_app using (
  case (select acting_kind())
    when 'merchant' then (select acting_right()) = 'read_audit_trail'
      and actor_kind = 'merchant' and actor_tenant = (select acting_mid())
      and ((select acting_sids()) is null or actor_id = (select acting_id()))
    when 'operator' then (select acting_right()) = 'read_audit_trail'
    else (select acting_kind()) = 'system'
  end);

drop policy of_the_provider on audit_head;
create policy seen_by_auditors on audit_head for select to shokai_app using (
  (select acting_kind()) = 'system'
  or (select acting_kind()) = 'operator' and (select acting_right()) = 'read_audit_trail');

-- Row-level security keeps an index from answering what could leak (whether an array holds an id), and the time of one's
-- own entries says nothing about where to look. These two give numbers of entries and nothing of what is in them.
create function audit_sequences_about(wanted text) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select sequence from audit_entries where subjects @> array[wanted]
$$;

create function audit_sequence_since(instant timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select sequence from audit_entries where at >= instant order by at limit 1
$$;

revoke all on function audit_sequences_about(text), audit_sequence_since(timestamptz) from public;
grant execute on function audit_sequences_about(text), audit_sequence_since(timestamptz) to shokai_app;

-- The daily mail to the auditors belongs to no service.
alter table mails
  alter column mid drop not null,
  alter column sid drop not null;
