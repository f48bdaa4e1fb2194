import type { FastifyInstance, FastifyRequest } from 'fastify';
import { because } from '../observed/cause.ts';
import type { Observed } from '../observed/observed.ts';
import { preciseNow, rootSpanIdOf, traceIdOf } from '../observed/spans.ts';

/**
 * Counts and times every request by its route, and does it under its id: what it queues, and the statements it makes, know
 * what they are for.
 */
export function observeRequests(app: FastifyInstance, { counted, tracer }: Observed): void {
  app.addHook('preHandler', (request, _, done) =>
    because({ requestId: request.id, span: spanOf(request) }, done),
  );
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    const labels = { method, route, status: String(status) };
    counted.add('shokai_http_requests_total', labels);
    counted.time({ method, route }, reply.elapsedTime / 1000);
    const endMs = preciseNow();
    tracer?.export({
      ...spanOf(request),
      name: `${method} ${route}`,
      kind: 'server',
      startMs: endMs - reply.elapsedTime,
      endMs,
      attributes: {
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
        'shokai.request_id': request.id,
      },
      isError: status >= 500,
    });
  });
}

const spanOf = ({ id }: FastifyRequest) => ({ traceId: traceIdOf(id), spanId: rootSpanIdOf(id) });
