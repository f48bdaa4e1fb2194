import type { z } from 'zod';
import { addDays } from '#src/domain/days.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { type Counted, countFigures, type Found } from './count-figures.ts';
import {
  type PartFigures,
  partsShown,
  type SplitFilter,
  type Statistics,
  type WeekFigures,
} from './statistics-schemas.ts';

type Filter = z.output<typeof SplitFilter>;

/** So many parts a file has at most; no PSP has more merchants. */
const partsOfFile = 100_000;

/** The figures of a period: all together, week by week, and by type, institution or merchant. */
export async function getStatistics(
  db: Database,
  actor: OperatorActor,
  filter: Filter,
): Promise<z.input<typeof Statistics>> {
  const found = await countFigures(db, actor, { ...filter, parts: partsShown });
  return {
    startsOn: found.startsOn,
    endsOn: addDays(found.startsOn, filter.weeks * 7 - 1),
    today: found.today,
    split: filter.split,
    total: figuresOf(found.total),
    weeks: weeksOf(found, filter.weeks),
    parts: partsOf(found),
    partsLeftOut: found.partsThere - found.parts.length,
  };
}

/** Week by week, for a file. */
export async function listWeeks(db: Database, actor: OperatorActor, filter: Omit<Filter, 'split'>) {
  const found = await countFigures(db, actor, { ...filter, split: 'type', parts: 0 });
  return { data: weeksOf(found, filter.weeks), nextCursor: null };
}

/** Part by part, for a file: all of them. */
export async function listParts(db: Database, actor: OperatorActor, filter: Filter) {
  const found = await countFigures(db, actor, { ...filter, parts: partsOfFile });
  return { data: partsOf(found), nextCursor: null };
}

/** Every week of the period, those too in which nothing happened. */
function weeksOf({ startsOn, thisWeek, weeks }: Found, count: number): z.input<typeof WeekFigures>[] {
  const byWeek = new Map(weeks.map((each) => [each.week, each]));
  return Array.from({ length: count }, (_, index) => {
    const weekStartsOn = addDays(startsOn, index * 7);
    return {
      weekStartsOn,
      isRunning: weekStartsOn === thisWeek,
      ...figuresOf(byWeek.get(index) ?? null),
    };
  });
}

const partsOf = ({ parts }: Found): z.input<typeof PartFigures>[] =>
  parts.map((part) => ({ code: part.code, name: part.name, ...figuresOf(part) }));

function figuresOf(counted: Counted | null) {
  const { requested = 0, answeredInTime = 0, answeredLate = 0, expired = 0 } = counted ?? {};
  const ended = answeredInTime + answeredLate + expired;
  return {
    ...{ requested, answeredInTime, answeredLate, expired },
    shareInTime: ended === 0 ? null : answeredInTime / ended,
    medianHours: counted?.medianHours ?? null,
    p90Hours: counted?.p90Hours ?? null,
  };
}
