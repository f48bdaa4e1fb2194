import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Authenticate } from '#src/platform/http/register-endpoints.ts';
import { keyIn } from './credential-of.ts';
import { findSessionActor } from './find-actor.ts';
import { sessionCookie } from './session-cookie.ts';
import type { SessionLimits } from './sign-in-parts.ts';
import { csrfTokenOf } from './tokens.ts';

type FindKeyActor = (db: Database, key: string) => Promise<Actor | undefined>;

/** Sent with what a browser asks by itself while nobody is there: it keeps nobody logged in. */
const backgroundHeader = 'x-background';

/** Tells who a request comes from: the key in its Authorization header or, without one, the session in its cookie. */
export function authenticateWith(
  db: Database,
  limits: SessionLimits,
  findKeyActor: FindKeyActor,
): Authenticate {
  return async ({ headers, cookies }, { byItself = false } = {}) => {
    if (headers.authorization !== undefined) {
      const key = keyIn(headers.authorization);
      const actor = key === undefined ? undefined : await findKeyActor(db, key);
      return actor && { actor, csrfToken: null, isProven: true };
    }
    const token = sessionCookie.read(cookies);
    const isUse = !byItself && headers[backgroundHeader] === undefined;
    const found = token ? await findSessionActor(db, token, limits, { isUse }) : undefined;
    return found && token ? { ...found, csrfToken: csrfTokenOf(token) } : undefined;
  };
}
