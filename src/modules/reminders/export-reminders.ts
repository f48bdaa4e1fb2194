import type { z } from 'zod';
import { showStep } from '#src/domain/reminder-ladder.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import { listCaseReminders } from './list-case-reminders.ts';
import type { CaseReminders } from './reminder-schemas.ts';

type Row = z.input<typeof CaseReminders>['sent'][number];

const outcomes = {
  sent: { ja: '送信', en: 'Sent' },
  covered: { ja: '後の段階で通知', en: 'Told by a later step' },
  dropped: { ja: '送信前に回答待ちでなくなった', en: 'No longer waiting' },
} as const;

/** The history of a case's reminders as a file: when, of which step, to how many of whom. */
export const reminderExport: ListExport<Actor, { caseId: string }, Row> = {
  action: 'reminders.export',
  columns: [
    { heading: { ja: '送信日時', en: 'Sent at' }, cell: ({ at }) => at },
    { heading: { ja: '回答期限', en: 'Due at' }, cell: ({ dueAt }) => dueAt },
    { heading: { ja: '段階', en: 'Step' }, cell: ({ step }, locale) => showStep(step)[locale] },
    { heading: { ja: '結果', en: 'Outcome' }, cell: ({ outcome }, locale) => outcomes[outcome][locale] },
    { heading: { ja: '連絡先', en: 'Contacts' }, cell: ({ contacts }) => contacts },
    {
      heading: { ja: '加盟店の管理者', en: 'Merchant admins' },
      cell: ({ merchantAdmins }) => merchantAdmins,
    },
    { heading: { ja: 'PSP担当者', en: 'Operators' }, cell: ({ operators }) => operators },
  ],
  list: async (db, actor, { caseId }) => ({
    data: (await listCaseReminders(db, actor, { caseId })).sent,
    nextCursor: null,
  }),
};
