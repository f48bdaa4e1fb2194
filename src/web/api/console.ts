import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** What waits for an operator. */
export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: () => unwrap(api.GET('/api/v1/inbox')),
  refetchOnWindowFocus: true,
});

/** The operators who can look after cases. */
export const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: () => unwrap(api.GET('/api/v1/operators')),
});

/** What operators noted about a case. */
export const caseNotesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case-notes', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/notes', { params: { path: { caseId } } })),
  });
