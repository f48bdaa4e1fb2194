import { sql } from 'kysely';
import {
  type MerchantRole,
  type OperatorRole,
  type Right,
  rightsOfMerchant,
  rightsOfOperator,
} from '#src/domain/rights.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import { tokenHash } from './tokens.ts';

type UserRow = { id: string; name: string; mid: string | null; roles: string[]; sids: string[] | null };

/** Who a session's token stands for, in one statement; undefined when it has ended, lain idle or its user is disabled. */
export async function findSessionActor(
  db: Database,
  token: string,
  idleMinutes: number,
): Promise<Actor | undefined> {
  const hash = tokenHash(token);
  const { rows } = await sql<UserRow>`
    with found as (
      select users.id, users.name, users.mid, users.roles, users.sids, sessions.last_used_at
      from sessions join users on users.id = sessions.user_id
      where token_hash = ${hash} and expires_at > now() and users.disabled_at is null
        and last_used_at > now() - make_interval(mins => ${idleMinutes})
    ), used as (
      -- Once a minute is exact enough, and spares every other request a write.
      update sessions set last_used_at = now()
      where token_hash = ${hash} and exists (select from found where last_used_at < now() - interval '1 minute')
    )
    select id, name, mid, roles, sids from found`.execute(db);
  const [user] = rows;
  return user && actorOf(user);
}

function actorOf({ id, name, mid, roles, sids }: UserRow): Actor {
  if (mid === null) return { kind: 'operator', id, name, rights: rightsOfOperator(roles as OperatorRole[]) };
  return { kind: 'merchant', id, name, mid, sids, rights: rightsOfMerchant(roles as MerchantRole[]) };
}

type KeyRow = { id: string; name: string; institutionId: string | null; mid: string | null; rights: Right[] };

/** Who an API key stands for, in one statement. */
export async function findKeyActor(db: Database, key: string): Promise<Actor | undefined> {
  const row: KeyRow | undefined = await db
    .selectFrom('api_keys')
    .select(['id', 'name', 'institution_id as institutionId', 'mid', 'rights'])
    .where('key_hash', '=', tokenHash(key))
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, name, institutionId, mid } = row;
  const rights = new Set(row.rights);
  if (institutionId !== null) return { kind: 'institution', id, name, rights, institutionId };
  return mid === null ? undefined : { kind: 'merchant', id, name, rights, mid, sids: null };
}
