import { Refusal } from '#src/domain/refusals.ts';
import { lockCase } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import { productMoment } from '#src/platform/product-clock.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Tx } from '#src/platform/transaction.ts';

type Reasoned = { caseId: string; reason: string };

/** Puts a legal hold (リーガルホールド) on a case: its personal data is not erased until the hold is lifted. */
export async function holdCase(tx: Tx, actor: OperatorActor, { caseId, reason }: Reasoned): Promise<void> {
  const { key } = await lockCase(tx, actor, caseId);
  if (await findActive(tx, caseId)) throw new Refusal('case_held');
  const id = newId();
  await tx
    .insertInto('legal_holds')
    .values({
      id,
      case_id: caseId,
      sealed_reason: key.seal(reason, placeOf('legal_holds.sealed_reason', id)),
      put_by: actor.id,
    })
    .execute();
  tx.record('case.hold', [caseId]);
}

/** Lifts it: the case goes by its period again, and is erased the next night if that is over. */
export async function liftHold(tx: Tx, actor: OperatorActor, { caseId, reason }: Reasoned): Promise<void> {
  const { key } = await lockCase(tx, actor, caseId);
  const active = await findActive(tx, caseId);
  if (!active) throw new Refusal('case_not_held');
  await tx
    .updateTable('legal_holds')
    .set({
      sealed_lift_reason: key.seal(reason, placeOf('legal_holds.sealed_lift_reason', active.id)),
      lifted_by: actor.id,
      lifted_at: productMoment,
    })
    .where('id', '=', active.id)
    .execute();
  tx.record('case.lift_hold', [caseId]);
}

const findActive = (tx: Tx, caseId: string) =>
  tx
    .selectFrom('legal_holds')
    .select('id')
    .where('case_id', '=', caseId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
