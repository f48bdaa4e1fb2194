import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Reader, Tx } from '#src/platform/transaction.ts';
import { lockCase } from './move-case.ts';

type Assignment = { caseId: string; operatorId: string | null };

/** Has an operator look after a case (担当者), or nobody. It is no step of the case: neither its history nor its due instant changes. */
export async function assignCase(
  tx: Tx,
  actor: OperatorActor,
  { caseId, operatorId }: Assignment,
): Promise<void> {
  await lockCase(tx, actor, caseId);
  if (operatorId !== null) await requireOperator(tx, operatorId);
  await assignCases(tx, actor, { caseIds: [caseId], operatorId });
}

/** The same for cases that the caller has locked and looked at. */
export async function assignCases(
  tx: Tx,
  _: OperatorActor,
  { caseIds, operatorId }: { caseIds: readonly string[]; operatorId: string | null },
): Promise<void> {
  await tx.updateTable('cases').set({ assignee: operatorId }).where('id', 'in', caseIds).execute();
  tx.record('case.assign', [...caseIds, ...(operatorId ? [operatorId] : [])]);
}

/** Refuses who cannot look after cases: merchants, auditors, those who are disabled or unknown. */
export async function requireOperator(db: Reader, operatorId: string): Promise<void> {
  const { rows } = await sql`
    select from memberships join users on users.id = memberships.user_id
    where memberships.user_id = ${operatorId} and memberships.mid is null and memberships.roles && '{admin,agent}'
      and memberships.disabled_at is null and users.disabled_at is null`.execute(db);
  if (rows.length === 0)
    throw new Refusal('invalid_request', {}, [{ pointer: '/operatorId', code: 'unknown_operator' }]);
}
