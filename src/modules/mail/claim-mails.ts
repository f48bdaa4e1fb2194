import { type Selectable, sql } from 'kysely';
import type { Mails } from '#src/platform/tables.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { noteEvents } from './note-events.ts';
import { openLetter, type SealedLetter } from './sealed-letter.ts';

/** After so many tries of which nobody knows whether they delivered the mail, one more could be a copy too many. */
export const mostCopies = 3;

/** Longer than any try takes: a worker that died keeps others from a mail no longer than this. */
export const holdSeconds = 120;

type Row = Selectable<Mails> & { isInHand: boolean };

/** A mail in this worker's hands; `token` is what it holds it by. */
export type Claimed = Row & { letter: SealedLetter; token: string };

/** What there is to do with a mail: `over` when its tries of unknown end are used up. */
export type Claim =
  | { mailId: string; claim: 'ours'; mail: Claimed }
  | { mailId: string; claim: 'done before' | 'in hand' }
  | { mailId: string; claim: 'over'; reason: string };

/** Takes mails in hand that are still to be sent, and keeps other workers from them. No try has begun by it. */
export async function claimMails(tx: Tx, mailIds: readonly string[]): Promise<Claim[]> {
  const rows = await tx
    .selectFrom('mails')
    .selectAll()
    .select(sql<boolean>`coalesce(taken_until > now(), false)`.as('isInHand'))
    .where('id', 'in', mailIds)
    .where('state', '=', 'queued')
    // In one order, so that two workers with mails in common wait and do not lock each other out.
    .orderBy('id')
    .forUpdate()
    .execute();
  const found = new Map(rows.map((row) => [row.id, row]));
  const token = await hold(tx, rows.filter(isFree));
  const claims = mailIds.map((mailId) => claimOf(tx, { mailId, row: found.get(mailId), token }));
  await endMails(tx, claims);
  return claims;
}

const isFree = ({ isInHand, unknown_tries }: Row): boolean => !isInHand && unknown_tries < mostCopies;

/** Until when they are held, to the microsecond: what tells this worker's hold from a later one's. */
async function hold(tx: Tx, rows: readonly Row[]): Promise<string> {
  const { rows: held } = await sql<{ token: string }>`
    update mails set taken_until = now() + make_interval(secs => ${holdSeconds})
    where id = any(${rows.map(({ id }) => id)}::uuid[])
    returning taken_until::text as token`.execute(tx);
  return held[0]?.token ?? '';
}

type Found = { mailId: string; row: Row | undefined; token: string };

function claimOf({ vault }: Tx, { mailId, row, token }: Found): Claim {
  if (!row) return { mailId, claim: 'done before' };
  if (row.isInHand) return { mailId, claim: 'in hand' };
  if (row.unknown_tries >= mostCopies) return { mailId, claim: 'over', reason: row.last_error ?? 'unknown' };
  const letter = openLetter(vault, mailId, row.sealed_letter);
  return { mailId, claim: 'ours', mail: { ...row, letter, token } };
}

async function endMails(tx: Tx, claims: readonly Claim[]): Promise<void> {
  const over = claims.filter((each) => each.claim === 'over');
  if (over.length === 0) return;
  await sql`
    update mails set state = 'failed', taken_until = null, undelivered_since = coalesce(undelivered_since, now())
    where id = any(${over.map(({ mailId }) => mailId)}::uuid[])`.execute(tx);
  await noteEvents(
    tx,
    over.map(({ mailId, reason }) => ({ mailId, kind: 'failed', reply: reason, host: null })),
  );
}

/** Gives back mails whose turn did not come. */
export async function releaseMails(tx: Tx, mails: readonly Claimed[]): Promise<void> {
  await sql`
    update mails set taken_until = null
    from unnest(${mails.map(({ id }) => id)}::uuid[], ${mails.map(({ token }) => token)}::timestamptz[]) as held (mail_id, token)
    where id = mail_id and taken_until = held.token`.execute(tx);
}

/** Locks a mail that is still in this worker's hands; false where it is not. */
export async function isHeld(tx: Tx, { id, token }: Claimed): Promise<boolean> {
  const { rows } = await sql`
    select id from mails where id = ${id} and taken_until = ${token}::timestamptz and state = 'queued' for update`.execute(
    tx,
  );
  return rows.length > 0;
}
