import { sql } from 'kysely';
import { type CategoryCode, categoryCodes } from '#src/domain/categories.ts';
import type { Database } from '#src/platform/database.ts';

/** Days that personal data is kept: of cases after they were closed, of mails after they were written. */
export type Periods = {
  cases: number;
  byCategory: Readonly<Partial<Record<CategoryCode, number>>>;
  mails: number;
};

/** Writes the periods of the settings where the database goes by them; for its owner, as the portal cannot shorten any. */
export async function keepPeriods(owner: Database, { cases, byCategory, mails }: Periods): Promise<void> {
  const rows = [
    ...categoryCodes.map((category) => ({ category, days: byCategory[category] ?? cases })),
    { category: 'mail', days: mails },
  ];
  await owner
    .insertInto('retention_periods')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('category')
        .doUpdateSet({ days: (eb) => eb.ref('excluded.days') })
        .where('retention_periods.days', '<>', sql<number>`excluded.days`),
    )
    .execute();
}
