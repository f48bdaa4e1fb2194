import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { portalRole } from './database.ts';
import { because, currentCause } from './observed/cause.ts';
import { asSpan, type Observed } from './observed/observed.ts';
import { newSpanId, rootSpanIdOf, traceIdOf } from './observed/spans.ts';
import type { DB } from './tables.ts';

/** One kind of work that is done by itself, later and apart from what caused it. */
export type Queue = {
  name: string;
  /** Does one job. Throwing has it tried again later; it may be called twice with the same job. */
  work: (data: unknown) => Promise<void>;
  /** Does many jobs at once where there are many. Returns for each what went wrong, if anything; those are tried again. */
  batch?: { size: number; work: (all: readonly unknown[]) => Promise<readonly (Error | undefined)[]> };
  /** How often a job that failed is tried again before it is given up. */
  retries: number;
  /** Seconds until the first retry; each further one waits about twice as long. */
  retryAfterSeconds: number;
  /** The longest wait between two tries; unset: an hour. */
  retryAtMostSeconds?: number;
  /** Told of a job whose tries are used up, also when its process died in the last of them. */
  givenUp?: (data: unknown) => Promise<void>;
  /** How often to look for work; unset: every two seconds. */
  pollSeconds?: number;
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

type Options = {
  connectionString: string;
  queues: readonly Queue[];
  log: Logger;
  work: boolean;
  observed: Observed;
};

const usualPollSeconds = 2;

/** Brings the queue's own tables to the newest schema and lets the portal's role use them; for the owner of the database. */
export async function prepareJobs(connectionString: string): Promise<void> {
  const boss = new PgBoss({ connectionString, max: 1, supervise: false, schedule: false });
  await boss.start();
  const grants = [
    // One statement, one transaction: processes that start at the same time grant one after the other.
    `select pg_advisory_xact_lock(hashtextextended('shokai:grants-of-jobs', 0))`,
    `grant usage on schema pgboss to ${portalRole}`,
    `grant select, insert, update, delete on all tables in schema pgboss to ${portalRole}`,
    `grant execute on all functions in schema pgboss to ${portalRole}`,
  ];
  await boss.getDb().executeSql(grants.join(';'));
  await boss.stop({ graceful: false });
}

/**
 * Starts the job queue in the same database as everything else. With `work` false jobs can be queued, and another process
 * does them.
 */
export async function startJobs({ connectionString, queues, log, work, observed }: Options): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString,
    options: `-c role=${portalRole}`,
    migrate: false,
    createSchema: false,
    application_name: 'shokai jobs',
    max: 4,
    connectionTimeoutMillis: 5_000,
    supervise: work,
    schedule: work,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  await boss.start();
  const all = queues.flatMap(withItsGivenUp);
  for (const queue of all) await prepareQueue(boss, queue);
  if (work) for (const queue of all) await startWorkers(boss, queue, { log, observed });
  return {
    insert: async (tx, queue, jobs) => {
      const causedBy = currentCause()?.requestId;
      const rows = jobs.map(({ data, startAfterSeconds = 0 }) => ({
        data: causedBy ? { ...data, causedBy } : data,
        startAfter: startAfterSeconds,
      }));
      await boss.insert(queue, rows, { db: fromKysely(tx) });
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

const givenUpName = (name: string): string => `${name}.given-up`;

/** A queue whose jobs must not end unnoticed, after the queue that is told of those that were given up. */
function withItsGivenUp(queue: Queue): Queue[] {
  const { name, givenUp } = queue;
  if (!givenUp) return [queue];
  return [{ name: givenUpName(name), work: givenUp, retries: 100, retryAfterSeconds: 60 }, queue];
}

async function prepareQueue(boss: PgBoss, queue: Queue): Promise<void> {
  const { name, retries, retryAfterSeconds, retryAtMostSeconds = 3600, givenUp } = queue;
  const options = {
    retryLimit: retries,
    retryDelay: retryAfterSeconds,
    retryBackoff: true,
    retryDelayMax: retryAtMostSeconds,
    ...(givenUp && { deadLetter: givenUpName(name) }),
  };
  await boss.createQueue(name, options);
  // A queue that an earlier release made keeps its settings otherwise.
  await boss.updateQueue(name, options);
}

type Watching = { log: Logger; observed: Observed };

async function startWorkers(boss: PgBoss, queue: Queue, watching: Watching): Promise<void> {
  const { name, schedule, concurrency = 1 } = queue;
  for (let count = 0; count < concurrency; count += 1) await startWorker(boss, queue, watching);
  if (schedule) await boss.schedule(name, schedule, null, { tz: 'Asia/Tokyo' });
}

async function startWorker(boss: PgBoss, queue: Queue, watching: Watching): Promise<void> {
  const { name, batch, pollSeconds = usualPollSeconds } = queue;
  const worker = { id: '' };
  const options = {
    batchSize: batch?.size ?? 1,
    pollingIntervalSeconds: pollSeconds,
    perJobResults: true,
  } as const;
  worker.id = await boss.work(name, options, async (jobs) => {
    if (jobs.length === 0) return [];
    // Where one job was there may be more: the worker looks again at once, and not only at its next poll.
    boss.notifyWorker(worker.id);
    const errors = await doJobs(queue, jobs, watching);
    return jobs.map(({ id }, index) => resultOf(id, errors[index]));
  });
}

type Fetched = { id: string; data: unknown };
type Outcome = Error | undefined;

const resultOf = (id: string, error: Outcome) =>
  error
    ? { id, status: 'failed' as const, output: { message: error.message } }
    : { id, status: 'completed' as const };

/** Does jobs under the name of the request that caused them; several at once under that of the first. */
async function doJobs(
  { name, work, batch }: Queue,
  jobs: readonly Fetched[],
  { log, observed }: Watching,
): Promise<readonly Outcome[]> {
  const [first] = jobs;
  if (!first) return [];
  const known = jobs.map(({ id, data }) => ({ id, ...causeOf(id, data) }));
  const { causedBy = first.id } = known[0] ?? {};
  const span = { traceId: traceIdOf(causedBy), spanId: newSpanId() };
  const all = known.map(({ data }) => data);
  const inSpan = <Result>(run: () => Promise<Result>): Promise<Result> =>
    asSpan(observed, spanOf({ ...span, name, causedBy, jobId: first.id }), run);
  const errors = await because({ requestId: causedBy, span, isJob: true }, () =>
    batch && jobs.length > 1 ? inSpan(() => batch.work(all)) : outcomeOf(() => inSpan(() => work(all[0]))),
  );
  for (const [index, { id: jobId, causedBy: requestId }] of known.entries()) {
    const err = errors[index];
    observed.counted.add('shokai_jobs_total', { queue: name, outcome: err ? 'failed' : 'done' });
    if (err) log.warn({ err, queue: name, jobId, requestId }, 'job failed, it will be tried again');
  }
  return errors;
}

function causeOf(id: string, data: unknown): { causedBy: string; data: object } {
  const { causedBy = id, ...rest } = { ...(data as { causedBy?: string } | null) };
  return { causedBy, data: rest };
}

async function outcomeOf(run: () => Promise<void>): Promise<Outcome[]> {
  try {
    await run();
    return [undefined];
  } catch (error) {
    return [error instanceof Error ? error : new Error(`${error}`)];
  }
}

type JobSpan = { traceId: string; spanId: string; name: string; causedBy: string; jobId: string };

/** A job stands below the request that caused it, however much later; one that runs by the clock is its own beginning. */
const spanOf = ({ name, causedBy, jobId, ...ids }: JobSpan) => ({
  ...ids,
  ...(causedBy !== jobId && { parentSpanId: rootSpanIdOf(causedBy) }),
  name: `job ${name}`,
  kind: 'consumer' as const,
  attributes: { 'messaging.destination.name': name, 'shokai.job_id': jobId, 'shokai.request_id': causedBy },
});
