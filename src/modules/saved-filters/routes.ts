import { z } from 'zod';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { listFilters } from './list-filters.ts';
import { changeFilter, removeFilter, saveFilter } from './save-filter.ts';
import { FilterWords, SavedFilter, SavedFilters } from './saved-filter-schemas.ts';

const tag = 'Saved filters';
const access = { kinds: ['merchant', 'operator'], right: 'read_cases' } as const;
const params = z.object({ filterId: z.uuid() });

/** The filters of the list of cases that people keep for themselves. */
export const savedFilterEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/saved-filters',
    summary: 'List one’s own saved filters of the list of cases',
    ...{ tag, access },
    status: 200,
    reply: SavedFilters,
    refusals: [],
    read: listFilters,
  }),
  endpoint({
    method: 'POST',
    path: '/saved-filters',
    summary: 'Keep a filter of the list of cases for oneself',
    description: 'For people; keys keep none. What is searched for is not kept.',
    ...{ tag, access },
    body: FilterWords,
    status: 201,
    reply: SavedFilter,
    idempotent: true,
    refusals: [
      'invalid_request',
      'filter_exists',
      'too_many_filters',
      'idempotency_key_reused',
      'cross_site',
    ],
    change: saveFilter,
  }),
  endpoint({
    method: 'PUT',
    path: '/saved-filters/:filterId',
    summary: 'Rename a saved filter, or keep another query under it',
    ...{ tag, access, params },
    body: FilterWords,
    status: 200,
    reply: SavedFilter,
    refusals: ['invalid_request', 'not_found', 'filter_exists', 'cross_site'],
    change: changeFilter,
  }),
  endpoint({
    method: 'DELETE',
    path: '/saved-filters/:filterId',
    summary: 'Remove a saved filter',
    ...{ tag, access, params },
    status: 204,
    refusals: ['invalid_request', 'not_found', 'cross_site'],
    change: removeFilter,
  }),
];
