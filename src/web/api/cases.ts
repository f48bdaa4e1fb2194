import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** A case, whole. */
export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}', { params: { path: { caseId } } })),
  });

/** What a case asks for, with its payment and the draft so far. */
export const answerFormQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['answer-form', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/answer-form', { params: { path: { caseId } } })),
    // The form holds what was typed since; a newer draft is looked for apart.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
