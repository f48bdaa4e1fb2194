import type { KnownWords } from '#src/domain/password-rules.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { choosePassword } from './choose-password.ts';
import { attemptHash, countAttempt } from './count-attempt.ts';
import { isPassword } from './passwords.ts';
import { renewSession } from './renew-session.ts';
import { sessionCookie } from './session-cookie.ts';
import type { SessionLimits } from './sign-in-parts.ts';
import { tellPerson } from './tell-person.ts';
import { tokenHash } from './tokens.ts';

type Change = { currentPassword: string; password: string };
type How = { asked: Asked; limits: SessionLimits; knownWords: KnownWords };

const guessesAllowed = 5;
const lockMinutes = 30;

/**
 * Gives whoever knows their current password a new one. Every other session of theirs ends, and their own goes on under a new
 * token, which is returned. Wrong guesses are counted before they are checked, and stay counted.
 */
export async function changePassword(
  { inTransaction }: Acting,
  actor: Actor,
  { currentPassword, password }: Change,
  { asked, limits, knownWords }: How,
): Promise<string> {
  // A key that calls has no session, and no password either.
  const own = tokenHash(sessionCookie.read(asked.cookies) ?? '');
  const guess = `current password of ${actor.id}`;
  const { guesses, hash } = await inTransaction(async (tx) => ({
    hash: await ownHash(tx, actor, own),
    guesses: await countAttempt(tx, { what: guess, minutes: lockMinutes, userId: actor.id }),
  }));
  if (guesses > guessesAllowed) throw new Refusal('too_many_attempts', { minutes: lockMinutes });
  if (!(await isPassword(currentPassword, hash ?? undefined))) {
    throw new Refusal('password_refused', {}, [{ pointer: '/currentPassword', code: 'wrong_password' }]);
  }
  return inTransaction(async (tx) => {
    await tx.deleteFrom('attempt_counts').where('counted_for', '=', attemptHash(guess)).execute();
    await choosePassword(tx, { userId: actor.id, password, knownWords });
    await tellPerson(tx, { kind: 'password_changed', userId: actor.id, at: new Date() });
    tx.record('password.change', [actor.id]);
    await leaveAlone(tx, actor, own);
    return renewSession(tx, asked, limits);
  });
}

/** The hash of the password of whoever's session this is. */
async function ownHash(tx: Tx, { id }: Actor, session: Buffer): Promise<string | null> {
  const user = await tx
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'user_id')
    .select('password_hash')
    .where('token_hash', '=', session)
    .where('user_id', '=', id)
    .executeTakeFirst();
  if (!user) throw new Refusal('not_signed_in');
  return user.password_hash;
}

/** Ends a person's other sessions, sign-ins that came past the old password, and the link with which somebody may be about to set another password. */
async function leaveAlone(tx: Tx, { id }: Actor, session: Buffer): Promise<void> {
  await tx.deleteFrom('password_resets').where('user_id', '=', id).execute();
  await tx.deleteFrom('sign_ins').where('user_id', '=', id).execute();
  await tx.deleteFrom('sessions').where('user_id', '=', id).where('token_hash', '<>', session).execute();
}
