import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

type Ending = { ending: 'released' | 'skipped' };

/** Lets reminders be sent again: those that waited with the next run, or none of them. */
export async function endHold(tx: Tx, actor: OperatorActor, { ending }: Ending): Promise<void> {
  const hold = await tx
    .updateTable('reminder_holds')
    .set({ ending, ended_at: sql<Date>`now()`, ended_by: actor.id })
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!hold) throw new Refusal('reminders_not_held');
  if (ending === 'released') return tx.record('reminders.release', [hold.id]);
  // The next run finds only steps that are still ahead.
  const { numUpdatedRows } = await tx
    .updateTable('reminder_plans')
    .set({ since: sql<Date>`product_now()` })
    .where('next_at', '<=', sql<Date>`(select product_now())`)
    .executeTakeFirstOrThrow();
  tx.record('reminders.skip', [hold.id], { cases: Number(numUpdatedRows) });
}
