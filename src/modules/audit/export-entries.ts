import { type AuditAction, auditActions } from '#src/domain/audit-actions.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Column, ListExport } from '#src/platform/exports/list-export.ts';
import { type Filter, listEntries, type Reader } from './list-entries.ts';

type Row = Awaited<ReturnType<typeof listEntries>>['data'][number];

const columns: readonly Column<Row>[] = [
  { heading: { ja: '連番', en: 'Number' }, cell: ({ sequence }) => sequence },
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

/** The entries of a filter as a file. */
export const auditExport: ListExport<Reader, Filter, Row> = {
  action: 'audit.export',
  columns,
  list: (db, actor, filter) => listEntries(db, actor, filter),
};
