import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getInstitution } from './get-institution.ts';
import type { NewInstitution } from './institution-schemas.ts';

/** Adds an institution. Until its due rule is set, its requests have to name their due instants. */
export async function addInstitution(
  tx: Tx,
  actor: Actor,
  { id, name, kind }: z.output<typeof NewInstitution>,
) {
  const added = await tx
    .insertInto('institutions')
    .values({ id, name, kind, due_rule: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw new Refusal('institution_exists');
  tx.record('institution.add', [id], { kind });
  return getInstitution(tx, actor, { institutionId: id });
}
