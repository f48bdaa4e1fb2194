import { sql } from 'kysely';
import type { z } from 'zod';
import { dayOf, instantText } from '#src/domain/days.ts';
import type { DueRule } from '#src/domain/due.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { Calendar } from './calendar-schemas.ts';
import { versionOf } from './due-terms.ts';
import { yearsToConfirm } from './years-to-confirm.ts';

type View = z.input<typeof Calendar>;
type Period = View['closingPeriods'][number] & { institutionId: string | null };

type Row = {
  now: Date;
  periods: Period[];
  institutions: { id: string; name: string; dueRule: DueRule | null; expiryDays: number }[];
  years: { year: number; confirmedAt: string; confirmedBy: string | null }[];
};

/** Closing days, confirmed years and due rules, in one statement. */
export async function getCalendar(db: Reader): Promise<View> {
  const { rows } = await sql<Row>`
    select ${productNow} as now,
      coalesce((select json_agg(json_build_object('id', id, 'institutionId', institution_id, 'name', name, 'from', first, 'to', last)
        order by first, last) from closing_periods), '[]') as periods,
      coalesce((select json_agg(json_build_object('id', id, 'name', name, 'dueRule', due_rule, 'expiryDays', expiry_days)
        order by id) from institutions), '[]') as institutions,
      coalesce((select json_agg(json_build_object('year', year, 'confirmedAt', confirmed_at, 'confirmedBy', users.name)
        order by year) from confirmed_years left join users on users.id = confirmed_by), '[]') as years`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('reading the calendar gave no row');
  return toView(row);
}

function toView({ now, periods, institutions, years }: Row): View {
  const of = (institutionId: string | null) =>
    periods
      .filter((period) => period.institutionId === institutionId)
      .map(({ id, name, from, to }) => ({ id, name, from, to }));
  const today = dayOf(now);
  return {
    today,
    closingPeriods: of(null),
    institutions: institutions.map((each) => ({
      ...each,
      version: versionOf(each),
      closingPeriods: of(each.id),
    })),
    confirmedYears: years.map((each) => ({ ...each, confirmedAt: instantText(new Date(each.confirmedAt)) })),
    yearsToConfirm: yearsToConfirm(
      today,
      years.map(({ year }) => year),
    ),
  };
}
