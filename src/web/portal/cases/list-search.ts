import type { paths } from '../../api/schema.d.ts';

/** The filters of the list as its address writes them: the names of the API. */
export type ListSearch = Readonly<Record<string, string | undefined>>;

type Query = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']>;

const names = [
  'status',
  'notificationType',
  'category',
  'mid',
  'sid',
  'due',
  'dueBefore',
  'updatedAfter',
  'assignee',
  'asked',
  'q',
  'sort',
  'cursor',
] as const;

const waiting = 'received,correcting';

/** The statuses a list shows: without a choice those that wait for an answer, so that none of them is hidden. */
export const statusOf = (search: ListSearch): string => search.status ?? waiting;

/** What the API is asked for. */
export function toQuery(search: ListSearch): Query {
  const chosen = names.map((name) => [name, name === 'status' ? statusOf(search) : search[name]] as const);
  return Object.fromEntries(chosen.filter(([, value]) => value !== undefined && value !== '')) as Query;
}

/** The address of the file with the same cases. */
export function fileAddress(search: ListSearch, format: 'csv' | 'xlsx'): string {
  const { cursor: _, ...query } = toQuery(search) as Record<string, string>;
  return `/api/v1/cases.${format}?${new URLSearchParams(query)}`;
}

/** A change of the filters; it leads back to the first page. */
export const changed = (search: ListSearch, change: ListSearch): Record<string, string | undefined> => ({
  ...search,
  cursor: undefined,
  ...change,
});
