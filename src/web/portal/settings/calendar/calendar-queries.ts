import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ClosingPeriod, closingDaysOf } from '#src/domain/closing-days.ts';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type Calendar = Schemas['Calendar'];
export type Institution = Schemas['InstitutionTerms'];

/** Closing days, confirmed years and due rules. */
export const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: () => unwrap(api.GET('/api/v1/calendar')),
});

/** A change of the calendar, after which it is read anew. */
export function useCalendarChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: calendarQuery.queryKey }),
  });
}

/** The days on which the PSP or, if one is named, it or an institution is closed. */
export const periodsOf = (calendar: Calendar, institution: Institution | undefined): ClosingPeriod[] => [
  ...calendar.closingPeriods,
  ...(institution?.closingPeriods ?? []),
];

/** By what the requests of an institution fall due. */
export const closingOf = (calendar: Calendar, institution: Institution | undefined) =>
  closingDaysOf(
    periodsOf(calendar, institution),
    calendar.confirmedYears.map(({ year }) => year),
  );
