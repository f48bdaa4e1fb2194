import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { partExport, weekExport } from './export-statistics.ts';
import { getStatistics } from './get-statistics.ts';
import { SplitFilter, Statistics, StatisticsFilter } from './statistics-schemas.ts';

const tag = 'Statistics';
const access = { kinds: ['operator'], right: 'read_cases' } as const;

/** The figures of the operators' plots, and the same as files. */
export const statisticsEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/statistics',
    summary: 'Count requests, time to answer and the share answered in time, by week and by part',
    description:
      'Weeks begin on Monday in Japan, by the product’s time. The running week is counted as far as it is.',
    ...{ tag, access },
    query: SplitFilter,
    status: 200,
    reply: Statistics,
    refusals: ['invalid_request'],
    read: getStatistics,
  }),
  ...exportEndpoints({
    path: '/statistics/weeks',
    name: 'statistics-by-week',
    summary: 'The figures week by week as a file',
    ...{ tag, access },
    query: StatisticsFilter,
    shape: weekExport,
  }),
  ...exportEndpoints({
    path: '/statistics/parts',
    name: 'statistics',
    summary: 'The figures by type, institution or merchant as a file',
    ...{ tag, access },
    query: SplitFilter,
    shape: partExport,
  }),
];
