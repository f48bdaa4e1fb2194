import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** The delivery log of a case, for operators. */
export const caseMailsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case-mails', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/mails', { params: { path: { caseId } } })),
  });
