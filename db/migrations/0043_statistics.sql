-- The figures of the operators' plots (統計) are counted from indexes alone, and only of the weeks that are looked at: when requests came
-- in, when they were answered and how long that took, and when they were closed without an answer. Nothing of this changes when the
-- personal data of a case is erased. docs/decisions/0035 says why so.

drop index cases_by_request;
create index cases_by_request on cases (requested_at, id) include (notification_type, institution_id, mid, sid);
create index cases_answered on cases (answered_at)
  include (requested_at, answered_late, notification_type, institution_id, mid, sid) where answered_at is not null;
create index cases_expired on cases (updated_at) include (notification_type, institution_id, mid, sid) where status = 'expired';
