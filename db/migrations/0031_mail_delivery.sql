-- The delivery log: what became of each mail, a line at a time, kept as it was written. That a mail was queued is its own row;
-- repeated tries that end alike are one line, and the mail counts them. docs/decisions/0022 says why.
create table mail_events (
  id       bigint generated always as identity primary key,
  mail_id  uuid not null references mails,
  at       timestamptz not null default now(),
  -- handed_over: the mail server took it. not_taken: it may take it later. failed: no further try is made. bounced, delayed: a later
  -- server said so. complained: the recipient called it unwanted. opened: somebody logged in came by its link. sent_again: an
  -- operator had it sent once more.
  kind     text collate "C" not null check (kind in
             ('handed_over', 'not_taken', 'failed', 'bounced', 'delayed', 'complained', 'opened', 'sent_again')),
  -- The code the server replied with, or what was wrong with the connection. Never its words: they quote the recipient.
  reply    text collate "C",
  host     text collate "C",
  -- Who opened it or had it sent again.
  user_id  uuid references users
);
create index mail_events_of_mail on mail_events (mail_id, id);
-- What comes in twice, or is clicked twice, is one line.
create unique index mail_events_once on mail_events (mail_id, kind, coalesce(reply, ''), coalesce(user_id::text, ''))
  where kind in ('bounced', 'delayed', 'complained', 'opened');

alter table mail_events enable row level security;
grant select, insert on mail_events to shokai_app;
create policy of_the_provider on mail_events to shokai_app using ((select acting_kind()) in ('operator', 'system'));

alter table mails
  add column tries integer not null default 0,
  -- What it has to say is asked again when it is handed over (reminders).
  add column is_refreshed boolean not null default false,
  -- Of the text as it was handed over; it stays when the text is erased.
  add column text_sha256 bytea;
update mails set is_refreshed = true from reminder_mails where mail_id = mails.id;

-- A contact whose address does not take mails (送信不能), since when, and what its server said.
alter table contacts
  add column unreachable_since timestamptz,
  add column unreachable_reply text collate "C";
