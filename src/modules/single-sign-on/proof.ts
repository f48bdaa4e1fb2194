import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import { proveByIdentity, type Session, type SignInParts, sessionHash } from '#src/modules/people/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { beginAttempt, secretsFor, takeAttempt } from './attempts.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { recorded } from './recorded.ts';

/** Clocks of two machines may differ by so much. */
const skewMs = 30_000;

/** Where somebody has to go who proves once more, at the identity provider, who they are. */
export const beginProof = (
  acting: Acting,
  actor: Actor,
  asked: Asked,
  provider: IdentityProvider,
): Promise<{ address: string }> =>
  recorded(acting, [actor.id], async () => {
    const owner = { userId: actor.id, hash: sessionHash(asked) };
    const secrets = await acting.inTransaction(async (tx) => {
      tx.record('sso.begin', [actor.id]);
      return beginAttempt(tx, { purpose: 'proof', owner }, asked);
    });
    return { address: await provider.addressFor({ secrets, locale: asked.locale, isAnew: true }) };
  });

type Parts = { provider: IdentityProvider; signIn: SignInParts };

/** Takes what somebody came back with for a proof, if they logged in there after they were sent. */
export const completeProof = (
  acting: Acting,
  actor: Actor,
  { query, asked }: { query: string; asked: Asked },
  { provider, signIn }: Parts,
): Promise<z.input<typeof Session>> =>
  recorded(acting, [actor.id], async () => {
    const secrets = secretsFor(new URLSearchParams(query).get('state'), 'proof', asked);
    const attempt =
      secrets && (await acting.inTransaction((tx) => takeAttempt(tx, asked, sessionHash(asked))));
    if (!secrets || !attempt) throw new Refusal('sso_expired');
    const { authenticatedAt, ...identity } = await provider.read(query, secrets);
    // A provider that says nothing of it, or answers for a log-in of this morning, has proved nothing.
    if (!authenticatedAt || authenticatedAt.getTime() < attempt.startedAt.getTime() - skewMs)
      throw new Refusal('sso_failed', { reason: 'auth_time' });
    return acting.inTransaction((tx) => proveByIdentity(tx, actor, identity, { asked, parts: signIn }));
  });
