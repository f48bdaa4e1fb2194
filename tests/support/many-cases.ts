import { sql } from 'kysely';
import type { World } from './world.ts';

const part = 10_000;

type Many = { count: number; merchants: readonly string[]; dueInDays: number };

/**
 * So many open cases like one that is there, spread over merchants, each with its plan of reminders; put beside the product,
 * which would take minutes for them. Tells by what their numbers begin.
 */
export async function manyCases(
  { db }: Pick<World, 'db'>,
  caseId: string,
  { count, merchants, dueInDays }: Many,
): Promise<string> {
  const prefix = `M${crypto.randomUUID().slice(0, 8)}-`;
  await db.transaction().execute(async (tx) => {
    // Past the triggers that count each case.
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`set local statement_timeout = 0`.execute(tx);
    // In parts, as no statement may keep a client waiting for long.
    for (let from = 1; from <= count; from += part)
      await sql`
      insert into cases select made.* from cases one, generate_series(${from}::int, ${Math.min(from + part - 1, count)}::int) n,
        lateral jsonb_populate_record(one, jsonb_build_object('id', ${prefix}::text || n, 'institution_reference', n::text,
          'mid', (${[...merchants]}::text[])[n % ${merchants.length}::int + 1],
          'due_at', product_now() + make_interval(days => ${dueInDays}::int) + n % 1000 * interval '1 second')) made
      where one.id = ${caseId}`.execute(tx);
    await sql`
      insert into reminder_plans select id, mid, product_now() + interval '1 day', product_now() - interval '1 day'
      from cases where id like ${`${prefix}%`}`.execute(tx);
  });
  return prefix;
}
