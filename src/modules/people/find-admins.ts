import { sql } from 'kysely';
import type { Locale } from '#src/domain/text.ts';
import type { Tx } from '#src/platform/transaction.ts';

export type Admin = { name: string; email: string; locale: Locale };

type Of = {
  /** The merchant; null for the PSP. */
  mid: string | null;
  /** The services it is about; null for all. */
  sids: readonly string[] | null;
};

/** The admins who can be written to: of the PSP, or of a merchant and at least the services it is about. */
export async function findAdmins(tx: Tx, { mid, sids }: Of): Promise<Admin[]> {
  const { rows } = await sql<Admin>`
    select users.name, users.email, users.locale
    from memberships join users on users.id = memberships.user_id
    where memberships.mid is not distinct from ${mid} and 'admin' = any (memberships.roles)
      and (memberships.sids is null or ${sids && [...sids]}::text[] <@ memberships.sids)
      and memberships.disabled_at is null and users.disabled_at is null and users.email is not null
    order by users.email`.execute(tx);
  return rows;
}
