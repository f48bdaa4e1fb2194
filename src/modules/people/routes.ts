import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { getSession } from './get-session.ts';
import { sessionCookie } from './session-cookie.ts';
import { Credentials, Preferences, Session } from './session-schemas.ts';
import { type SessionLimits, signIn } from './sign-in.ts';
import { tokenHash } from './tokens.ts';

const tag = 'Session';

/** Signing in and out, and how a user likes the screens. */
export const peopleEndpoints = (limits: SessionLimits): Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/session',
    summary: 'Log in',
    tag,
    access: 'public',
    body: Credentials,
    status: 200,
    reply: Session,
    refusals: ['invalid_request', 'wrong_credentials', 'too_many_attempts', 'cross_site'],
    // A wrong guess has to stay counted although the request is refused.
    stages: async (visitor, _, credentials, asked) => {
      const token = await signIn(visitor, credentials, limits);
      asked.setHeader('set-cookie', sessionCookie.set(token, limits.hours));
      return visitor.reading((db) => getSession(db, { token, idleMinutes: limits.idleMinutes }));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/session',
    summary: 'Who is logged in',
    tag,
    access: 'anyone',
    status: 200,
    reply: Session,
    refusals: [],
    read: (db, _: Actor, __, { cookies }) => {
      const token = sessionCookie.read(cookies);
      if (!token) throw new Refusal('not_signed_in');
      return getSession(db, { token, idleMinutes: limits.idleMinutes });
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/session',
    summary: 'Log out',
    tag,
    access: 'anyone',
    status: 204,
    refusals: ['cross_site'],
    change: async (tx, actor: Actor, __, { cookies, setHeader }) => {
      const token = sessionCookie.read(cookies);
      if (token) await tx.deleteFrom('sessions').where('token_hash', '=', tokenHash(token)).execute();
      tx.record('session.end', [actor.id]);
      setHeader('set-cookie', sessionCookie.clear());
      return undefined;
    },
  }),
  endpoint({
    method: 'PUT',
    path: '/session/preferences',
    summary: 'Keep the language and the colours of the screens',
    tag,
    access: 'anyone',
    body: Preferences,
    status: 200,
    reply: Preferences,
    refusals: ['invalid_request', 'cross_site'],
    change: async (tx, actor: Actor, { locale, theme }) => {
      await tx.updateTable('users').set({ locale, theme }).where('id', '=', actor.id).execute();
      tx.record('preferences.change', [actor.id]);
      return { locale, theme };
    },
  }),
];
