-- Personal data is stored sealed (AES-256-GCM), so that neither the database nor a copy of it shows any. Every case has a key
-- of its own, which is stored wrapped by the key of the configuration; docs/decisions/0014 says how and why.

do $$ begin
  if exists (select from cases) or exists (select from mails) then
    raise exception 'This database holds personal data in clear, written by a build before 0.1.0; a migration cannot encrypt it. Start with an empty database (the demo: npm run demo:reset).';
  end if;
end $$;

-- The key of the blind indexes, sealed. It also tells whether the configuration has the right key. For the owner alone.
create table data_keys (
  name         text collate "C" primary key,
  wrapped_key  bytea not null,
  created_at   timestamptz not null default now()
);
alter table data_keys enable row level security;

-- Without its key, what is personal of a case is gone. The portal makes keys and reads them, and can neither change nor
-- remove one.
create table case_keys (
  case_id      text collate "C" primary key references cases,
  wrapped_key  bytea not null
);
alter table case_keys enable row level security;
grant select, insert on case_keys to shokai_app;
create policy of_own_cases on case_keys to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));
create trigger case_keys_stay before delete on case_keys
  for each row execute function refuse_change();
create trigger case_keys_not_truncated before truncate on case_keys
  for each statement execute function refuse_change();

alter table cases
  drop column supplement,
  drop column customer_id,
  drop column card_brand,
  drop column card_last4,
  drop column product_name,
  -- Decides what the merchant is asked for.
  add column product_name_known boolean not null default false,
  -- Supplement, customer id, product, brand and last digits of the card, as JSON.
  add column sealed_request bytea not null,
  -- A keyed hash of the customer id: it can be looked for, whole, and tells nothing to who does not have the key.
  add column customer_index bytea;
-- Keyed too: what was asked cannot be guessed from it.
alter table cases rename column request_sha256 to request_fingerprint;
create index cases_by_customer on cases (customer_index) where customer_index is not null;

alter table case_events
  drop column reason,
  add column sealed_reason bytea;

alter table drafts
  drop column content,
  add column sealed_content bytea not null;

-- Content and document together. The SHA-256 beside it is of the plain canonical JSON of both.
alter table answers
  drop column content,
  drop column document,
  add column sealed_answer bytea not null;

-- Recipient, subject and bodies, as JSON.
alter table mails
  drop column to_name,
  drop column to_address,
  drop column subject,
  drop column text_body,
  drop column html_body,
  add column sealed_letter bytea not null;

delete from idempotency_keys;
alter table idempotency_keys
  drop column body,
  add column sealed_body bytea not null;
alter table idempotency_keys rename column request_sha256 to request_fingerprint;
