import { type RawBuilder, sql } from 'kysely';
import type { ClosingDays } from '#src/domain/business-days.ts';
import { type ClosingPeriod, closingDaysOf } from '#src/domain/closing-days.ts';
import type { Reader } from '#src/platform/transaction.ts';

type Known = { periods: ClosingPeriod[]; confirmedYears: number[] };

/** The PSP's closing days, and those of an institution with them if one is named, as JSON of a statement. */
export const closingDaysJson = (
  institutionId: string | null = null,
): RawBuilder<Known> => sql<Known>`json_build_object(
  'periods', coalesce((select json_agg(json_build_object('from', first, 'to', last)) from closing_periods
    where institution_id is null or institution_id = ${institutionId}), '[]'),
  'confirmedYears', coalesce((select json_agg(year order by year) from confirmed_years), '[]'))`;

/** The closing days by which requests of an institution fall due; without one those of the PSP. Throws for years not confirmed. */
export async function readClosingDays(db: Reader, institutionId: string | null = null): Promise<ClosingDays> {
  const { rows } = await sql<{ known: Known }>`select ${closingDaysJson(institutionId)} as known`.execute(db);
  const { periods, confirmedYears } = rows[0]?.known ?? { periods: [], confirmedYears: [] };
  return closingDaysOf(periods, confirmedYears);
}
