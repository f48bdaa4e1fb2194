import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type SessionRow, sessionColumns, toSession } from './get-session.ts';
import { deviceCookie, deviceDays, sessionCookie, signInCookie } from './session-cookie.ts';
import type { SessionLimits } from './sign-in-parts.ts';
import { newToken, tokenHash } from './tokens.ts';

type Start = {
  userId: string;
  /** Which of their memberships they go on as. */
  membershipId: string;
  /** Where their guesses were counted, to be forgotten. */
  counter: Buffer;
  /** The guess that was counted for their address, to be given back. */
  address?: { counter: Buffer; round: number } | null;
  /** The device, if they have signed in from it before. */
  device: Buffer | null;
  /** The sign-in that ends with it, if it took more than a password. */
  signIn?: Buffer;
};

type Session = ReturnType<typeof toSession>;

/**
 * Starts a session in one statement: the sign-in is used up, wrong guesses are forgotten, the device is known from now on, the
 * audit trail tells it, and what the screens need to know is read. Of two that finish one sign-in, one starts a session.
 */
export async function startSession(
  tx: Tx,
  start: Start,
  { cookies, setHeader }: Pick<Asked, 'cookies' | 'setHeader'>,
  { hours, idleMinutes }: SessionLimits,
): Promise<Session> {
  const token = newToken();
  const deviceToken = start.device ? deviceCookie.read(cookies) : newToken();
  const { rows } = await starting(start, tokenHash(token), tokenHash(deviceToken ?? ''), hours).execute(tx);
  const [row] = rows;
  if (!row) throw new Refusal('sign_in_expired');
  setHeader('set-cookie', sessionCookie.set(token, hours));
  if (deviceToken) setHeader('set-cookie', deviceCookie.set(deviceToken, deviceDays * 24));
  if (start.signIn) setHeader('set-cookie', signInCookie.clear());
  return toSession(row, token, idleMinutes);
}

function starting(
  { userId, membershipId, counter, address, device, signIn }: Start,
  token: Buffer,
  deviceToken: Buffer,
  hours: number,
) {
  const used = signIn
    ? sql`delete from sign_ins where token_hash = ${signIn} and user_id = ${userId} and expires_at > now() returning user_id`
    : sql`select ${userId}::uuid as user_id`;
  const entries = JSON.stringify([{ action: 'session.start', subjects: [userId], details: {} }]);
  return sql<SessionRow>`
    with used as (${used}),
    ended as (delete from sessions where expires_at < now()),
    started as (
      insert into sessions (token_hash, user_id, membership_id, expires_at)
      select ${token}::bytea, used.user_id, memberships.id, now() + make_interval(hours => ${hours})
      from used join memberships on memberships.user_id = used.user_id
      where memberships.id = ${membershipId} and disabled_at is null
      returning membership_id
    ),
    known as (
      insert into devices (token_hash, user_id) select ${device ?? deviceToken}::bytea, ${userId}::uuid from started
      on conflict (token_hash) do update set last_used_at = now()
    ),
    settled as (
      select ${address ? sql`give_back_guess(${address.counter}, ${address.round})` : sql`null`},
        forget_guesses(${counter})
      from started
    ),
    -- Last, because whoever adds to the audit trail keeps all others from it.
    noted as (select audit_append(${entries}::jsonb) from settled)
    select ${sessionColumns}
    from noted, started
      join memberships on memberships.id = started.membership_id
      join users on users.id = memberships.user_id`;
}
