import { expect } from 'vitest';

/** What is wrong with the headers of a response, in words; every response of the product has to have none of it. */
export function wrongHeaders(headers: Headers, { isHttps = false, isAsset = false } = {}): string[] {
  // A stream must not be packed on its way: what is packed is held back.
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const policy = headers.get('content-security-policy') ?? '';
  const wanted: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-permitted-cross-domain-policies': 'none',
    'cache-control': isAsset
      ? 'public, max-age=31536000, immutable'
      : isStream
        ? 'no-store, no-transform'
        : 'no-store',
    ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
  const checks: Record<string, boolean> = {
    ...Object.fromEntries(
      Object.entries(wanted).map(([name, value]) => [
        `${name}: ${headers.get(name)}`,
        headers.get(name) === value,
      ]),
    ),
    [`policy: ${policy}`]: isStrict(policy),
    'no x-frame-options': /^(DENY|SAMEORIGIN)$/.test(headers.get('x-frame-options') ?? ''),
    'no permissions-policy': headers.get('permissions-policy')?.includes('camera=()') ?? false,
    'tells the server': !headers.has('server') && !headers.has('x-powered-by'),
    'lets other sites in': ![...headers.keys()].some((name) => name.startsWith('access-control-')),
    'HSTS over http': isHttps || !headers.has('strict-transport-security'),
  };
  return Object.entries(checks)
    .filter(([, isRight]) => !isRight)
    .map(([name]) => name);
}

/** Nothing is allowed that is not named, no source is a whole scheme or host, and nothing in the text of a page runs. */
function isStrict(policy: string): boolean {
  const directives = new Map(
    policy.split(';').map((each) => {
      const [name = '', ...sources] = each.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
  const sources = [...directives.values()].flat();
  return (
    directives.get('default-src')?.join() === "'none'" &&
    directives.get('base-uri')?.join() === "'none'" &&
    directives.has('form-action') &&
    /^'(none|self)'$/.test(directives.get('frame-ancestors')?.join() ?? '') &&
    (directives.get('script-src') ?? ["'self'"]).every((source) => source === "'self'") &&
    !sources.some((source) => /unsafe-(inline|eval)|\*|https?:|strict-dynamic/.test(source))
  );
}

export const expectRightHeaders = (headers: Headers, options?: { isHttps?: boolean; isAsset?: boolean }) =>
  expect(wrongHeaders(headers, options)).toEqual([]);
