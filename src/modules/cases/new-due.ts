import { addDays, dayOf, endOfDay } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { productMoment } from '#src/platform/product-clock.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { NewDue } from './move-case.ts';

const correctionDays = 7;
const longestDueMs = 730 * 86_400_000;

type Asked = { caseId: string; dueAt: string | undefined; step: 'correction' | 'extension' };

/**
 * The due instant that a correction or an extension gives a locked case: the one named, for a correction without one the end of the
 * seventh day; closed by time after it as its institution's cases are.
 */
export async function newDue(tx: Tx, { caseId, dueAt, step }: Asked): Promise<NewDue> {
  const row = await tx
    .selectFrom('cases')
    .innerJoin('institutions', 'institutions.id', 'cases.institution_id')
    .select([
      'due_at as before',
      'expires_at as closes',
      'expiry_days as expiryDays',
      productMoment.as('now'),
    ])
    .where('cases.id', '=', caseId)
    .executeTakeFirstOrThrow();
  const due = dueAt ? new Date(dueAt) : endOfDay(addDays(dayOf(row.now), correctionDays));
  if (due <= row.now || (step === 'extension' && due <= row.before)) throw wrong('due_not_later');
  if (due.getTime() > row.now.getTime() + longestDueMs) throw wrong('due_too_far');
  const expiresAt = endOfDay(addDays(dayOf(due), row.expiryDays));
  // The institution's days may be fewer than when the case came: who is given more time loses none.
  const isSooner = step === 'extension' && expiresAt < row.closes;
  return { dueAt: due, expiresAt: isSooner ? row.closes : expiresAt };
}

const wrong = (code: 'due_not_later' | 'due_too_far'): Refusal =>
  new Refusal('invalid_request', {}, [{ pointer: '/dueAt', code }]);
