import { sql } from 'kysely';
import type { z } from 'zod';
import { addBusinessDays, type ClosingDays } from '#src/domain/business-days.ts';
import { addDays, type Day, dayOf, startOfDay } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { readClosingDays } from '#src/modules/calendar/index.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import type { ClockMove } from './clock-schemas.ts';
import { type Clock, readClock } from './read-clock.ts';

/** What the product does by the clock, in the order in which it is done at one moment; each opens its own transactions. */
export type ClockWork = readonly (() => Promise<unknown>)[];

type Destination = z.output<typeof ClockMove>['to'];

const msPerHour = 3_600_000;
const morningHour = 9;
const ways = { one_hour: msPerHour, one_week: 7 * 24 * msPerHour };

/** Short enough that no two reminders fall into one step, and that it is no jump of the clock for who looks out for those. */
const stepMs = msPerHour / 2;

/** As far as it goes: the years whose holidays are known do not end before. */
const furthestMs = 10 * 365 * 24 * msPerHour;

/**
 * Moves the product's time, step by step, and does after each what the clock would have done by then. Set back to the real time
 * nothing is done: what happened stays.
 */
export async function moveClock(acting: Acting, clockWork: ClockWork, to: Destination): Promise<void> {
  if (to === 'real_time') return acting.inTransaction((tx) => setRight(tx));
  const clock = await acting.reading(readClock);
  const wayMs = to === 'next_business_morning' ? await toMorning(acting, clock) : ways[to];
  if (clock.now.getTime() - clock.realNow.getTime() + wayMs > furthestMs)
    throw new Refusal('clock_not_movable');
  await acting.inTransaction(async (tx) =>
    tx.record('clock.move', [], { to, minutes: Math.round(wayMs / 60_000) }),
  );
  for (let leftMs = wayMs; leftMs > 0; leftMs -= stepMs) {
    await acting.inTransaction((tx) => moveBy(tx, Math.min(leftMs, stepMs)));
    for (const work of clockWork) await work();
  }
}

async function toMorning({ reading }: Acting, { now }: Clock): Promise<number> {
  const closing = await reading((db) => readClosingDays(db));
  const day = nextBusinessDay(dayOf(now), closing);
  return startOfDay(day).getTime() + morningHour * msPerHour - now.getTime();
}

function nextBusinessDay(today: Day, closing: ClosingDays): Day {
  try {
    return addBusinessDays(addDays(today, 1), 0, closing);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('clock_not_movable');
    throw error;
  }
}

async function moveBy(tx: Tx, ms: number): Promise<void> {
  await sql`select move_product_clock(${Math.ceil(ms)})`.execute(tx);
}

async function setRight(tx: Tx): Promise<void> {
  await sql`select move_product_clock(null)`.execute(tx);
  tx.record('clock.move', [], { to: 'real_time' });
}
