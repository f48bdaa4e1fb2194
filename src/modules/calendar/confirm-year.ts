import type { OperatorActor, SystemActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** Says that the closing days of a year are complete, so that due instants are computed through it. The first to say so stands. */
export async function confirmYear(
  tx: Tx,
  actor: OperatorActor | SystemActor,
  { year }: { year: number },
): Promise<undefined> {
  await tx
    .insertInto('confirmed_years')
    .values({ year, confirmed_by: actor.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  tx.record('calendar.confirm_year', [String(year)]);
}
