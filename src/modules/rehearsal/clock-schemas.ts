import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';

const { instant } = apiValues;

/** Where the clock can be moved to: on by an hour or a week, to nine on the next business day, or back to the real time. */
export const destinations = ['one_hour', 'next_business_morning', 'one_week', 'real_time'] as const;

export const ClockMove = z.object({ to: z.enum(destinations) });

export const RehearsalClock = z
  .object({
    now: instant.meta({ description: 'The product’s time' }),
    realNow: instant,
    aheadSeconds: z.number().int(),
  })
  .meta({ id: 'RehearsalClock' });
