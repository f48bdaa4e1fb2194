import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#src/domain/problems.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { preferredLocale } from '#src/domain/text.ts';
import { type Actor, actorKey, aVisitor, type Who } from '../actor.ts';
import { sha256Of } from '../canonical-json.ts';
import { remember, replayed } from '../idempotency.ts';
import type { Acting, ActingFor, Tx } from '../transaction.ts';
import { bytesOf } from './body.ts';
import { cardNumbersIn, isCardNumber } from './card-numbers-sent.ts';
import { deviceOf } from './device.ts';
import { documentation } from './documentation.ts';
import type { Asked, Endpoint } from './endpoint.ts';
import { networkOf } from './network.ts';
import type { Credential, RateLimits } from './rate-limits.ts';
import { idsIn, recordRefusal, recordUnknownKey } from './record-refusal.ts';
import { readBySchema } from './zod-problems.ts';

/**
 * Who a call comes from, the proof a browser has to give for changes (CSRF; keys need none), and whether the person has
 * proved a short while ago who they are.
 */
export type Caller = { actor: Actor; csrfToken: string | null; isProven: boolean };

export type Authenticate = (
  request: FastifyRequest,
  options?: { byItself?: boolean },
) => Promise<Caller | undefined>;

export type Wiring = {
  actingFor: ActingFor;
  authenticate: Authenticate;
  /** What a request shows of who it comes from, unproved. */
  credentialOf: (request: FastifyRequest) => Credential | undefined;
  limits: RateLimits;
};

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
      // A stream that goes on would stay open behind a HEAD, with nobody to end it.
      exposeHeadRoute: endpoint.streams?.gives !== 'text/event-stream',
      schema: documentation(endpoint),
      // Input and reply are read by the endpoint's own schemas below, so that problems name their place in our words.
      validatorCompiler: () => () => true,
      serializerCompiler: () => (body) => JSON.stringify(body),
      // Before the body is read: too much is refused at the least cost.
      onRequest: async (request, reply) => {
        const credential = endpoint.access === 'public' ? undefined : wiring.credentialOf(request);
        wiring.limits.admit(request, reply, credential);
      },
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
  const caller =
    endpoint.access === 'public' ? undefined : await authenticated(endpoint, { request, reply }, wiring);
  const acting = wiring.actingFor(whoAsks(endpoint, request, caller));
  let input = {};
  try {
    if (caller) authorize(endpoint, request, caller);
    input = readInput(endpoint, request);
    const said = sayingTo(reply, endpoint);
    const call = { request, asked: askedOf(request, said), input, actor: caller?.actor };
    if (endpoint.stream) {
      const gives = await stream(endpoint, call, acting);
      said.now();
      // Whoever went away meanwhile reads nothing of it.
      if (reply.raw.destroyed) gives?.destroy();
      return reply.send(gives);
    }
    const result = await handle(endpoint, call, acting);
    said.now();
    return send(endpoint, result, reply, call.asked);
  } catch (error) {
    if (caller) await recordRefusal(error, { endpoint, input, acting });
    throw error;
  }
}

function whoAsks({ access }: Endpoint, { ip, id, headers }: FastifyRequest, caller: Caller | undefined): Who {
  const right = typeof access === 'object' ? access.right : undefined;
  return {
    actor: caller?.actor ?? aVisitor,
    right,
    origin: networkOf(ip),
    device: deviceOf(headers['user-agent']),
    requestId: id,
  };
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
    tx.record(looks.action, looks.at(result, input), looks.details?.(result));
    return result;
  });
}

async function authenticated(
  endpoint: Endpoint,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { authenticate, actingFor, limits }: Wiring,
): Promise<Caller> {
  const caller = await authenticate(request, { byItself: endpoint.byItself ?? false });
  limits.settle(request, reply, caller !== undefined);
  if (caller) return caller;
  // A session that has ended is nothing to tell of; a key is never wrong by itself.
  if (request.headers.authorization !== undefined) {
    await recordUnknownKey(actingFor(whoAsks(endpoint, request, undefined)), endpoint);
  }
  throw new Refusal('not_signed_in');
}

function authorize({ method, access, stepUp }: Endpoint, { headers }: FastifyRequest, caller: Caller): void {
  const isProven = caller.csrfToken === null || headers['x-csrf-token'] === caller.csrfToken;
  if (method !== 'GET' && !isProven) throw new Refusal('cross_site');
  if (typeof access === 'object') {
    const { kind, rights } = caller.actor;
    if (!access.kinds.includes(kind) || !rights.has(access.right)) throw new Refusal('not_permitted');
  }
  if (stepUp && !caller.isProven) throw new Refusal('proof_required');
}

function readInput({ params, query, body, tellsCardNumbers }: Endpoint, request: FastifyRequest): object {
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
  const input: object = Object.assign({}, ...parts.map((part) => ('value' in part ? part.value : {})));
  const cards = tellsCardNumbers ? [] : cardNumbersIn(input);
  if (cards.length > 0) throw new Refusal('invalid_request', {}, cards.slice(0, 100));
  return input;
}

/** NUL in what is looked for: no text in the database holds one, and it would refuse to look. Bodies are read by their schemas. */
function unreadable(named: object, sent: unknown): Problem[] {
  return Object.entries({ ...(sent as object) })
    .filter(([name, value]) => name in named && String(value).includes('\u0000'))
    .map(([name]) => ({ pointer: `/${name}`, code: 'not_readable' }));
}

type Said = Pick<Asked, 'setHeader' | 'setStatus'> & { now: () => void };

/** What a handler says of its reply holds once its work does: a refusal carries no cookie of what was undone. */
function sayingTo(reply: FastifyReply, endpoint: Endpoint): Said {
  const headers: [string, string][] = [];
  let status: number = endpoint.status;
  return {
    setHeader: (name, value) => void headers.push([name, value]),
    setStatus: (said) => {
      status = said;
    },
    now: () => {
      reply.code(status);
      for (const [name, value] of headers) reply.header(name, value);
      if (endpoint.streams) reply.type(contentType(endpoint.streams.gives));
    },
  };
}

/** Bytes have no alphabet. */
const contentType = (type: string): string =>
  type.startsWith('text/') || /json$/.test(type) ? `${type}; charset=utf-8` : type;

function askedOf(request: FastifyRequest, { setHeader, setStatus }: Said): Asked {
  return {
    locale: preferredLocale(request.headers['accept-language']),
    ifMatch: unquoted(request.headers['if-match']),
    ifNoneMatch: unquoted(request.headers['if-none-match']),
    cookies: request.cookies,
    address: request.ip,
    bytes: () => bytesOf(request),
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    setHeader,
    setStatus,
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
    requireFit(key);
    const call = {
      actorKey: actorKey(actor),
      route: `${endpoint.method} ${endpoint.path}`,
      key,
      requestSha256: sha256Of(input),
    };
    const before = await replayed(tx, call);
    if (before !== undefined) {
      // What it shows may be personal data, again.
      tx.record('reply.repeat', idsIn(endpoint, input), { route: call.route });
      return before;
    }
    const result = await change(endpoint, tx, { actor, input, asked });
    await remember(tx, call, endpoint.status, endpoint.keeps ? endpoint.keeps(result) : result);
    return result;
  });
}

function requireFit(idempotencyKey: string): void {
  const pointer = '/Idempotency-Key';
  const expected = '1-255 visible ASCII characters';
  if (!/^[\x21-\x7e]{1,255}$/.test(idempotencyKey))
    throw new Refusal('invalid_request', {}, [{ pointer, code: 'wrong_form', params: { expected } }]);
  if (isCardNumber(idempotencyKey))
    throw new Refusal('invalid_request', {}, [{ pointer, code: 'card_number' }]);
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

async function stream(endpoint: Endpoint, { request, asked, input, actor }: Call, acting: Acting) {
  const body = isStream(request.body) ? request.body : Readable.from([]);
  const onError = (error: unknown): void => request.log.error({ err: error }, 'a stream broke off');
  return endpoint.stream?.({ ...acting, body, onError }, actor, input, asked);
}

const isStream = (body: unknown): body is Readable => body instanceof Readable;
