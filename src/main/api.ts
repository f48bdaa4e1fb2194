import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { adapterEndpoints, placesOf, replyEndpoints } from '#src/modules/adapters/index.ts';
import { answerEndpoints } from '#src/modules/answers/index.ts';
import { auditEndpoints } from '#src/modules/audit/index.ts';
import { calendarEndpoints } from '#src/modules/calendar/index.ts';
import { caseEndpoints, requestEndpoints } from '#src/modules/cases/index.ts';
import { catalogueEndpoints } from '#src/modules/catalogue/index.ts';
import { bulkEndpoints, consoleEndpoints } from '#src/modules/console/index.ts';
import { importEndpoints } from '#src/modules/imports/index.ts';
import { formEndpoints, intakeEndpoints } from '#src/modules/intake/index.ts';
import { findKeyActor, keyEndpoints } from '#src/modules/keys/index.ts';
import { type Live, liveEndpoints } from '#src/modules/live/index.ts';
import { mailEndpoints } from '#src/modules/mail/index.ts';
import { merchantEndpoints } from '#src/modules/merchants/index.ts';
import { type Operations, operationsEndpoints } from '#src/modules/operations/index.ts';
import {
  accountEndpoints,
  authenticateWith,
  credentialOf,
  Environment,
  linkEndpoints,
  peopleEndpoints,
  siteAt,
  userEndpoints,
} from '#src/modules/people/index.ts';
import { type ClockWork, rehearsalEndpoints } from '#src/modules/rehearsal/index.ts';
import { reminderEndpoints } from '#src/modules/reminders/index.ts';
import { retentionEndpoints } from '#src/modules/retention/index.ts';
import { openPlace, openPrinter, returnEndpoints, returnFileEndpoints } from '#src/modules/returns/index.ts';
import { savedFilterEndpoints } from '#src/modules/saved-filters/index.ts';
import { openIdentityProvider, singleSignOnEndpoints } from '#src/modules/single-sign-on/index.ts';
import { statisticsEndpoints } from '#src/modules/statistics/index.ts';
import { webhookEndpoints } from '#src/modules/webhooks/index.ts';
import type { Database } from '#src/platform/database.ts';
import { onlyUsedSchemas } from '#src/platform/http/documentation.ts';
import { endpoint } from '#src/platform/http/endpoint.ts';
import { type RateLimits, rateLimitsWith } from '#src/platform/http/rate-limits.ts';
import { registerEndpoints } from '#src/platform/http/register-endpoints.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { mayCall } from '#src/platform/outbound/may-call.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { ActingFor } from '#src/platform/transaction.ts';
import type { Config } from './config.ts';
import { mailPartsOf } from './mail-parts.ts';

export type ApiParts = {
  config: Config;
  db: Database;
  actingFor: ActingFor;
  sealing: Sealing;
  outbound: Outbound;
  operations: Operations;
  live: Live;
  /** Where the product's time may be moved: what is done by the clock. */
  clockWork?: ClockWork;
};

/** The reference brings its own scripts and styles as files and calls nobody. */
const referencePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The API below `/api/v1`, its OpenAPI document there, and a readable reference at `/docs`. */
export async function serveApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
  await app.register(swagger, {
    openapi: description(parts.config),
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: (document) => onlyUsedSchemas(jsonSchemaTransformObject(document)),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: referencePolicy,
    uiConfig: { docExpansion: 'list', defaultModelsExpandDepth: 0, supportedSubmitMethods: [] },
    theme: { title: 'Shokai API' },
  });
  await app.register(routes, { prefix: '/api/v1', parts });
}

async function routes(
  app: FastifyInstance,
  { parts: { config, db, actingFor, sealing, operations, live, clockWork, outbound } }: { parts: ApiParts },
): Promise<void> {
  const limits = {
    idleMinutes: config.SESSION_IDLE_MINUTES,
    hours: config.SESSION_HOURS,
    stepUpMinutes: config.STEP_UP_MINUTES,
  };
  const knownWords = [config.PROVIDER_NAME];
  const printer = openPrinter();
  app.addHook('onClose', printer.stop);
  const signIn = { limits, mfa: config.mfa, site: siteAt(config.baseUrl, config.PROVIDER_NAME), sealing };
  const endpoints = [
    ...intakeEndpoints,
    ...formEndpoints,
    ...importEndpoints,
    ...caseEndpoints,
    ...consoleEndpoints,
    ...bulkEndpoints,
    ...savedFilterEndpoints,
    ...statisticsEndpoints,
    ...requestEndpoints,
    ...answerEndpoints,
    ...returnEndpoints({ printer, provider: config.PROVIDER_NAME, log: app.log }),
    ...returnFileEndpoints(openPlace(config, outbound).kind),
    ...retentionEndpoints,
    ...reminderEndpoints,
    ...mailEndpoints(mailPartsOf(config)),
    ...catalogueEndpoints,
    ...auditEndpoints,
    ...peopleEndpoints(signIn),
    ...singleSignOnEndpoints({ provider: identityProviderOf(config, outbound), signIn }),
    ...accountEndpoints({ limits, knownWords }),
    ...linkEndpoints({ knownWords }),
    ...userEndpoints({ invitationHours: config.INVITATION_HOURS, limits }),
    ...webhookEndpoints({ sealing, mayCall: mayCall(readExceptions(config.OUTBOUND_ALLOW)) }),
    ...adapterEndpoints({ sealing, actingFor }),
    ...replyEndpoints({
      outbound,
      places: placesOf(config),
      mayCall: mayCall(readExceptions(config.OUTBOUND_ALLOW)),
    }),
    ...keyEndpoints,
    ...merchantEndpoints,
    ...calendarEndpoints,
    ...operationsEndpoints(operations),
    ...liveEndpoints({ live }),
    ...(clockWork ? rehearsalEndpoints(clockWork) : []),
    environmentEndpoint(config),
  ];
  registerEndpoints(app, endpoints, {
    actingFor,
    authenticate: authenticateWith(db, limits, findKeyActor),
    credentialOf,
    limits: rateLimitsOf(config),
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

function identityProviderOf(config: Config, outbound: Outbound) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, baseUrl } = config;
  if (!issuer || !clientId || !clientSecret) return undefined;
  const redirectUri = `${baseUrl}/login/single-sign-on`;
  return openIdentityProvider({ issuer, clientId, clientSecret, redirectUri }, outbound);
}

const rateLimitsOf = (config: Config): RateLimits =>
  rateLimitsWith({
    key: config.KEY_REQUESTS_PER_MINUTE,
    session: config.SESSION_REQUESTS_PER_MINUTE,
    address: config.ADDRESS_REQUESTS_PER_MINUTE,
    wrongKeys: config.WRONG_KEYS_PER_MINUTE,
  });

const description = (config: Config): NonNullable<FastifyDynamicSwaggerOptions['openapi']> => ({
  openapi: '3.1.0',
  info: {
    title: 'Shokai',
    version: '1',
    description: 'Requests of payment institutions, and the answers of merchants.',
  },
  servers: [{ url: config.baseUrl }],
  components: {
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description: 'A key of an institution, a merchant or the PSP',
      },
      session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
    },
  },
  security: [{ key: [] }, { session: [] }],
});

const environmentEndpoint = ({ PROVIDER_NAME, SUPPORT_MAIL, OIDC_ISSUER, OIDC_LABEL, isDemo }: Config) =>
  endpoint({
    method: 'GET',
    path: '/environment',
    summary: 'What the pages show before anybody is logged in',
    tag: 'Session',
    access: 'public',
    status: 200,
    reply: Environment,
    refusals: [],
    tell: () => ({
      providerName: PROVIDER_NAME,
      supportMail: SUPPORT_MAIL,
      isDemo,
      singleSignOn: OIDC_ISSUER ? { label: OIDC_LABEL } : null,
    }),
  });
