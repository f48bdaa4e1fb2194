import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { preferredLocale } from '#src/domain/text.ts';
import { type Actor, actorKey, aVisitor, type Who } from '../actor.ts';
import { sha256Of } from '../canonical-json.ts';
import { remember, replayed } from '../idempotency.ts';
import type { Acting, ActingFor, Tx } from '../transaction.ts';
import { documentation } from './documentation.ts';
import type { Asked, Endpoint } from './endpoint.ts';
import { networkOf } from './network.ts';
import { readBySchema } from './zod-problems.ts';

/**
 * Who a call comes from, the proof a browser has to give for changes (CSRF; keys need none), and whether the person has
 * proved a short while ago who they are.
 */
export type Caller = { actor: Actor; csrfToken: string | null; isProven: boolean };

export type Authenticate = (request: FastifyRequest) => Promise<Caller | undefined>;

export type Wiring = { actingFor: ActingFor; authenticate: Authenticate };

/** Turns endpoints into routes: access, input, transaction, reply and document are handled here and nowhere else. */
export function registerEndpoints(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  wiring: Wiring,
): void {
  for (const endpoint of endpoints) {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      schema: documentation(endpoint),
      // Input and reply are read by the endpoint's own schemas below, so that problems name their place in our words.
      validatorCompiler: () => () => true,
      serializerCompiler: () => (body) => JSON.stringify(body),
      handler: (request, reply) => serve(endpoint, request, reply, wiring),
    });
  }
}

async function serve(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  wiring: Wiring,
): Promise<unknown> {
  if (endpoint.method !== 'GET' && isFromElsewhere(request)) throw new Refusal('cross_site');
  const caller = endpoint.access === 'public' ? undefined : await authorize(endpoint, request, wiring);
  const input = readInput(endpoint, request);
  const asked = askedOf(request, reply);
  const call = { request, asked, input, actor: caller?.actor };
  const acting = wiring.actingFor(whoAsks(endpoint, call));
  // Before the handler, which may say otherwise.
  reply.code(endpoint.status);
  if (endpoint.stream) return stream(endpoint, { ...call, reply }, acting);
  return send(endpoint, await handle(endpoint, call, acting), reply, asked);
}

function whoAsks({ access }: Endpoint, { request, actor }: Call): Who {
  const right = typeof access === 'object' ? access.right : undefined;
  return { actor: actor ?? aVisitor, right, origin: networkOf(request.ip), requestId: request.id };
}

async function handle(endpoint: Endpoint, call: Call, acting: Acting): Promise<unknown> {
  const { actor, input, asked } = call;
  const { tell, read, stages, looks } = endpoint;
  if (tell) return tell(actor, input, asked);
  if (stages) return stages(acting, actor, input, asked);
  if (!read) return carryOut(endpoint, call, acting);
  if (!looks) return acting.reading((db) => read(db, actor, input, asked));
  return acting.inTransaction(async (tx) => {
    const result = await read(tx, actor, input, asked);
    tx.record(looks.action, looks.at(result, input));
    return result;
  });
}

async function authorize(
  endpoint: Endpoint,
  request: FastifyRequest,
  { authenticate }: Wiring,
): Promise<Caller> {
  const caller = await authenticate(request);
  if (!caller) throw new Refusal('not_signed_in');
  const isProven = caller.csrfToken === null || request.headers['x-csrf-token'] === caller.csrfToken;
  if (endpoint.method !== 'GET' && !isProven) throw new Refusal('cross_site');
  const { access } = endpoint;
  if (typeof access === 'object') {
    const { kind, rights } = caller.actor;
    if (!access.kinds.includes(kind) || !rights.has(access.right)) throw new Refusal('not_permitted');
  }
  if (endpoint.stepUp && !caller.isProven) throw new Refusal('proof_required');
  return caller;
}

/** Whether a browser says that another site made it send this; programs that are no browsers say nothing. */
function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function readInput({ params, query, body }: Endpoint, request: FastifyRequest): object {
  const parts = [
    params && readBySchema(params, request.params),
    query && readBySchema(query, request.query),
    body && readBySchema(body, request.body ?? {}),
  ].filter((part) => part !== undefined);
  const problems = [
    ...unreadable({ ...params?.shape }, request.params),
    ...unreadable({ ...query?.shape }, request.query),
    ...parts.flatMap((part) => ('problems' in part ? part.problems : [])),
  ];
  if (problems.length > 0) throw new Refusal('invalid_request', {}, problems.slice(0, 100));
  return Object.assign({}, ...parts.map((part) => ('value' in part ? part.value : {})));
}

/** NUL in what is looked for: no text in the database holds one, and it would refuse to look. Bodies are read by their schemas. */
function unreadable(named: object, sent: unknown): Problem[] {
  return Object.entries({ ...(sent as object) })
    .filter(([name, value]) => name in named && String(value).includes('\u0000'))
    .map(([name]) => ({ pointer: `/${name}`, code: 'not_readable' }));
}

function askedOf(request: FastifyRequest, reply: FastifyReply): Asked {
  return {
    locale: preferredLocale(request.headers['accept-language']),
    ifMatch: unquoted(request.headers['if-match']),
    ifNoneMatch: unquoted(request.headers['if-none-match']),
    cookies: request.cookies,
    setHeader: (name, value) => void reply.header(name, value),
    setStatus: (status) => void reply.code(status),
  };
}

const unquoted = (tag: string | undefined): string | undefined =>
  tag
    ?.trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');

type Call = { request: FastifyRequest; asked: Asked; input: object; actor: Actor | undefined };

function carryOut(
  endpoint: Endpoint,
  { request, asked, input, actor }: Call,
  { inTransaction }: Acting,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  return inTransaction(async (tx) => {
    if (!endpoint.idempotent || typeof key !== 'string' || !actor)
      return change(endpoint, tx, { actor, input, asked });
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new Refusal('invalid_request', {}, [
        {
          pointer: '/Idempotency-Key',
          code: 'wrong_form',
          params: { expected: '1-255 visible ASCII characters' },
        },
      ]);
    }
    const call = {
      actorKey: actorKey(actor),
      route: `${endpoint.method} ${endpoint.path}`,
      key,
      requestSha256: sha256Of(input),
    };
    const before = await replayed(tx, call);
    if (before !== undefined) return before;
    const result = await change(endpoint, tx, { actor, input, asked });
    await remember(tx, call, endpoint.status, result);
    return result;
  });
}

/** Nothing changes without a word in the audit trail. */
async function change(endpoint: Endpoint, tx: Tx, { actor, input, asked }: Omit<Call, 'request'>) {
  const name = `${endpoint.method} ${endpoint.path}`;
  if (!endpoint.change) throw new Error(`${name} has nothing to carry out`);
  const result = await endpoint.change(tx, actor, input, asked);
  if (tx.recorded.length === 0) throw new Error(`${name} has recorded nothing in the audit trail`);
  return result;
}

function send(endpoint: Endpoint, result: unknown, reply: FastifyReply, { ifNoneMatch }: Asked): unknown {
  if (!endpoint.reply) return reply.send();
  const version = endpoint.version?.(result);
  if (version !== undefined) {
    reply.header('etag', `"${version}"`);
    if (endpoint.method === 'GET' && ifNoneMatch === String(version)) return reply.code(304).send();
  }
  // A reply that does not fit its schema is a bug of ours and must not reach anybody.
  return reply.send(endpoint.reply.parse(result));
}

function stream(
  endpoint: Endpoint,
  { request, reply, asked, input, actor }: Call & { reply: FastifyReply },
  acting: Acting,
) {
  const body = isStream(request.body) ? request.body : Readable.from([]);
  const onError = (error: unknown): void => request.log.error({ err: error }, 'a stream broke off');
  const gives = endpoint.stream?.({ ...acting, body, onError }, actor, input, asked);
  return reply.type(`${endpoint.streams?.gives}; charset=utf-8`).send(gives);
}

const isStream = (body: unknown): body is Readable => body instanceof Readable;
