import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { findContact } from '#src/modules/merchants/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Mails } from '#src/platform/tables.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { SentAgain } from './mail-schemas.ts';
import { openLetter } from './sealed-letter.ts';
import { storeMail } from './store-mail.ts';
import type { MailParts } from './write-mail.ts';

type Result = z.input<typeof SentAgain>['results'][number];

/**
 * Sends mails again that did not arrive, each as a new mail with a log of its own, to the address that its contact has by now. The
 * one that did not arrive stays as it was in its log. What does not wait any more is not sent twice.
 */
export const sendAgain =
  (how: MailParts) =>
  async (
    tx: Tx,
    actor: OperatorActor,
    { mailIds }: { mailIds: readonly string[] },
  ): Promise<{ results: Result[] }> => {
    const waiting = new Map((await takeWaiting(tx, mailIds)).map((row) => [row.id, row]));
    const results: Result[] = [];
    for (const mailId of new Set(mailIds)) {
      const row = waiting.get(mailId);
      results.push(row ? await sendCopy(tx, row, how) : { mailId, outcome: 'not_waiting', copyId: null });
    }
    await noteSent(tx, actor, results);
    return { results };
  };

async function takeWaiting(tx: Tx, mailIds: readonly string[]): Promise<Selectable<Mails>[]> {
  return tx
    .selectFrom('mails')
    .selectAll()
    .where('id', 'in', mailIds)
    .where('undelivered_since', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute();
}

async function sendCopy(tx: Tx, row: Selectable<Mails>, how: MailParts): Promise<Result> {
  if (row.sealed_letter === null) return { mailId: row.id, outcome: 'erased', copyId: null };
  const contact = row.contact_id === null ? undefined : await findContact(tx, row.contact_id);
  if (row.contact_id !== null && !contact) return { mailId: row.id, outcome: 'contact_gone', copyId: null };
  const letter = openLetter(tx.vault, row.id, row.sealed_letter);
  const copyId = await storeMail(tx, {
    ...how,
    ...{ mid: row.mid, sid: row.sid, contactId: row.contact_id, isRefreshed: row.is_refreshed },
    copyOf: row.copy_of ?? row.id,
    // The link names the mail it stands in.
    letterOf: (id) => ({
      ...letter,
      toAddress: contact?.email ?? letter.toAddress,
      text: letter.text.replaceAll(row.id, id),
      html: letter.html.replaceAll(row.id, id),
    }),
  });
  await sql`insert into mail_cases (mail_id, case_id)
    select ${copyId}, case_id from mail_cases where mail_id = ${row.id}`.execute(tx);
  return { mailId: row.id, outcome: 'sent_again', copyId };
}

async function noteSent(tx: Tx, { id: userId }: OperatorActor, results: readonly Result[]): Promise<void> {
  const sent = results.flatMap(({ mailId, copyId }) => (copyId === null ? [] : [mailId]));
  await sql`
    with sent as (update mails set undelivered_since = null where id = any(${sent}::uuid[]) returning id)
    insert into mail_events (mail_id, kind, user_id) select id, 'sent_again', ${userId} from sent`.execute(
    tx,
  );
  tx.record('mail.send_again', sent, { asked: results.length, sent: sent.length });
}
