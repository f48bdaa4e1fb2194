import { queryOptions } from '@tanstack/react-query';
import type { Locale } from '#src/domain/text.ts';
import { api, unwrap } from './client.ts';

/** A case, whole. */
export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}', { params: { path: { caseId } } })),
  });

/** The same exactly as its merchant is told of it, for operators. */
export const caseAsMerchantQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'as-merchant'],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/as-merchant', { params: { path: { caseId } } })),
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

/**
 * The same for the check page. It is read anew for each version and in each language, because what is shown is what will be
 * registered, and never stands in for another while that is on its way.
 */
export const checkQuery = (caseId: string, version: string | undefined, locale: Locale) =>
  queryOptions({ ...answerFormQuery(caseId), queryKey: ['check', caseId, version ?? '', locale] });
