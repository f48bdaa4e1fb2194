import { requireOperator } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import {
  AssignmentPreview,
  Assignments,
  BulkPreview,
  BulkResult,
  WithdrawalPreview,
  Withdrawals,
} from './bulk-schemas.ts';
import { assignMany, withdrawMany } from './carry-out-bulk.ts';
import { previewBulk } from './preview-bulk.ts';

const tag = 'Console';
const description =
  'Cases that changed since the preview are left as they are, with the reason; the others go through. Nothing happens twice.';
const handling = { kinds: ['operator'], right: 'handle_cases' } as const;
const withdrawing = { kinds: ['operator'], right: 'withdraw_cases' } as const;
const previewing = { method: 'POST', tag, status: 200, reply: BulkPreview } as const;
const doing = { method: 'POST', tag, description, status: 200, reply: BulkResult, idempotent: true } as const;
const refusals = ['invalid_request', 'idempotency_key_reused', 'cross_site'] as const;

/** What operators do with many cases at once (一括操作): first seen, then done. */
export const bulkEndpoints: readonly Endpoint[] = [
  endpoint({
    ...previewing,
    path: '/case-assignments/preview',
    summary: 'See what assigning many cases would do',
    access: handling,
    body: AssignmentPreview,
    refusals: ['invalid_request', 'cross_site'],
    read: async (db, _: OperatorActor, { operatorId, caseIds }) => {
      if (operatorId !== null) await requireOperator(db, operatorId);
      return previewBulk(db, { kind: 'assign', operatorId }, caseIds);
    },
  }),
  endpoint({
    ...doing,
    path: '/case-assignments',
    summary: 'Have an operator look after many cases, or nobody',
    access: handling,
    body: Assignments,
    refusals,
    change: assignMany,
  }),
  endpoint({
    ...previewing,
    path: '/case-withdrawals/preview',
    summary: 'See what taking many requests back would do',
    access: withdrawing,
    body: WithdrawalPreview,
    refusals: ['invalid_request', 'cross_site'],
    read: (db, _: OperatorActor, { caseIds }) => previewBulk(db, { kind: 'withdraw' }, caseIds),
  }),
  endpoint({
    ...doing,
    path: '/case-withdrawals',
    summary: 'Take many requests back for one reason',
    access: withdrawing,
    body: Withdrawals,
    refusals,
    change: withdrawMany,
  }),
];
