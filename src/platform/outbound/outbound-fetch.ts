import type { Outbound } from './outbound.ts';

type FetchOptions = {
  method?: string | undefined;
  headers?: ConstructorParameters<typeof Headers>[0];
  body?: unknown;
  signal?: AbortSignal | null | undefined;
};

const bodiless = new Set([101, 103, 204, 205, 304]);

/** The way to the outside in the shape of `fetch`, for libraries that take one of their own. */
export function fetchBy(outbound: Outbound) {
  return async (url: string, { method = 'GET', headers, body, signal }: FetchOptions): Promise<Response> => {
    if (method !== 'GET' && method !== 'POST') throw new TypeError(`${method} is not for the outside`);
    const reply = await outbound({
      url,
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(body !== undefined && body !== null && { body: bytesOf(body) }),
      ...(signal && { signal }),
    });
    const given = new Headers();
    for (const [name, value = []] of Object.entries(reply.headers))
      for (const each of [value].flat()) given.append(name, each);
    return new Response(bodiless.has(reply.status) ? null : new Uint8Array(reply.body), {
      status: reply.status,
      headers: given,
    });
  };
}

function bytesOf(body: unknown): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a body for the outside is text or bytes');
}
