import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Identity } from './find-person-by-identity.ts';
import { getSession } from './get-session.ts';
import { hasFactor } from './prove-again.ts';
import { renewSession } from './renew-session.ts';
import type { Session } from './session-schemas.ts';
import type { SignInParts } from './sign-in-parts.ts';

/**
 * Takes a log-in at the identity provider, made just now, for a fresh proof of who somebody is: of who has no factor of ours,
 * which would be the better proof. The session gets a new id.
 */
export async function proveByIdentity(
  tx: Tx,
  actor: Actor,
  { issuer, subject, isSecondFactorShown }: Pick<Identity, 'issuer' | 'subject' | 'isSecondFactorShown'>,
  { asked, parts }: { asked: Asked; parts: SignInParts },
): Promise<z.input<typeof Session>> {
  const linked = await tx
    .selectFrom('identities')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('user_id', '=', actor.id)
    .executeTakeFirst();
  if (!linked || (await hasFactor(tx, actor.id))) throw new Refusal('sso_unknown_person');
  // Where everybody needs two factors, a proof is not to be had for less than a log-in.
  if (parts.mfa === 'required' && !isSecondFactorShown)
    throw new Refusal('sso_failed', { reason: 'one_factor' });
  const token = await renewSession(tx, asked, parts.limits, { isProven: true });
  tx.record('session.prove', [actor.id], { method: 'single_sign_on' });
  return getSession(tx, { token, idleMinutes: parts.limits.idleMinutes });
}
