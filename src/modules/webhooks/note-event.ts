import { sql } from 'kysely';
import type { EventType } from '#src/domain/event-types.ts';
import { newId } from '#src/platform/ids.ts';
import type { Reaction } from '#src/platform/transaction.ts';

export const spreadQueue = 'spread-events';

/** Writes what happened to cases into the outbox, in the transaction of the step: an event for each, as its history tells it. */
export const noteEvent =
  (type: EventType): Reaction =>
  async (tx, caseIds) => {
    await sql`
      insert into events (id, type, case_id, sequence, version, status, notification_type, mid, sid, institution_id,
        institution_reference, at)
      select noted.id, ${type}, cases.id, step.sequence, answers.version, step.to_status, cases.notification_type,
        cases.mid, cases.sid, cases.institution_id, cases.institution_reference, step.at
      from unnest(${[...caseIds]}::text[], ${caseIds.map(() => newId())}::uuid[]) with ordinality as noted (case_id, id, number)
        join cases on cases.id = noted.case_id
        cross join lateral (select sequence, to_status, at from case_events where case_events.case_id = cases.id
          order by sequence desc limit 1) as step
        cross join lateral (select count(*)::int as version from case_events
          where case_events.case_id = cases.id and action = 'register_answer') as answers
      order by noted.number`.execute(tx);
    await tx.enqueue(spreadQueue, [{ data: {} }]);
  };
