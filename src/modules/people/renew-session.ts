import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { sessionCookie } from './session-cookie.ts';
import type { SessionLimits } from './sign-in-parts.ts';
import { newToken, tokenHash } from './tokens.ts';

type Change = {
  /** The person has just proved who they are. */
  isProven?: true;
  /** Which of their memberships they go on as. */
  membershipId?: string;
};

/**
 * Gives the caller's session a new id, in the cookie of the reply, and returns it: at every change of privilege, so that an id
 * that somebody learned before is worth nothing after. The old one ends with the transaction; how long the session lasts stays.
 */
export async function renewSession(
  tx: Tx,
  { cookies, setHeader }: Pick<Asked, 'cookies' | 'setHeader'>,
  { hours }: Pick<SessionLimits, 'hours'>,
  { isProven, membershipId }: Change = {},
): Promise<string> {
  const before = sessionCookie.read(cookies);
  if (!before) throw new Refusal('not_signed_in');
  const token = newToken();
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({
      token_hash: tokenHash(token),
      ...(isProven && { proved_at: sql<Date>`now()` }),
      ...(membershipId && { membership_id: membershipId }),
    })
    .where('token_hash', '=', tokenHash(before))
    .executeTakeFirst();
  // Of two renewals at once, the second finds the id that the first has taken away.
  if (numUpdatedRows !== 1n) throw new Refusal('not_signed_in');
  // What was given out in the session, such as the secret of an app that is being set up, goes along.
  await tx
    .updateTable('challenges')
    .set({ owner_hash: tokenHash(token) })
    .where('owner_hash', '=', tokenHash(before))
    .execute();
  setHeader('set-cookie', sessionCookie.set(token, hours));
  return token;
}
