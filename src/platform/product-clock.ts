import { sql } from 'kysely';
import { type Database, portalRole } from './database.ts';

/**
 * The product's time in a statement, which decides what is due, overdue, expired or to be erased: the database's own clock, so much
 * ahead as a rehearsal moved it. It is asked once for a statement and stays the same throughout a transaction, as `now()` does.
 */
export const productNow = sql<Date>`(select product_now())`;

/** The product's time at this very moment, after whatever the statement waited for. */
export const productMoment = sql<Date>`product_clock_timestamp()`;

/** The first moment of the product's today in Japan, or of so many days after it. */
export const productDay = (after = 0) => sql<Date>`(select
  (date_trunc('day', product_now() at time zone 'Asia/Tokyo') + make_interval(days => ${sql.lit(after)})) at time zone 'Asia/Tokyo')`;

/** The first moment of the product's week in Japan, which begins on Monday, or of so many weeks after it. */
export const productWeek = (after = 0) => sql<Date>`(select
  (date_trunc('week', product_now() at time zone 'Asia/Tokyo') + make_interval(weeks => ${sql.lit(after)})) at time zone 'Asia/Tokyo')`;

/**
 * Lets the portal's role move the product's time, for a rehearsal, or takes that from it again and sets the time right. For the
 * owner of the database; tells by how many milliseconds the time was wrong.
 */
export async function prepareClock(
  owner: Database,
  { isRehearsal }: { isRehearsal: boolean },
): Promise<number> {
  const { rows } = await sql<{ mayMove: boolean; aheadMs: number }>`
    select has_function_privilege(${portalRole}, 'move_product_clock(bigint)', 'execute') as "mayMove", ahead_ms as "aheadMs"
    from product_clock`.execute(owner);
  const [{ mayMove, aheadMs } = { mayMove: false, aheadMs: 0 }] = rows;
  const role = sql.id(portalRole);
  if (isRehearsal) {
    if (!mayMove) await sql`grant execute on function move_product_clock(bigint) to ${role}`.execute(owner);
    return 0;
  }
  if (mayMove) await sql`revoke execute on function move_product_clock(bigint) from ${role}`.execute(owner);
  if (aheadMs > 0) await owner.updateTable('product_clock').set({ ahead_ms: 0 }).execute();
  return aheadMs;
}
