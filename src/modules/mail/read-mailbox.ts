import type { Logger } from 'pino';
import type { Mailbox } from '#src/platform/imap.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { noteReport } from './note-report.ts';
import { type MailReport, readReport } from './read-report.ts';

type Parts = { inTransaction: InTransaction; log: Logger };

/** Notes every report in a mailbox that is new there, each in a transaction of its own. Returns how many were about mails of ours. */
export async function readMailbox(mailbox: Mailbox, { inTransaction, log }: Parts): Promise<number> {
  let noted = 0;
  await mailbox.readNew(async (source) => {
    const report = source && (await reportOf(source, log));
    if (report && (await inTransaction((tx) => noteReport(tx, report)))) noted += 1;
  });
  return noted;
}

/** A mail that cannot be read at all is none of ours, and must not keep us from those after it. */
async function reportOf(source: Buffer, log: Logger): Promise<MailReport | undefined> {
  try {
    return await readReport(source);
  } catch {
    // Without the error: it may quote the mail.
    log.warn({ bytes: source.length }, 'a mail in the mailbox of reports cannot be read');
    return undefined;
  }
}
