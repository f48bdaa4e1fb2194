import { randomUUID } from 'node:crypto';
import { afterEach, expect, inject, it, vi } from 'vitest';
import { testLog } from '#tests/support/logs.ts';
import { type Database, openDatabase } from './database.ts';
import { type Jobs, type Queue, startJobs } from './jobs.ts';
import { counting } from './observed/observed.ts';

const open: { db: Database; jobs: Jobs }[] = [];

afterEach(async () => {
  for (const { db, jobs } of open.splice(0)) {
    await jobs.stop();
    await db.destroy();
  }
});

/** A queue of the test's own, in work, and a way to put jobs into it. */
async function start(queue: Omit<Queue, 'name'>): Promise<(jobs: object[]) => Promise<void>> {
  const connectionString = inject('connectionString');
  const name = `test-${randomUUID()}`;
  const jobs = await startJobs({
    connectionString,
    queues: [{ name, ...queue }],
    log: testLog(),
    work: true,
    observed: counting(),
  });
  const db = openDatabase({ connectionString });
  open.push({ db, jobs });
  return (added) =>
    db.transaction().execute((tx) =>
      jobs.insert(
        tx,
        name,
        added.map((data) => ({ data })),
      ),
    );
}

it('goes on to the next job at once, and does not wait for its next look', async () => {
  const done: unknown[] = [];
  const work = async (data: unknown): Promise<void> => void done.push(data);
  const enqueue = await start({ work, retries: 0, retryAfterSeconds: 1 });
  const jobs = Array.from({ length: 50 }, (_, number) => ({ number }));

  await enqueue(jobs);

  await vi.waitFor(() => expect(done).toHaveLength(50), { timeout: 10_000 });
  // In no order: jobs that were queued together are as old as each other.
  expect(new Set(done)).toEqual(new Set(jobs));
});

it('tells of a job that was given up, with what it was about', async () => {
  const givenUp: unknown[] = [];
  const enqueue = await start({
    work: () => Promise.reject(new Error('never works')),
    retries: 0,
    retryAfterSeconds: 1,
    givenUp: async (data) => void givenUp.push(data),
  });

  await enqueue([{ mailId: 'one' }]);

  await vi.waitFor(() => expect(givenUp).toEqual([{ mailId: 'one' }]), { timeout: 10_000 });
});
