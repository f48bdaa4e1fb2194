import { QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem-error.ts';

/** Reads are tried again when the server could not be reached; what it refuses, it would refuse again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && isProblem(error, 'offline', 'unavailable', 'busy'),
      staleTime: 5_000,
    },
    mutations: { retry: false },
  },
});
