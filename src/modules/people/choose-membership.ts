import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { getSession } from './get-session.ts';
import { renewSession } from './renew-session.ts';
import type { Session } from './session-schemas.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { lockSignIn, membershipsOf } from './sign-in-steps.ts';
import { startSession } from './start-session.ts';

type Choice = { membershipId: string };
type View = z.input<typeof Session>;

/** The last step of somebody of several merchants: they say for which of them they work now. */
export async function chooseMembership(
  tx: Tx,
  { membershipId }: Choice,
  asked: Asked,
  { limits }: SignInParts,
): Promise<View> {
  const underWay = await lockSignIn(tx, asked, 'membership');
  await refuseForeign(tx, underWay.userId, membershipId);
  return startSession(tx, { ...underWay, membershipId }, asked, limits);
}

/** Goes on as another of one's memberships, with a new session id. */
export async function switchMembership(
  tx: Tx,
  actor: Actor,
  { membershipId }: Choice,
  { asked, parts: { limits } }: { asked: Asked; parts: SignInParts },
): Promise<View> {
  await refuseForeign(tx, actor.id, membershipId);
  const token = await renewSession(tx, asked, limits, { membershipId });
  tx.record('session.switch', [actor.id, membershipId]);
  return getSession(tx, { token, idleMinutes: limits.idleMinutes });
}

async function refuseForeign(tx: Tx, userId: string, membershipId: string): Promise<void> {
  const own = await membershipsOf(tx, userId);
  if (!own.some(({ id }) => id === membershipId)) throw new Refusal('not_found');
}
