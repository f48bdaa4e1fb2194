import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { changeUser } from './change-user.ts';
import { userExport } from './export-users.ts';
import { inviteAgain, withdrawInvitation } from './invite-again.ts';
import { inviteUser } from './invite-user.ts';
import { getUser, listUsers } from './list-users.ts';
import type { UserAdmin } from './managed-by.ts';
import { renewSession } from './renew-session.ts';
import type { SessionLimits } from './sign-in-parts.ts';
import {
  endUserSessions,
  resetMemberFactors,
  resumeUser,
  suspendUser,
  unlinkIdentity,
  unlockMember,
} from './suspend-user.ts';
import { NewInvitation, User, UserChange, UserFilter, UserId, UserPage } from './user-schemas.ts';

const tag = 'Users';
const access = { kinds: ['merchant', 'operator'], right: 'manage_users' } as const;
const refusals = ['invalid_request', 'not_permitted', 'proof_required', 'not_found', 'cross_site'] as const;
const one = { tag, access, params: UserId } as const;

const userFiles = exportEndpoints({
  path: '/users',
  name: 'users',
  summary: 'The users one manages, as a file',
  ...{ tag, access },
  query: UserFilter.omit({ limit: true, cursor: true }),
  refusals: ['invalid_request', 'not_permitted'],
  shape: userExport,
});

type Settings = { invitationHours: number; limits: SessionLimits };

/** ユーザー: who may use the portal for a merchant or for the PSP, made and changed by its admins. */
export const userEndpoints = ({ invitationHours: hours, limits }: Settings): Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/users',
    summary: 'The users one manages',
    ...{ tag, access },
    query: UserFilter,
    status: 200,
    reply: UserPage,
    refusals: ['invalid_request', 'not_permitted'],
    read: (db, admin: UserAdmin, filter) => listUsers(db, admin, filter),
  }),
  ...userFiles,
  endpoint({
    method: 'POST',
    path: '/users',
    summary: 'Invite somebody by mail',
    ...{ tag, access },
    stepUp: true,
    body: NewInvitation,
    status: 201,
    reply: User,
    idempotent: true,
    refusals: [...refusals, 'user_exists', 'idempotency_key_reused'],
    change: async (tx, admin: UserAdmin, invitation, { locale }) => {
      const userId = await inviteUser(tx, admin, invitation, { locale, hours });
      return getUser(tx, admin, { userId });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/users/:userId',
    summary: 'One of the users one manages',
    ...one,
    status: 200,
    reply: User,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_permitted', 'not_found'],
    read: (db, admin: UserAdmin, which) => getUser(db, admin, which),
  }),
  endpoint({
    method: 'PUT',
    path: '/users/:userId',
    summary: 'Change a name, roles and services',
    description:
      'Other roles or services end the sessions of the user. Name the version you edited in If-Match.',
    ...one,
    stepUp: true,
    body: UserChange,
    status: 200,
    reply: User,
    version: ({ version }) => version,
    refusals: [...refusals, 'not_oneself', 'last_admin', 'version_required', 'changed_meanwhile'],
    change: async (tx, admin: UserAdmin, change, asked) => {
      const { isOwnAccess } = await changeUser(tx, admin, change, asked);
      if (isOwnAccess) await renewSession(tx, asked, limits);
      return getUser(tx, admin, change);
    },
  }),
  ...invitationEndpoints(hours),
  ...suspensionEndpoints,
];

const invitationEndpoints = (hours: number): Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/users/:userId/invitation',
    summary: 'Send an invitation once more; the link before ends',
    ...one,
    stepUp: true,
    status: 201,
    reply: User,
    refusals: [...refusals, 'invitation_accepted'],
    change: async (tx, admin: UserAdmin, which) => {
      await inviteAgain(tx, admin, which, hours);
      return getUser(tx, admin, which);
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/users/:userId/invitation',
    summary: 'Take an invitation back',
    ...one,
    stepUp: true,
    status: 204,
    refusals: [...refusals, 'invitation_accepted'],
    change: async (tx, admin: UserAdmin, which) => {
      await withdrawInvitation(tx, admin, which);
      return undefined;
    },
  }),
];

const suspensionEndpoints: Endpoint[] = [
  endpoint({
    method: 'PUT',
    path: '/users/:userId/suspension',
    summary: 'Disable a user and end their sessions',
    ...one,
    stepUp: true,
    status: 200,
    reply: User,
    refusals: [...refusals, 'not_oneself', 'last_admin'],
    change: async (tx, admin: UserAdmin, which) => {
      await suspendUser(tx, admin, which);
      return getUser(tx, admin, which);
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/users/:userId/suspension',
    summary: 'Enable a user again',
    ...one,
    stepUp: true,
    status: 200,
    reply: User,
    refusals: [...refusals],
    change: async (tx, admin: UserAdmin, which) => {
      await resumeUser(tx, admin, which);
      return getUser(tx, admin, which);
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/users/:userId/lock',
    summary: 'Let a user in at once who is locked out after wrong guesses',
    ...one,
    stepUp: true,
    status: 204,
    refusals: [...refusals],
    change: async (tx, admin: UserAdmin, which) => {
      await unlockMember(tx, admin, which);
      return undefined;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/users/:userId/second-factors',
    summary: 'Take the second factors of a user away who lost them',
    ...one,
    stepUp: true,
    status: 204,
    refusals: [...refusals, 'not_oneself', 'factors_shared'],
    change: async (tx, admin: UserAdmin, which) => {
      await resetMemberFactors(tx, admin, which);
      return undefined;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/users/:userId/identity',
    summary: 'Unlink an operator from their account at the identity provider',
    description:
      'Their sessions end. The account of their mail address is linked at the next single sign-on.',
    ...one,
    stepUp: true,
    status: 204,
    refusals: [...refusals],
    change: async (tx, admin: UserAdmin, which) => {
      await unlinkIdentity(tx, admin, which);
      return undefined;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/users/:userId/sessions',
    summary: 'End all sessions of a user',
    ...one,
    stepUp: true,
    status: 204,
    refusals: [...refusals],
    change: async (tx, admin: UserAdmin, which) => {
      await endUserSessions(tx, admin, which);
      return undefined;
    },
  }),
];
