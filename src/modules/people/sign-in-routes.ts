import { z } from 'zod';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { chooseMembership } from './choose-membership.ts';
import { enrol, offerFirstPasskey, offerFirstTotp } from './enrol.ts';
import { passSecondFactor } from './pass-second-factor.ts';
import { passkeyUse } from './passkeys.ts';
import {
  Credentials,
  Enrolled,
  FactorBody,
  PasskeyOptions,
  SecondFactorBody,
  Session,
  SignInStep,
  TotpOffer,
} from './session-schemas.ts';
import { signIn } from './sign-in.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { goOn, lockSignIn } from './sign-in-steps.ts';

const common = { method: 'POST', tag: 'Session', access: 'public', status: 200 } as const;
const sessionOrStep = {
  reply: z.union([Session, SignInStep]),
  replies: { 200: Session, 202: SignInStep },
} as const;
const underWay = ['sign_in_expired', 'cross_site'] as const;

/** Signing in, step by step: a password, a second factor or the setting up of one, and the merchant one works for. */
export const signInEndpoints = (parts: SignInParts): Endpoint[] => [
  endpoint({
    ...common,
    ...sessionOrStep,
    path: '/session',
    summary: 'Log in',
    description: '200: logged in. 202: more is wanted, and what; the cookie `__Host-sign-in` is good for it.',
    body: Credentials,
    // Only hashes are made of it, and somebody's guess at random must cost what a guess costs.
    tellsCardNumbers: true,
    refusals: ['invalid_request', 'wrong_credentials', 'too_many_attempts', 'too_busy', 'cross_site'],
    // A wrong guess has to stay counted although the request is refused.
    stages: (visitor, _, credentials, asked) => signIn(visitor, credentials, asked, parts),
  }),
  endpoint({
    ...common,
    ...sessionOrStep,
    path: '/session/second-factor',
    summary: 'Log in: give the second factor',
    body: SecondFactorBody,
    refusals: ['invalid_request', 'wrong_factor', 'too_many_attempts', ...underWay],
    stages: (visitor, _, { proof }, asked) => passSecondFactor(visitor, proof, asked, parts),
  }),
  endpoint({
    ...common,
    path: '/session/second-factor/passkey',
    summary: 'Log in: what a passkey has to sign',
    reply: PasskeyOptions,
    refusals: ['not_found', ...underWay],
    change: async (tx, _, __, asked) => {
      const { userId, signIn } = await lockSignIn(tx, asked, 'second_factor');
      tx.record('passkey.ask', [userId]);
      return passkeyUse(tx, { userId, ownerHash: signIn }, parts.site);
    },
  }),
  ...enrolmentEndpoints(parts),
  endpoint({
    ...common,
    path: '/session/membership',
    summary: 'Log in: choose the merchant',
    body: z.object({ membershipId: z.uuid() }),
    reply: Session,
    refusals: ['invalid_request', 'not_found', ...underWay],
    stages: (visitor, _, choice, asked) =>
      visitor.inTransaction((tx) => chooseMembership(tx, choice, asked, parts)),
  }),
];

const enrolmentEndpoints = (parts: SignInParts): Endpoint[] => [
  endpoint({
    ...common,
    path: '/session/enrolment/totp',
    summary: 'Log in: a secret for a first authenticator app',
    reply: TotpOffer,
    refusals: [...underWay],
    change: (tx, _, __, asked) => offerFirstTotp(tx, asked, parts),
  }),
  endpoint({
    ...common,
    path: '/session/enrolment/passkey',
    summary: 'Log in: what a first passkey is made for',
    reply: PasskeyOptions,
    refusals: ['not_found', ...underWay],
    change: (tx, _, __, asked) => offerFirstPasskey(tx, asked, parts),
  }),
  endpoint({
    ...common,
    path: '/session/enrolment',
    summary: 'Log in: show that the first factor works',
    description: 'Replies the recovery codes. They have to be kept; the completion goes on.',
    body: FactorBody,
    reply: Enrolled,
    refusals: ['invalid_request', 'not_found', 'factor_refused', 'setup_expired', ...underWay],
    change: (tx, _, { factor }, asked) => enrol(tx, factor, asked, parts),
  }),
  endpoint({
    ...common,
    ...sessionOrStep,
    path: '/session/enrolment/completion',
    summary: 'Log in: the recovery codes are kept',
    refusals: [...underWay],
    stages: (visitor, _, __, asked) =>
      visitor.inTransaction(async (tx) =>
        goOn(tx, await lockSignIn(tx, asked, 'recovery_codes'), 'recovery_codes', { asked, parts }),
      ),
  }),
];
