import { sql } from 'kysely';
import { addDays, type Day, dayOf } from '#src/domain/days.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';

/** How long before a year is needed it is asked for. */
const daysAhead = 120;

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** This year and the one that is near, as far as nobody has confirmed that their closing days are complete. */
export const yearsToConfirm = (today: Day, confirmed: readonly number[]): number[] =>
  [...new Set([yearOf(today), yearOf(addDays(today, daysAhead))])].filter(
    (year) => !confirmed.includes(year),
  );

/** The same by the product's time and what is confirmed now. */
export async function findYearsToConfirm(db: Reader): Promise<number[]> {
  const { rows } = await sql<{ now: Date; years: number[] }>`
    select ${productNow} as now, array(select year from confirmed_years) as years`.execute(db);
  return rows.flatMap(({ now, years }) => yearsToConfirm(dayOf(now), years));
}
