import { type Smtp, smtpConnections } from '#src/platform/smtp.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { type Claim, type Claimed, claimMails, isHeld, mostCopies, releaseMails } from './claim-mails.ts';
import { markUndelivered } from './mark-undelivered.ts';
import { noteEvents } from './note-events.ts';
import { beginTries, type Ended, type NoteTry, noteTogether } from './note-tries.ts';
import { type Refresh, refreshLetter } from './refresh-letter.ts';
import type { SealedLetter } from './sealed-letter.ts';

/** How many mails of a batch are handed over side by side, over a connection each. */
const lanes = smtpConnections;

/** A try that begins later could last longer than its mail is held, so it does not begin. */
const latestStartMs = 25_000;

export type SendParts = {
  inTransaction: InTransaction;
  smtp: Smtp;
  from: { name: string; address: string };
  refresh?: Refresh;
};

export type Sent = { state: 'sent' | 'done before' } | { state: 'failed'; reason: string };
type Ends = Map<string, Sent | Error>;

/** Hands one mail over as `sendMails` does, and throws what that tells. */
export async function sendMail(parts: SendParts, mailId: string): Promise<Sent> {
  const end = (await sendMails(parts, [mailId])).get(mailId);
  if (!end || end instanceof Error) throw end ?? new Error(`mail ${mailId} was not looked at`);
  return end;
}

/**
 * Hands mails over to the mail server. What became of each; an error for one that was not taken and is worth another try.
 * One that has left is not sent again, whoever asks.
 */
export async function sendMails(parts: SendParts, mailIds: readonly string[]): Promise<Ends> {
  const claims = await parts.inTransaction((tx) => claimMails(tx, [...new Set(mailIds)]));
  const ends: Ends = new Map(claims.map((claim) => [claim.mailId, endOfClaim(claim)]));
  const mails = claims.flatMap((each) => (each.claim === 'ours' ? [each.mail] : []));
  const queue: Queue = { left: mails.values(), note: noteTogether(parts.inTransaction), ends };
  const latestStart = performance.now() + latestStartMs;
  await Promise.all(Array.from({ length: lanes }, () => workLane(parts, queue, latestStart)));
  const late = [...queue.left];
  if (late.length > 0) await parts.inTransaction((tx) => releaseMails(tx, late));
  return ends;
}

function endOfClaim({ mailId, ...claim }: Claim): Sent | Error {
  if (claim.claim === 'over') return { state: 'failed', reason: claim.reason };
  if (claim.claim === 'done before') return { state: 'done before' };
  return new Error(
    claim.claim === 'in hand'
      ? `mail ${mailId} is in another worker's hands`
      : `the turn of mail ${mailId} did not come`,
  );
}

type Queue = { left: IterableIterator<Claimed>; note: NoteTry; ends: Ends };

/** One mail after the other. The end of each is noted together with the beginning of the next. */
async function workLane(parts: SendParts, { left, note, ends }: Queue, latestStart: number): Promise<void> {
  let ended: Ended | undefined;
  while (performance.now() < latestStart) {
    const next = left.next();
    if (next.done) break;
    const letter = await begin(parts, { mail: next.value, ended, note, ends });
    ended = letter && (await tryMail(parts, next.value, letter));
  }
  if (ended) await noteEnd(ended, { note, ends });
}

async function noteEnd(ended: Ended, { note, ends }: Pick<Queue, 'note' | 'ends'>): Promise<void> {
  await note({ ended });
  ends.set(ended.mailId, endOf(ended));
}

type Beginning = { mail: Claimed; ended: Ended | undefined; note: NoteTry; ends: Ends };

/** The letter that leaves now, its try counted; unset when it does not leave. */
async function begin(
  parts: SendParts,
  { mail, ended, note, ends }: Beginning,
): Promise<SealedLetter | undefined> {
  const { refresh } = parts;
  if (!mail.is_refreshed || !refresh) {
    const isOurs = await note({ ended, begins: mail });
    if (ended) ends.set(ended.mailId, endOf(ended));
    return isOurs ? mail.letter : undefined;
  }
  if (ended) await noteEnd(ended, { note, ends });
  // In a transaction of its own: it locks what the letter is about.
  return parts.inTransaction(async (tx) => {
    if (!(await isHeld(tx, mail))) return undefined;
    const letter = await refreshLetter(tx, mail, refresh);
    if (letter) await beginTries(tx, [mail]);
    else ends.set(mail.id, { state: 'done before' });
    return letter;
  });
}

async function tryMail({ smtp, from }: SendParts, mail: Claimed, letter: SealedLetter): Promise<Ended> {
  const { id: mailId, mid } = mail;
  const handover = await smtp.handOver({
    messageId: mail.message_id,
    date: mail.created_at,
    from,
    to: { name: letter.toName, address: letter.toAddress },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    isToList: mid !== null,
  });
  const told = { mailId, host: smtp.host };
  if (handover.outcome === 'taken') return { ...told, state: 'sent', isKnown: true, reply: handover.reply };
  const { outcome, reason } = handover;
  const isKnown = outcome !== 'unknown';
  const isOver = outcome === 'refused' || (!isKnown && mail.unknown_tries + 1 >= mostCopies);
  return { ...told, state: isOver ? 'failed' : 'queued', isKnown, reply: reason };
}

function endOf({ mailId, state, reply }: Ended): Sent | Error {
  if (state === 'sent') return { state };
  if (state === 'failed') return { state, reason: reply };
  // Without the server's words: they quote the recipient.
  return new Error(`mail ${mailId} was not taken: ${reply}`);
}

/** Marks a mail whose tries are used up; one that has left stays sent. */
export async function giveUpMail(tx: Tx, mailId: string): Promise<void> {
  const given = await tx
    .updateTable('mails')
    .set({ state: 'failed', taken_until: null })
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .returning('last_error')
    .executeTakeFirst();
  if (!given) return;
  await noteEvents(tx, [{ mailId, kind: 'failed', reply: given.last_error, host: null }]);
  await markUndelivered(tx, [mailId]);
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
