import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { DB } from './tables.ts';

/** One kind of work that is done by itself, later and apart from what caused it. */
export type Queue = {
  name: string;
  /** Does one job. Throwing has it tried again later; it may be called twice with the same job. */
  work: (data: unknown) => Promise<void>;
  /** How often a job that failed is tried again before it is given up. */
  retries: number;
  /** Seconds until the first retry; each further one waits twice as long, up to an hour. */
  retryAfterSeconds: number;
  /** Jobs done side by side in one process. */
  concurrency?: number;
  /** Runs by itself at these times as well (cron, Asia/Tokyo). */
  schedule?: string;
};

/** One thing to do, and how long to wait with it. */
export type Job = { data: object; startAfterSeconds?: number };

export type Jobs = {
  insert: (tx: Transaction<DB>, queue: string, jobs: readonly Job[]) => Promise<void>;
  stop: () => Promise<void>;
};

type Options = { connectionString: string; queues: readonly Queue[]; log: Logger; work: boolean };

const pollSeconds = 2;

/**
 * Starts the job queue in the same database as everything else. With `work` false jobs can be queued, and another process
 * does them.
 */
export async function startJobs({ connectionString, queues, log, work }: Options): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString,
    application_name: 'shokai jobs',
    max: 4,
    connectionTimeoutMillis: 5_000,
    supervise: work,
    schedule: work,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  await boss.start();
  await Promise.all(queues.map((queue) => prepareQueue(boss, queue)));
  if (work) for (const queue of queues) await startWorker(boss, queue, log);
  return {
    insert: async (tx, queue, jobs) => {
      const rows = jobs.map(({ data, startAfterSeconds = 0 }) => ({ data, startAfter: startAfterSeconds }));
      await boss.insert(queue, rows, { db: fromKysely(tx) });
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

async function prepareQueue(boss: PgBoss, { name, retries, retryAfterSeconds }: Queue): Promise<void> {
  await boss.createQueue(name, {
    retryLimit: retries,
    retryDelay: retryAfterSeconds,
    retryBackoff: true,
    retryDelayMax: 3600,
  });
}

async function startWorker(
  boss: PgBoss,
  { name, work, concurrency = 1, schedule }: Queue,
  log: Logger,
): Promise<void> {
  const options = { batchSize: 1, localConcurrency: concurrency, pollingIntervalSeconds: pollSeconds };
  await boss.work(name, options, async ([job]) => {
    if (!job) return;
    try {
      await work(job.data);
    } catch (error) {
      log.warn({ err: error, queue: name, jobId: job.id }, 'job failed, it will be tried again');
      throw error;
    }
  });
  if (schedule) await boss.schedule(name, schedule, null, { tz: 'Asia/Tokyo' });
}
