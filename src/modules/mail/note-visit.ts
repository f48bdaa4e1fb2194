import { sql } from 'kysely';
import type { Actor, MerchantActor, OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

export const visitQueue = 'note-visit';

type Visit = { mailId: string; userId: string; mid: string | null; sids: readonly string[] | null };

/** Has the log told that somebody who is logged in came by the link of a mail, where it is a mail to their merchant. */
export async function tellVisit(
  tx: Tx,
  actor: MerchantActor | OperatorActor,
  { mailId }: { mailId: string },
): Promise<undefined> {
  const visit: Visit = { mailId, userId: actor.id, ...placeOf(actor) };
  // Noted by the product itself: merchants see no mails, and learn nothing of which there are.
  await tx.enqueue(visitQueue, [{ data: visit }]);
  tx.record('mail.visit', [mailId]);
}

const placeOf = (actor: Actor): Pick<Visit, 'mid' | 'sids'> =>
  actor.kind === 'merchant' ? { mid: actor.mid, sids: actor.sids } : { mid: null, sids: null };

/** Adds a visit to the log, once for each person. Keys are no persons, and mails of others are left alone. */
export async function noteVisit(tx: Tx, { mailId, userId, mid, sids }: Visit): Promise<void> {
  await sql`
    insert into mail_events (mail_id, kind, user_id)
    select mails.id, 'opened', users.id from mails, users
    where mails.id = ${mailId} and users.id = ${userId} and mails.mid is not null
      and (${mid}::text is null or mails.mid = ${mid})
      and (${sids && [...sids]}::text[] is null or mails.sid is null or mails.sid = any (${sids && [...sids]}::text[]))
    on conflict do nothing`.execute(tx);
}
