import { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { passkeySetup, passkeyUse } from './passkeys.ts';
import { proveAgain } from './prove-again.ts';
import { renamePasskey } from './rename-passkey.ts';
import { addFactor, getSecondFactors, removeFactor, renewRecoveryCodes } from './second-factors.ts';
import {
  FactorBody,
  FactorsChanged,
  PasskeyName,
  PasskeyOptions,
  ProofBody,
  SecondFactors,
  Session,
  TotpOffer,
} from './session-schemas.ts';
import { offerTotp } from './set-up-factor.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { sessionHash } from './sign-in-steps.ts';

const proof = { tag: 'Session', access: 'anyone', status: 200 } as const;
const factors = { tag: 'Second factors', access: 'anyone', stepUp: true, status: 200 } as const;

/** Proving once more who one is, and one's own second factors. */
export const secondFactorEndpoints = (parts: SignInParts): Endpoint[] => [
  ...proofEndpoints(parts),
  ...passkeyEndpoints(parts),
  endpoint({
    ...factors,
    method: 'POST',
    path: '/second-factors/totp',
    summary: 'A secret for an authenticator app',
    reply: TotpOffer,
    refusals: ['cross_site'],
    change: (tx, actor: Actor, _, asked) => {
      tx.record('factor.offer', [actor.id], { kind: 'totp' });
      return offerTotp(tx, { userId: actor.id, ownerHash: sessionHash(asked) }, parts);
    },
  }),
  endpoint({
    ...factors,
    method: 'POST',
    path: '/second-factors',
    summary: 'Add a second factor by showing that it works',
    body: FactorBody,
    reply: FactorsChanged,
    refusals: ['invalid_request', 'not_found', 'factor_refused', 'setup_expired', 'cross_site'],
    change: (tx, actor: Actor, { factor }, asked) => addFactor(tx, actor, factor, { asked, parts }),
  }),
  endpoint({
    ...factors,
    method: 'DELETE',
    path: '/second-factors/totp',
    summary: 'Remove the authenticator app',
    reply: FactorsChanged,
    refusals: ['not_found', 'last_factor', 'cross_site'],
    change: (tx, actor: Actor, _, asked) => removeFactor(tx, actor, { method: 'totp' }, { asked, parts }),
  }),
  endpoint({
    ...factors,
    method: 'POST',
    path: '/second-factors/recovery-codes',
    summary: 'New recovery codes in place of those from before',
    reply: FactorsChanged,
    refusals: ['not_found', 'cross_site'],
    change: (tx, actor: Actor, _, asked) => renewRecoveryCodes(tx, actor, { asked, parts }),
  }),
];

const passkeyEndpoints = (parts: SignInParts): Endpoint[] => [
  endpoint({
    ...factors,
    method: 'POST',
    path: '/second-factors/passkey',
    summary: 'What a passkey is made for',
    reply: PasskeyOptions,
    refusals: ['not_found', 'cross_site'],
    change: (tx, actor: Actor, _, asked) => {
      tx.record('factor.offer', [actor.id], { kind: 'passkey' });
      return passkeySetup(tx, { userId: actor.id, ownerHash: sessionHash(asked) }, parts.site);
    },
  }),
  endpoint({
    ...factors,
    method: 'PUT',
    path: '/second-factors/passkeys/:passkeyId',
    summary: 'Rename a passkey',
    params: z.object({ passkeyId: z.uuid() }),
    body: z.object({ name: PasskeyName }),
    reply: SecondFactors,
    refusals: ['invalid_request', 'not_found', 'cross_site'],
    change: (tx, actor: Actor, renaming) => renamePasskey(tx, actor, renaming, parts),
  }),
  endpoint({
    ...factors,
    method: 'DELETE',
    path: '/second-factors/passkeys/:passkeyId',
    summary: 'Remove a passkey',
    params: z.object({ passkeyId: z.uuid() }),
    reply: FactorsChanged,
    refusals: ['invalid_request', 'not_found', 'last_factor', 'cross_site'],
    change: (tx, actor: Actor, { passkeyId }, asked) =>
      removeFactor(tx, actor, { method: 'passkey', passkeyId }, { asked, parts }),
  }),
];

const proofEndpoints = (parts: SignInParts): Endpoint[] => [
  endpoint({
    ...proof,
    method: 'GET',
    path: '/second-factors',
    summary: 'Which second factors one has',
    reply: SecondFactors,
    refusals: [],
    read: (db, actor: Actor) => getSecondFactors(db, actor, parts),
  }),
  endpoint({
    ...proof,
    method: 'GET',
    path: '/session/proof',
    summary: 'Whether one has proved a short while ago who one is',
    description: 'For what a page cannot ask for by itself, such as a download by a link.',
    stepUp: true,
    status: 204,
    refusals: [],
    tell: () => undefined,
  }),
  endpoint({
    ...proof,
    method: 'POST',
    path: '/session/proof',
    summary: 'Prove once more who one is',
    description: 'With a second factor, or with the password by who has none. The session gets a new id.',
    body: ProofBody,
    reply: Session,
    refusals: [
      'invalid_request',
      'wrong_factor',
      'wrong_password',
      'too_many_attempts',
      'too_busy',
      'cross_site',
    ],
    stages: (acting, actor: Actor, input, asked) => proveAgain(acting, actor, input.proof, { asked, parts }),
  }),
  endpoint({
    ...proof,
    method: 'POST',
    path: '/session/proof/passkey',
    summary: 'What a passkey has to sign to prove who one is',
    reply: PasskeyOptions,
    refusals: ['not_found', 'cross_site'],
    change: (tx, actor: Actor, _, asked) => {
      tx.record('passkey.ask', [actor.id]);
      return passkeyUse(tx, { userId: actor.id, ownerHash: sessionHash(asked) }, parts.site);
    },
  }),
];
