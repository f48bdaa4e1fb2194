import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type Access, checkAccess } from './check-access.ts';
import { keepAnAdmin, lockUser, type ManagedUser, type UserAdmin } from './managed-by.ts';

type Change = Access & { userId: string; name: string };

/**
 * Changes what a merchant calls somebody, their roles and their services. Other roles or services end the user's sessions, so
 * that none goes on with rights it was not started for. Who changes their own (`isOwnAccess`) goes on in a renewed one.
 */
export async function changeUser(
  tx: Tx,
  admin: UserAdmin,
  { userId, name, roles, sids }: Change,
  { ifMatch }: { ifMatch: string | undefined },
): Promise<{ isOwnAccess: boolean }> {
  const user = await lockUser(tx, admin, userId);
  if (ifMatch === undefined) throw new Refusal('version_required');
  if (ifMatch !== String(user.version)) throw new Refusal('changed_meanwhile');
  await checkAccess(tx, admin, user.mid, { roles, sids });
  if (user.roles.includes('admin') && !roles.includes('admin')) await refuseLosingAdmin(tx, user);
  const table = user.userId === null ? 'invitations' : 'memberships';
  await tx
    .updateTable(table)
    .set({ name, roles: [...roles], sids: sids && [...sids], version: sql<number>`version + 1` })
    .where('id', '=', userId)
    .execute();
  const isOtherAccess = !isSame(user.roles, roles) || !isSame(user.sids, sids);
  if (isOtherAccess && !user.isOneself) await endSessionsOf(tx, userId);
  tx.record('user.change', [userId], { roles: [...roles].sort().join(' '), services: sids?.length ?? 'all' });
  return { isOwnAccess: isOtherAccess && user.isOneself };
}

async function refuseLosingAdmin(tx: Tx, user: ManagedUser): Promise<void> {
  if (user.isOneself) throw new Refusal('not_oneself');
  if (user.userId !== null && !user.isDisabled) await keepAnAdmin(tx, user);
}

const isSame = (one: readonly string[] | null, other: readonly string[] | null): boolean =>
  JSON.stringify(one && [...one].sort()) === JSON.stringify(other && [...other].sort());

/** Has somebody log in again wherever they are, as this merchant's user. */
export const endSessionsOf = (tx: Tx, membershipId: string): Promise<unknown> =>
  tx.deleteFrom('sessions').where('membership_id', '=', membershipId).execute();
