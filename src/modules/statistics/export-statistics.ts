import type { z } from 'zod';
import { type NotificationCode, notificationTypes } from '#src/domain/notification-types.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Column, ListExport } from '#src/platform/exports/list-export.ts';
import { listParts, listWeeks } from './get-statistics.ts';
import type { PartFigures, SplitFilter, StatisticsFilter, WeekFigures } from './statistics-schemas.ts';

type Week = z.input<typeof WeekFigures>;
type Part = z.input<typeof PartFigures>;

const figures: readonly Column<Week | Part>[] = [
  { heading: { ja: '依頼件数', en: 'Requests' }, cell: ({ requested }) => requested },
  { heading: { ja: '期限内回答', en: 'Answered in time' }, cell: ({ answeredInTime }) => answeredInTime },
  { heading: { ja: '期限後回答', en: 'Answered late' }, cell: ({ answeredLate }) => answeredLate },
  { heading: { ja: '期限超過クローズ', en: 'Closed without an answer' }, cell: ({ expired }) => expired },
  {
    heading: { ja: '期限内回答率(%)', en: 'Share in time (%)' },
    cell: ({ shareInTime }) => (shareInTime === null ? '' : Math.round(shareInTime * 1000) / 10),
  },
  {
    heading: { ja: '回答までの時間・中央値(時間)', en: 'Time to answer, median (hours)' },
    cell: ({ medianHours }) => medianHours ?? '',
  },
  {
    heading: { ja: '回答までの時間・90パーセンタイル(時間)', en: 'Time to answer, 90th percentile (hours)' },
    cell: ({ p90Hours }) => p90Hours ?? '',
  },
];

/** The figures week by week as a file. */
export const weekExport: ListExport<OperatorActor, z.output<typeof StatisticsFilter>, Week> = {
  action: 'statistics.export',
  columns: [
    { heading: { ja: '週の開始日', en: 'Week of' }, cell: ({ weekStartsOn }) => weekStartsOn },
    ...figures,
  ],
  list: listWeeks,
};

/** The figures by type, institution or merchant as a file. */
export const partExport: ListExport<OperatorActor, z.output<typeof SplitFilter>, Part> = {
  action: 'statistics.export',
  columns: [
    { heading: { ja: 'コード', en: 'Code' }, cell: ({ code }) => code },
    {
      heading: { ja: '名称', en: 'Name' },
      cell: ({ code, name }, locale) =>
        name ?? (code in notificationTypes ? notificationTypes[code as NotificationCode].label[locale] : ''),
    },
    ...figures,
  ],
  list: listParts,
};
