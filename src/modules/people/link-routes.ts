import type { KnownWords } from '#src/domain/password-rules.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { acceptInvitation, lookAtInvitation } from './accept-invitation.ts';
import { Acceptance, InvitationLooked, Link, OwnUserId, Reset, ResetRequest } from './account-schemas.ts';
import { askPasswordReset } from './ask-password-reset.ts';
import { confirmEmail } from './confirm-email.ts';
import { lookAtReset, resetPassword } from './reset-password.ts';

const tag = 'Session';
const access = 'public';
const refusals = ['invalid_request', 'link_not_valid', 'cross_site'] as const;

/**
 * What the links of mails lead to, for people who are not logged in. A link's secret comes in the body, never in an address,
 * also where it is only looked at.
 */
export const linkEndpoints = ({ knownWords }: { knownWords: KnownWords }): Endpoint[] => [
  ...invitationLinks(knownWords),
  ...resetLinks(knownWords),
  endpoint({
    method: 'POST',
    path: '/email-confirmations',
    summary: 'Prove that mails to a new address arrive',
    ...{ tag, access, refusals },
    body: Link,
    status: 204,
    change: async (tx, _, link) => {
      await confirmEmail(tx, link);
      return undefined;
    },
  }),
];

const invitationLinks = (knownWords: KnownWords): Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/invitations/look',
    summary: 'What an invitation is to',
    ...{ tag, access, refusals },
    body: Link,
    status: 200,
    reply: InvitationLooked,
    stages: (visitor, _, link) => visitor.reading((db) => lookAtInvitation(db, link)),
  }),
  endpoint({
    method: 'POST',
    path: '/invitations/acceptance',
    summary: 'Accept an invitation, with a first password unless one is a user already',
    ...{ tag, access },
    body: Acceptance,
    status: 201,
    reply: OwnUserId,
    refusals: [...refusals, 'password_refused'],
    change: (tx, _, acceptance) => acceptInvitation(tx, acceptance, knownWords),
  }),
];

const resetLinks = (knownWords: KnownWords): Endpoint[] => [
  endpoint({
    method: 'POST',
    path: '/password-resets',
    summary: 'Have a link for a new password mailed',
    description: 'The reply is the same whether there is such a user or not.',
    ...{ tag, access },
    body: ResetRequest,
    status: 204,
    refusals: ['invalid_request', 'cross_site', 'too_many_requests'],
    stages: async (visitor, _, asked) => {
      await askPasswordReset(visitor, asked);
      return undefined;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/password-resets/look',
    summary: 'Whose password a link would change',
    ...{ tag, access, refusals },
    body: Link,
    status: 200,
    reply: OwnUserId,
    stages: (visitor, _, link) => visitor.reading((db) => lookAtReset(db, link)),
  }),
  endpoint({
    method: 'POST',
    path: '/password-resets/completion',
    summary: 'Set a new password by the link that was mailed; all sessions end',
    ...{ tag, access },
    body: Reset,
    status: 200,
    reply: OwnUserId,
    refusals: [...refusals, 'password_refused'],
    change: (tx, _, reset) => resetPassword(tx, reset, knownWords),
  }),
];
