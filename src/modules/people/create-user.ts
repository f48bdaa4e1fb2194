import type { MerchantRole, OperatorRole } from '#src/domain/rights.ts';
import { newId } from '#src/platform/ids.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { hashPassword } from './passwords.ts';

export type NewUser = { loginId: string; name: string; email?: string; password: string } & (
  | { mid: string; roles: readonly MerchantRole[]; sids?: readonly string[] }
  | { mid: null; roles: readonly OperatorRole[] }
);

/**
 * Adds a user; returns its id. Only the password's hash is stored. For the demo and for the first operator: everybody else is
 * invited, and this asks no rule of passwords.
 */
export async function createUser(tx: Tx, user: NewUser): Promise<string> {
  const id = newId();
  await tx
    .insertInto('users')
    .values({
      id,
      login_id: user.loginId,
      name: user.name,
      email: user.email ?? null,
      password_hash: await hashPassword(user.password),
    })
    .execute();
  await tx
    .insertInto('memberships')
    .values({
      id: newId(),
      user_id: id,
      mid: user.mid,
      roles: [...user.roles],
      sids: user.mid !== null && user.sids ? [...user.sids] : null,
    })
    .execute();
  tx.record('user.create', [id]);
  return id;
}
