import { z } from 'zod';
import type { MailParts } from '#src/modules/mail/index.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { tellQueue } from './tell-of.ts';
import { tellStep } from './tell-step.ts';

const TellJob = z.object({ caseId: z.string(), sequence: z.number().int() });

/** The job that writes the mails of a step. */
export const stepQueues = ({
  inTransaction,
  how,
}: {
  inTransaction: InTransaction;
  how: MailParts;
}): Queue[] => [
  {
    name: tellQueue,
    retries: 20,
    retryAfterSeconds: 5,
    work: (data) => inTransaction((tx) => tellStep(tx, { ...TellJob.parse(data), ...how })),
  },
];
