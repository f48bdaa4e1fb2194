import type { RequestKind } from '#src/domain/case-life.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { MerchantActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { lockCase, moveCase } from './move-case.ts';
import { findOpenRequest } from './open-request.ts';

type Ask = { caseId: string; reason: string };

/** A merchant asks for a correction of its answer or for more time; one thing at a time, and an operator decides. */
export async function askOperator(
  tx: Tx,
  actor: MerchantActor,
  { caseId, reason, kind }: Ask & { kind: RequestKind },
): Promise<void> {
  const found = await lockCase(tx, actor, caseId);
  if (await findOpenRequest(tx, caseId)) throw new Refusal('request_open');
  const step = kind === 'correction' ? 'request_correction' : 'request_extension';
  await moveCase(tx, actor, found, { step, reason });
}
