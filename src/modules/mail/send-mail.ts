import { type Selectable, sql } from 'kysely';
import type { Smtp } from '#src/platform/smtp.ts';
import type { Mails } from '#src/platform/tables.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { type Refresh, refreshLetter } from './refresh-letter.ts';
import { openLetter, type SealedLetter } from './sealed-letter.ts';

type Mail = Selectable<Mails> & { letter: SealedLetter };

/** After so many tries of which nobody knows whether they delivered the mail, one more could be a copy too many. */
const mostCopies = 3;

/** Longer than any try takes: a worker that died keeps others from a mail no longer than this. */
const holdSeconds = 120;

type Parts = {
  inTransaction: InTransaction;
  smtp: Smtp;
  from: { name: string; address: string };
  refresh?: Refresh;
};

export type Sent = { state: 'sent' | 'done before' } | { state: 'failed'; reason: string };

/**
 * Hands a mail over to the mail server. Throws when it was not taken and is worth another try; says so when it never will be.
 * One that has left is not sent again, whoever asks.
 */
export async function sendMail({ inTransaction, smtp, from, refresh }: Parts, mailId: string): Promise<Sent> {
  const mail = await inTransaction((tx) => takeInHand(tx, mailId, refresh));
  if (!mail) return { state: 'done before' };
  if (mail.unknown_tries >= mostCopies) return { state: 'failed', reason: mail.last_error ?? 'unknown' };
  const { letter } = mail;
  const handover = await smtp.handOver({
    messageId: mail.message_id,
    date: mail.created_at,
    from,
    to: { name: letter.toName, address: letter.toAddress },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
  });
  if (handover.outcome === 'taken') {
    await inTransaction((tx) => settle(tx, mailId, { state: 'sent', isKnown: true }));
    return { state: 'sent' };
  }
  const { outcome, reason } = handover;
  const isKnown = outcome !== 'unknown';
  const isOver = outcome === 'refused' || (!isKnown && mail.unknown_tries + 1 >= mostCopies);
  await inTransaction((tx) => settle(tx, mailId, { state: isOver ? 'failed' : 'queued', isKnown, reason }));
  if (isOver) return { state: 'failed', reason };
  // Without the server's words: they quote the recipient.
  throw new Error(`mail ${mailId} was not taken: ${reason}`);
}

/**
 * The mail as it was before this try, if it is still to be sent. Keeps other workers from it, and counts the try among those
 * of unknown end until it is settled: a process that dies now may have delivered it.
 */
async function takeInHand(tx: Tx, mailId: string, refresh?: Refresh): Promise<Mail | undefined> {
  const found = await tx
    .selectFrom('mails')
    .selectAll()
    .select(sql<boolean>`coalesce(taken_until > now(), false)`.as('isInHand'))
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .forUpdate()
    .executeTakeFirst();
  if (!found) return undefined;
  if (found.isInHand) throw new Error(`mail ${mailId} is in another worker's hands`);
  if (found.unknown_tries >= mostCopies) await giveUpMail(tx, mailId);
  else await countTry(tx, mailId);
  const written = openLetter(tx.vault, mailId, found.sealed_letter);
  const letter = refresh ? await refreshLetter(tx, { id: mailId, letter: written, refresh }) : written;
  return letter && { ...found, letter };
}

const countTry = (tx: Tx, mailId: string): Promise<unknown> =>
  tx
    .updateTable('mails')
    .set({
      taken_until: sql<Date>`now() + make_interval(secs => ${holdSeconds})`,
      unknown_tries: sql<number>`unknown_tries + 1`,
    })
    .where('id', '=', mailId)
    .execute();

type Settled = { state: 'queued' | 'sent' | 'failed'; isKnown: boolean; reason?: string };

async function settle(tx: Tx, mailId: string, { state, isKnown, reason }: Settled): Promise<void> {
  await tx
    .updateTable('mails')
    .set({
      state,
      taken_until: null,
      sent_at: state === 'sent' ? sql<Date>`now()` : null,
      last_error: reason ?? null,
      ...(isKnown && { unknown_tries: sql<number>`unknown_tries - 1` }),
    })
    .where('id', '=', mailId)
    .execute();
}

/** Marks a mail whose tries are used up; one that has left stays sent. */
export async function giveUpMail(tx: Tx, mailId: string): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ state: 'failed', taken_until: null })
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .execute();
}

/** Keeps a mail that was written for a mail server which is no longer configured; it can be read in the demo's mailbox. */
export async function keepMail(tx: Tx, mailId: string): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ state: 'kept' })
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .execute();
}
