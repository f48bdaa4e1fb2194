-- Texts that operators use again and again in 加盟店様への依頼補足事項, kept per institution. Nothing in them is about a case.
create table supplement_templates (
  id              uuid primary key,
  institution_id  text collate "C" not null references institutions,
  name            text not null check (length(name) between 1 and 100),
  body            text not null check (length(body) between 1 and 4000),
  version         integer not null default 1,
  unique (institution_id, name)
);

alter table supplement_templates enable row level security;
grant select, insert, update, delete on supplement_templates to shokai_app;
create policy of_the_provider on supplement_templates to shokai_app
  using ((select acting_kind()) in ('operator', 'system'));

create constraint trigger supplement_templates_recorded after insert or update or delete on supplement_templates
  deferrable initially deferred for each row execute function require_audit_entry();
