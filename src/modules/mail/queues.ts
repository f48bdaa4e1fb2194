import type { Logger } from 'pino';
import { z } from 'zod';
import type { Queue } from '#src/platform/jobs.ts';
import { type Smtp, smtpConnections } from '#src/platform/smtp.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { announceQueue } from './announce-later.ts';
import { announceRequests } from './announce-requests.ts';
import type { Sender } from './letter.ts';
import type { Refresh } from './refresh-letter.ts';
import { giveUpMail, keepMail, sendMail } from './send-mail.ts';
import { sendQueue } from './write-mail.ts';

type Parts = {
  inTransaction: InTransaction;
  sender: Sender;
  /** The address mails come from. */
  from: string;
  /** Unset: mails are kept, and nobody gets them. */
  smtp?: Smtp;
  /** Asked what a mail has to say when it is handed over. */
  refresh?: Refresh;
  log: Logger;
};

/** The jobs that write mails and hand them over. */
export const mailQueues = (parts: Parts): Queue[] => [announcing(parts), sending(parts)];

const AnnounceJob = z.object({ caseId: z.string() });
const SendJob = z.object({ mailId: z.uuid() });

const announcing = ({ inTransaction, sender, smtp, log }: Parts): Queue => ({
  name: announceQueue,
  retries: 20,
  retryAfterSeconds: 5,
  work: async (data) => {
    const { caseId } = AnnounceJob.parse(data);
    const announced = await inTransaction((tx) =>
      announceRequests(tx, { caseId, sender, isKept: smtp === undefined }),
    );
    if (announced.outcome !== 'nobody') return;
    const { mid, sid } = announced;
    log.warn(
      { caseId, mid, sid },
      'no contact is registered for this service, nobody was told of its requests',
    );
  },
  givenUp: async (data) =>
    log.error({ data }, 'requests were not announced, their contacts do not know of them'),
});

/** Three days of tries, as a mail server may be away over a weekend; often enough that mails leave soon after its return. */
const tries = { retries: 2_900, retryAfterSeconds: 10, retryAtMostSeconds: 90 };

const sending = ({ inTransaction, sender, from, smtp, refresh, log }: Parts): Queue => ({
  name: sendQueue,
  ...tries,
  concurrency: smtpConnections,
  work: async (data) => {
    const { mailId } = SendJob.parse(data);
    if (!smtp) return inTransaction((tx) => keepMail(tx, mailId));
    const parts = {
      inTransaction,
      smtp,
      from: { name: sender.providerName, address: from },
      ...(refresh && { refresh }),
    };
    const sent = await sendMail(parts, mailId);
    if (sent.state === 'failed') log.error({ mailId, reason: sent.reason }, 'a mail was refused for good');
  },
  givenUp: async (data) => {
    const { mailId } = SendJob.parse(data);
    await inTransaction((tx) => giveUpMail(tx, mailId));
    log.error({ mailId }, 'a mail was given up, its tries are used up');
  },
});
