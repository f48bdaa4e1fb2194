import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { endSessionsOf } from './change-user.ts';
import { unlockUser } from './count-guess.ts';
import { keepAnAdmin, lockUser, type ManagedUser, type UserAdmin } from './managed-by.ts';
import { resetSecondFactors } from './reset-second-factors.ts';

type Which = { userId: string };

/** Disables somebody (停止) for this merchant; what they are elsewhere is not this admin's. Their sessions end. */
export async function suspendUser(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  const user = await lockMember(tx, admin, userId);
  if (user.isOneself) throw new Refusal('not_oneself');
  if (user.roles.includes('admin') && !user.isDisabled) await keepAnAdmin(tx, user);
  await tx
    .updateTable('memberships')
    .set({ disabled_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .execute();
  await endSessionsOf(tx, userId);
  tx.record('user.suspend', [userId]);
}

/** Lets somebody in again who was disabled. */
export async function resumeUser(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  await lockMember(tx, admin, userId);
  await tx.updateTable('memberships').set({ disabled_at: null }).where('id', '=', userId).execute();
  tx.record('user.resume', [userId]);
}

/** Ends all sessions that somebody has as this merchant's user. */
export async function endUserSessions(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  await lockMember(tx, admin, userId);
  await endSessionsOf(tx, userId);
  tx.record('user.end_sessions', [userId]);
}

/** Lets somebody sign in at once who is locked out after wrong guesses. */
export async function unlockMember(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  const user = await lockMember(tx, admin, userId);
  await unlockUser(tx, { id: user.userId });
}

/** Takes somebody's second factors away who lost them. */
export async function resetMemberFactors(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  const user = await lockMember(tx, admin, userId);
  if (user.isOneself) throw new Refusal('not_oneself');
  await resetSecondFactors(tx, admin, { userId: user.userId });
}

/** Has an operator's account at the identity provider stand for nobody again, as when it went to somebody else. */
export async function unlinkIdentity(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  const user = await lockMember(tx, admin, userId);
  if (user.mid !== null) throw new Refusal('not_found');
  const { numDeletedRows } = await tx
    .deleteFrom('identities')
    .where('user_id', '=', user.userId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new Refusal('not_found');
  await endSessionsOf(tx, userId);
  tx.record('identity.unlink', [user.userId]);
}

type Member = ManagedUser & { userId: string };

/** Somebody who has come; an invitation has nothing to disable. */
async function lockMember(tx: Tx, admin: UserAdmin, id: string): Promise<Member> {
  const user = await lockUser(tx, admin, id);
  if (user.userId === null) throw new Refusal('not_found');
  return { ...user, userId: user.userId };
}
