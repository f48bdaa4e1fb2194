import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type ReturnChannel = Schemas['ReturnChannel'];
export type ReturnFile = Schemas['ReturnFile'];
export type ReturnSettings = Schemas['ReturnSettingsInput'];

/** While files are on their way the page looks again by itself. */
const lookAgainMs = 5000;

export const channelsQuery = queryOptions({
  queryKey: ['returns'],
  queryFn: () => unwrap(api.GET('/api/v1/return-channels')),
  refetchInterval: ({ state }) => (state.data?.data.some(({ waiting }) => waiting > 0) ? lookAgainMs : false),
});

export const filesQuery = infiniteQueryOptions({
  queryKey: ['returns', 'files'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    unwrap(
      api.GET('/api/v1/return-files', {
        params: { query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
});

export const setAsideQuery = queryOptions({
  queryKey: ['returns', 'set-aside'],
  queryFn: () => unwrap(api.GET('/api/v1/return-files/set-aside')),
});

/** Does something to the return of answers, and has all that is shown of it read anew. */
export function useReturnChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['returns'] }),
  });
}

const of = (institutionId: string) => ({ path: { institutionId } });

export const returnCalls = {
  change: ({ institutionId, version }: ReturnChannel, body: ReturnSettings) =>
    unwrap(
      api.PUT('/api/v1/return-channels/{institutionId}', {
        params: { ...of(institutionId), header: { 'if-match': `"${version}"` } },
        body,
      }),
    ),
  makeNow: (institutionId: string) =>
    unwrap(api.POST('/api/v1/return-channels/{institutionId}/files', { params: of(institutionId) })),
  takeUpAgain: (institutionId: string) =>
    unwrap(
      api.POST('/api/v1/return-channels/{institutionId}/set-aside/retry', { params: of(institutionId) }),
    ),
  writeAgain: (fileId: string) =>
    unwrap(api.POST('/api/v1/return-files/{fileId}/rewrite', { params: { path: { fileId } } })),
};
