import { caseStatuses } from '#src/domain/case-life.ts';
import { categories } from '#src/domain/categories.ts';
import { decimalsOf } from '#src/domain/money.ts';
import { notificationTypes } from '#src/domain/notification-types.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Column, ListExport } from '#src/platform/exports/list-export.ts';
import { type Filter, listCases } from './list-cases.ts';

type Row = Awaited<ReturnType<typeof listCases>>['data'][number];

/** The columns of the file, with their headings; the names of the API stay out of it. */
const columns: readonly Column<Row>[] = [
  { heading: { ja: '依頼管理番号', en: 'Case number' }, cell: ({ id }) => id },
  { heading: { ja: 'MID-SID', en: 'MID-SID' }, cell: ({ mid, sid }) => `${mid}-${sid}` },
  { heading: { ja: 'サービス名', en: 'Service' }, cell: ({ serviceName }) => serviceName },
  {
    heading: { ja: '依頼カテゴリ', en: 'Category' },
    cell: ({ category }, locale) => categories[category].label[locale],
  },
  {
    heading: { ja: '通知種別', en: 'Notification type' },
    cell: ({ notificationType }, locale) => notificationTypes[notificationType].label[locale],
  },
  { heading: { ja: '依頼日', en: 'Requested at' }, cell: ({ requestedAt }) => requestedAt },
  { heading: { ja: '回答期限', en: 'Due at' }, cell: ({ dueAt }) => dueAt },
  { heading: { ja: '回答日', en: 'Answered at' }, cell: ({ answeredAt }) => answeredAt ?? '' },
  {
    heading: { ja: '期限後回答', en: 'Answered late' },
    cell: ({ answeredLate }, locale) => (answeredLate ? late[locale] : ''),
  },
  { heading: { ja: '決済手段', en: 'Payment method' }, cell: ({ paymentMethod }) => paymentMethod },
  {
    heading: { ja: '請求金額', en: 'Amount' },
    cell: ({ amount }) => plainAmount(amount.value, amount.currency),
  },
  { heading: { ja: '通貨', en: 'Currency' }, cell: ({ amount }) => amount.currency },
  { heading: { ja: 'ステータス', en: 'Status' }, cell: ({ status }, locale) => caseStatuses[status][locale] },
];

const late: Record<Locale, string> = { ja: '期限後', en: 'late' };

const plainAmount = (value: number, currency: string): string =>
  (value / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));

/** The cases of a filter as a file. */
export const caseExport: ListExport<Actor, Filter, Row> = {
  action: 'case.export',
  columns,
  list: (db, actor, filter) => listCases(db, actor, filter),
};
