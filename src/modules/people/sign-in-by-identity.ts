import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { knownDevice, userCounter } from './count-guess.ts';
import { findPersonByIdentity, type Identity } from './find-person-by-identity.ts';
import { deviceCookie } from './session-cookie.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { beginSteps, type SignInReply, stepAfter } from './sign-in-steps.ts';
import { startSession } from './start-session.ts';

/**
 * Signs an operator in whom the identity provider vouches for. Where it does not say that a second factor was shown, ours is
 * asked for, or has to be set up where everybody needs one.
 */
export async function signInByIdentity(
  tx: Tx,
  identity: Identity,
  asked: Asked,
  parts: SignInParts,
): Promise<SignInReply> {
  const { userId, loginId, membershipId, methods } = await findPersonByIdentity(tx, identity);
  const device = await knownDevice(tx, userId, deviceCookie.read(asked.cookies));
  const person = { userId, membershipId, device, counter: device ?? userCounter(loginId) };
  const done = identity.isSecondFactorShown ? 'second_factor' : 'password';
  // The operator's membership is the one that was meant, whatever else the person is: there is nothing to choose.
  const step = stepAfter(done, { methods, count: 1 }, parts);
  if (step === undefined) return startSession(tx, person, asked, parts.limits);
  return beginSteps(tx, { ...person, methods, step }, asked, parts);
}
