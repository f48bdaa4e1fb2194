-- A case (案件) is one request of an institution about one payment, until it is closed.

create table cases (
  id                     text collate "C" primary key,
  institution_id         text collate "C" not null references institutions,
  institution_reference  text collate "C" not null,
  -- Of the request as it was taken in: the same reference again is the same case only with the same content.
  request_sha256         bytea not null,
  category               text collate "C" not null,
  notification_type      text collate "C" not null,
  status                 text collate "C" not null
                         check (status in ('received', 'answered', 'correcting', 'withdrawn', 'expired')),
  mid                    text collate "C" not null,
  sid                    text collate "C" not null,
  requested_at           timestamptz not null,
  due_at                 timestamptz not null,
  expires_at             timestamptz not null,
  supplement             text,
  tracking_id            text collate "C" not null,
  payment_method         text collate "C" not null,
  amount_value           bigint not null check (amount_value between 0 and 1000000000000),
  amount_currency        text collate "C" not null,
  customer_id            text collate "C",
  order_id               text collate "C",
  paid_at                timestamptz not null,
  product_name           text,
  goods                  text collate "C" not null check (goods in ('physical', 'digital', 'subscription', 'lodging')),
  card_brand             text,
  card_last4             text collate "C" check (card_last4 ~ '^[0-9]{4}$'),
  received_at            timestamptz not null default now(),
  updated_at             timestamptz not null default now(),
  answered_at            timestamptz,
  answered_late          boolean not null default false,
  foreign key (mid, sid) references services,
  unique (institution_id, institution_reference)
);
create index cases_by_service_and_due on cases (mid, sid, due_at, id);
create index cases_by_merchant_and_due on cases (mid, due_at, id);
create index cases_by_merchant_and_request on cases (mid, requested_at, id);
create index cases_by_status_and_due on cases (status, due_at, id);
create index cases_by_due on cases (due_at, id);
create index cases_by_request on cases (requested_at, id);
create index cases_by_institution_and_update on cases (institution_id, updated_at, id);
-- What waits for an answer is few among many, and is what everybody looks at first.
create index cases_waiting_by_merchant on cases (mid, due_at, id) where status in ('received', 'correcting');
create index cases_waiting on cases (due_at, id) where status in ('received', 'correcting');
create index cases_to_expire on cases (expires_at) where status = 'received';
create index cases_by_answer on cases (mid, answered_at) where answered_at is not null;
create index cases_by_tracking_id on cases (tracking_id);
create index cases_by_order_id on cases (order_id) where order_id is not null;
create index cases_by_customer_id on cases (customer_id) where customer_id is not null;

-- Every step of every case. The history is evidence: rows are added and never changed.
create table case_events (
  case_id      text collate "C" not null references cases,
  sequence     integer not null check (sequence >= 1),
  action       text collate "C" not null,
  from_status  text collate "C",
  to_status    text collate "C" not null,
  actor_kind   text collate "C" not null check (actor_kind in ('merchant', 'institution', 'operator', 'system')),
  -- A user's id, or that of an API key; null when the product acts by itself.
  actor_id     uuid,
  reason       text check (length(reason) <= 1000),
  at           timestamptz not null default now(),
  primary key (case_id, sequence)
);

create table drafts (
  case_id   text collate "C" primary key references cases,
  version   integer not null check (version >= 1),
  content   jsonb not null,
  saved_by  uuid,
  saved_at  timestamptz not null default now()
);

-- A registered answer is evidence: content by field, and the document as the merchant saw it when registering.
create table answers (
  case_id             text collate "C" not null references cases,
  version             integer not null check (version >= 1),
  draft_version       integer not null,
  content             jsonb not null,
  document            jsonb not null,
  locale              text collate "C" not null,
  sha256              text collate "C" not null,
  registered_by_kind  text collate "C" not null,
  registered_by       uuid not null,
  registered_at       timestamptz not null default now(),
  late                boolean not null,
  primary key (case_id, version),
  unique (case_id, draft_version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger answers_append_only before update or delete on answers
  for each row execute function refuse_change();
create trigger answers_not_truncated before truncate on answers
  for each statement execute function refuse_change();
create trigger case_events_append_only before update or delete on case_events
  for each row execute function refuse_change();
create trigger case_events_not_truncated before truncate on case_events
  for each statement execute function refuse_change();
create trigger cases_stay before delete on cases
  for each row execute function refuse_change();

-- What was asked does not change either; only the status and its dates move on.
create function refuse_change_of_request() returns trigger language plpgsql as $$
begin
  if (to_jsonb(old) - array['status', 'updated_at', 'answered_at', 'answered_late', 'due_at', 'expires_at'])
     is distinct from
     (to_jsonb(new) - array['status', 'updated_at', 'answered_at', 'answered_late', 'due_at', 'expires_at']) then
    raise exception 'a request taken in does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger cases_keep_their_request before update on cases
  for each row execute function refuse_change_of_request();
