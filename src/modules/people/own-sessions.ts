import { sql } from 'kysely';
import type { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Database } from '#src/platform/database.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { OwnSessions } from './account-schemas.ts';
import { sessionCookie } from './session-cookie.ts';
import { tokenHash } from './tokens.ts';

type Cookies = Readonly<Record<string, string | undefined>>;

type Row = {
  id: string;
  merchantName: string | null;
  device: string | null;
  network: string | null;
  startedAt: Date;
  lastUsedAt: Date;
  isThis: boolean;
};

/** The live sessions of whoever asks, as any of their memberships; never what they are opened with. */
export async function listOwnSessions(
  db: Database,
  { id }: Actor,
  { cookies, idleMinutes }: { cookies: Cookies; idleMinutes: number },
): Promise<z.input<typeof OwnSessions>> {
  const { rows } = await sql<Row>`
    select sessions.id, merchants.name as "merchantName", device, network, sessions.created_at as "startedAt",
      last_used_at as "lastUsedAt", token_hash = ${ownHash(cookies)} as "isThis"
    from sessions
      join memberships on memberships.id = membership_id
      left join merchants on merchants.mid = memberships.mid
    where sessions.user_id = ${id} and expires_at > now() and last_used_at > now() - make_interval(mins => ${idleMinutes})
    order by "isThis" desc, last_used_at desc limit 100`.execute(db);
  const data = rows.map(({ startedAt, lastUsedAt, ...row }) => ({
    ...row,
    startedAt: startedAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
  }));
  return { data };
}

/** Ends one session of whoever asks; another person's is not found. */
export async function endOwnSession(
  tx: Tx,
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  const ended = await tx
    .deleteFrom('sessions')
    .where('id', '=', sessionId)
    .where('user_id', '=', actor.id)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw new Refusal('not_found');
  tx.record('session.end', [actor.id]);
}

/** Ends all sessions of whoever asks but the one they ask in. */
export async function endOtherSessions(
  tx: Tx,
  actor: Actor,
  { cookies }: { cookies: Cookies },
): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', actor.id)
    .where('token_hash', '<>', ownHash(cookies))
    .executeTakeFirst();
  tx.record('session.end_others', [actor.id], { count: Number(numDeletedRows) });
}

const ownHash = (cookies: Cookies): Buffer => tokenHash(sessionCookie.read(cookies) ?? '');
