import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import type { Limits } from './limits.ts';

const lookMs = 1_000;

/** How late the event loop is, on average over the last second, in milliseconds. */
export type LoopDelay = () => number;

/** Refuses calls of the API at once while this process is too busy to answer them in time; those under way are finished. */
export function refuseWhenBusy(app: FastifyInstance, limits: Limits, delay = measuredDelay(app)): void {
  app.addHook('onRequest', async (request) => {
    if (request.url.startsWith('/api/') && delay() > limits.loopDelayMs) throw new Refusal('busy');
  });
}

function measuredDelay(app: FastifyInstance): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let mean = 0;
  const looking = setInterval(() => {
    mean = Number.isNaN(histogram.mean) ? 0 : histogram.mean / 1e6;
    histogram.reset();
  }, lookMs).unref();
  app.addHook('onClose', async () => {
    clearInterval(looking);
    histogram.disable();
  });
  return () => mean;
}
