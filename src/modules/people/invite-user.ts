import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import { newId } from '#src/platform/ids.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type Access, checkAccess } from './check-access.ts';
import { lockTenant, type UserAdmin } from './managed-by.ts';
import { tellPerson } from './tell-person.ts';

export type NewInvitation = Access & { mid?: string | null | undefined; name: string; email: string };

type How = { locale: Locale; hours: number };

/**
 * Invites somebody by mail to a merchant, or to the operators (`mid` null); returns the invitation's id. Whether the address is
 * known elsewhere is not looked up, so nothing can tell it.
 */
export async function inviteUser(
  tx: Tx,
  admin: UserAdmin,
  { mid: wanted, name, email, ...access }: NewInvitation,
  { locale, hours }: How,
): Promise<string> {
  const mid = await tenantOf(tx, admin, wanted);
  await lockTenant(tx, mid);
  await checkAccess(tx, admin, mid, access);
  await refuseKnown(tx, mid, email);
  const id = newId();
  await tx
    .insertInto('invitations')
    .values({
      ...{ id, mid, name, email, locale },
      roles: [...access.roles],
      sids: access.sids && [...access.sids],
      expires_at: sql<Date>`now() + make_interval(hours => ${hours})`,
    })
    .execute();
  await tellPerson(tx, { kind: 'invitation', invitationId: id });
  tx.record('user.invite', [id, ...(mid ? [mid] : [])]);
  return id;
}

/** A merchant's admin invites to their own merchant, whether they name it or not; another one is unknown to them. */
async function tenantOf(tx: Tx, admin: UserAdmin, wanted: NewInvitation['mid']): Promise<string | null> {
  if (admin.kind === 'merchant' && wanted === undefined) return admin.mid;
  if (admin.kind === 'operator' && wanted === null) return null;
  const found = await tx
    .selectFrom('merchants')
    .select('mid')
    .where('mid', '=', wanted ?? '')
    .where(tenancyOf(admin, { mid: sql.ref('mid') }))
    .executeTakeFirst();
  if (!found) throw new Refusal('invalid_request', {}, [{ pointer: '/mid', code: 'unknown_merchant' }]);
  return found.mid;
}

/** Among the tenant's own, which its admin sees anyway. */
async function refuseKnown(tx: Tx, mid: string | null, email: string): Promise<void> {
  const { rows } = await sql`
    select from memberships join users on users.id = user_id
    where lower(email) = lower(${email}) and mid is not distinct from ${mid}
    union all
    select from invitations where lower(email) = lower(${email}) and mid is not distinct from ${mid}`.execute(
    tx,
  );
  if (rows.length > 0) throw new Refusal('user_exists');
}
