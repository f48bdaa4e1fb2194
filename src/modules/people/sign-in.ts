import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { isPassword } from './passwords.ts';
import { newToken, tokenHash } from './tokens.ts';

/** How long a session lasts, unused and at most, and how long a proof of who one is counts as fresh. */
export type SessionLimits = { idleMinutes: number; hours: number; stepUpMinutes: number };

const guessesAllowed = 5;
const lockMinutes = 30;

/**
 * Checks a user id and a password and starts a session; returns its token. After five wrong guesses the user id is locked
 * for half an hour, known or not. Live sessions of the user are left alone.
 */
export async function signIn(
  { inTransaction }: Acting,
  { userId, password }: { userId: string; password: string },
  limits: SessionLimits,
): Promise<string> {
  const { guesses, minutesLocked, user } = await inTransaction((tx) => countGuess(tx, userId));
  const isLocked = minutesLocked > 0 || guesses > guessesAllowed;
  const isRight = !isLocked && (await isPassword(password, user?.passwordHash));
  if (!isRight || !user) {
    await inTransaction(async (tx) => tx.record('session.refuse', user ? [user.id] : [], { isLocked }));
    if (isLocked) throw locked(minutesLocked);
    if (guesses === guessesAllowed) throw locked(lockMinutes);
    throw new Refusal('wrong_credentials');
  }
  return inTransaction((tx) => startSession(tx, { ...user, loginId: userId, hours: limits.hours }));
}

const locked = (minutes: number): Refusal =>
  new Refusal('too_many_attempts', { minutes: Math.max(1, minutes) });

const loginIdHash = (loginId: string): Buffer => createHash('sha256').update(loginId).digest();

type Guess = {
  guesses: number;
  minutesLocked: number;
  user: { id: string; membershipId: string; passwordHash: string } | null;
};

/** Takes one of the guesses before it is checked: parallel guesses each take their own. */
async function countGuess(tx: Tx, loginId: string): Promise<Guess> {
  const lock = sql`make_interval(mins => ${lockMinutes})`;
  const { rows } = await sql<Guess>`
    with guess as (
      insert into sign_in_attempts as attempts (login_id_hash, guesses, counted_from)
      values (${loginIdHash(loginId)}, 1, now())
      on conflict (login_id_hash) do update set
        guesses = case
          when attempts.locked_until > now() then attempts.guesses
          when attempts.locked_until is not null or attempts.counted_from < now() - ${lock} then 1
          else attempts.guesses + 1
        end,
        counted_from = case
          when attempts.locked_until <= now() or attempts.counted_from < now() - ${lock} then now()
          else attempts.counted_from
        end,
        locked_until = case
          when attempts.locked_until > now() then attempts.locked_until
          when attempts.locked_until is null
            and attempts.counted_from >= now() - ${lock}
            and attempts.guesses + 1 > ${guessesAllowed} then now() + ${lock}
          else null
        end
      returning guesses, ceil(extract(epoch from locked_until - now()) / 60)::int as minutes
    )
    select guesses, greatest(coalesce(minutes, 0), 0) as "minutesLocked",
      (select json_build_object('id', users.id, 'membershipId', memberships.id, 'passwordHash', password_hash)
       from users join memberships on user_id = users.id and memberships.disabled_at is null
       where login_id = ${loginId} and users.disabled_at is null order by mid limit 1) as user
    from guess`.execute(tx);
  const [guess] = rows;
  if (!guess) throw new Error('counting a guess gave no row');
  return guess;
}

async function startSession(
  tx: Tx,
  { loginId, id, membershipId, hours }: { loginId: string; id: string; membershipId: string; hours: number },
): Promise<string> {
  const token = newToken();
  await sql`
    with forgotten as (delete from sign_in_attempts where login_id_hash = ${loginIdHash(loginId)}),
    ended as (delete from sessions where expires_at < now())
    insert into sessions (token_hash, user_id, membership_id, expires_at)
    values (${tokenHash(token)}, ${id}, ${membershipId}, now() + make_interval(hours => ${hours}))`.execute(
    tx,
  );
  tx.record('session.start', [id]);
  return token;
}
