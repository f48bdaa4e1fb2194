import type { z } from 'zod';
import { type EventType, eventTypes } from '#src/domain/event-types.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import type { WebhookDelivery } from './endpoint-schemas.ts';
import { listDeliveries } from './find-deliveries.ts';

type Row = z.input<typeof WebhookDelivery>;
type Filter = { endpointId: string; state?: Row['state'] | undefined };

const states = {
  pending: { ja: '送信待ち', en: 'Waiting' },
  delivered: { ja: '送信済み', en: 'Delivered' },
  dead: { ja: '送信できず', en: 'Given up' },
} as const;

/** The deliveries of a webhook endpoint as a file. */
export const deliveryExport: ListExport<Actor, Filter, Row> = {
  action: 'webhook.export',
  columns: [
    { heading: { ja: '発生日時', en: 'Happened' }, cell: ({ createdAt }) => createdAt },
    { heading: { ja: 'イベント', en: 'Event' }, cell: ({ type }) => type },
    {
      heading: { ja: 'イベント名', en: 'What happened' },
      cell: ({ type }, locale) => eventTypes[type as EventType]?.[locale] ?? '',
    },
    { heading: { ja: 'イベントID', en: 'Event id' }, cell: ({ eventId }) => eventId ?? '' },
    { heading: { ja: '依頼管理番号', en: 'Case number' }, cell: ({ caseId }) => caseId ?? '' },
    { heading: { ja: '状態', en: 'State' }, cell: ({ state }, locale) => states[state][locale] },
    { heading: { ja: '試行回数', en: 'Tries' }, cell: ({ tries }) => tries },
    { heading: { ja: '最後の応答', en: 'Last status' }, cell: ({ lastStatus }) => lastStatus ?? '' },
    { heading: { ja: '最後の理由', en: 'Last reason' }, cell: ({ lastReason }) => lastReason ?? '' },
  ],
  list: listDeliveries,
};
