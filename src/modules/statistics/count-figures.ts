import { expressionBuilder, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { visibleTo } from '#src/modules/cases/index.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Split, SplitFilter } from './statistics-schemas.ts';

export type Wanted = z.output<typeof SplitFilter> & { parts: number };

/** The figures of one week, of one part, or of all; named as the API names them. */
export type Counted = {
  requested: number;
  answeredInTime: number;
  answeredLate: number;
  expired: number;
  medianHours: number | null;
  p90Hours: number | null;
};

export type Found = {
  startsOn: string;
  today: string;
  thisWeek: string;
  total: Counted | null;
  /** By how many weeks after the first. */
  weeks: (Counted & { week: number })[];
  parts: (Counted & { code: string; name: string | null })[];
  partsThere: number;
};

/**
 * All figures of a period in one statement. It counts what stands in three indexes between two days, by week, part and hours to
 * the answer, and reads the median from these counts: it is the one of all answers, to the hour, and nothing is sorted for it but hours.
 */
export function selectFigures(actor: OperatorActor, wanted: Wanted): RawBuilder<Found> {
  const { weeks, until, parts } = wanted;
  const lastWeek = sql`date_trunc('week', coalesce(${until ?? null}::timestamp, product_now() at time zone 'Asia/Tokyo'))`;
  return sql<Found>`
    with period as (select first, first at time zone 'Asia/Tokyo' as from_at,
        (first + make_interval(weeks => ${weeks})) at time zone 'Asia/Tokyo' as until_at
      from (select ${lastWeek} - make_interval(weeks => ${weeks} - 1) as first) as week),
    facts as (${sql.join(
      ['requested', 'answered', 'expired'].map((what) => facts(actor, wanted, what as What)),
      sql` union all `,
    )}),
    by_hours as (select grouping(week, part) as level, week, part, hours, sum(requested) as requested,
        sum(in_time) as in_time, sum(late) as late, sum(expired) as expired
      from facts group by grouping sets ((week, hours), (part, hours), (hours))),
    ranked as (select *, sum(in_time + late) over (partition by level, week, part order by hours) as seen,
        sum(in_time + late) over (partition by level, week, part) as answers from by_hours),
    figures as (select level, week, part, sum(requested) as requested, sum(in_time) as "answeredInTime",
        sum(late) as "answeredLate", sum(expired) as expired,
        min(hours) filter (where seen * 2 >= answers) as "medianHours",
        min(hours) filter (where seen * 10 >= answers * 9) as "p90Hours"
      from ranked group by level, week, part)
    select first::date::text as "startsOn", (product_now() at time zone 'Asia/Tokyo')::date::text as today,
      date_trunc('week', product_now() at time zone 'Asia/Tokyo')::date::text as "thisWeek",
      (select to_jsonb(figures) from figures where level = 3) as total,
      (select coalesce(jsonb_agg(figures), '[]') from figures where level = 1) as weeks,
      (select coalesce(jsonb_agg(named), '[]') from (
        select part as code, ${nameOf[wanted.split]} as name, figures.* from figures where level = 2
        order by requested desc, part limit ${parts}) as named) as parts,
      (select count(*)::int from figures where level = 2) as "partsThere"
    from period`;
}

/** Japan has had no summer time since 1951, so every week is as long as any other. */
const secondsOfWeek = 7 * 86_400;

type What = 'requested' | 'answered' | 'expired';

const partOf = { type: 'notification_type', institution: 'institution_id', merchant: 'mid' } as const;

const nameOf: Record<Split, RawBuilder<unknown>> = {
  type: sql`null`,
  institution: sql`(select name from institutions where id = part)`,
  merchant: sql`(select name from merchants where mid = part)`,
};

/** When each of them happened; all of it stands in the index that begins with that. */
const happenedAt = { requested: 'requested_at', answered: 'answered_at', expired: 'updated_at' } as const;

const none = sql`0`;
const all = sql`count(*)::integer`;

/** What is counted of them, always in the same columns. */
const counted: Record<What, { hours: RawBuilder<unknown>; columns: RawBuilder<unknown> }> = {
  requested: {
    hours: sql`null::integer`,
    columns: sql`${all} as requested, ${none} as in_time, ${none} as late, ${none} as expired`,
  },
  answered: {
    hours: sql`greatest(floor(date_part('epoch', answered_at - requested_at) / 3600), 0)::integer`,
    columns: sql`${none}, (count(*) filter (where not answered_late))::integer, (count(*) filter (where answered_late))::integer, ${none}`,
  },
  expired: { hours: sql`null::integer`, columns: sql`${none}, ${none}, ${none}, ${all}` },
};

function facts(actor: OperatorActor, { split, notificationType, institutionId, mid }: Wanted, what: What) {
  const at = sql.ref(`cases.${happenedAt[what]}`);
  const { hours, columns } = counted[what];
  const only = [
    visibleTo(actor)(expressionBuilder()),
    ...(what === 'expired' ? [sql`cases.status = 'expired'`] : []),
    ...(notificationType === undefined ? [] : [sql`cases.notification_type = ${notificationType}`]),
    ...(institutionId === undefined ? [] : [sql`cases.institution_id = ${institutionId}`]),
    ...(mid === undefined ? [] : [sql`cases.mid = ${mid}`]),
  ];
  return sql`(select floor(date_part('epoch', ${at} - (select from_at from period)) / ${sql.lit(secondsOfWeek)})::integer as week, ${sql.ref(`cases.${partOf[split]}`)} as part,
      ${hours} as hours, ${columns}
    from cases where ${at} >= (select from_at from period) and ${at} < (select until_at from period)
      and ${sql.join(only, sql` and `)} group by 1, 2, 3)`;
}

/** The figures of a period. */
export async function countFigures(db: Database, actor: OperatorActor, wanted: Wanted): Promise<Found> {
  const { rows } = await selectFigures(actor, wanted).execute(db);
  const [found] = rows;
  if (!found) throw new Error('counting gave no row');
  return found;
}
