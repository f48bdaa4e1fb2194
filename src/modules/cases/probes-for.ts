import type { z } from 'zod';
import { type CaseStatus, caseStatusCodes } from '#src/domain/case-life.ts';
import { categoryOf, type NotificationCode, notificationCodes } from '#src/domain/notification-types.ts';
import type { CaseFilter } from './case-schemas.ts';

type Filter = z.output<typeof CaseFilter>;

export type Probes = { statuses: readonly CaseStatus[]; types?: readonly NotificationCode[] };

/** What waits for an answer. */
export const waiting: readonly CaseStatus[] = ['received', 'correcting'];

/**
 * The pairs of a status and a type to be looked up one by one for a filter of the operators' list, because their indexes have
 * cases in order within a pair; undefined where another index has all that the filter names, or the filter names a few by itself.
 */
export function probesFor({
  status,
  notificationType,
  category,
  mid,
  due,
  assignee,
  asked,
  q,
  sort,
}: Filter): Probes | undefined {
  if (mid !== undefined || asked !== undefined || (q !== undefined && q !== '')) return undefined;
  const statuses = (due ? waiting : caseStatusCodes).filter((code) => status?.includes(code) ?? true);
  if (assignee !== undefined && assignee !== 'none') return { statuses };
  const types = notificationCodes
    .filter((code) => notificationType?.includes(code) ?? true)
    .filter((code) => category === undefined || categoryOf(code) === category);
  if (types.length < notificationCodes.length) return { statuses, types };
  const isAllWaiting = waiting.every((code) => statuses.includes(code)) && statuses.length === waiting.length;
  const isInOrder = isAllWaiting && (sort === 'due' || sort === '-due');
  return statuses.length === caseStatusCodes.length || isInOrder ? undefined : { statuses, types };
}
