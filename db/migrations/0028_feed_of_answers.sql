-- The feed of answers reads the events that say that an answer was registered, in the feed's own order.
create index events_of_answers on events (position) where type = 'case.answered' and position is not null;
create index events_of_answers_by_merchant on events (mid, position)
  where type = 'case.answered' and position is not null;
create index events_of_answers_by_institution on events (institution_id, position)
  where type = 'case.answered' and position is not null;

-- Answers from before there were events have theirs now, with their places given, so that no webhook tells of them anew.
insert into events (id, position, type, case_id, sequence, version, status, notification_type, mid, sid, institution_id,
  institution_reference, at)
select gen_random_uuid(), (select coalesce(max(position), 0) from events) + row_number() over (order by step.at, step.case_id),
  'case.answered', cases.id, step.sequence,
  row_number() over (partition by step.case_id order by step.sequence)::int, step.to_status, cases.notification_type,
  cases.mid, cases.sid, cases.institution_id, cases.institution_reference, step.at
from case_events step join cases on cases.id = step.case_id
where step.action = 'register_answer'
  and not exists (select from events where (events.case_id, events.sequence) = (step.case_id, step.sequence));
