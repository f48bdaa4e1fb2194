import type { Logger } from 'pino';
import { isBusinessDay } from '#src/domain/business-days.ts';
import { UnconfirmedYearError } from '#src/domain/closing-days.ts';
import type { Day } from '#src/domain/days.ts';
import { lastTimeOf } from '#src/domain/return-files.ts';
import { readClosingDays } from '#src/modules/calendar/index.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { makeFiles } from './make-files.ts';
import type { Place } from './place.ts';
import { returnQueue } from './return-queue.ts';
import { writeFiles } from './write-files.ts';

type Parts = { acting: () => Promise<Acting>; place: Place; log: Logger };

/** The job that makes files whose time has come, and writes all that are not written: each minute, and when somebody asks. */
export const returnQueues = ({ acting, place, log }: Parts): Queue[] => [
  {
    name: returnQueue,
    schedule: '* * * * *',
    retries: 3,
    retryAfterSeconds: 10,
    work: async () => {
      const ways = await acting();
      await makeDueFiles(ways, new Date());
      await writeFiles({ ...ways, place, log });
    },
  },
];

/** Makes the files of every channel that a time of its schedule has come for since it was last looked at. */
export async function makeDueFiles({ inTransaction, reading }: Acting, now: Date): Promise<void> {
  const channels = await reading((db) =>
    db
      .selectFrom('return_channels')
      .select(['institution_id as institutionId', 'times', 'done_until as doneUntil'])
      .where('is_on', '=', true)
      .orderBy('institution_id')
      .execute(),
  );
  for (const { institutionId, times, doneUntil } of channels) {
    const closing = await reading((db) => readClosingDays(db, institutionId));
    const time = lastTimeOf(times, now, (day) => isOpenOn(day, closing));
    if (!time || time <= doneUntil) continue;
    await makeFiles(inTransaction, institutionId);
    await inTransaction((tx) =>
      tx
        .updateTable('return_channels')
        .set({ done_until: time })
        .where('institution_id', '=', institutionId)
        .where('done_until', '<', time)
        .execute(),
    );
  }
}

/** A year whose closing days nobody has confirmed holds no answer back: there weekends and holidays count alone. */
function isOpenOn(day: Day, closing: Awaited<ReturnType<typeof readClosingDays>>): boolean {
  try {
    return isBusinessDay(day, closing);
  } catch (error) {
    if (error instanceof UnconfirmedYearError) return isBusinessDay(day);
    throw error;
  }
}
