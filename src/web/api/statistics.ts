import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';

export type Statistics = Schemas['Statistics'];
/** The figures of a week, of a part, or of all. */
export type Figures = Statistics['total'];
export type StatisticsSearch = Readonly<Record<string, string | undefined>>;

/** The figures of a period. The address's search is what the API reads. */
export const statisticsQuery = (search: StatisticsSearch) =>
  queryOptions({
    queryKey: ['statistics', search],
    queryFn: () => unwrap(api.GET('/api/v1/statistics', { params: { query: search as object } })),
    placeholderData: keepPreviousData,
  });
