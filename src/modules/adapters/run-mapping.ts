import { Worker } from 'node:worker_threads';
import type { MappingJob, MappingResult } from './mapping-worker.ts';

const longestMs = 2000;
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Evaluates an operator's JSONata in a thread of its own, which is ended when its time or memory is used up: an expression can
 * neither stop the product nor see anything of it. Two run at once, the others wait.
 */
export async function runMapping(job: MappingJob): Promise<MappingResult> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await inThread(job);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function inThread(workerData: MappingJob): Promise<MappingResult> {
  const worker = new Worker(new URL('./mapping-worker.ts', import.meta.url), {
    workerData,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  const ended = Promise.withResolvers<MappingResult>();
  const timer = setTimeout(() => ended.resolve({ failed: 'timed_out' }), longestMs);
  worker.once('message', ended.resolve);
  worker.once('error', () => ended.resolve({ failed: 'out_of_memory' }));
  worker.once('exit', () => ended.resolve({ failed: 'broken_off' }));
  return ended.promise.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}
