import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import type { Database } from '#src/platform/database.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { CaseRow } from './case-schemas.ts';

/** What of a draft is shown: nothing once it is registered as the newest answer. */
const draftSavedAt = sql<Date | null>`(
  select drafts.saved_at from drafts
  where drafts.case_id = cases.id and cases.status in ('received', 'correcting')
    and drafts.version > coalesce((select max(draft_version) from answers where answers.case_id = cases.id), 0)
)`;

/** The rows of `cases` with the columns that every view of a case begins with. */
export const selectCaseHeads = (db: Database) =>
  db
    .selectFrom('cases')
    .innerJoin('services', (join) =>
      join.onRef('services.mid', '=', 'cases.mid').onRef('services.sid', '=', 'cases.sid'),
    )
    .innerJoin('merchants', 'merchants.mid', 'cases.mid')
    .select([
      'cases.id',
      'cases.mid',
      'cases.sid',
      'merchants.name as merchantName',
      'services.name as serviceName',
      'cases.category',
      'cases.notification_type as notificationType',
      'cases.status',
      'cases.requested_at as requestedAt',
      'cases.due_at as dueAt',
      'cases.answered_at as answeredAt',
      'cases.answered_late as answeredLate',
      'cases.payment_method as paymentMethod',
      'cases.amount_value as amountValue',
      'cases.amount_currency as amountCurrency',
      sql<boolean>`cases.status in ('received', 'correcting') and cases.due_at <= ${productNow}`.as(
        'isOverdue',
      ),
      draftSavedAt.as('draftSavedAt'),
    ]);

/** Who of the operators looks after a case; told to operators alone. */
export const assigneeColumn = sql<Assignee | null>`(
  select json_build_object('id', users.id, 'name', users.name) from users where users.id = cases.assignee
)`.as('assignee');

type Assignee = { id: string; name: string };

export type CaseHeadRow = Awaited<ReturnType<ReturnType<typeof selectCaseHeads>['execute']>>[number];

/** A row as the API tells it. */
export const toCaseHead = (row: CaseHeadRow) => ({
  id: row.id,
  mid: row.mid,
  sid: row.sid,
  merchantName: row.merchantName,
  serviceName: row.serviceName,
  category: row.category,
  notificationType: row.notificationType,
  status: row.status,
  requestedAt: instantText(row.requestedAt),
  dueAt: instantText(row.dueAt),
  answeredAt: row.answeredAt && instantText(row.answeredAt),
  isOverdue: row.isOverdue,
  answeredLate: row.answeredLate,
  draftSavedAt: row.draftSavedAt && instantText(row.draftSavedAt),
});

export const toCaseRow = (row: CaseHeadRow & { assignee?: Assignee | null }): z.input<typeof CaseRow> => ({
  ...toCaseHead(row),
  ...(row.assignee !== undefined && { assignee: row.assignee }),
  paymentMethod: row.paymentMethod as z.input<typeof CaseRow>['paymentMethod'],
  amount: { value: row.amountValue, currency: row.amountCurrency },
});
