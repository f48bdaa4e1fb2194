import type { FastifyRequest } from 'fastify';
import type { Credential } from '#src/platform/http/rate-limits.ts';
import { sessionCookie } from './session-cookie.ts';
import { tokenHash } from './tokens.ts';

const longestKey = 256;

/** The key in an Authorization header; undefined when it holds none that could be one of ours. */
export function keyIn(authorization: string): string | undefined {
  const [, key] = /^Bearer ([!-~]+)$/i.exec(authorization) ?? [];
  return key && key.length <= longestKey ? key : undefined;
}

/** What a request shows of who it comes from, by which its calls are counted: the same that `authenticateWith` looks up. */
export function credentialOf({ headers, cookies }: FastifyRequest): Credential | undefined {
  const { authorization } = headers;
  if (authorization !== undefined)
    return { kind: 'key', hash: hashOf(keyIn(authorization) ?? authorization) };
  const token = sessionCookie.read(cookies);
  return token ? { kind: 'session', hash: hashOf(token) } : undefined;
}

/** The hash of the session in a request's cookies, as `findSessionActors` takes it. */
export function sessionHashIn(cookies: Readonly<Record<string, string | undefined>>): string | undefined {
  const token = sessionCookie.read(cookies);
  return token && hashOf(token);
}

const hashOf = (secret: string): string => tokenHash(secret).toString('base64');
