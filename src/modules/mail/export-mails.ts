import type { z } from 'zod';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import { listCaseMails } from './list-case-mails.ts';
import { listUndelivered } from './list-undelivered.ts';
import type { CaseMails, UndeliveredMails } from './mail-schemas.ts';

type Mail = z.input<typeof CaseMails>['mails'][number];
type LogLine = Pick<Mail, 'id' | 'messageId' | 'sha256' | 'state' | 'queuedAt' | 'tries'> & {
  event: Mail['events'][number] | null;
};

/** The delivery log of a case as a file, a line for each event: ids, codes and times, neither recipients nor texts. */
export const caseMailExport: ListExport<OperatorActor, { caseId: string }, LogLine> = {
  action: 'mail.export',
  columns: [
    { heading: { ja: 'メールID', en: 'Mail id' }, cell: ({ id }) => id },
    { heading: { ja: 'Message-ID', en: 'Message-ID' }, cell: ({ messageId }) => messageId },
    { heading: { ja: 'SHA-256', en: 'SHA-256' }, cell: ({ sha256 }) => sha256 ?? '' },
    { heading: { ja: '作成日時', en: 'Queued at' }, cell: ({ queuedAt }) => queuedAt },
    { heading: { ja: '状態', en: 'State' }, cell: ({ state }) => state },
    { heading: { ja: '試行回数', en: 'Tries' }, cell: ({ tries }) => tries },
    { heading: { ja: '記録日時', en: 'Event at' }, cell: ({ event }) => event?.at ?? '' },
    { heading: { ja: '記録', en: 'Event' }, cell: ({ event }) => event?.kind ?? '' },
    { heading: { ja: '応答コード', en: 'Reply' }, cell: ({ event }) => event?.reply ?? '' },
    { heading: { ja: 'メールサーバー', en: 'Mail server' }, cell: ({ event }) => event?.host ?? '' },
  ],
  list: async (db, actor, { caseId }) => {
    const { mails } = await listCaseMails(db, actor, { caseId });
    const data = mails.flatMap(({ events, ...mail }): LogLine[] =>
      events.length === 0 ? [{ ...mail, event: null }] : events.map((event) => ({ ...mail, event })),
    );
    return { data, nextCursor: null };
  },
};

type Undelivered = z.input<typeof UndeliveredMails>['data'][number];

/** The mails that did not arrive as a file: ids, codes and times, neither recipients nor texts. */
export const undeliveredExport: ListExport<OperatorActor, object, Undelivered> = {
  action: 'mail.export',
  columns: [
    { heading: { ja: 'メールID', en: 'Mail id' }, cell: ({ id }) => id },
    { heading: { ja: 'MID', en: 'MID' }, cell: ({ mid }) => mid ?? '' },
    { heading: { ja: 'SID', en: 'SID' }, cell: ({ sid }) => sid ?? '' },
    { heading: { ja: '加盟店名', en: 'Merchant' }, cell: ({ merchantName }) => merchantName ?? '' },
    { heading: { ja: '作成日時', en: 'Queued at' }, cell: ({ queuedAt }) => queuedAt },
    { heading: { ja: '未達の判明日時', en: 'Known since' }, cell: ({ since }) => since },
    { heading: { ja: '記録', en: 'Event' }, cell: ({ kind }) => kind ?? '' },
    { heading: { ja: '応答コード', en: 'Reply' }, cell: ({ reply }) => reply ?? '' },
    { heading: { ja: '案件数', en: 'Cases' }, cell: ({ cases }) => cases },
    { heading: { ja: '回答待ちの案件数', en: 'Cases waiting' }, cell: ({ open }) => open },
    { heading: { ja: '依頼管理番号', en: 'Case numbers' }, cell: ({ caseIds }) => caseIds.join(' ') },
  ],
  list: listUndelivered,
};
