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
import type { SessionLimits } from './sign-in-parts.ts';
import { tokenHash } from './tokens.ts';

type UserRow = {
  id: string;
  name: string;
  mid: string | null;
  roles: string[];
  sids: string[] | null;
  isProven: boolean;
};

/**
 * Who a session's token stands for, in one statement, and whether they proved it a short while ago; undefined when it has
 * ended, lain idle or its user is disabled. What is no use leaves the time of its last use as it is. It is asked before there is anybody to work for, so the database has a function
 * for it.
 */
export async function findSessionActor(
  db: Database,
  token: string,
  { idleMinutes, stepUpMinutes }: SessionLimits,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<{ actor: Actor; isProven: boolean } | undefined> {
  const { rows } = await sql<UserRow>`
    select user_id as id, name, mid, roles, sids, is_proven as "isProven"
    from ${isUse ? sql`find_session` : sql`peek_session`}(${tokenHash(token)}, make_interval(mins => ${idleMinutes}),
      make_interval(mins => ${stepUpMinutes}))`.execute(db);
  const [user] = rows;
  return user && { actor: actorOf(user), isProven: user.isProven };
}

/** The same for many sessions at once, by their hashes; those that ended are missing. It is no use of any of them. */
export async function findSessionActors(
  db: Database,
  sessions: readonly string[],
  { idleMinutes }: Pick<SessionLimits, 'idleMinutes'>,
): Promise<Map<string, Actor>> {
  const { rows } = await sql<UserRow & { session: string }>`
    select session, user_id as id, name, mid, roles, sids
    from unnest(${[...sessions]}::text[]) as session
      cross join lateral peek_session(decode(session, 'base64'), make_interval(mins => ${idleMinutes}), interval '0')`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.session, actorOf(row)]));
}

function actorOf({ id, name, mid, roles, sids }: UserRow): Actor {
  const rights = rightsOf({ mid, roles });
  return mid === null
    ? { kind: 'operator', id, name, rights }
    : { kind: 'merchant', id, name, mid, sids, rights };
}

/** What a membership's roles allow: those of a merchant's user, or of an operator when it has no merchant. */
export const rightsOf = ({ mid, roles }: { mid: string | null; roles: readonly string[] }): Set<Right> =>
  mid === null ? rightsOfOperator(roles as OperatorRole[]) : rightsOfMerchant(roles as MerchantRole[]);
