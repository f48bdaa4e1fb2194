import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting } from '#src/platform/transaction.ts';
import { countGuess, giveBackGuess } from './count-guess.ts';
import { type FactorProof, readFactor } from './read-factor.ts';
import { refusedGuess } from './sign-in.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { goOn, lockSignIn, type SignInReply } from './sign-in-steps.ts';

/**
 * Takes the second factor of a sign-in. The guess is counted with those at the password before it is checked; a right one
 * is used up together with the step it is good for.
 */
export async function passSecondFactor(
  visitor: Acting,
  proof: FactorProof,
  asked: Asked,
  parts: SignInParts,
): Promise<SignInReply> {
  const { underWay, guess } = await visitor.inTransaction(async (tx) => {
    const underWay = await lockSignIn(tx, asked, 'second_factor');
    return { underWay, guess: await countGuess(tx, underWay.counter) };
  });
  const { userId, signIn } = underWay;
  const use = await readFactor(visitor, { userId, ownerHash: signIn }, proof, parts);
  const reply = await visitor.inTransaction(async (tx) => {
    await lockSignIn(tx, asked, 'second_factor');
    if (!(await use(tx))) return undefined;
    await giveBackGuess(tx, guess);
    return goOn(tx, underWay, 'second_factor', { asked, parts });
  });
  if (!reply) throw await refusedGuess(visitor, { userId, isLocked: guess.isLast });
  return reply;
}
