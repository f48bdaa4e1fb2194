import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';

/**
 * Has mails that did not arrive wait for an operator. One that waits already has waited since then, and one that was dealt with
 * stays so.
 */
export async function markUndelivered(tx: Tx, mailIds: readonly string[]): Promise<void> {
  await sql`
    update mails set undelivered_since = coalesce(undelivered_since, now())
    where id = any(${[...mailIds]}::uuid[])
      and not exists (select from mail_events where mail_id = mails.id and kind in ('sent_again', 'settled'))`.execute(
    tx,
  );
}
