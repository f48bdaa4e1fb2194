import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type ApiKey = Schemas['ApiKey'];
export type Owner = ApiKey['owner'];

const key = 'api-keys';

/** The keys of an owner, page by page. */
export const keysQuery = (owner: Owner) =>
  infiniteQueryOptions({
    queryKey: [key, owner],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/api-keys', {
          params: { query: { ...filterOf(owner), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** How the API is asked for the keys of an owner. */
export function filterOf(owner: Owner): { mid?: string; institutionId?: string; owner?: 'provider' } {
  if (owner.kind === 'merchant') return { mid: owner.mid };
  return owner.kind === 'institution' ? { institutionId: owner.institutionId } : { owner: 'provider' };
}

export const institutionsQuery = queryOptions({
  queryKey: ['institutions'],
  queryFn: () => unwrap(api.GET('/api/v1/institutions', { params: { query: { limit: 200 } } })),
});

/** A change of keys, after which their list is read anew. */
export function useKeyChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: [key] }),
  });
}

/** A name for one press of a button, so that pressing twice or trying again makes one key. */
export const idempotencyKey = () => ({ 'idempotency-key': crypto.randomUUID() });
