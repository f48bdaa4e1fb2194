import { z } from 'zod';
import { mailEventKinds } from '#src/domain/mail-events.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { instant, mid, sid, caseId } = apiValues;

const MailEvent = z.object({
  at: instant,
  kind: z.enum(mailEventKinds).meta({
    description:
      'handed_over: the mail server took it. not_taken: it is tried again; tries that end alike are one line. failed: no further try is made. bounced, delayed: a later server said so. complained: the recipient called it unwanted. opened: somebody logged in came by its link. sent_again: an operator had it sent once more. settled: an operator saw that nothing more is to be done',
  }),
  reply: z.string().nullable().meta({ description: 'Code of the mail server’s reply, or what was wrong' }),
  host: z.string().nullable().meta({ description: 'The mail server' }),
  by: z.string().nullable().meta({ description: 'Name of who opened it, had it sent again or settled it' }),
});

const recipient = z
  .object({ name: z.string(), address: z.string() })
  .nullable()
  .meta({ description: 'null once its text is erased' });

/** The delivery log of a case (配信記録). */
export const CaseMails = z
  .object({
    contacts: z
      .object({ all: z.number().int(), unreachable: z.number().int() })
      .meta({ description: 'Who is told of its service by now, and how many of them mails do not reach' }),
    mails: z.array(
      z.object({
        id: z.uuid(),
        messageId: z.string(),
        recipient,
        subject: z.string().nullable(),
        sha256: z
          .string()
          .nullable()
          .meta({ description: 'Of the text, as UTF-8; it stays when the text is erased' }),
        state: z.enum(['queued', 'sent', 'failed', 'kept', 'cancelled']).meta({
          description:
            'kept: there is no mail server, it was written and not sent. cancelled: it had nothing left to say',
        }),
        queuedAt: instant,
        tries: z.number().int(),
        copyOf: z.uuid().nullable().meta({ description: 'The mail that did not arrive and it is sent for' }),
        events: z.array(MailEvent),
      }),
    ),
  })
  .meta({ id: 'CaseMails' });

/** Mails that did not arrive (未達) and that no operator has dealt with. */
export const UndeliveredMails = z
  .object({
    data: z.array(
      z.object({
        id: z.uuid(),
        mid: mid.nullable().meta({ description: 'null for mails about an account, and to the PSP itself' }),
        sid: sid.nullable(),
        merchantName: z.string().nullable(),
        recipient,
        subject: z.string().nullable(),
        queuedAt: instant,
        since: instant.meta({ description: 'Since when it is known that it did not arrive' }),
        kind: z.enum(['failed', 'bounced']).nullable(),
        reply: z
          .string()
          .nullable()
          .meta({ description: 'Code of the mail server’s reply, or what was wrong' }),
        addressNow: z
          .string()
          .nullable()
          .meta({ description: 'The address that its contact has by now; it is sent there' }),
        isContactGone: z
          .boolean()
          .nullable()
          .meta({ description: 'null where it was not written to a contact' }),
        cases: z.number().int().meta({ description: 'How many cases it tells of' }),
        open: z.number().int().meta({ description: 'How many of them wait for an answer' }),
        caseIds: z.array(caseId).meta({ description: 'The first of them' }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'UndeliveredMails' });

/** So many mails are dealt with at once. */
export const mostMailsAtOnce = 200;

export const ChosenMails = z
  .strictObject({ mailIds: z.array(z.uuid()).min(1).max(mostMailsAtOnce) })
  .meta({ id: 'ChosenMails' });

export const SentAgain = z
  .object({
    results: z.array(
      z.object({
        mailId: z.uuid(),
        outcome: z
          .enum(['sent_again', 'not_waiting', 'erased', 'no_contact', 'contact_gone', 'nothing_left'])
          .meta({
            description:
              'not_waiting: it did arrive, or was dealt with before. erased: its text is gone. no_contact: it was not written to a contact. contact_gone: its contact was removed, or is told of other services by now. nothing_left: none of its cases waits for an answer',
          }),
        copyId: z.uuid().nullable().meta({ description: 'The mail that is sent for it' }),
      }),
    ),
  })
  .meta({ id: 'SentAgain' });

export const SettledMails = z.object({ settled: z.array(z.uuid()) }).meta({ id: 'SettledMails' });
