import { sql } from 'kysely';
import type { z } from 'zod';
import { type CategoryCode, categoryCodes } from '#src/domain/categories.ts';
import { instantText } from '#src/domain/days.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import { holdOf, keptUntil } from './get-case-retention.ts';
import type { Retention } from './retention-schemas.ts';

type View = z.input<typeof Retention>;

type Sums = {
  periods: { category: string; days: number }[];
  due: View['due'];
  soon: { category: CategoryCode; count: number }[];
  erased: { category: CategoryCode; count: number }[];
  mailsDue: number;
  held: HeldRow[];
  heldCount: number;
};

type HeldRow = {
  caseId: string;
  category: CategoryCode;
  keptUntil: string | null;
  isDue: boolean;
  holdId: string;
  sealedReason: string | null;
  wrappedKey: string | null;
  putAt: string;
  putBy: string | null;
};

const heldShown = 200;

/** The periods, what is due to be erased by category and year, and the cases under a legal hold, in one statement. */
export async function getRetention(db: Reader): Promise<View> {
  const { rows } = await sql<Sums>`
    with closed as materialized (
      select cases.id, cases.category, ${keptUntil} as kept_until, closed_at(cases) as closed_at
      from cases join retention_periods using (category)
      where erased_at is null and status in ('answered', 'withdrawn', 'expired')
        and updated_at <= ${productNow} + interval '30 days' - make_interval(days => days)
    ),
    free as (
      select * from closed where not exists (select from legal_holds where case_id = closed.id and lifted_at is null)
    )
    select
      (select json_agg(retention_periods) from retention_periods) as periods,
      coalesce((select json_agg(years order by "closedIn") from (
        select category, extract(year from closed_at at time zone 'Asia/Tokyo')::int as "closedIn", count(*)::int as count
        from free where kept_until <= ${productNow} group by 1, 2) as years), '[]') as due,
      coalesce((select json_agg(counted) from (
        select category, count(*)::int as count from free where kept_until > ${productNow} group by 1) as counted), '[]') as soon,
      coalesce((select json_agg(counted) from (
        select category, count(*)::int as count from cases where erased_at is not null group by 1) as counted), '[]') as erased,
      (select count(*)::int from mails
       where sealed_letter is not null and state <> 'queued' and created_at <= ${productNow}
         - make_interval(days => (select days from retention_periods where category = 'mail'))) as "mailsDue",
      coalesce((select json_agg(holds) from (${held}) as holds), '[]') as held,
      (select count(*)::int from legal_holds where lifted_at is null) as "heldCount"`.execute(db);
  const [sums] = rows;
  if (!sums) throw new Error('summing up gave no row');
  return toView(db, sums);
}

const held = sql`
  select cases.id as "caseId", cases.category, ${keptUntil} as "keptUntil", coalesce(${keptUntil} <= ${productNow}, false) as "isDue",
    legal_holds.id as "holdId", encode(sealed_reason, 'base64') as "sealedReason",
    encode(wrapped_key, 'base64') as "wrappedKey", put_at as "putAt", users.name as "putBy"
  from legal_holds join cases on cases.id = case_id
    left join case_keys on case_keys.case_id = cases.id
    left join users on users.id = put_by
  where lifted_at is null order by put_at desc limit ${heldShown}`;

function toView(db: Reader, { periods, due, soon, erased, mailsDue, held, heldCount }: Sums): View {
  const daysOf = (category: string) => periods?.find((period) => period.category === category)?.days;
  const countOf = (counts: Sums['soon'], category: CategoryCode) =>
    counts.find((counted) => counted.category === category)?.count ?? 0;
  return {
    periods: categoryCodes.map((category) => ({
      category,
      days: daysOf(category) ?? 0,
      dueSoon: countOf(soon, category),
      erased: countOf(erased, category),
    })),
    mailDays: daysOf('mail') ?? null,
    due,
    mailsDue,
    held: held.flatMap((row) => toHeld(db, row)),
    heldCount,
  };
}

function toHeld(db: Reader, row: HeldRow): View['held'] {
  const { caseId, category, isDue } = row;
  const hold = holdOf(db, caseId, {
    ...row,
    putAt: new Date(row.putAt),
    sealedReason: row.sealedReason === null ? null : Buffer.from(row.sealedReason, 'base64'),
    wrappedKey: row.wrappedKey === null ? null : Buffer.from(row.wrappedKey, 'base64'),
  });
  const keptUntil = row.keptUntil && instantText(new Date(row.keptUntil));
  return hold ? [{ ...hold, caseId, category, keptUntil, isDue }] : [];
}
