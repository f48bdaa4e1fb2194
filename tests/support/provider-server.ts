import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { objectIn, type Sent } from '#src/domain/provider-message.ts';

/** A call as it came in, with what stood in it: the fields of a form, or JSON. */
export type Asked = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  form: Record<string, string>;
  json: Sent;
};

export type Answered = { status: number; headers?: Record<string, string>; json?: object | string };

/** Answers in the provider's place: an answer, never one, or undefined to let the provider answer. */
type Given = Answered | 'never' | undefined;
export type Instead = (asked: Asked) => Given | Promise<Given>;

export type ProviderServer = {
  host: string;
  url: string;
  asked: Asked[];
  /** Asked before the provider's own way, for one test. */
  instead: Instead;
  /** The disputes at Stripe by id; an unknown one is refused as Stripe refuses it. */
  disputes: Map<string, Sent & { status: string }>;
  keys: { stripe: string; adyen: string };
  /** What Adyen offers to defend a request for information with. */
  offers: object[];
  stop: () => void;
};

/**
 * A server that answers as Stripe's disputes and Adyen's Disputes API do, in the shapes of their documents: Stripe remembers what
 * it answered under a key, failures too, and gives it again.
 */
export async function aProviderServer(): Promise<ProviderServer> {
  const remembered = new Map<string, { body: string; answered: Answered }>();
  const server = createServer(async (request, response) => {
    const asked = await read(request);
    world.asked.push(asked);
    const key = asked.path.startsWith('/v1/') ? asked.headers['idempotency-key'] : undefined;
    const before = key === undefined ? undefined : remembered.get(String(key));
    if (before) return reply(response, replayed(before, asked));
    const special = await world.instead(asked);
    if (special === 'never') return;
    const answered = special ?? answerOf(world, asked);
    // A call that never began is not remembered.
    if (key !== undefined && ![401, 403, 409, 429].includes(answered.status))
      remembered.set(String(key), { body: asked.body, answered });
    reply(response, answered);
  });
  const world: ProviderServer = {
    ...{
      host: '',
      url: '',
      asked: [],
      instead: () => undefined,
      disputes: new Map(),
      offers: [...usualOffers],
    },
    keys: { stripe: `sk_${'test'}_0123456789abcdef`, adyen: 'AQEthmfxK4rObBVLw0m/n3Q5qf3VZA5QBA5' },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.url = `http://${world.host}`;
  return world;
}

const usualOffers = [
  {
    defenseReasonCode: 'SupplyDefenseMaterial',
    satisfied: false,
    defenseDocumentTypes: [
      { available: false, defenseDocumentTypeCode: 'TIDorInvoice', requirementLevel: 'Optional' },
      { available: false, defenseDocumentTypeCode: 'DefenseMaterial', requirementLevel: 'Required' },
    ],
  },
];

function replayed({ body, answered }: { body: string; answered: Answered }, asked: Asked): Answered {
  if (body !== asked.body)
    return stripeError(400, 'idempotency_error', 'Keys can only be used with the same parameters.');
  return { ...answered, headers: { ...answered.headers, 'idempotent-replayed': 'true' } };
}

export const stripeError = (status: number, type: string, message: string): Answered => ({
  status,
  headers: { 'request-id': 'req_error' },
  json: { error: { type, message } },
});

const answerOf = (world: ProviderServer, asked: Asked): Answered =>
  asked.path.startsWith('/v1/') ? stripe(world, asked) : adyen(world, asked);

let requests = 0;

function stripe({ disputes, keys }: ProviderServer, { method, path, headers, form }: Asked): Answered {
  if (headers.authorization !== `Bearer ${keys.stripe}`)
    return stripeError(401, 'invalid_request_error', 'Invalid API Key provided: sk_test_****');
  requests += 1;
  const ok = (json: object): Answered => ({
    status: 200,
    headers: { 'request-id': `req_${requests}` },
    json,
  });
  if (path.startsWith('/v1/disputes?')) return ok({ object: 'list', data: [] });
  const id = path.split('/').at(-1) ?? '';
  const dispute = disputes.get(id);
  if (!dispute) return stripeError(404, 'invalid_request_error', `No such dispute: '${id}'`);
  if (method === 'GET') return ok({ id, object: 'dispute', metadata: {}, ...dispute });
  if (!dispute.status.endsWith('needs_response'))
    return stripeError(400, 'invalid_request_error', 'This dispute is already closed.');
  const evidence = { ...objectIn(dispute.evidence), ...partOf(form, 'evidence') };
  const changed = {
    ...dispute,
    metadata: { ...objectIn(dispute.metadata), ...partOf(form, 'metadata') },
    evidence: Object.fromEntries(
      Object.entries(evidence).map(([name, value]) => [name, value === '' ? null : value]),
    ),
    status: form.submit === 'false' ? dispute.status : 'warning_under_review',
  };
  disputes.set(id, changed);
  return ok({ id, object: 'dispute', ...changed });
}

/** What stands in a form as `name[field]`. */
const partOf = (form: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form)
      .filter(([each]) => each.startsWith(`${name}[`))
      .map(([each, value]) => [each.slice(name.length + 1, -1), value]),
  );

function adyen({ keys, offers }: ProviderServer, { path, headers }: Asked): Answered {
  if (headers['x-api-key'] !== keys.adyen)
    return {
      status: 401,
      json: {
        status: 401,
        errorCode: '000',
        message: 'HTTP Status Response - Unauthorized',
        errorType: 'security',
      },
    };
  const done = { disputeServiceResult: { success: true } };
  const json = path.endsWith('/retrieveApplicableDefenseReasons')
    ? { defenseReasons: offers, ...done }
    : done;
  return { status: 200, headers: { pspreference: 'QFQTPCQ8HXSKGK82' }, json };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const body = Buffer.concat(await request.toArray()).toString();
  const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
  const form = isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
  const json = !isForm && body !== '' ? objectIn(JSON.parse(body)) : {};
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body,
    form,
    json,
  };
}

function reply(response: ServerResponse, { status, headers = {}, json = {} }: Answered): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof json === 'string' ? json : JSON.stringify(json));
}
