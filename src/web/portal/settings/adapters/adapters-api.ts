import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type Adapter = Schemas['Adapter'];
export type AdapterMessage = Schemas['AdapterMessage'];
export type Settings = Adapter['settings'];
export type Kind = Adapter['kind'];

export const adaptersQuery = queryOptions({
  queryKey: ['adapters'],
  queryFn: () => unwrap(api.GET('/api/v1/adapters')),
});

export const institutionsQuery = queryOptions({
  queryKey: ['institutions'],
  queryFn: () => unwrap(api.GET('/api/v1/institutions')),
});

export const messagesQuery = (outcome: AdapterMessage['outcome'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['adapters', 'messages', outcome ?? ''],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/adapter-messages', {
          params: {
            query: { limit: 20, ...(outcome && { outcome }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** Does something to adapters, and has all that is shown of them read anew. */
export function useAdapterChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['adapters'] }),
  });
}

const of = (adapterId: string) => ({ params: { path: { adapterId } } });

export const adapterCalls = {
  add: (body: Schemas['NewAdapterInput']) => unwrap(api.POST('/api/v1/adapters', { body })),
  change: (adapterId: string, body: Schemas['AdapterSettingsInput']) =>
    unwrap(api.PUT('/api/v1/adapters/{adapterId}', { ...of(adapterId), body })),
  replaceSecret: (adapterId: string, secret: string) =>
    unwrap(
      api.POST('/api/v1/adapters/{adapterId}/secrets', {
        ...of(adapterId),
        body: { secret, overlapHours: 24 },
      }),
    ),
  changeOutlet: (adapterId: string, body: Schemas['OutletInput']) =>
    unwrap(api.PUT('/api/v1/adapters/{adapterId}/outlet', { ...of(adapterId), body })),
  tryOutlet: (adapterId: string) =>
    unwrap(api.POST('/api/v1/adapters/{adapterId}/outlet/trials', of(adapterId))),
  try: (adapterId: string, message: string, settings: Settings) =>
    unwrap(
      api.POST('/api/v1/adapters/{adapterId}/trials', { ...of(adapterId), body: { message, settings } }),
    ),
  runAgain: (messageId: string) =>
    unwrap(api.POST('/api/v1/adapter-messages/{messageId}/runs', { params: { path: { messageId } } })),
};
