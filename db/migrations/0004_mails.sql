-- Requests that contacts have not been told of yet. One mail tells of all that came for a service within a short window.
create table announcements (
  case_id       text collate "C" primary key references cases,
  mid           text collate "C" not null,
  sid           text collate "C" not null,
  category      text collate "C" not null,
  queued_at     timestamptz not null default now(),
  announced_at  timestamptz,
  -- told: a mail was written to each contact. nobody: no contact is registered, so nobody was told.
  -- closed: nothing was left to answer when the window was over.
  outcome       text collate "C" check (outcome in ('told', 'nobody', 'closed')),
  check ((announced_at is null) = (outcome is null))
);
create index announcements_waiting on announcements (mid, sid, category) where announced_at is null;
create index announcements_told_to_nobody on announcements (announced_at) where outcome = 'nobody';

-- A mail as it is handed over, to one address. Its Message-ID never changes, so that a copy can be told from a new mail.
create table mails (
  id             uuid primary key,
  message_id     text not null unique,
  mid            text collate "C" not null,
  sid            text collate "C" not null,
  to_name        text not null,
  to_address     text not null,
  subject        text not null,
  text_body      text not null,
  html_body      text not null,
  -- kept: there is no mail server, the mail is read in the demo's mailbox.
  state          text collate "C" not null check (state in ('queued', 'sent', 'failed', 'kept')),
  last_error     text collate "C",
  -- Tries that may have delivered it without our knowing: the server broke off, or we did, before it said so.
  unknown_tries  integer not null default 0,
  -- Until then one worker is handing it over, and the others leave it alone.
  taken_until    timestamptz,
  created_at     timestamptz not null default now(),
  sent_at        timestamptz,
  check ((state = 'sent') = (sent_at is not null))
);
create index mails_failed on mails (created_at) where state = 'failed';

create table mail_cases (
  mail_id  uuid not null references mails,
  case_id  text collate "C" not null references cases,
  primary key (mail_id, case_id)
);
create index mail_cases_by_case on mail_cases (case_id);
