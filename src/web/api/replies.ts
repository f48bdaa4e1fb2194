import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';

export type Reply = Schemas['Reply'];

const lookAgainMs = 10_000;

/** What became of the answers of a case at the provider that asked. */
export const caseRepliesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['replies', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/replies', { params: { path: { caseId } } })),
    refetchOnWindowFocus: true,
    refetchInterval: ({ state: { data } }) =>
      data?.data.some(({ state }) => state === 'waiting') ? lookAgainMs : false,
  });

export const repliesQuery = (state: Reply['state'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['replies', 'all', state ?? ''],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/adapter-replies', {
          params: { query: { limit: 20, ...(state && { state }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

const of = (replyId: string) => ({ params: { path: { replyId } } });

const steps = {
  again: (id: string) => unwrap(api.POST('/api/v1/adapter-replies/{replyId}/sendings', of(id))),
  settle: (id: string) => unwrap(api.POST('/api/v1/adapter-replies/{replyId}/settlement', of(id))),
};

/** Has an answer sent again, or marked as dealt with, and all that is shown of it read anew. */
export function useReplyStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ step, id }: { step: keyof typeof steps; id: string }) => steps[step](id),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['replies'] });
      void client.invalidateQueries({ queryKey: ['inbox'] });
    },
  });
}
