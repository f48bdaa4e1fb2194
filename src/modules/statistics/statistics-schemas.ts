import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';

const { day, mid, notificationType } = apiValues;

/** What the figures can be split by. */
export const splits = ['type', 'institution', 'merchant'] as const;
export type Split = (typeof splits)[number];

/** So many weeks at most: what is looked at is counted anew each time. */
export const mostWeeks = 53;

/** So many parts are shown on the screen, the ones with the most requests; the file has all of them. */
export const partsShown = 100;

/** Which weeks are looked at, and of which cases. */
export const StatisticsFilter = z.object({
  weeks: z.coerce.number().int().min(1).max(mostWeeks).default(12),
  until: day.optional().meta({ description: 'A day of the last week; today when left out' }),
  notificationType: notificationType.optional(),
  institutionId: z.string().min(1).max(32).optional(),
  mid: mid.optional(),
});

export const SplitFilter = StatisticsFilter.extend({ split: z.enum(splits).default('type') });

const count = z.number().int().nonnegative();
const hours = count.nullable();

const figures = {
  requested: count.meta({ description: 'Requests by the day they were requested at' }),
  answeredInTime: count.meta({
    description: 'First answers that were registered in time, by the day of the answer',
  }),
  answeredLate: count,
  expired: count.meta({ description: 'Closed without an answer, by the day of closing' }),
  shareInTime: z.number().min(0).max(1).nullable().meta({
    description:
      'In time among all that were answered or closed without an answer; null where there were none',
  }),
  medianHours: hours.meta({
    description:
      'Hours from the request to its first answer, rounded down: half of the answers took no longer, their hours rounded down too',
  }),
  p90Hours: hours.meta({ description: 'As medianHours, of nine of ten answers' }),
};

const Figures = z.object(figures);

export const WeekFigures = z
  .object({ weekStartsOn: day, isRunning: z.boolean(), ...figures })
  .meta({ id: 'WeekFigures' });

export const PartFigures = z
  .object({
    code: z.string().meta({ description: 'A notification type, an institution’s id, or a MID' }),
    name: z.string().nullable(),
    ...figures,
  })
  .meta({ id: 'PartFigures' });

export const Statistics = z
  .object({
    startsOn: day,
    endsOn: day,
    today: day,
    split: z.enum(splits).meta({ description: 'What the parts are' }),
    total: Figures,
    weeks: z.array(WeekFigures).meta({ description: 'Monday first, as in Japan; the oldest first' }),
    parts: z
      .array(PartFigures)
      .meta({ description: `Those with the most requests first, ${partsShown} at most` }),
    partsLeftOut: count,
  })
  .meta({ id: 'Statistics' });
