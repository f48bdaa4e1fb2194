import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import { serveMailbox } from '#src/modules/mail/index.ts';
import { serveOperations } from '#src/modules/operations/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import { readJsonBodies } from '#src/platform/http/body.ts';
import { handleErrors, sendProblem } from '#src/platform/http/errors.ts';
import { type Limits, limits as usualLimits } from '#src/platform/http/limits.ts';
import { observeRequests } from '#src/platform/http/observe-requests.ts';
import { keepOtherSitesOut } from '#src/platform/http/other-sites.ts';
import { refuseWhenBusy } from '#src/platform/http/overload.ts';
import { setSecurityHeaders } from '#src/platform/http/security-headers.ts';
import { refuseOddRequests, serverOptions } from '#src/platform/http/server-options.ts';
import { leaveSlowClients } from '#src/platform/http/slow-clients.ts';
import { leaveUnusedConnections } from '#src/platform/http/unused-connections.ts';
import { type ApiParts, serveApi } from './api.ts';
import type { Config } from './config.ts';
import { serveWeb } from './serve-web.ts';

type ServerParts = ApiParts & { log: FastifyBaseLogger; limits?: Limits };
type EdgeParts = Pick<ServerParts, 'config' | 'log' | 'limits' | 'operations'>;

/** A server with the API and no pages; enough to write the OpenAPI document. */
export async function createApiServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = openEdge(parts);
  await app.register(cookie);
  await serveApi(app, parts);
  return app;
}

/** What stands before everything that answers: limits, headers, errors, the log. */
function openEdge({ log, limits = usualLimits, config, operations }: EdgeParts): FastifyInstance {
  const { baseUrl, TRUST_PROXY } = config;
  const security = { isHttps: baseUrl.startsWith('https:') };
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // The last of so many entries were written by proxies of ours; whoever calls can write those before them.
    trustProxy: TRUST_PROXY > 0 && ((_: string, hop: number) => hop < TRUST_PROXY),
    ...serverOptions(limits, security),
  });
  app.server.maxConnections = limits.connections;
  logRequests(app);
  observeRequests(app, operations.observed);
  setSecurityHeaders(app, security);
  handleErrors(app);
  leaveSlowClients(app, limits);
  leaveUnusedConnections(app);
  refuseWhenBusy(app, limits);
  refuseOddRequests(app, limits);
  keepOtherSitesOut(app, new URL(baseUrl).origin);
  readJsonBodies(app, limits);
  for (const type of ['application/x-ndjson', 'application/octet-stream'])
    app.addContentTypeParser(type, (_, body, done) => done(null, body));
  return app;
}

/** What a process answers that only does jobs: whether it is well. */
export function createWorkerApp(parts: EdgeParts & Pick<ServerParts, 'db'>): FastifyInstance {
  const app = openEdge(parts);
  serveWatchers(app, parts);
  app.setNotFoundHandler((request, reply) => sendProblem(new Refusal('not_found'), request, reply));
  return app;
}

const serveWatchers = (
  app: FastifyInstance,
  { operations, config, db }: Pick<ServerParts, 'operations' | 'config' | 'db'>,
): void => serveOperations(app, operations, { metricsToken: config.METRICS_TOKEN, db });

/** Everything that answers HTTP: the API, its document, and the web client's files. */
export async function createApp(parts: ServerParts): Promise<FastifyInstance> {
  const app = await createApiServer(parts);
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  serveWatchers(app, parts);
  if (parts.config.isDemo)
    await serveMailbox(app, {
      reading: parts.actingFor({ actor: theSystem }).reading,
      ...serverOf(parts.config),
    });
  await serveWeb(app);
  return app;
}

/** The mail server's name and port, without the password that its address may carry. */
const serverOf = ({ SMTP_URL }: Config) => (SMTP_URL ? { server: new URL(SMTP_URL).host } : {});

/** One line for each request. Addresses can carry what people searched for; the route's pattern says enough. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, milliseconds }, 'request');
  });
}
