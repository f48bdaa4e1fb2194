import { sql } from 'kysely';
import type { Tx } from '#src/platform/transaction.ts';
import type { Admin } from './find-admins.ts';

/** The PSP's people who look after cases and can be written to: admins and agents. */
export async function findOperators(tx: Tx): Promise<Admin[]> {
  const { rows } = await sql<Admin>`
    select users.name, users.email, users.locale
    from memberships join users on users.id = memberships.user_id
    where memberships.mid is null and memberships.roles && '{admin,agent}'
      and memberships.disabled_at is null and users.disabled_at is null and users.email is not null
    order by users.email`.execute(tx);
  return rows;
}
