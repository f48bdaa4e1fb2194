import { sql } from 'kysely';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Letter, Sender } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { sealLetter } from './sealed-letter.ts';
import { textHash } from './text-hash.ts';

/** How mails are written: who sends them, and whether they are kept because there is no mail server. */
export type MailParts = { sender: Sender; isKept: boolean };

export const sendQueue = 'send-mail';

type NewMail = {
  to: { name: string; address: string };
  letter: Letter;
  /** Null for a mail about the recipient's own account. */
  about: { mid: string | null; sid: string | null; caseIds: readonly string[] } | null;
  sender: Sender;
  /** There is no mail server: it is written to be read in the mailbox, and never sent. */
  isKept: boolean;
  /** Asked again what it has to say when it is handed over. */
  isRefreshed?: boolean;
};

/** Writes a mail and queues it, both in the transaction of what it is about. Returns its id. */
export async function writeMail(
  tx: Tx,
  { to, letter, about, sender, isKept, isRefreshed = false }: NewMail,
): Promise<string> {
  const id = newId();
  const text = letterText(letter);
  await tx
    .insertInto('mails')
    .values({
      id,
      message_id: `<${id}@${new URL(sender.baseUrl).hostname}>`,
      mid: about?.mid ?? null,
      sid: about?.sid ?? null,
      sealed_letter: sealLetter(tx.vault, id, {
        toName: to.name,
        toAddress: to.address,
        subject: letter.subject,
        text,
        html: letterHtml(letter),
      }),
      text_sha256: textHash(text),
      state: isKept ? 'kept' : 'queued',
      is_refreshed: isRefreshed,
    })
    .execute();
  if (about)
    await sql`insert into mail_cases (mail_id, case_id) select ${id}, unnest(${about.caseIds}::text[])`.execute(
      tx,
    );
  if (!isKept) await tx.enqueue(sendQueue, [{ data: { mailId: id } }]);
  return id;
}
