import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** Takes closing days back. What is due already stays due. */
export async function removeClosingPeriod(
  tx: Tx,
  _: OperatorActor,
  { closingPeriodId }: { closingPeriodId: string },
): Promise<undefined> {
  const removed = await tx
    .deleteFrom('closing_periods')
    .where('id', '=', closingPeriodId)
    .returning(['institution_id', 'first', 'last'])
    .executeTakeFirst();
  if (!removed) throw new Refusal('not_found');
  tx.record('calendar.remove_period', [closingPeriodId], {
    owner: removed.institution_id ?? 'provider',
    from: removed.first,
    to: removed.last,
  });
}
