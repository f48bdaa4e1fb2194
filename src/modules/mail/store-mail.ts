import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Sender } from './letter.ts';
import { type SealedLetter, sealLetter } from './sealed-letter.ts';
import { textHash } from './text-hash.ts';

export const sendQueue = 'send-mail';

type StoredMail = {
  mid: string | null;
  sid: string | null;
  contactId: string | null;
  /** Asked again what it has to say when it is handed over. */
  isRefreshed: boolean;
  /** The first of the mails that did not arrive and this one is sent for. */
  copyOf?: string;
  /** What it says and to whom; its link may name the mail. */
  letterOf: (mailId: string) => SealedLetter;
  sender: Sender;
  /** There is no mail server: it is written to be read in the mailbox, and never sent. */
  isKept: boolean;
};

/** Stores a mail with its text sealed, and queues it. Returns its id. */
export async function storeMail(tx: Tx, { letterOf, sender, isKept, ...mail }: StoredMail): Promise<string> {
  const id = newId();
  const letter = letterOf(id);
  await tx
    .insertInto('mails')
    .values({
      id,
      message_id: `<${id}@${new URL(sender.baseUrl).hostname}>`,
      mid: mail.mid,
      sid: mail.sid,
      contact_id: mail.contactId,
      copy_of: mail.copyOf ?? null,
      sealed_letter: sealLetter(tx.vault, id, letter),
      text_sha256: textHash(letter.text),
      state: isKept ? 'kept' : 'queued',
      is_refreshed: mail.isRefreshed,
    })
    .execute();
  if (!isKept) await tx.enqueue(sendQueue, [{ data: { mailId: id } }]);
  return id;
}
