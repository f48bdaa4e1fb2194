import { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { switchMembership } from './choose-membership.ts';
import { getSession } from './get-session.ts';
import { secondFactorEndpoints } from './second-factor-routes.ts';
import { sessionCookie } from './session-cookie.ts';
import { Preferences, Session } from './session-schemas.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { signInEndpoints } from './sign-in-routes.ts';
import { tokenHash } from './tokens.ts';

const tag = 'Session';

/** Signing in and out, second factors, and how a user likes the screens. */
export const peopleEndpoints = (parts: SignInParts): Endpoint[] => [
  ...signInEndpoints(parts),
  ...secondFactorEndpoints(parts),
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
      return getSession(db, { token, idleMinutes: parts.limits.idleMinutes });
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
    path: '/session/membership',
    summary: 'Go on as a user of another merchant',
    description: 'For who belongs to several. The session gets a new id.',
    tag,
    access: 'anyone',
    body: z.object({ membershipId: z.uuid() }),
    status: 200,
    reply: Session,
    refusals: ['invalid_request', 'not_found', 'cross_site'],
    change: (tx, actor: Actor, choice, asked) => switchMembership(tx, actor, choice, { asked, parts }),
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
