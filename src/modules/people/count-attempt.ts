import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';

type Counted = { what: string; minutes: number; userId?: string };

/** Counts one more attempt before it is made, so that parallel ones each take their own; tells how many there were lately. */
export async function countAttempt(tx: Tx, { what, minutes, userId }: Counted): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    insert into attempt_counts as counts (counted_for, user_id, count, counted_from)
    values (${attemptHash(what)}, ${userId ?? null}, 1, now())
    on conflict (counted_for) do update set
      count = case when counts.counted_from < now() - make_interval(mins => ${minutes}) then 1 else counts.count + 1 end,
      counted_from = case when counts.counted_from < now() - make_interval(mins => ${minutes}) then now() else counts.counted_from end
    returning count`.execute(tx);
  return rows[0]?.count ?? Number.POSITIVE_INFINITY;
}

/** What is stored of whom attempts are counted for. */
export const attemptHash = (what: string): Buffer => createHash('sha256').update(what).digest();
