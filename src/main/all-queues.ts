import type { Logger } from 'pino';
import { placesOf, replyQueues } from '#src/modules/adapters/index.ts';
import { alertQueues } from '#src/modules/alerts/index.ts';
import { auditQueues } from '#src/modules/audit/index.ts';
import { importQueues } from '#src/modules/imports/index.ts';
import { largestReport, type MailParts, mailQueues, writePersonalMail } from '#src/modules/mail/index.ts';
import { peopleQueues } from '#src/modules/people/index.ts';
import { refreshReminder } from '#src/modules/reminders/index.ts';
import { openPlace, openPrinter, returnQueues } from '#src/modules/returns/index.ts';
import { stepQueues } from '#src/modules/steps/index.ts';
import { openMailbox } from '#src/platform/imap.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import type { Signing } from '#src/platform/signing.ts';
import type { Smtp } from '#src/platform/smtp.ts';
import type { Acting, InTransaction } from '#src/platform/transaction.ts';
import type { Config } from './config.ts';
import { housekeeping } from './housekeeping.ts';

type Parts = {
  config: Config;
  acting: () => Promise<Acting>;
  inTransaction: InTransaction;
  signing: Signing;
  outbound: Outbound;
  smtp: Smtp | undefined;
  /** How mails are written. */
  how: MailParts;
  log: Logger;
};

/** Everything the product does by itself, later and apart from what caused it. */
export const allQueues = ({
  config,
  acting,
  inTransaction,
  signing,
  outbound,
  smtp,
  how,
  log,
}: Parts): Queue[] => [
  ...returnQueues({ acting, place: openPlace(config, outbound), log }),
  ...replyQueues({
    ...{ inTransaction, outbound, printer: openPrinter(), places: placesOf(config), log },
    provider: config.PROVIDER_NAME,
  }),
  ...housekeeping(inTransaction),
  ...importQueues(acting),
  ...stepQueues({ inTransaction, how }),
  ...alertQueues({ inTransaction, how }),
  ...auditQueues({ acting, signing, folder: config.anchorFolder, ...how, log }),
  ...mailQueues({
    inTransaction,
    sender: how.sender,
    from: config.MAIL_FROM,
    refresh: refreshReminder(how.sender),
    log,
    ...(smtp && { smtp }),
    ...(config.REPORT_MAILBOX_URL && {
      mailbox: openMailbox(config.REPORT_MAILBOX_URL, { largest: largestReport }),
    }),
  }),
  ...peopleQueues({
    inTransaction,
    write: writePersonalMail(how),
    invitationHours: config.INVITATION_HOURS,
  }),
];
