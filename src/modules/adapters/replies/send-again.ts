import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getReply } from './list-replies.ts';
import { replyQueue } from './reply-queue.ts';
import type { Reply } from './reply-schemas.ts';

type Which = { replyId: string };

/** Has an answer sent to its provider again, with all its tries anew and under a key that the provider does not know yet. */
export async function sendAgain(
  tx: Tx,
  actor: OperatorActor,
  { replyId }: Which,
): Promise<z.input<typeof Reply>> {
  await lock(tx, replyId);
  const { canSendAgain, adapterId, caseId, version } = await getReply(tx, actor, replyId);
  if (!canSendAgain) throw new Refusal('reply_not_resendable');
  await tx
    .updateTable('adapter_replies')
    .set({ state: 'waiting', reason: null, tries: 0, is_supplied: false, ended_at: null })
    .set((eb) => ({ round: eb('round', '+', 1), next_attempt_at: sql<Date>`now()` }))
    .where('id', '=', replyId)
    .execute();
  tx.record('adapter.send_again', [adapterId, caseId], { version });
  await tx.enqueue(replyQueue, [{ data: {} }]);
  return getReply(tx, actor, replyId);
}

/** Notes that an operator dealt with an answer that could not be sent in another way: it waits for nobody any more. */
export async function settleReply(
  tx: Tx,
  actor: OperatorActor,
  { replyId }: Which,
): Promise<z.input<typeof Reply>> {
  await lock(tx, replyId);
  const { state, adapterId, caseId, version } = await getReply(tx, actor, replyId);
  if (state !== 'failed') throw new Refusal('reply_not_failed');
  await tx
    .updateTable('adapter_replies')
    .set({ state: 'none', reason: 'settled' })
    .where('id', '=', replyId)
    .execute();
  tx.record('adapter.settle_reply', [adapterId, caseId], { version, state: 'none', reason: 'settled' });
  return getReply(tx, actor, replyId);
}

/** All versions of the case, so that none is taken in hand or ends meanwhile. */
async function lock(tx: Tx, replyId: string): Promise<void> {
  await sql`select from adapter_replies
    where case_id = (select case_id from adapter_replies where id = ${replyId}) order by version for update`.execute(
    tx,
  );
}
