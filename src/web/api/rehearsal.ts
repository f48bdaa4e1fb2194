import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';
import { keepProductTime } from './product-time.ts';

export type RehearsalClock = Schemas['RehearsalClock'];
export type ClockDestination = 'one_hour' | 'next_business_morning' | 'one_week' | 'real_time';

/** The clock of a rehearsal; exists in the demo alone. Others may move it meanwhile, so it is looked at again and again. */
export const rehearsalClockQuery = queryOptions({
  queryKey: ['rehearsal-clock'],
  refetchInterval: 30_000,
  queryFn: async (): Promise<RehearsalClock> => {
    const clock = await unwrap(api.GET('/api/v1/rehearsal/clock'));
    keepProductTime(clock.now);
    return clock;
  },
});

/** Moves it; everything that is on the screen may have changed by then. */
export function useMoveClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (to: ClockDestination) => unwrap(api.POST('/api/v1/rehearsal/clock/moves', { body: { to } })),
    onSuccess: (clock) => {
      keepProductTime(clock.now);
      client.setQueryData(rehearsalClockQuery.queryKey, clock);
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'rehearsal-clock' });
    },
  });
}
