import { queryOptions } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';

export type OperationsState = Schemas['OperationsState'];

// A page that is left open asks on; that keeps nobody logged in.
const headers = { 'x-background': '1' };

/** Whether the queued work is done, asked every ten seconds as long as the page is seen. */
export const workerQuery = queryOptions({
  queryKey: ['worker'],
  queryFn: () => unwrap(api.GET('/api/v1/operations/worker', { headers })),
  refetchInterval: 10_000,
  retry: false,
});

/** How the product runs. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: () => unwrap(api.GET('/api/v1/operations', { headers })),
  refetchInterval: 10_000,
});
