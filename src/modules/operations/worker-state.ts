import type { z } from 'zod';
import type { Figures } from './gather-figures.ts';
import type { OperationsState, WorkerState } from './operations-schemas.ts';

const longestWaitMs = 5 * 60_000;

/** Whether jobs are done, as the figures tell it, and since when they are not. */
export function workerState({ at, processes, queues }: Figures): z.input<typeof WorkerState> {
  const workers = processes.filter(({ role }) => role !== 'web');
  if (!workers.some(({ isAlive }) => isAlive)) {
    const lasts = workers.map(({ stoppedAt, beatAt }) => instantOf(stoppedAt ?? beatAt));
    return { state: 'stopped', since: lasts.sort().at(-1) ?? null };
  }
  const oldest = queues.flatMap(({ oldestAt }) => (oldestAt === null ? [] : [instantOf(oldestAt)])).sort()[0];
  if (oldest !== undefined && Date.parse(at) - Date.parse(oldest) > longestWaitMs)
    return { state: 'behind', since: oldest };
  return { state: 'running', since: null };
}

/** The figures as the API tells them. */
export function toOperationsState(figures: Figures): z.input<typeof OperationsState> {
  const { at, processes, queues, mails, webhooks, replies, deadlines } = figures;
  return {
    at: instantOf(at),
    worker: workerState(figures),
    processes: processes.map((one) => ({
      ...one,
      startedAt: instantOf(one.startedAt),
      beatAt: instantOf(one.beatAt),
      stoppedAt: one.stoppedAt && instantOf(one.stoppedAt),
    })),
    queues: queues.map((one) => ({ ...one, oldestAt: one.oldestAt && instantOf(one.oldestAt) })),
    mails: { ...mails, oldestAt: mails.oldestAt && instantOf(mails.oldestAt) },
    webhooks,
    replies: { waiting: replies.waiting, failed: replies.failed },
    deadlines,
  };
}

const instantOf = (text: string): string => new Date(text).toISOString();
