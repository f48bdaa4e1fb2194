import type { RequestKind } from '#src/domain/case-life.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** What a merchant asked about a locked case and nobody has decided yet. */
export const findOpenRequest = (tx: Tx, caseId: string) =>
  tx
    .selectFrom('merchant_requests')
    .select(['kind', 'number', 'asked_by'])
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .executeTakeFirst();

/** Four eyes: whoever asked does not decide, whatever else they are. */
export function requireSecondPerson(actor: Actor, open: { asked_by: string } | undefined): void {
  if (open?.asked_by === actor.id) throw new Refusal('second_person_needed');
}

/** Refuses what nobody asked for, and what is decided already. */
export async function requireOpenRequest(
  tx: Tx,
  actor: Actor,
  which: { caseId: string; kind: RequestKind; number: number },
): Promise<void> {
  const row = await tx
    .selectFrom('merchant_requests')
    .select(['state', 'asked_by'])
    .where('case_id', '=', which.caseId)
    .where('kind', '=', which.kind)
    .where('number', '=', which.number)
    .executeTakeFirst();
  if (row?.state !== 'open') throw new Refusal('request_decided');
  requireSecondPerson(actor, row);
}
