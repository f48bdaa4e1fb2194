import { sql } from 'kysely';
import type { z } from 'zod';
import { instantText } from '#src/domain/days.ts';
import { productNow } from '#src/platform/product-clock.ts';
import type { Reader } from '#src/platform/transaction.ts';
import type { RehearsalClock } from './clock-schemas.ts';

export type Clock = { now: Date; realNow: Date };

/** The product's time beside the real one, both of the database. */
export async function readClock(db: Reader): Promise<Clock> {
  const { rows } = await sql<Clock>`select ${productNow} as now, now() as "realNow"`.execute(db);
  const [clock] = rows;
  if (!clock) throw new Error('asking for the time gave no row');
  return clock;
}

/** The same as the API tells it. */
export const toView = ({ now, realNow }: Clock): z.input<typeof RehearsalClock> => ({
  now: instantText(now),
  realNow: instantText(realNow),
  aheadSeconds: Math.round((now.getTime() - realNow.getTime()) / 1000),
});
