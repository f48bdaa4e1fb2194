import type { ClosingDays } from '#src/domain/business-days.ts';
import type { CategoryCode } from '#src/domain/categories.ts';
import { knownClosing } from '#src/domain/closing-days.ts';
import { defaultLadder, type Ladder } from '#src/domain/reminder-ladder.ts';
import { type PlannedStep, planReminders } from '#src/domain/reminders.ts';
import type { SendingTimes } from '#src/domain/sending-times.ts';
import { closingDaysJson } from '#src/modules/calendar/index.ts';
import type { Reader } from '#src/platform/transaction.ts';

type Of = { category: CategoryCode; institutionId: string; dueAt: Date; expiresAt: Date };

/** The sending times, and the steps of a case by the ladder that is for it. */
export type Rules = { times: SendingTimes; closing: ClosingDays; planOf: (one: Of) => PlannedStep[] };

/** The rules as they are now: of an institution and category, else of the category, else of all, else the product's own. */
export async function loadRules(db: Reader): Promise<Rules> {
  const { closed, ...times } = await db
    .selectFrom('reminder_settings')
    .select(['opens_at as opensAt', 'closes_at as closesAt', 'only_business_days as onlyBusinessDays'])
    .select(closingDaysJson().as('closed'))
    .executeTakeFirstOrThrow();
  const rows = await db.selectFrom('reminder_ladders').selectAll().execute();
  const ladders = new Map(rows.map((row) => [scope(row.category, row.institution_id), row.steps]));
  const ladderOf = ({ category, institutionId }: Of): Ladder =>
    ladders.get(scope(category, institutionId)) ??
    ladders.get(scope(category, null)) ??
    ladders.get(scope(null, null)) ??
    defaultLadder;
  const closing = knownClosing(closed.periods);
  return {
    ...{ times, closing },
    planOf: (one) => planReminders(one, { ladder: ladderOf(one), times, closing }),
  };
}

const scope = (category: string | null, institutionId: string | null): string =>
  `${category ?? ''} ${institutionId ?? ''}`;
