import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { passkeySetup } from './passkeys.ts';
import { type FactorSetup, offerTotp, setUpFactor } from './set-up-factor.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { lockSignIn } from './sign-in-steps.ts';

/** Gives somebody who needs a second factor and has none a secret for an authenticator app. */
export async function offerFirstTotp(tx: Tx, asked: Asked, parts: SignInParts) {
  const { userId, signIn } = await lockSignIn(tx, asked, 'enrolment');
  const offer = await offerTotp(tx, { userId, ownerHash: signIn }, parts);
  tx.record('factor.offer', [userId], { kind: 'totp' });
  return offer;
}

/** The same for a passkey. */
export async function offerFirstPasskey(tx: Tx, asked: Asked, { site }: SignInParts) {
  const { userId, signIn } = await lockSignIn(tx, asked, 'enrolment');
  const options = await passkeySetup(tx, { userId, ownerHash: signIn }, site);
  tx.record('factor.offer', [userId], { kind: 'passkey' });
  return options;
}

/** Adds somebody's first factor while they sign in. The session starts once they have kept their recovery codes. */
export async function enrol(
  tx: Tx,
  setup: FactorSetup,
  asked: Asked,
  parts: SignInParts,
): Promise<{ recoveryCodes: string[] }> {
  const { userId, signIn } = await lockSignIn(tx, asked, 'enrolment');
  const recoveryCodes = await setUpFactor(tx, { userId, ownerHash: signIn }, setup, parts);
  await tx.updateTable('sign_ins').set({ step: 'recovery_codes' }).where('token_hash', '=', signIn).execute();
  return { recoveryCodes: recoveryCodes ?? [] };
}
