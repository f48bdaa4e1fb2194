import { maxHeaderSize } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import { sendProblem, toRefusal } from './errors.ts';
import type { Limits } from './limits.ts';
import { answerNoRequest } from './raw-errors.ts';
import { closedPolicy, fixedHeaders } from './security-headers.ts';

type Security = { isHttps: boolean };

/** How the HTTP server is set: limits, time-outs, and an answer in our form to everything that never becomes a request. */
export const serverOptions = (limits: Limits, security: Security) => ({
  bodyLimit: limits.bodyBytes,
  requestTimeout: limits.requestMs,
  connectionTimeout: limits.idleMs,
  keepAliveTimeout: limits.keepAliveMs,
  // What arrives on a kept connection while the server stops is still answered.
  return503OnClosing: false,
  routerOptions: { maxParamLength: 200 },
  http: {
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.min(5_000, limits.headersMs),
    maxHeaderSize: Math.min(limits.headerBytes, maxHeaderSize),
  },
  clientErrorHandler: answerNoRequest(security),
  // An address that cannot be read has no route, so that no hook sets its headers.
  frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    reply.headers(fixedHeaders(security)).header('content-security-policy', closedPolicy);
    sendProblem(toRefusal(error, request), request, reply);
  },
});

/** Refuses what is HTTP to the letter and nothing that a client of ours sends. */
export function refuseOddRequests(app: FastifyInstance, { urlBytes, queryParameters }: Limits): void {
  app.addHook('onRequest', async ({ raw, url }) => {
    if (url.length > urlBytes) throw new Refusal('headers_too_large');
    const isOdd = raw.httpVersionMajor !== 1 || !url.startsWith('/') || hostsOf(raw.rawHeaders) > 1;
    if (isOdd || url.split('&').length > queryParameters) throw new Refusal('invalid_request');
  });
  // An expectation that is not ours to fulfil is passed over; Node would answer without our headers.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
}

/** A proxy before us may have taken the one for its decision and we the other. */
const hostsOf = (rawHeaders: readonly string[]): number =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
