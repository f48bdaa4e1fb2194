-- That a contact cannot be reached is told once, to the merchant's admins and to operators.
alter table alerts drop constraint alerts_kind_check;
alter table alerts add constraint alerts_kind_check
  check (kind in ('year_not_confirmed', 'import_failed', 'contact_unreachable'));

create index contacts_unreachable on contacts (unreachable_since) where unreachable_since is not null;
