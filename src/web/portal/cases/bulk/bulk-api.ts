import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type BulkPreview = Schemas['BulkPreview'];
export type BulkResult = Schemas['BulkResult'];
export type WhyLeft = NonNullable<BulkResult['cases'][number]['why']>;

/** What is to be done with the chosen cases; nobody looks after them when the operator is null. */
export type BulkAction =
  | { kind: 'assign'; operator: { id: string; name: string } | null }
  | { kind: 'withdraw'; reason: string };

/** The key of what changes cases, as long as it runs. */
export const carryingOut = ['bulk'] as const;

const operatorIdOf = ({ operator }: BulkAction & { kind: 'assign' }): string | null => operator?.id ?? null;

/** What it would do with each of them. */
export const preview = (action: BulkAction, caseIds: readonly string[]): Promise<BulkPreview> => {
  const ids = [...caseIds];
  return action.kind === 'assign'
    ? unwrap(
        api.POST('/api/v1/case-assignments/preview', {
          body: { operatorId: operatorIdOf(action), caseIds: ids },
        }),
      )
    : unwrap(api.POST('/api/v1/case-withdrawals/preview', { body: { caseIds: ids } }));
};

/** Does what the preview said. The same key does it once, however often it is pressed. */
export const carryOut = (action: BulkAction, previewed: BulkPreview, key: string): Promise<BulkResult> => {
  const params = { header: { 'idempotency-key': key } };
  const cases = previewed.cases.map(({ caseId, version }) => ({ caseId, version }));
  return action.kind === 'assign'
    ? unwrap(
        api.POST('/api/v1/case-assignments', { params, body: { operatorId: operatorIdOf(action), cases } }),
      )
    : unwrap(api.POST('/api/v1/case-withdrawals', { params, body: { reason: action.reason, cases } }));
};
