import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** How long the personal data of a case is kept, for operators. */
export const caseRetentionQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case-retention', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/retention', { params: { path: { caseId } } })),
  });

/** What is kept for how long, due to be erased, and held. */
export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: () => unwrap(api.GET('/api/v1/retention')),
});
