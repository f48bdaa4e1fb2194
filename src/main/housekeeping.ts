import { eraseOldMessages } from '#src/modules/adapters/index.ts';
import { expireCases, foldCounts } from '#src/modules/cases/index.ts';
import { forgetOldGuesses } from '#src/modules/people/index.ts';
import { eraseDue } from '#src/modules/retention/index.ts';
import { forgetOldKeys } from '#src/platform/idempotency.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction } from '#src/platform/transaction.ts';

/** What is done by the clock. */
export function housekeeping(inTransaction: InTransaction): Queue[] {
  // What failed once is done at the next time.
  const tries = { retries: 0, retryAfterSeconds: 60 };
  return [
    { name: 'expire-cases', schedule: '5 * * * *', ...tries, work: () => expireCases(inTransaction) },
    {
      name: 'erase-adapter-messages',
      schedule: '10 3 * * *',
      ...tries,
      work: () => eraseOldMessages(inTransaction),
    },
    { name: 'fold-counts', schedule: '*/5 * * * *', ...tries, work: () => inTransaction(foldCounts) },
    { name: 'forget-old-keys', schedule: '30 4 * * *', ...tries, work: () => inTransaction(forgetOldKeys) },
    {
      name: 'forget-old-guesses',
      schedule: '40 4 * * *',
      ...tries,
      work: () => inTransaction(forgetOldGuesses),
    },
    {
      name: 'erase-due',
      schedule: '0 3 * * *',
      ...tries,
      work: async () => void (await eraseDue(inTransaction)),
    },
  ];
}
