import { sql } from 'kysely';
import { type CaseStatus, stepsFor } from '#src/domain/case-life.ts';
import type { NotificationCode } from '#src/domain/notification-types.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { WhyLeft } from './bulk-schemas.ts';

/** What is to be done with many cases. */
export type BulkAction = { kind: 'assign'; operatorId: string | null } | { kind: 'withdraw' };

/** A case as it stands, with all that decides what would become of it. */
export type Standing = {
  id: string;
  mid: string;
  sid: string;
  notificationType: NotificationCode;
  status: CaseStatus;
  assignee: string | null;
  assigneeName: string | null;
  steps: number;
  isErased: boolean;
};

/**
 * The cases as they stand, in the order of their numbers; with `lock` nobody else changes them before the transaction ends, and two
 * who lock some of the same wait for each other. They are read after the wait, by a statement of its own: the one that waits sees
 * the steps of before.
 */
export async function readStanding(
  db: Reader,
  caseIds: readonly string[],
  { lock }: { lock: boolean },
): Promise<Map<string, Standing>> {
  const chosen = sql`from cases where id = any (${[...caseIds]}::text[]) order by id`;
  if (lock) await sql`select id ${chosen} for update`.execute(db);
  const { rows } = await sql<Standing>`
    select id, mid, sid, notification_type as "notificationType", status, assignee,
      (select name from users where users.id = assignee) as "assigneeName", erased_at is not null as "isErased",
      (select count(*)::int from case_events where case_id = cases.id) as steps
    ${chosen}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Why an action leaves a case as it is; null when it changes it. The preview and what is carried out ask the same. */
export function whyLeftBy(action: BulkAction, found: Standing | undefined): WhyLeft | null {
  if (!found) return 'case_not_found';
  if (found.isErased) return 'case_erased';
  if (action.kind === 'withdraw')
    return stepsFor(found.status, 'operator').includes('withdraw') ? null : 'action_not_possible';
  return found.assignee === action.operatorId ? 'no_change' : null;
}

/** As what a case was seen: another after each step, each change of who looks after it, and erasure. */
export const versionOf = (found: Standing | undefined): string =>
  found
    ? [found.status, found.steps, found.assignee ?? 'nobody', ...(found.isErased ? ['erased'] : [])].join('.')
    : 'none';
