import type { Logger } from 'pino';
import { z } from 'zod';
import type { Mailbox } from '#src/platform/imap.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { Smtp } from '#src/platform/smtp.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { announceQueue } from './announce-later.ts';
import { announceRequests } from './announce-requests.ts';
import type { Sender } from './letter.ts';
import { noteVisit, visitQueue } from './note-visit.ts';
import { readMailbox } from './read-mailbox.ts';
import type { Refresh } from './refresh-letter.ts';
import { giveUpMail, keepMail, type Sent, sendMails } from './send-mail.ts';
import { testQueue, writeTestMail } from './send-test-mail.ts';
import { sendQueue } from './store-mail.ts';

type Parts = {
  inTransaction: InTransaction;
  sender: Sender;
  /** The address mails come from. */
  from: string;
  /** Unset: mails are kept, and nobody gets them. */
  smtp?: Smtp;
  /** Asked what a mail has to say when it is handed over. */
  refresh?: Refresh;
  /** Where mails come back to; unset: what comes back is piped in, or not known. */
  mailbox?: Mailbox;
  log: Logger;
};

/** The jobs that write mails, hand them over, and read what comes back. */
export const mailQueues = (parts: Parts): Queue[] => [
  announcing(parts),
  testing(parts),
  sending(parts),
  notingVisits(parts),
  readingReports(parts),
];

const AnnounceJob = z.object({ caseId: z.string() });
const TestJob = z.object({ contactId: z.uuid() });
const SendJob = z.object({ mailId: z.uuid() });
const VisitJob = z.object({
  mailId: z.uuid(),
  userId: z.uuid(),
  mid: z.string().nullable(),
  sids: z.array(z.string()).nullable(),
});

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

const testing = ({ inTransaction, sender, smtp }: Parts): Queue => ({
  name: testQueue,
  retries: 20,
  retryAfterSeconds: 5,
  work: async (data) => {
    const { contactId } = TestJob.parse(data);
    await inTransaction((tx) => writeTestMail(tx, contactId, { sender, isKept: smtp === undefined }));
  },
});

const notingVisits = ({ inTransaction }: Parts): Queue => ({
  name: visitQueue,
  retries: 20,
  retryAfterSeconds: 5,
  work: async (data) => inTransaction((tx) => noteVisit(tx, VisitJob.parse(data))),
});

const readingReports = ({ mailbox, ...parts }: Parts): Queue => ({
  name: 'read-reports',
  schedule: '* * * * *',
  // What failed is read at the next time.
  retries: 0,
  retryAfterSeconds: 60,
  work: async () => void (mailbox && (await readMailbox(mailbox, parts))),
});

/** Three days of tries, as a mail server may be away over a weekend; often enough that mails leave soon after its return. */
const tries = { retries: 2_900, retryAfterSeconds: 10, retryAtMostSeconds: 90 };

/** Enough that taking them in hand costs little for each, few enough that they are sent while they are held. */
const mailsAtOnce = 128;

const sending = (parts: Parts): Queue => ({
  name: sendQueue,
  ...tries,
  work: async (data) => {
    const [error] = await sendAll(parts, [data]);
    if (error) throw error;
  },
  batch: { size: mailsAtOnce, work: (all) => sendAll(parts, all) },
  givenUp: async (data) => {
    const { mailId } = SendJob.parse(data);
    await parts.inTransaction((tx) => giveUpMail(tx, mailId));
    parts.log.error({ mailId }, 'a mail was given up, its tries are used up');
  },
});

/** What went wrong with each, if anything. */
async function sendAll(parts: Parts, jobs: readonly unknown[]): Promise<(Error | undefined)[]> {
  const { inTransaction, sender, from: address, smtp, refresh, log } = parts;
  const mailIds = jobs.map((data) => SendJob.parse(data).mailId);
  if (!smtp) {
    for (const mailId of mailIds) await inTransaction((tx) => keepMail(tx, mailId));
    return [];
  }
  const from = { name: sender.providerName, address };
  const ends = await sendMails({ inTransaction, smtp, from, ...(refresh && { refresh }) }, mailIds);
  for (const [mailId, end] of ends) tellRefused(log, mailId, end);
  return mailIds.map((mailId) => errorOf(ends.get(mailId)));
}

const errorOf = (end: Sent | Error | undefined): Error | undefined =>
  end instanceof Error ? end : undefined;

function tellRefused(log: Logger, mailId: string, end: Sent | Error): void {
  if (end instanceof Error || end.state !== 'failed') return;
  log.error({ mailId, reason: end.reason }, 'a mail was refused for good');
}
