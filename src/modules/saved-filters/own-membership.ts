import { sql } from 'kysely';
import type { Actor } from '#src/platform/actor.ts';
import type { Reader } from '#src/platform/transaction.ts';

/** As what somebody is here: the membership of the person who asks. Keys are nobody's. */
export const ownMembership = ({ id, ...actor }: Actor) => sql<string>`(
  select id from memberships where user_id = ${id}
    and mid is not distinct from ${actor.kind === 'merchant' ? actor.mid : null}::text)`;

/** The same by its id; undefined for a key. */
export async function findOwnMembership(db: Reader, actor: Actor): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select ${ownMembership(actor)} as id`.execute(db);
  return rows[0]?.id ?? undefined;
}
