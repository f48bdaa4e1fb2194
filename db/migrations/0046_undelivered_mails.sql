-- A mail that did not arrive (未達) waits for an operator, who has it sent again or settles it.
alter table mails
  add column undelivered_since timestamptz,
  -- The contact it was written to, who may have another address by now. Not a reference: contacts are removed, mails stay.
  add column contact_id uuid,
  -- The mail that did not arrive and this one is sent for.
  add column copy_of uuid references mails;

update mails set undelivered_since = coalesce(
    (select min(at) from mail_events where mail_id = mails.id and kind in ('failed', 'bounced')), created_at)
where state = 'failed' or exists (select from mail_events where mail_id = mails.id and kind = 'bounced');

drop index mails_failed;
create index mails_undelivered on mails (id) where undelivered_since is not null;

-- settled: an operator saw that it did not arrive, and that nothing more is to be done.
alter table mail_events drop constraint mail_events_kind_check;
alter table mail_events add constraint mail_events_kind_check check (kind in
  ('handed_over', 'not_taken', 'failed', 'bounced', 'delayed', 'complained', 'opened', 'sent_again', 'settled'));
