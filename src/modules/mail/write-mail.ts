import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';
import type { Letter, Sender } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { withMailId } from './link-of-mail.ts';
import { storeMail } from './store-mail.ts';

/** How mails are written: who sends them, and whether they are kept because there is no mail server. */
export type MailParts = { sender: Sender; isKept: boolean };

type NewMail = MailParts & {
  /** `contactId` where it is a contact, whose address may change. */
  to: { name: string; address: string; contactId?: string };
  letter: Letter;
  /** Null for a mail about the recipient's own account. */
  about: { mid: string | null; sid: string | null; caseIds: readonly string[] } | null;
  /** Asked again what it has to say when it is handed over. */
  isRefreshed?: boolean;
};

/** Writes a mail and queues it, both in the transaction of what it is about. Returns its id. */
export async function writeMail(
  tx: Tx,
  { to, letter, about, isRefreshed, ...how }: NewMail,
): Promise<string> {
  const mid = about?.mid ?? null;
  const id = await storeMail(tx, {
    ...how,
    mid,
    sid: about?.sid ?? null,
    contactId: to.contactId ?? null,
    isRefreshed: isRefreshed ?? false,
    letterOf: (mailId) => {
      const said = mid === null ? letter : withMailId(letter, mailId);
      return {
        ...{ toName: to.name, toAddress: to.address, subject: said.subject },
        ...{ text: letterText(said), html: letterHtml(said) },
      };
    },
  });
  if (about)
    await sql`insert into mail_cases (mail_id, case_id) select ${id}, unnest(${about.caseIds}::text[])`.execute(
      tx,
    );
  return id;
}
