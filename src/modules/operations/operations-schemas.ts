import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';

const { instant } = apiValues;
const count = z.number().int().min(0);

/** Whether the work that is done by itself is done. */
export const WorkerState = z
  .object({
    state: z.enum(['running', 'stopped', 'behind']).meta({
      description: 'stopped: no process does jobs; behind: a job has waited for more than five minutes',
    }),
    since: instant.nullable(),
  })
  .meta({ id: 'WorkerState' });

/** How the product runs: processes, queues, mails, webhooks. */
export const OperationsState = z
  .object({
    at: instant,
    worker: WorkerState,
    processes: z.array(
      z.object({
        id: z.uuid(),
        role: z.enum(['all', 'web', 'worker']),
        version: z.string(),
        startedAt: instant,
        beatAt: instant,
        stoppedAt: instant.nullable(),
        isAlive: z.boolean(),
        clockSkewMs: z.number().int(),
      }),
    ),
    queues: z.array(
      z.object({
        queue: z.string(),
        ready: count,
        later: count,
        active: count,
        oldestAt: instant.nullable(),
        failed: count.meta({ description: 'Within the last hour' }),
      }),
    ),
    mails: z.object({ queued: count, oldestAt: instant.nullable(), undelivered: count }),
    webhooks: z.object({ pending: count, dead: count }),
    replies: z
      .object({ waiting: count, failed: count })
      .meta({ description: 'Answers on their way to providers' }),
    deadlines: z.object({ overdue: count, withinDay: count }),
  })
  .meta({ id: 'OperationsState' });
