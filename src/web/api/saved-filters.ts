import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';

export type SavedFilter = Schemas['SavedFilter'];
export type SavedQuery = SavedFilter['query'];
type Words = { name: string; query: SavedQuery };

/** The filters of the list of cases that the person here keeps for themselves. */
export const savedFiltersQuery = queryOptions({
  queryKey: ['saved-filters'],
  queryFn: () => unwrap(api.GET('/api/v1/saved-filters')),
});

const at = (filterId: string) => ({ path: { filterId } });

export const savedFilterCalls = {
  save: (body: Words) => unwrap(api.POST('/api/v1/saved-filters', { body })),
  change: ({ id, ...body }: Words & { id: string }) =>
    unwrap(api.PUT('/api/v1/saved-filters/{filterId}', { params: at(id), body })),
  remove: (id: string) => unwrap(api.DELETE('/api/v1/saved-filters/{filterId}', { params: at(id) })),
};

/** A change of one's saved filters, after which they are read anew. */
export function useSavedFilterChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: savedFiltersQuery.queryKey }),
  });
}
