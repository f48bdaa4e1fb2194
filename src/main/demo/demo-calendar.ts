import { addClosingPeriod, confirmYear } from '#src/modules/calendar/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** Has the PSP of the demo be closed when banks are, and its years be confirmed, from the last to the one after the next. */
export async function createDemoCalendar(tx: Tx, thisYear: number): Promise<void> {
  const newYear = { institutionId: null, name: '年末年始休業', from: '12-31', to: '01-03' };
  await addClosingPeriod(tx, theSystem, newYear);
  for (let year = thisYear - 1; year <= thisYear + 2; year += 1) await confirmYear(tx, theSystem, { year });
}
