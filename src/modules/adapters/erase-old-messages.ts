import { sql } from 'kysely';
import type { InTransaction } from '#src/platform/transaction.ts';

const keptDays = 90;
const atOnce = 1000;

/** Empties the messages whose time is over. What became of them stays. */
export async function eraseOldMessages(inTransaction: InTransaction): Promise<void> {
  for (let erased = atOnce; erased === atOnce; ) erased = await inTransaction(eraseSome);

  async function eraseSome(tx: Parameters<Parameters<InTransaction>[0]>[0]): Promise<number> {
    const { rows } = await sql<{
      erased: number;
    }>`select erase_adapter_messages(${keptDays}, ${atOnce}) as erased`.execute(tx);
    const erased = rows[0]?.erased ?? 0;
    if (erased > 0) tx.record('adapter.erase', [], { erased });
    return erased;
  }
}
