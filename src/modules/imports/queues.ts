import { sql } from 'kysely';
import type { Queue } from '#src/platform/jobs.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { checkImport } from './check-import.ts';
import { checkQueue, runQueue } from './queue-names.ts';
import { runImport } from './run-import.ts';
import { erasePieces } from './start-import.ts';

const idIn = (data: unknown): string => (data as { importId: string }).importId;
const tries = { retries: 5, retryAfterSeconds: 10 };

/**
 * Checking and running imports, one of each at a time in a process; once a minute those whose worker died are taken up again, and
 * files are erased whose day is over.
 */
export const importQueues = (acting: () => Promise<Acting>): Queue[] => [
  {
    name: checkQueue,
    ...tries,
    pollSeconds: 1,
    work: async (data) => checkImport(await acting(), idIn(data)),
  },
  { name: runQueue, ...tries, pollSeconds: 1, work: async (data) => runImport(await acting(), idIn(data)) },
  {
    name: 'look-after-imports',
    schedule: '* * * * *',
    retries: 0,
    retryAfterSeconds: 60,
    work: async () => {
      const ways = await acting();
      await takeUpAgain(ways);
      await eraseOld(ways);
    },
  },
];

/** Work on an import shows every few hundred lines that it is alive. */
async function takeUpAgain({ inTransaction }: Acting): Promise<void> {
  await inTransaction(async (tx) => {
    const rows = await tx
      .updateTable('imports')
      .set({ beat_at: sql<Date>`now()` })
      .where('state', 'in', ['checking', 'running', 'cancelling'])
      .where('beat_at', '<', sql<Date>`now() - interval '1 minute'`)
      .returning(['id', 'state'])
      .execute();
    for (const { id, state } of rows)
      await tx.enqueue(state === 'checking' ? checkQueue : runQueue, [{ data: { importId: id } }]);
  });
}

/** A day after it was last worked on, however it ended. Files that nobody confirmed go too. */
async function eraseOld({ inTransaction, reading }: Acting): Promise<void> {
  const old = await reading((db) =>
    db
      .selectFrom('imports')
      .select('id')
      .where('erased_at', 'is', null)
      .where('state', 'not in', ['running', 'cancelling'])
      .where('beat_at', '<', sql<Date>`now() - interval '1 day'`)
      .limit(20)
      .execute(),
  );
  for (const { id } of old) await inTransaction((tx) => erasePieces(tx, id));
}
