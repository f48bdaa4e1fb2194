import { Worker } from 'node:worker_threads';
import { Refusal } from '#src/domain/refusals.ts';
import type { Sheet } from './sheet.ts';

/** Makes PDFs of answer sheets. */
export type Printer = { print: (sheet: Sheet) => Promise<Buffer>; stop: () => Promise<void> };

const mostWaiting = 50;
const longestMs = 30_000;
const memoryMb = 256;

type Waiting = { resolve: (bytes: Buffer) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };

/**
 * Draws in a thread of its own, so that nobody else waits for it; the thread is started with the first sheet. Too many at once
 * are refused, and a thread that hangs or fails is replaced.
 */
export function openPrinter(): Printer {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let count = 0;
  const settle = (number: number): Waiting | undefined => {
    const found = waiting.get(number);
    waiting.delete(number);
    clearTimeout(found?.timer);
    return found;
  };
  const giveUp = (failed: Worker, error: Error): void => {
    if (worker !== failed) return;
    worker = undefined;
    for (const number of [...waiting.keys()]) settle(number)?.reject(error);
    void failed.terminate();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    started.unref();
    started.on(
      'message',
      ({ number, bytes, error }: { number: number; bytes?: Uint8Array; error?: Error }) => {
        const found = settle(number);
        if (bytes) found?.resolve(Buffer.from(bytes));
        else found?.reject(error ?? new Error('a sheet was not drawn'));
      },
    );
    started.on('error', (error: Error) => giveUp(started, error));
    started.on('exit', () => giveUp(started, new Error('the thread that draws sheets has ended')));
    return started;
  };
  return {
    print: (sheet) => {
      if (waiting.size >= mostWaiting) throw new Refusal('busy');
      worker ??= start();
      const using = worker;
      count += 1;
      const number = count;
      const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
      const timer = setTimeout(() => giveUp(using, new Error('a sheet took too long to draw')), longestMs);
      waiting.set(number, { resolve, reject, timer });
      using.postMessage({ number, sheet });
      return promise;
    },
    stop: async () => {
      if (worker) giveUp(worker, new Error('the product is stopping'));
    },
  };
}
