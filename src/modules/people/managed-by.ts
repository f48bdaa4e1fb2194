import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { MerchantActor, OperatorActor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tenancyOf } from '#src/platform/tenancy.ts';
import type { Tx } from '#src/platform/transaction.ts';

/** Who may manage users: admins of a merchant, for their own, and of the operators, for all. */
export type UserAdmin = MerchantActor | OperatorActor;

type Columns = { mid: Expression<unknown>; sids: Expression<unknown> };

/**
 * The one place that says whose users an admin may see and change. Who is limited to some services manages those who are
 * limited to the same or fewer: nobody can give what they do not have.
 */
export function managedBy(admin: UserAdmin, { mid, sids }: Columns): RawBuilder<SqlBool> {
  const ofTenant = tenancyOf(admin, { mid });
  if (admin.kind === 'operator' || admin.sids === null) return sql<SqlBool>`${ofTenant}`;
  return sql<SqlBool>`(${ofTenant} and ${sids} <@ ${[...admin.sids]}::text[])`;
}

/** A user as commands see it. `id` is that of the membership, or of the invitation before there is one. */
export type ManagedUser = {
  id: string;
  userId: string | null;
  loginId: string | null;
  mid: string | null;
  roles: string[];
  sids: string[] | null;
  version: number;
  isDisabled: boolean;
  isOneself: boolean;
};

/**
 * Locks the users of a tenant against other changes and gives one of them; whoever is not the admin's is not found. Changes wait
 * for each other, so that of two admins who take the role from one another one is refused.
 */
export async function lockUser(tx: Tx, admin: UserAdmin, id: string): Promise<ManagedUser> {
  const { mid } = await findUser(tx, admin, id);
  await lockTenant(tx, mid);
  return findUser(tx, admin, id);
}

export const lockTenant = (tx: Tx, mid: string | null): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`users of ${mid ?? 'the PSP'}`}, 0))`.execute(tx);

async function findUser(db: Database, admin: UserAdmin, id: string): Promise<ManagedUser> {
  const { rows } = await sql<ManagedUser>`
    select id, "userId", "loginId", mid, roles, sids, version, "isDisabled", "isOneself" from (
      select memberships.id, user_id as "userId", login_id as "loginId", mid, roles, sids, version,
        memberships.disabled_at is not null as "isDisabled", ${isOneself(admin)} as "isOneself"
      from memberships join users on users.id = user_id
      union all
      select id, null, null, mid, roles, sids, version, false, false from invitations
    ) as people
    where id = ${id} and ${managedBy(admin, { mid: sql.ref('mid'), sids: sql.ref('sids') })}`.execute(db);
  const [user] = rows;
  if (!user) throw new Refusal('not_found');
  return user;
}

/** Whether a membership is the one somebody acts by. */
export const isOneself = (admin: UserAdmin): RawBuilder<boolean> =>
  sql<boolean>`(memberships.user_id = ${admin.id} and memberships.mid is not distinct from ${admin.kind === 'merchant' ? admin.mid : null})`;

/** Refuses to take the last admin from a merchant or from the operators; for whoever has locked the tenant. */
export async function keepAnAdmin(tx: Tx, { id, mid }: ManagedUser): Promise<void> {
  const other = await tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select('memberships.id')
    .where(sql<SqlBool>`mid is not distinct from ${mid}`)
    .where('memberships.id', '<>', id)
    .where(sql<SqlBool>`'admin' = any (roles)`)
    .where('memberships.disabled_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .executeTakeFirst();
  if (!other) throw new Refusal('last_admin');
}
