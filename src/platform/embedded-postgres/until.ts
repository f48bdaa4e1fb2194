import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 20;

/** Asks again and again until the answer is yes, or the time is over: then false. */
export async function until(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() >= end) return false;
    await pause(pauseMs);
  }
  return true;
}
