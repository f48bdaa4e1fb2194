import { sql } from 'kysely';
import type { KnownWords } from '#src/domain/password-rules.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Database } from '#src/platform/database.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { choosePassword } from './choose-password.ts';
import { tellPerson } from './tell-person.ts';
import { tokenHash } from './tokens.ts';

type Reset = { token: string; password: string };

/**
 * Gives the person whom a link was mailed to a new password, and ends all their sessions. The link is taken away first: of two
 * at the same time one finds it, and a password that is refused leaves it as it was.
 */
export async function resetPassword(
  tx: Tx,
  { token, password }: Reset,
  knownWords: KnownWords,
): Promise<{ userId: string }> {
  const { rows } = await sql<{ id: string; loginId: string }>`
    delete from password_resets using users
    where token_hash = ${tokenHash(token)} and expires_at > now() and users.id = user_id and disabled_at is null
    returning users.id, login_id as "loginId"`.execute(tx);
  const [user] = rows;
  if (!user) throw new Refusal('link_not_valid');
  await choosePassword(tx, { userId: user.id, password, knownWords });
  await endEverywhere(tx, user.id);
  await tellPerson(tx, { kind: 'password_changed', userId: user.id, at: new Date() });
  tx.record('password.reset', [user.id]);
  return { userId: user.loginId };
}

/** Ends sessions, and sign-ins that came past the old password. */
async function endEverywhere(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).execute();
  await tx.deleteFrom('sign_ins').where('user_id', '=', userId).execute();
}

/** Whose password a link would change, so that nobody types a new one for nothing. */
export async function lookAtReset(db: Database, { token }: { token: string }): Promise<{ userId: string }> {
  const user = await db
    .selectFrom('password_resets')
    .innerJoin('users', 'users.id', 'user_id')
    .select('login_id as userId')
    .where('token_hash', '=', tokenHash(token))
    .where('expires_at', '>', sql<Date>`now()`)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!user) throw new Refusal('link_not_valid');
  return user;
}
