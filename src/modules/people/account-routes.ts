import type { KnownWords } from '#src/domain/password-rules.ts';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { Account, EmailChange, OwnSessions, PasswordChange, SessionId } from './account-schemas.ts';
import { askEmailChange, getAccount } from './change-email.ts';
import { changePassword } from './change-password.ts';
import { getSession } from './get-session.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions.ts';
import { Session } from './session-schemas.ts';
import type { SessionLimits } from './sign-in-parts.ts';

const tag = 'Account';
const access = 'anyone';

type Settings = { limits: SessionLimits; knownWords: KnownWords };

/** アカウント: what is in a person's own hands. Keys have no account. */
export const accountEndpoints = ({ limits, knownWords }: Settings): Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/account',
    summary: 'One\u2019s own mail address',
    ...{ tag, access },
    status: 200,
    reply: Account,
    refusals: [],
    read: (db, actor: Actor) => getAccount(db, actor),
  }),
  endpoint({
    method: 'PUT',
    path: '/account/email',
    summary: 'Change one\u2019s mail address, once the link mailed to it is opened',
    ...{ tag, access },
    stepUp: true,
    body: EmailChange,
    status: 200,
    reply: Account,
    refusals: ['invalid_request', 'cross_site', 'proof_required'],
    change: async (tx, actor: Actor, wanted) => {
      await askEmailChange(tx, actor, wanted);
      return getAccount(tx, actor);
    },
  }),
  endpoint({
    method: 'PUT',
    path: '/account/password',
    summary: 'Change one\u2019s password; all other sessions end',
    ...{ tag, access },
    body: PasswordChange,
    status: 200,
    reply: Session,
    refusals: ['invalid_request', 'cross_site', 'password_refused', 'too_many_attempts'],
    // A wrong guess has to stay counted although the request is refused.
    stages: async (acting, actor: Actor, change, asked) => {
      const token = await changePassword(acting, actor, change, { asked, limits, knownWords });
      return acting.reading((db) => getSession(db, { token, idleMinutes: limits.idleMinutes }));
    },
  }),
  ...sessionEndpoints(limits),
];

const sessionEndpoints = ({ idleMinutes }: SessionLimits): Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/account/sessions',
    summary: 'Where one is logged in',
    ...{ tag, access },
    status: 200,
    reply: OwnSessions,
    refusals: [],
    read: (db, actor: Actor, _, { cookies }) => listOwnSessions(db, actor, { cookies, idleMinutes }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/account/sessions',
    summary: 'Log out everywhere else',
    ...{ tag, access },
    status: 204,
    refusals: ['cross_site'],
    change: async (tx, actor: Actor, _, asked) => {
      await endOtherSessions(tx, actor, asked);
      return undefined;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/account/sessions/:sessionId',
    summary: 'Log out in one place',
    ...{ tag, access },
    params: SessionId,
    status: 204,
    refusals: ['invalid_request', 'cross_site', 'not_found'],
    change: async (tx, actor: Actor, which) => {
      await endOwnSession(tx, actor, which);
      return undefined;
    },
  }),
];
