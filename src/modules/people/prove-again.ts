import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting, Tx } from '#src/platform/transaction.ts';
import { counterOf, countGuess, giveBackGuess } from './count-guess.ts';
import { getSession } from './get-session.ts';
import { isPassword, refuseWhenBusy } from './passwords.ts';
import { type FactorProof, readFactor, type UseFactor } from './read-factor.ts';
import { renewSession } from './renew-session.ts';
import { deviceCookie } from './session-cookie.ts';
import type { Session } from './session-schemas.ts';
import { refusedGuess } from './sign-in.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { sessionHash } from './sign-in-steps.ts';

export type Proof = FactorProof | { method: 'password'; password: string };

/**
 * Somebody proves once more who they are: with a second factor, or with their password when they have none. Guesses are
 * counted like those at signing in. The session gets a new id.
 */
export async function proveAgain(
  acting: Acting,
  actor: Actor,
  proof: Proof,
  { asked, parts }: { asked: Asked; parts: SignInParts },
): Promise<z.input<typeof Session>> {
  if (proof.method === 'password') refuseWhenBusy();
  const guess = await acting.inTransaction(async (tx) =>
    countGuess(tx, await counterOf(tx, actor.id, deviceCookie.read(asked.cookies))),
  );
  const use =
    proof.method === 'password'
      ? await readPassword(acting, actor.id, proof.password)
      : await readFactor(acting, { userId: actor.id, ownerHash: sessionHash(asked) }, proof, parts);
  const session = await acting.inTransaction(async (tx) => {
    if (!(await use(tx))) return undefined;
    await giveBackGuess(tx, guess);
    const token = await renewSession(tx, asked, parts.limits, { isProven: true });
    tx.record('session.prove', [actor.id], { method: proof.method });
    return getSession(tx, { token, idleMinutes: parts.limits.idleMinutes });
  });
  if (session) return session;
  const code = proof.method === 'password' ? 'wrong_password' : 'wrong_factor';
  throw await refusedGuess(acting, { userId: actor.id, isLocked: guess.isLast, code });
}

/** A password proves nothing for somebody who has a second factor. */
async function readPassword({ reading }: Acting, userId: string, password: string): Promise<UseFactor> {
  const hash = await reading(async (db) => {
    const user = await db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', userId)
      .executeTakeFirst();
    return (await hasFactor(db, userId)) ? null : user?.password_hash;
  });
  const isRight = await isPassword(password, hash);
  return async () => isRight;
}

/** Whether a person has a second factor. */
export async function hasFactor(db: Pick<Tx, 'selectFrom'>, userId: string): Promise<boolean> {
  const found = await db
    .selectFrom('totp_secrets')
    .select('user_id')
    .where('user_id', '=', userId)
    .union(db.selectFrom('passkeys').select('user_id').where('user_id', '=', userId))
    .executeTakeFirst();
  return found !== undefined;
}
