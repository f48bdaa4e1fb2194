import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor, SystemActor } from '#src/platform/actor.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { ClosingPeriodView, NewClosingPeriod } from './calendar-schemas.ts';

/** Has the PSP, or an institution, be closed on more days. What is due already stays due. */
export async function addClosingPeriod(
  tx: Tx,
  _: OperatorActor | SystemActor,
  { institutionId, name, from, to }: NewClosingPeriod,
): Promise<z.input<typeof ClosingPeriodView>> {
  if (institutionId !== null) await requireInstitution(tx, institutionId);
  const id = newId();
  const added = await tx
    .insertInto('closing_periods')
    .values({ id, institution_id: institutionId, name, first: from, last: to })
    .onConflict((conflict) => conflict.columns(['institution_id', 'first', 'last']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw new Refusal('closing_period_exists');
  tx.record('calendar.add_period', [id], { owner: institutionId ?? 'provider', from, to });
  return { id, name, from, to };
}

async function requireInstitution(tx: Tx, id: string): Promise<void> {
  const found = await tx
    .selectFrom('institutions')
    .select(sql`1`.as('one'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found)
    throw new Refusal('invalid_request', {}, [{ pointer: '/institutionId', code: 'unknown_institution' }]);
}
