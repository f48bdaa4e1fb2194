import { z } from 'zod';
import { type RefusalCode, refusals } from '#src/domain/refusals.ts';
import type { Endpoint } from './endpoint.ts';
import { ProblemDocument } from './problem.ts';

/** What every endpoint can refuse before it is asked, or fail with. */
const edgeOfReads = [
  'invalid_request',
  'headers_too_large',
  'internal_error',
  'busy',
  'unavailable',
] as const satisfies readonly RefusalCode[];
const edgeOfChanges = [
  ...edgeOfReads,
  'cross_site',
  'too_slow',
  'too_large',
  'wrong_media_type',
] as const satisfies readonly RefusalCode[];

/** What the OpenAPI document says of an endpoint: its input, its reply, every refusal it can give, and who may call it. */
export function documentation(endpoint: Endpoint): object {
  const {
    params,
    query,
    body,
    documentedBody,
    refusals: possible,
    status,
    access,
    stepUp,
    streams,
  } = endpoint;
  const codes = new Map<number, string[]>();
  const always = access === 'public' ? [] : (['not_signed_in', 'not_permitted'] as const);
  const edge = endpoint.method === 'GET' ? edgeOfReads : edgeOfChanges;
  const proof = stepUp ? (['proof_required'] as const) : [];
  const named = params ? (['not_found'] as const) : [];
  for (const code of new Set([
    ...always,
    ...proof,
    ...possible,
    ...named,
    'too_many_requests' as const,
    ...edge,
  ])) {
    const { status } = refusals[code];
    codes.set(status, [...(codes.get(status) ?? []), code]);
  }
  const problems = [...codes].map(([code, names]) => [
    code,
    { description: names.join(', '), content: { 'application/problem+json': { schema: ProblemDocument } } },
  ]);
  return {
    summary: endpoint.summary,
    description: [endpoint.description, accessText(endpoint)].filter(Boolean).join('\n\n'),
    tags: [endpoint.tag],
    ...(access === 'public' ? { security: [] } : {}),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body: documentedBody ?? body }),
    ...headersOf(endpoint),
    ...(streams?.takes && { consumes: [streams.takes] }),
    response: {
      [status]: successDocumentation(endpoint),
      ...endpoint.replies,
      ...Object.fromEntries(problems),
    },
  };
}

function successDocumentation({ reply, streams }: Endpoint): object {
  if (streams)
    return { description: 'Streamed', content: { [streams.gives]: { schema: reply ?? z.string() } } };
  return reply ?? z.null().meta({ description: 'Done' });
}

function accessText({ access, idempotent }: Endpoint): string {
  const who =
    typeof access === 'object'
      ? `For: ${access.kinds.join(', ')} with the right \`${access.right}\`.`
      : `For: ${access}.`;
  return idempotent ? `${who} Accepts \`Idempotency-Key\`.` : who;
}

const idempotencyKey = z.string().optional().meta({
  description:
    'Kept 31 days: the same key with the same request gives the same reply, with another request 409',
});
const ifMatch = z.string().meta({ description: 'The ETag of the version that was edited', example: '"3"' });

function headersOf({ idempotent, refusals: possible }: Endpoint): object {
  const headers = {
    ...(idempotent && { 'idempotency-key': idempotencyKey }),
    ...(possible.includes('version_required') && { 'if-match': ifMatch }),
  };
  return Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {};
}

/** The document without the schemas that nothing in it refers to, such as the input form of what is only ever replied. */
export function onlyUsedSchemas<Document extends object>(document: Document): Document {
  const { components: all = {} } = document as { components?: { schemas?: Record<string, unknown> } };
  const { schemas = {}, ...components } = all;
  const text = JSON.stringify({ ...document, components });
  const used = new Set<string>();
  const follow = (from: string): void => {
    for (const [, name = ''] of from.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(JSON.stringify(schemas[name]) ?? '');
    }
  };
  follow(text);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}
