import { Readable } from 'node:stream';
import { type AuditAction, auditActions } from '#src/domain/audit-actions.ts';
import type { Locale } from '#src/domain/text.ts';
import { csvLine, csvStart } from '#src/platform/csv.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { type Filter, listEntries, type Reader } from './list-entries.ts';

type Row = Awaited<ReturnType<typeof listEntries>>['data'][number];

const pageSize = 1_000;

const columns: readonly { heading: Record<Locale, string>; cell: (row: Row, locale: Locale) => string }[] = [
  { heading: { ja: '連番', en: 'Number' }, cell: ({ sequence }) => String(sequence) },
  { heading: { ja: '日時(UTC)', en: 'Time (UTC)' }, cell: ({ at }) => at },
  { heading: { ja: '操作', en: 'Action' }, cell: ({ action }, locale) => labelOf(action, locale) },
  { heading: { ja: '操作コード', en: 'Action code' }, cell: ({ action }) => action },
  { heading: { ja: '操作者区分', en: 'Kind of actor' }, cell: ({ actor }) => actor.kind },
  { heading: { ja: '操作者ID', en: 'Id of actor' }, cell: ({ actor }) => actor.id ?? '' },
  { heading: { ja: 'ユーザーID', en: 'User id' }, cell: ({ actor }) => actor.loginId ?? '' },
  { heading: { ja: '操作者名', en: 'Name of actor' }, cell: ({ actor }) => actor.name ?? '' },
  { heading: { ja: '所属', en: 'Belongs to' }, cell: ({ actor }) => actor.tenant ?? '' },
  { heading: { ja: '権限', en: 'Right' }, cell: ({ right }) => right ?? '' },
  { heading: { ja: '対象', en: 'Subjects' }, cell: ({ subjects }) => subjects.join(' ') },
  { heading: { ja: '詳細', en: 'Details' }, cell: ({ details }) => JSON.stringify(details) },
  { heading: { ja: 'ネットワーク', en: 'Network' }, cell: ({ origin }) => origin ?? '' },
  { heading: { ja: 'リクエストID', en: 'Request id' }, cell: ({ requestId }) => requestId ?? '' },
  { heading: { ja: '直前のハッシュ', en: 'Previous hash' }, cell: ({ previousHash }) => previousHash },
  { heading: { ja: 'ハッシュ', en: 'Hash' }, cell: ({ hash }) => hash },
];

/** What an action is called; one that this release does not know keeps its code. */
const labelOf = (action: string, locale: Locale): string =>
  action in auditActions ? auditActions[action as AuditAction][locale] : action;

/** The entries of a filter as a CSV file, page by page; recorded before the first line leaves. */
export async function exportEntries(
  { inTransaction, reading }: Acting,
  actor: Reader,
  filter: Filter,
  locale: Locale,
): Promise<Readable> {
  await inTransaction(async (tx) => tx.record('audit.export', [], { filters: namesOf(filter) }));
  return Readable.from(lines({ reading }, actor, filter, locale));
}

/** Which filters were used; what was looked for may be a name and stays out. */
const namesOf = (filter: Filter): string =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .join(' ');

async function* lines(
  { reading }: Pick<Acting, 'reading'>,
  actor: Reader,
  filter: Filter,
  locale: Locale,
): AsyncGenerator<string> {
  yield `${csvStart}${csvLine(columns.map(({ heading }) => heading[locale]))}`;
  let cursor: string | undefined;
  do {
    const page = await reading((db) => listEntries(db, actor, { ...filter, limit: pageSize, cursor }));
    yield page.data.map((row) => csvLine(columns.map(({ cell }) => cell(row, locale)))).join('');
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
