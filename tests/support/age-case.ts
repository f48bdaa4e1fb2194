import { sql } from 'kysely';
import type { World } from './world.ts';

/**
 * Has a case, its history and its mails be as old as they would be so many days later: the clock of the database cannot be
 * moved, so what it is compared with is.
 */
export async function ageCase({ db }: Pick<World, 'db'>, caseId: string, days: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Past the triggers that keep the history as it is.
    await sql`set local session_replication_role = replica`.execute(tx);
    const by = sql`make_interval(days => ${days})`;
    await sql`update cases set updated_at = updated_at - ${by} where id = ${caseId}`.execute(tx);
    await sql`update case_events set at = at - ${by} where case_id = ${caseId}`.execute(tx);
    await sql`update mails set created_at = created_at - ${by}
      where id in (select mail_id from mail_cases where case_id = ${caseId})`.execute(tx);
  });
}
