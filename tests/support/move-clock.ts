import { sql } from 'kysely';
import type { World } from './world.ts';

type Step = { days?: number; hours?: number; milliseconds?: number };

/** Moves the product's time on as a rehearsal does, in a database of the test's own. What the clock would have done is not done. */
export async function moveClock(
  { bySystem }: Pick<World, 'bySystem'>,
  { days = 0, hours = 0, milliseconds = 0 }: Step,
): Promise<void> {
  const ms = (days * 24 + hours) * 3_600_000 + milliseconds;
  await bySystem.inTransaction((tx) => sql`select move_product_clock(${ms})`.execute(tx));
}

/** Sets it back to the real time. */
export async function setClockRight({ bySystem }: Pick<World, 'bySystem'>): Promise<void> {
  await bySystem.inTransaction((tx) => sql`select move_product_clock(null)`.execute(tx));
}
