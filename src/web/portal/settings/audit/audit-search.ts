import type { paths } from '../../../api/schema.d.ts';

/** The filters of the trail as its address writes them: the names of the API. */
export type AuditSearch = Readonly<Record<string, string | undefined>>;

type Query = NonNullable<paths['/api/v1/audit-entries']['get']['parameters']['query']>;

export const filterNames = ['from', 'to', 'action', 'actor', 'subject', 'tenant'] as const;

/** What the API is asked for. */
export const toQuery = (search: AuditSearch): Query => chosen(search, [...filterNames, 'cursor']);

/** The same for the file, which has no pages. */
export const toFileQuery = (search: AuditSearch): Query => chosen(search, filterNames);

function chosen(search: AuditSearch, names: readonly string[]): Query {
  const values = names.map((name) => [name, search[name]]).filter(([, value]) => value);
  return Object.fromEntries(values) as Query;
}

/** The address of the same entries as a workbook. */
export const xlsxAddress = (search: AuditSearch): string =>
  `/api/v1/audit-entries.xlsx?${new URLSearchParams(toFileQuery(search) as Record<string, string>)}`;
