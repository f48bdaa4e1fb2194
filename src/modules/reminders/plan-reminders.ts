import { sql } from 'kysely';
import type { Reaction } from '#src/platform/transaction.ts';

/** Has cases that were just taken in looked at by the next run, which finds out when their first reminder is for. */
export const planReminders: Reaction = async (tx, caseIds) => {
  await sql`
    insert into reminder_plans (case_id, mid, next_at, since)
    select id, mid, received_at, received_at from cases where id = any (${[...caseIds]})`.execute(tx);
};
