import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import type { AdapterMessage, outcomes } from './adapter-schemas.ts';
import { listMessages } from './find-messages.ts';

type Row = z.input<typeof AdapterMessage>;
type Outcome = (typeof outcomes)[number];

const outcomeWords: Record<Outcome, { ja: string; en: string }> = {
  created: { ja: '受付', en: 'Taken in' },
  known: { ja: '受付済み', en: 'Known already' },
  ended: { ja: '照会の終了', en: 'Ended' },
  refused: { ja: '取込不可', en: 'Refused' },
};

/** What providers sent, as a file: ids, codes and times, and nothing of what stood in it. */
export const messageExport: ListExport<
  Actor,
  { adapterId?: string | undefined; outcome?: Outcome | undefined },
  Row
> = {
  action: 'adapter.export',
  columns: [
    { heading: { ja: '受信日時', en: 'Received at' }, cell: ({ receivedAt }) => receivedAt },
    { heading: { ja: '接続', en: 'Adapter' }, cell: ({ adapterName }) => adapterName },
    { heading: { ja: '決済機関ID', en: 'Institution id' }, cell: ({ institutionId }) => institutionId },
    { heading: { ja: '通知のID', en: 'Message' }, cell: ({ eventKey }) => eventKey ?? '' },
    { heading: { ja: '照会番号', en: 'Reference' }, cell: ({ reference }) => reference ?? '' },
    { heading: { ja: '結果', en: 'Outcome' }, cell: ({ outcome }, locale) => outcomeWords[outcome][locale] },
    {
      heading: { ja: '理由コード', en: 'Reasons' },
      cell: ({ errors }) => errors.map(({ code }) => code).join(' '),
    },
    { heading: { ja: '依頼管理番号', en: 'Case number' }, cell: ({ caseId }) => caseId ?? '' },
    { heading: { ja: '受信回数', en: 'Times' }, cell: ({ times }) => times },
  ],
  list: listMessages,
};
