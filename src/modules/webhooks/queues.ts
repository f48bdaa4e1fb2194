import { sql } from 'kysely';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { findDue } from './claim-deliveries.ts';
import { spreadQueue } from './note-event.ts';
import type { Postman } from './postman.ts';
import { sendQueue } from './send-queue.ts';
import { spreadEvents } from './spread-events.ts';

type Parts = { inTransaction: InTransaction; postman: Postman; clock: () => Date };

/** The jobs that place events in the feed, and have due webhooks sent: at once what is new, each minute what failed before. */
export const webhookQueues = (parts: Parts): Queue[] => [
  {
    name: spreadQueue,
    schedule: '* * * * *',
    retries: 20,
    retryAfterSeconds: 5,
    work: async () => {
      const woken = await spreadEvents(parts.inTransaction, parts.clock());
      for (const endpointId of woken) parts.postman.wake(endpointId);
    },
  },
  { name: sendQueue, schedule: '* * * * *', retries: 5, retryAfterSeconds: 5, work: () => sendDue(parts) },
  {
    name: 'forget-webhooks',
    schedule: '40 4 * * *',
    retries: 0,
    retryAfterSeconds: 60,
    work: () => forgetDelivered(parts.inTransaction),
  },
];

/** Wakes the postman for every endpoint that something is due for. */
export async function sendDue({ inTransaction, postman, clock }: Parts): Promise<void> {
  const due = await inTransaction((tx) => findDue(tx, clock()));
  for (const endpointId of due) postman.wake(endpointId);
}

const keptDays = 30;
const forgottenAtOnce = 5000;

/** What arrived a month ago is forgotten; what did not arrive is kept until somebody has looked at it. */
async function forgetDelivered(inTransaction: InTransaction): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await inTransaction((tx) =>
      sql`
        delete from webhook_deliveries where id in (
          select id from webhook_deliveries
          where state = 'delivered' and created_at < now() - make_interval(days => ${keptDays}) limit ${forgottenAtOnce})`.execute(
        tx,
      ),
    );
    if (numAffectedRows < BigInt(forgottenAtOnce)) return;
  }
}
