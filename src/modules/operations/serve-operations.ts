import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import { type Database, poolStateOf } from '#src/platform/database.ts';
import type { Operations } from './operations.ts';
import { writeMetrics } from './write-metrics.ts';

type Options = { metricsToken: string | undefined; db: Database };

const hide = { schema: { hide: true } };

/** What balancers and watchers ask: whether answers are safe here, whether to send requests, and how everything goes. */
export function serveOperations(
  app: FastifyInstance,
  operations: Operations,
  { metricsToken, db }: Options,
): void {
  app.addHook('onSend', async (_, reply) => {
    // Whoever keeps the connection of a process that is stopping would be cut with the next request.
    if (operations.isDraining()) reply.header('connection', 'close');
  });
  app.get('/healthz', hide, async (_, reply) => {
    const health = await operations.health();
    return reply.code(health.status === 'ok' ? 200 : 503).send({ ...health, role: operations.role });
  });
  app.get('/readyz', hide, async (_, reply) => {
    const reason = operations.notReady();
    return reply.code(reason ? 503 : 200).send({ status: reason ?? 'ready' });
  });
  app.get('/metrics', hide, async (request, reply) => {
    if (!mayRead(request, metricsToken)) throw new Refusal('not_permitted');
    const figures = await operations.figures().catch((err) => {
      request.log.error({ err }, 'the figures could not be gathered');
      return undefined;
    });
    const text = writeMetrics({
      figures,
      pool: poolStateOf(db),
      counted: operations.observed.counted.samples(),
    });
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;
const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via', 'x-real-ip'];

/** With a token whoever has it; without one only this machine, and not a proxy on it that passes on for others. */
function mayRead({ headers, raw }: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? '', `Bearer ${token}`);
  const isOwn = loopback.test(raw.socket.remoteAddress ?? '');
  return isOwn && !forwarding.some((name) => headers[name] !== undefined);
}

/** Hashes have one length and tell nothing of where they differ. */
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(hashOf(given), hashOf(wanted));

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
