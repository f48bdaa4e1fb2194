import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';

/** Has mails that did not arrive wait for an operator; one that waits already has waited since then. */
export async function markUndelivered(tx: Tx, mailIds: readonly string[]): Promise<void> {
  if (mailIds.length === 0) return;
  await sql`
    update mails set undelivered_since = coalesce(undelivered_since, now()) where id = any(${[...mailIds]}::uuid[])`.execute(
    tx,
  );
}
