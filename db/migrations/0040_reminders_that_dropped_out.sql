-- A case that was answered, withdrawn or closed after its reminder was written drops out of the mail before that is handed over.
-- Its history must not say that anybody was told: each mail keeps which of its cases dropped out, and which steps it is of.

-- Both are `product_now()` of the transaction that wrote the mail, by which the steps of a case and their mails find each other.
alter table reminder_mails add column written_at timestamptz not null default product_now();
alter table reminder_mails add column dropped text[] collate "C" not null default '{}';
alter table reminders add column operators_told_at timestamptz;

grant update on reminder_mails to shokai_app;
