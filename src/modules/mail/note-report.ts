import { markUnreachable } from '#src/modules/merchants/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { markUndelivered } from './mark-undelivered.ts';
import { noteEvents } from './note-events.ts';
import type { MailReport } from './read-report.ts';
import { openLetter } from './sealed-letter.ts';

/**
 * Adds to the delivery log what came back about a mail, once however often it comes, and marks the contact whose address takes
 * no mails. False where the mail is none of ours.
 */
export async function noteReport(tx: Tx, { messageId, kind, reply, host }: MailReport): Promise<boolean> {
  const mail = await tx
    .selectFrom('mails')
    .select(['id', 'mid', 'sealed_letter'])
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  if (!mail) return false;
  const isNew = (await noteEvents(tx, [{ mailId: mail.id, kind, reply, host }])) > 0;
  // What came in before may have been dealt with since.
  if (!isNew) return true;
  if (kind === 'bounced') await markUndelivered(tx, [mail.id]);
  if (kind !== 'delayed') await markRecipient(tx, mail, kind === 'complained' ? 'complaint' : reply);
  return true;
}

type Mail = { id: string; mid: string | null; sealed_letter: Buffer | null };

/** Marks the contact a mail went to, if it went to one and its text is still there. */
export async function markRecipient(tx: Tx, { id, mid, sealed_letter }: Mail, reply: string): Promise<void> {
  if (mid === null || sealed_letter === null) return;
  const { toAddress } = openLetter(tx.vault, id, sealed_letter);
  await markUnreachable(tx, { mid, address: toAddress, reply });
}
