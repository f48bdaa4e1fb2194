-- Requests that contacts have not been told of yet. One mail tells of all that came for a service within a short window.
create table announcements (
  case_id       text collate "C" primary key references cases,
  mid           text collate "C" not null,
  sid           text collate "C" not null,
  category      text collate "C" not null,
  queued_at     timestamptz not null default now(),
  announced_at  timestamptz
);
create index announcements_waiting on announcements (mid, sid, category) where announced_at is null;

-- A mail as it is handed over, to one address. Its Message-ID never changes, so that a copy can be told from a new mail.
create table mails (
  id           uuid primary key,
  message_id   text not null unique,
  mid          text collate "C" not null,
  sid          text collate "C" not null,
  to_name      text not null,
  to_address   text not null,
  subject      text not null,
  text_body    text not null,
  html_body    text not null,
  -- kept: there is no mail server, the mail is read in the demo's mailbox.
  state        text collate "C" not null check (state in ('queued', 'sent', 'failed', 'kept')),
  last_error   text,
  created_at   timestamptz not null default now(),
  sent_at      timestamptz
);
create index mails_by_time on mails (created_at, id);

create table mail_cases (
  mail_id  uuid not null references mails,
  case_id  text collate "C" not null references cases,
  primary key (mail_id, case_id)
);
create index mail_cases_by_case on mail_cases (case_id);
