import { sql } from 'kysely';
import type { z } from 'zod';
import type { Reader } from '#src/platform/transaction.ts';
import type { Operators } from './console-schemas.ts';

/** The operators who can look after cases, by name. */
export async function listOperators(db: Reader): Promise<z.input<typeof Operators>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select users.id, users.name from memberships join users on users.id = memberships.user_id
    where memberships.mid is null and memberships.roles && '{admin,agent}'
      and memberships.disabled_at is null and users.disabled_at is null
    order by users.name, users.id limit 1000`.execute(db);
  return { data: rows };
}
