import { Refusal, type RefusalCode } from '#src/domain/refusals.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { countPasswordGuess, giveBackGuess, locked, lockMinutes } from './count-guess.ts';
import { isPassword, refuseWhenBusy } from './passwords.ts';
import { deviceCookie } from './session-cookie.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { beginSteps, type SignInReply, stepAfter } from './sign-in-steps.ts';
import { startSession } from './start-session.ts';
import { tellPerson } from './tell-person.ts';

type Credentials = { userId: string; password: string };

/**
 * Checks a user id and a password. Starts a session when nothing more is wanted, and otherwise tells the next step. After five
 * wrong guesses the user id is locked for half an hour, known or not, except on devices its person has signed in from before.
 * Live sessions are left alone.
 */
export async function signIn(
  visitor: Acting,
  { userId: loginId, password }: Credentials,
  asked: Asked,
  parts: SignInParts,
): Promise<SignInReply> {
  refuseWhenBusy();
  const deviceToken = deviceCookie.read(asked.cookies);
  const guess = await visitor.inTransaction((tx) =>
    countPasswordGuess(tx, { loginId, deviceToken, address: asked.address }),
  );
  const { user, lockedSeconds } = guess;
  if (lockedSeconds > 0)
    throw await refusedGuess(visitor, { userId: user?.id, isLocked: true, lockedSeconds });
  const isRight = await isPassword(password, user?.passwordHash);
  if (!isRight || !user) {
    throw await refusedGuess(visitor, {
      userId: user?.id,
      isLocked: guess.isLast,
      code: 'wrong_credentials',
    });
  }
  return visitor.inTransaction(async (tx) => {
    const step = stepAfter('password', { methods: user.methods, count: user.membershipCount }, parts);
    if (step === undefined) {
      const { membershipId } = user;
      return startSession(tx, { ...guess, userId: user.id, membershipId }, asked, parts.limits);
    }
    // In this order, so that two sign-ins never wait for each other.
    if (guess.address) await giveBackGuess(tx, guess.address);
    await giveBackGuess(tx, guess);
    const begun = { ...guess, userId: user.id, membershipId: null, methods: user.methods, step };
    return beginSteps(tx, begun, asked, parts);
  });
}

type Refused = {
  userId: string | undefined;
  isLocked: boolean;
  lockedSeconds?: number;
  code?: RefusalCode;
};

/** Tells the audit trail of a guess that was wrong, or not checked because there were too many; returns how it is refused. */
export async function refusedGuess(
  { inTransaction }: Acting,
  { userId, isLocked, lockedSeconds, code = 'wrong_factor' }: Refused,
): Promise<Refusal> {
  const subjects = userId === undefined ? [] : [userId];
  await inTransaction(async (tx) => {
    tx.record('session.refuse', subjects, { isLocked });
    if (!isLocked || lockedSeconds !== undefined) return;
    tx.record('session.lock', subjects);
    await tellPerson(tx, {
      kind: 'account_locked',
      userId: userId ?? null,
      at: new Date(),
      minutes: lockMinutes,
    });
  });
  return isLocked ? locked(lockedSeconds) : new Refusal(code);
}
