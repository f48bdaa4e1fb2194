import { sql } from 'kysely';
import type { ReplyReason, ReplyState } from '#src/domain/replies.ts';
import { waitAfter } from '#src/domain/webhook-schedule.ts';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { ClaimedReply } from './claim-replies.ts';
import type { ReplyCall } from './line.ts';
import type { Outcome } from './outcome.ts';

type Made = {
  reply: ClaimedReply;
  outcome: Outcome;
  calls: readonly ReplyCall[];
  /** When the secret was set that was used. */
  secretSetAt: Date | undefined;
  /** From 0 to 1, for the jitter of retries. */
  chance: number;
};

/** Writes down what a try came to, with its calls: done, to be tried again, to wait for somebody, or given up. */
export async function recordOutcome(tx: Tx, made: Made): Promise<ReplyState> {
  const { reply, outcome, calls } = made;
  await keepCalls(tx, reply, calls);
  const next = nextOf(reply, outcome, made.chance);
  const { numUpdatedRows } = await tx
    .updateTable('adapter_replies')
    .set({
      ...{ state: next.state, reason: next.reason, tries: next.tries, taken_until: null },
      ...(outcome.is === 'sent' && { provider_reference: outcome.providerReference }),
      ...('needsNewKey' in outcome && outcome.needsNewKey && { round: reply.round + 1 }),
      next_attempt_at: sql<Date>`now() + make_interval(secs => ${next.waitSeconds})`,
      ended_at: next.state === 'waiting' ? null : sql<Date>`now()`,
    })
    .where('id', '=', reply.id)
    // Another worker may have ended it, had this one been away for too long.
    .where('state', '=', 'waiting')
    .where('round', '=', reply.round)
    .executeTakeFirst();
  if (numUpdatedRows > 0n && next.state !== 'waiting') {
    const { version, adapterId, caseId } = reply;
    tx.record('adapter.settle_reply', [adapterId, caseId], {
      version,
      state: next.state,
      ...(next.reason && { reason: next.reason }),
    });
  }
  if (outcome.is === 'broken') await markBroken(tx, reply, made.secretSetAt);
  return next.state;
}

type Next = { state: ReplyState; reason: ReplyReason | null; tries: number; waitSeconds: number };

function nextOf({ tries }: ClaimedReply, outcome: Outcome, chance: number): Next {
  switch (outcome.is) {
    case 'sent':
      return { state: 'sent', reason: null, tries: tries + 1, waitSeconds: 0 };
    case 'broken':
      // It is no fault of this answer's, and costs it none of its tries.
      return { state: 'waiting', reason: 'not_let_in', tries, waitSeconds: 0 };
    case 'again': {
      const wait = waitAfter({ tries: tries + 1, asked: outcome.askedSeconds, chance });
      return wait === undefined
        ? { state: 'failed', reason: 'tries_used_up', tries: tries + 1, waitSeconds: 0 }
        : { state: 'waiting', reason: outcome.reason, tries: tries + 1, waitSeconds: wait };
    }
    default:
      return { state: outcome.is, reason: outcome.reason, tries: tries + 1, waitSeconds: 0 };
  }
}

async function keepCalls(tx: Tx, { id, caseId }: ClaimedReply, calls: readonly ReplyCall[]): Promise<void> {
  if (calls.length === 0) return;
  const key = await tx
    .selectFrom('case_keys')
    .select('wrapped_key')
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  const sealing = key && tx.vault.caseKey(caseId, key.wrapped_key);
  const rows = calls.map(({ at, call, status, reason, milliseconds, said }) => {
    const callId = newId();
    const place = placeOf('adapter_reply_calls.sealed_said', callId);
    const sealed_said = said !== null && sealing ? sealing.seal(said, place) : null;
    return { id: callId, reply_id: id, case_id: caseId, at, call, status, reason, milliseconds, sealed_said };
  });
  await tx.insertInto('adapter_reply_calls').values(rows).execute();
}

/** Unless the secret was replaced meanwhile. */
async function markBroken(tx: Tx, { adapterId }: ClaimedReply, secretSetAt: Date | undefined): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('adapter_outlets')
    .set({ broken_at: sql<Date>`now()`, broken_reason: 'not_let_in' })
    .where('adapter_id', '=', adapterId)
    .where('broken_at', 'is', null)
    .where('secret_set_at', '=', secretSetAt ?? new Date(0))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) tx.record('adapter.break_outlet', [adapterId]);
}
