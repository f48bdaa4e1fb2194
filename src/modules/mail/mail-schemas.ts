import { z } from 'zod';
import { mailEventKinds } from '#src/domain/mail-events.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { instant } = apiValues;

const MailEvent = z.object({
  at: instant,
  kind: z.enum(mailEventKinds).meta({
    description:
      'handed_over: the mail server took it. not_taken: it is tried again; tries that end alike are one line. failed: no further try is made. bounced, delayed: a later server said so. complained: the recipient called it unwanted. opened: somebody logged in came by its link. sent_again: an operator had it sent once more',
  }),
  reply: z.string().nullable().meta({ description: 'Code of the mail server’s reply, or what was wrong' }),
  host: z.string().nullable().meta({ description: 'The mail server' }),
});

/** The delivery log of a case (配信記録). */
export const CaseMails = z
  .object({
    mails: z.array(
      z.object({
        id: z.uuid(),
        messageId: z.string(),
        recipient: z
          .object({ name: z.string(), address: z.string() })
          .nullable()
          .meta({ description: 'null once its text is erased' }),
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
        events: z.array(MailEvent),
      }),
    ),
  })
  .meta({ id: 'CaseMails' });
