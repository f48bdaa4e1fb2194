import { lockCase } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** Adds an internal note (内部メモ) to a case, sealed with the case's key. It stays as it is until the case is erased. */
export async function writeNote(
  tx: Tx,
  actor: OperatorActor,
  { caseId, body }: { caseId: string; body: string },
): Promise<void> {
  const { key } = await lockCase(tx, actor, caseId);
  const id = newId();
  const sealed_body = key.seal(body, placeOf('case_notes.sealed_body', id));
  await tx
    .insertInto('case_notes')
    .values({ id, case_id: caseId, sealed_body, written_by: actor.id })
    .execute();
  tx.record('case.note', [caseId]);
}
