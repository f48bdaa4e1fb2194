import { sql } from 'kysely';
import type { z } from 'zod';
import { categoryCodes } from '#src/domain/categories.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { productWeek } from '#src/platform/product-clock.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { CaseCounts } from './case-schemas.ts';
import { dueWhen } from './list-cases.ts';

type Counts = z.input<typeof CaseCounts>;
type Row = {
  counts: { category: string; status: string; count: number }[];
  waiting: Counts['waiting'];
  weeks: Counts['answeredByWeek'];
};

const weeksShown = 8;

/**
 * The numbers of 顧客サポートトップ in one statement: the kept counts by category and status, what is due soon, and how many
 * answers of the last weeks were in time.
 */
export async function countCases(
  db: Database,
  actor: Actor,
  { mid, sid }: { mid?: string | undefined; sid?: string | undefined },
): Promise<Counts> {
  const own = (table: string) => {
    const columns = { mid: sql.ref(`${table}.mid`), sid: sql.ref(`${table}.sid`) };
    const tenancy = tenancyOf(actor, { ...columns, institutionId: sql.ref(`${table}.institution_id`) });
    const ofMid = mid === undefined ? sql`` : sql`and ${columns.mid} = ${mid}`;
    const ofSid = sid === undefined ? sql`` : sql`and ${columns.sid} = ${sid}`;
    return sql`${tenancy} ${ofMid} ${ofSid}`;
  };
  const { rows } = await sql<Row>`
    select
      coalesce((select json_agg(kept) from (
        select category, status, sum(count)::bigint as count from case_counts where ${own('case_counts')}
        group by 1, 2 having sum(count) <> 0
      ) as kept), '[]') as counts,
      (select json_build_object(
        'overdue', count(*) filter (where ${dueWhen.overdue}),
        'dueToday', count(*) filter (where ${dueWhen.today}),
        'dueThisWeek', count(*) filter (where ${dueWhen.this_week})
      ) from cases where ${own('cases')} and status in ('received', 'correcting') and due_at < ${productWeek(1)}) as waiting,
      (select json_agg(json_build_object('weekStartsOn', week::date::text, 'inTime', in_time, 'late', late) order by week)
       from (
         select week, count(id) filter (where not answered_late) as in_time, count(id) filter (where answered_late) as late
         from generate_series(${productWeek(1 - weeksShown)} at time zone 'Asia/Tokyo', ${productWeek()} at time zone 'Asia/Tokyo',
           interval '7 days') as week
         left join cases on ${own('cases')} and answered_at >= ${productWeek(1 - weeksShown)}
           and date_trunc('week', answered_at at time zone 'Asia/Tokyo') = week
         group by week
       ) as weekly) as weeks`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('counting gave no row');
  return {
    categories: categoryCodes.map((category) => ({
      category,
      counts: Object.fromEntries(
        row.counts.filter((kept) => kept.category === category).map(({ status, count }) => [status, count]),
      ),
    })),
    waiting: row.waiting,
    answeredByWeek: row.weeks,
  };
}

/** Folds the rows of the kept counts into one for each kind. Readers see the sum before or the same sum after. */
export async function foldCounts(tx: Tx): Promise<void> {
  await sql`
    with folded as (
      delete from case_counts where ctid in (select ctid from case_counts for update skip locked)
      returning *
    )
    insert into case_counts (institution_id, mid, sid, category, status, count)
    select institution_id, mid, sid, category, status, sum(count)
    from folded group by 1, 2, 3, 4, 5 having sum(count) <> 0`.execute(tx);
}
