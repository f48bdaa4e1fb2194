import { type RawBuilder, sql } from 'kysely';
import type { CaseStatus } from '#src/domain/case-life.ts';
import type { CategoryCode } from '#src/domain/categories.ts';
import type { Turn } from '#src/domain/reminders.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';

/** A case that is to be looked at now, locked. */
export type DueCase = {
  caseId: string;
  sid: string;
  category: CategoryCode;
  institutionId: string;
  status: CaseStatus;
  dueAt: Date;
  expiresAt: Date;
  since: Date;
  now: Date;
  done: string[];
};

/** One of them with what is to be sent of it. */
export type DueTurn = DueCase & { send: NonNullable<Turn['send']> };

export const atOnce = 1_000;

/** The statement that finds a merchant's cases that are to be looked at, the first of them, and locks them. */
export const dueOfMerchant = (mid: string): RawBuilder<DueCase> => sql<DueCase>`
  select cases.id as "caseId", sid, category, institution_id as "institutionId", status, due_at as "dueAt",
    expires_at as "expiresAt", since, product_now() as now,
    array(select step from reminders where case_id = cases.id and due_at = cases.due_at) as done
  from reminder_plans join cases on cases.id = case_id
  where reminder_plans.mid = ${mid} and next_at <= (select product_now())
    and not exists (select from reminder_holds where ended_at is null)
  order by next_at limit ${atOnce}
  for update of reminder_plans skip locked for share of cases skip locked`;

/** The statement that finds the merchants with cases that are to be looked at. */
export const merchantsWithDue = sql<{ mid: string }>`
  select distinct mid from reminder_plans where next_at <= (select product_now())`;

/**
 * The cases of a merchant that are to be looked at, the first of them. One that is in other hands is left for the next run, which
 * comes soon: nothing waits for a lock, and no two runs take one case.
 */
export async function lockDue(tx: Tx, mid: string): Promise<DueCase[]> {
  const { rows } = await dueOfMerchant(mid).execute(tx);
  return rows;
}

/** The merchants with cases that are to be looked at. One statement, from an index in the order of time. */
export const merchantsDue = (inTransaction: InTransaction): Promise<string[]> =>
  inTransaction(async (tx) => {
    const { rows } = await merchantsWithDue.execute(tx);
    return rows.map(({ mid }) => mid);
  });
