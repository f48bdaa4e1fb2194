import type { RequestKind } from '#src/domain/case-life.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type LockedCase, lockCase, moveCase } from './move-case.ts';
import { newDue } from './new-due.ts';
import { findOpenRequest, requireOpenRequest, requireSecondPerson } from './open-request.ts';

type Reasoned = { caseId: string; reason: string; dueAt?: string | undefined };
type Opening = Reasoned & { because: 'correction' | 'follow_up' };
type Decision = Reasoned & { kind: RequestKind; number: number; decision: 'granted' | 'refused' };

/**
 * Opens an answered case for the next version: for a correction (回答訂正), which grants what the merchant asked for, or for a further
 * question (追加照会). The registered answer stays.
 */
export async function openCorrection(tx: Tx, actor: OperatorActor, opening: Opening): Promise<void> {
  const found = await lockCase(tx, actor, opening.caseId);
  requireSecondPerson(actor, await findOpenRequest(tx, opening.caseId));
  await open(tx, actor, { ...opening, found });
}

/** Decides what a merchant asked for, once. */
export async function decideRequest(tx: Tx, actor: OperatorActor, asked: Decision): Promise<void> {
  const { caseId, kind, number, reason, dueAt, decision } = asked;
  const found = await lockCase(tx, actor, caseId);
  await requireOpenRequest(tx, actor, { caseId, kind, number });
  if (decision === 'refused') {
    const step = kind === 'correction' ? 'refuse_correction' : 'refuse_extension';
    await moveCase(tx, actor, found, { step, reason });
  } else if (kind === 'correction') {
    await open(tx, actor, { caseId, reason, dueAt, because: 'correction', found });
  } else {
    const due = await newDue(tx, { caseId, dueAt, step: 'extension' });
    await moveCase(tx, actor, found, { step: 'grant_extension', reason, due });
  }
}

async function open(
  tx: Tx,
  actor: OperatorActor,
  { found, caseId, reason, dueAt, because }: Opening & { found: LockedCase },
): Promise<void> {
  const step = because === 'correction' ? 'open_correction' : 'ask_again';
  const due = await newDue(tx, { caseId, dueAt, step: 'correction' });
  await moveCase(tx, actor, found, { step, reason, due });
}
