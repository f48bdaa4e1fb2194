import { fork } from 'node:child_process';
import type { MappingJob, MappingResult } from './mapping-process.ts';

const longestMs = 3000;
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Evaluates an operator's JSONata in a process of its own, which is ended when its time or memory is used up: an expression can
 * neither stop the product nor see anything of it. A thread would not do: V8 ends its whole process for want of memory. Two run
 * at once, the others wait.
 */
export async function runMapping(job: MappingJob): Promise<MappingResult> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await inProcess(job);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function inProcess(job: MappingJob): Promise<MappingResult> {
  const child = fork(new URL('./mapping-process.ts', import.meta.url), [], {
    env: {},
    execArgv: ['--max-old-space-size=64', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const ended = Promise.withResolvers<MappingResult>();
  const timer = setTimeout(() => ended.resolve({ failed: 'timed_out' }), longestMs);
  child.once('message', (result) => ended.resolve(result as MappingResult));
  child.once('error', () => ended.resolve({ failed: 'broken_off' }));
  child.once('exit', () => ended.resolve({ failed: 'out_of_memory' }));
  child.send(job);
  return ended.promise.finally(() => {
    clearTimeout(timer);
    child.kill('SIGKILL');
  });
}
