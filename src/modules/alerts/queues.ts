import { findYearsToConfirm } from '#src/modules/calendar/index.ts';
import { findFailedImports } from '#src/modules/imports/index.ts';
import { findAdmins, findOperators } from '#src/modules/people/index.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { failedLetter } from './failed-letter.ts';
import { type MailParts, tellOnce } from './tell-once.ts';
import { yearLetter } from './year-letter.ts';

export type Alerting = { inTransaction: InTransaction; how: MailParts };

/** Looks each minute for what operators are to be told of. */
export const alertQueues = (parts: Alerting): Queue[] => [
  {
    name: 'tell-operators',
    schedule: '* * * * *',
    // What failed once is done a minute later.
    retries: 0,
    retryAfterSeconds: 60,
    work: async () => {
      await tellOfYears(parts);
      await parts.inTransaction((tx) => tellOfFailedImports(tx, parts.how));
    },
  },
];

/** Tells the PSP's admins of each year that is near and whose closing days nobody has confirmed. */
export const tellOfYears = ({ inTransaction, how }: Alerting): Promise<void> =>
  inTransaction(async (tx) => {
    const years = await findYearsToConfirm(tx);
    if (years.length === 0) return;
    const to = await findAdmins(tx, { mid: null, sids: null });
    for (const year of years) {
      const letterFor = yearLetter(year, how.sender);
      await tellOnce(tx, { kind: 'year_not_confirmed', subject: String(year), to, letterFor }, how);
    }
  });

/** Tells operators of each file that could not be taken in to its end; one that goes on and fails again is told of again. */
async function tellOfFailedImports(tx: Tx, how: MailParts): Promise<void> {
  const failed = await findFailedImports(tx);
  if (failed.length === 0) return;
  const to = await findOperators(tx);
  for (const one of failed) {
    const subject = `${one.id} ${one.failedAt.toISOString()}`;
    await tellOnce(tx, { kind: 'import_failed', subject, to, letterFor: failedLetter(one, how.sender) }, how);
  }
}
