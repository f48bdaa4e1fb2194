import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { keepChallenge, type Owner, takeChallengeOrRefuse } from './challenges.ts';
import { addPasskey } from './passkeys.ts';
import { totpContext } from './read-factor.ts';
import { replaceRecoveryCodes } from './recovery-codes.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { tellPerson } from './tell-person.ts';
import { newTotpSecret, stepOfCode, totpAddress } from './totp.ts';

/** What somebody gives to show that a new factor works. */
export type FactorSetup =
  | { method: 'totp'; code: string }
  | { method: 'passkey'; name: string; response: object };

/** Gives out a secret for an authenticator app. It counts once a code made with it was given back. */
export async function offerTotp(
  tx: Tx,
  owner: Owner,
  { sealing, site }: SignInParts,
): Promise<{ secret: string; address: string }> {
  const { loginId } = await tx
    .selectFrom('users')
    .select('login_id as loginId')
    .where('id', '=', owner.userId)
    .executeTakeFirstOrThrow();
  const secret = newTotpSecret();
  await keepChallenge(tx, owner, 'totp_setup', sealing.seal(secret, totpContext(owner.userId)));
  return { secret, address: totpAddress(secret, { issuer: site.issuer, loginId }) };
}

/**
 * Adds the factor that was set up. With somebody's first factor come their recovery codes, which are returned and shown this
 * once. A wrong code leaves the set-up as it was, to be tried again.
 */
export async function setUpFactor(
  tx: Tx,
  owner: Owner,
  setup: FactorSetup,
  { sealing, site }: SignInParts,
): Promise<string[] | null> {
  const { userId } = owner;
  const challenge = await takeChallengeOrRefuse(tx, owner, `${setup.method}_setup`);
  if (setup.method === 'totp') await addTotp(tx, { userId, challenge, code: setup.code }, sealing);
  else await addPasskey(tx, { userId, name: setup.name, response: setup.response, challenge }, site);
  const codes = await tx
    .selectFrom('recovery_codes')
    .select('user_id')
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return codes ? null : replaceRecoveryCodes(tx, userId);
}

type NewTotp = { userId: string; challenge: Buffer; code: string };

async function addTotp(
  tx: Tx,
  { userId, challenge, code }: NewTotp,
  sealing: SignInParts['sealing'],
): Promise<void> {
  const secret = sealing.open(challenge, totpContext(userId)).toString();
  const step = stepOfCode(secret, code, new Date());
  if (step === undefined) throw new Refusal('factor_refused');
  await tx
    .insertInto('totp_secrets')
    .values({ user_id: userId, secret: challenge, last_step: step })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ secret: challenge, last_step: step }))
    .execute();
  tx.record('factor.add', [userId], { kind: 'totp' });
  await tellPerson(tx, { kind: 'second_factor_changed', userId, at: new Date() });
}
