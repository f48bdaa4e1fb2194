import { sql } from 'kysely';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** Takes mails out of what waits for an operator: nothing more is to be done. Returns which of them waited. */
export async function settleMails(
  tx: Tx,
  { id: userId }: OperatorActor,
  { mailIds }: { mailIds: readonly string[] },
): Promise<{ settled: string[] }> {
  const { rows } = await sql<{ id: string }>`
    with settled as (
      update mails set undelivered_since = null
      where undelivered_since is not null and id in (
        select id from mails where id = any(${[...mailIds]}::uuid[]) order by id for update)
      returning id
    ), told as (
      insert into mail_events (mail_id, kind, user_id) select id, 'settled', ${userId} from settled
    )
    select id from settled order by id`.execute(tx);
  const settled = rows.map(({ id }) => id);
  tx.record('mail.settle', settled, { asked: mailIds.length, settled: settled.length });
  return { settled };
}
