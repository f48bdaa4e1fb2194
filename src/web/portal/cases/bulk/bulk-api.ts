import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type BulkPreview = Schemas['BulkPreview'];
export type BulkResult = Schemas['BulkResult'];
export type WhyLeft = NonNullable<BulkResult['cases'][number]['why']>;

/** What is to be done with the chosen cases. */
export type BulkAction = { kind: 'assign'; operatorId: string | null } | { kind: 'withdraw'; reason: string };

/** What it would do with each of them. */
export const preview = (action: BulkAction, caseIds: readonly string[]): Promise<BulkPreview> => {
  const ids = [...caseIds];
  return action.kind === 'assign'
    ? unwrap(
        api.POST('/api/v1/case-assignments/preview', {
          body: { operatorId: action.operatorId, caseIds: ids },
        }),
      )
    : unwrap(api.POST('/api/v1/case-withdrawals/preview', { body: { caseIds: ids } }));
};

/** Does what the preview said. The same key does it once, however often it is pressed. */
export const carryOut = (action: BulkAction, previewed: BulkPreview, key: string): Promise<BulkResult> => {
  const params = { header: { 'idempotency-key': key } };
  const cases = previewed.cases.map(({ caseId, version }) => ({ caseId, version }));
  return action.kind === 'assign'
    ? unwrap(api.POST('/api/v1/case-assignments', { params, body: { operatorId: action.operatorId, cases } }))
    : unwrap(api.POST('/api/v1/case-withdrawals', { params, body: { reason: action.reason, cases } }));
};
