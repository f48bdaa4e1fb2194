import type { Logger } from 'pino';
import type { MailParts } from '#src/modules/mail/index.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { type Run, runReminders } from './run-reminders.ts';
import { watchClock } from './watch-clock.ts';

type Parts = { inTransaction: InTransaction; how: MailParts; log: Logger };

/** Sends what is due each minute, and whenever a rehearsal has moved the product's time. */
export function openReminders({ inTransaction, how, log }: Parts): {
  run: () => Promise<Run>;
  queues: Queue[];
} {
  const watch = watchClock();
  const run = async (): Promise<Run> => {
    const done = await runReminders({ inTransaction, watch, how });
    if (done.outcome === 'held')
      log.warn('reminders are held since the clock jumped, see the page of reminders');
    return done;
  };
  const work = async (): Promise<void> => void (await run());
  // What failed once is done a minute later.
  const queues = [{ name: 'remind', schedule: '* * * * *', retries: 0, retryAfterSeconds: 60, work }];
  return { run, queues };
}
