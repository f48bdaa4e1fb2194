import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serveMailbox } from '#src/modules/mail/index.ts';
import { theSystem } from '#src/platform/actor.ts';
import { readJsonBodies } from '#src/platform/http/body.ts';
import { handleErrors } from '#src/platform/http/errors.ts';
import { type ApiParts, serveApi } from './api.ts';
import type { Config } from './config.ts';
import { serveWeb } from './serve-web.ts';

const bodyLimitBytes = 1_048_576;

/** A server with the API and no pages; enough to write the OpenAPI document. */
export async function createApiServer({
  log,
  ...parts
}: ApiParts & { log: FastifyBaseLogger }): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    genReqId: () => randomUUID(),
    trustProxy: parts.config.TRUST_PROXY,
    routerOptions: { maxParamLength: 200 },
  });
  logRequests(app);
  handleErrors(app);
  readJsonBodies(app);
  app.addContentTypeParser('application/x-ndjson', (_, body, done) => done(null, body));
  await app.register(cookie);
  await app.register(helmet, securityHeaders(parts.config));
  await serveApi(app, parts);
  return app;
}

/** Everything that answers HTTP: the API, its document, and the web client's files. */
export async function createApp(parts: ApiParts & { log: FastifyBaseLogger }): Promise<FastifyInstance> {
  const app = await createApiServer(parts);
  await app.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] });
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
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

const securityHeaders = ({ baseUrl }: Config) => ({
  enableCSPNonces: true,
  // Told to browsers only where the portal is reached over https; otherwise they would lock people out.
  strictTransportSecurity: baseUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
});
