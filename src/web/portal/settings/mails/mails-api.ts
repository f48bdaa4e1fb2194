import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';
import { inboxQuery } from '../../../api/console.ts';

export type UndeliveredMail = Schemas['UndeliveredMails']['data'][number];
export type SendingResult = Schemas['SentAgain']['results'][number];

/** So many are dealt with at once; the API takes no more. */
export const mostMailsAtOnce = 200;

export const undeliveredQuery = infiniteQueryOptions({
  queryKey: ['undelivered-mails'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    unwrap(
      api.GET('/api/v1/mails/undelivered', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
});

/** Does something with chosen mails, and has what waits read anew. */
export function useMailChange<Result>(change: (mailIds: string[]) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: undeliveredQuery.queryKey }),
        client.invalidateQueries({ queryKey: inboxQuery.queryKey }),
      ]),
  });
}

export const mailCalls = {
  sendAgain: (mailIds: string[]) =>
    unwrap(api.POST('/api/v1/mails/undelivered/sendings', { body: { mailIds } })),
  settle: (mailIds: string[]) =>
    unwrap(api.POST('/api/v1/mails/undelivered/settlements', { body: { mailIds } })),
};
